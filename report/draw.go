package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// sheet is a table for a terminal: a line of titles, a rule, and a line or a
// few for each row.
type sheet struct {
	columns []column
	rows    [][]cell
	below   string         // title of the column that goes below its row when there is little room
	above   map[int]string // lines before a row, by its number
	under   map[int]string // lines behind a row
}

// draw writes the table within a limit.
func (s sheet) draw(w io.Writer, limit int, bold func(string) string) error {
	l := newLayout(s.columns, s.rows, limit)
	var notes []cell
	if i := slices.IndexFunc(s.columns, func(c column) bool { return c.title == s.below }); i >= 0 && l.tight {
		s, notes = s.without(i)
		l = newLayout(s.columns, s.rows, limit)
	}
	lines, err := l.render()
	if err != nil {
		return err
	}
	var out strings.Builder
	out.WriteString(bold(lines[0]) + "\n")
	out.WriteString(strings.Repeat("─", l.total()) + "\n") // the library's rule goes on under the last gap
	lines = lines[2:]
	for i, row := range s.rows {
		n := l.height(row)
		out.WriteString(s.above[i])
		out.WriteString(strings.Join(lines[:n], "\n") + "\n")
		if notes != nil {
			out.WriteString("  └ " + notes[i].show(limit-4, oneLine) + "\n")
		}
		out.WriteString(s.under[i])
		lines = lines[n:]
	}
	_, err = io.WriteString(w, out.String())
	return err
}

// without takes a column out of a copy.
func (s sheet) without(i int) (sheet, []cell) {
	var taken []cell
	rest := sheet{columns: slices.Delete(slices.Clone(s.columns), i, i+1), above: s.above, under: s.under}
	for _, row := range s.rows {
		taken = append(taken, row[i])
		rest.rows = append(rest.rows, slices.Delete(slices.Clone(row), i, i+1))
	}
	return rest, taken
}

// height is the number of lines of a row.
func (l *layout) height(row []cell) int {
	lines := 1
	for i, c := range row {
		lines = max(lines, strings.Count(c.show(l.widths[i], l.ways[i]), "\n")+1)
	}
	return lines
}

// render returns the lines of the table: titles, rule, rows.
func (l *layout) render() ([]string, error) {
	var out strings.Builder
	table := newTable(&out)
	var titles []string
	want := 2
	for i, c := range l.columns {
		titles = append(titles, shorten(c.title, l.widths[i]))
	}
	table.Header(titles)
	for _, row := range l.rows {
		// The library takes any number of cells without a word.
		if len(row) != len(l.columns) {
			return nil, fmt.Errorf("a row of %d cells in a table of %d columns", len(row), len(l.columns))
		}
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = c.show(l.widths[i], l.ways[i])
		}
		if err := table.Append(cells); err != nil {
			return nil, fmt.Errorf("building a table: %w", err)
		}
		want += l.height(row)
	}
	if err := table.Render(); err != nil {
		return nil, fmt.Errorf("rendering a table: %w", err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != want {
		return nil, fmt.Errorf("rendering a table: %d lines instead of %d", len(lines), want)
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines, nil
}

// newTable is a table without borders that wraps nothing. It measures without
// regard to the locale of the process, which the library would otherwise look
// up, so that the same scan gives the same bytes everywhere.
func newTable(w io.Writer) *tablewriter.Table {
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: strings.Repeat(" ", columnGap), Overwrite: true}},
	}
	return tablewriter.NewTable(w,
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithConfig(tablewriter.Config{
			Header: cells, Row: cells,
			Behavior: tw.Behavior{TrimSpace: tw.Off, TrimTab: tw.Off, TrimLine: tw.Off},
		}),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders: tw.BorderNone,
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Lines:      tw.Lines{ShowTop: tw.Off, ShowBottom: tw.Off, ShowHeaderLine: tw.On, ShowFooterLine: tw.Off},
				Separators: tw.Separators{ShowHeader: tw.On, ShowFooter: tw.Off, BetweenRows: tw.Off, BetweenColumns: tw.Off},
			},
		})))
}
