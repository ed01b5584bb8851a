package formats

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/safetext"
)

// csvFormat is a table as a text. It is read with commas, semicolons, tabs or
// bars between the cells and with titles in any language of the European Union,
// or without. It is written as RFC 4180 has it, with cells that no spreadsheet
// takes for formulas.
//
// Not kept: language and date. Control and invisible characters within texts
// are written visibly, and a comma or semicolon within a name ends it.
var csvFormat = Format{
	Name:        "csv",
	Description: "a table, CSV",
	Extensions:  []string{".csv", ".tsv", ".txt"},
	Keeps:       columns,
	recognise: func(name, head string) bool {
		if strings.HasSuffix(name, ".csv") || strings.HasSuffix(name, ".tsv") {
			return true
		}
		best := bestSeparator(head)
		return best.titles > 1 && isTable(head, best.separator)
	},
	read: func(r *reading, data []byte) error {
		text := decode(data)
		rows, err := readCSV(text, bestSeparator(text).separator, 0)
		if err != nil {
			return err
		}
		r.table(rows, "")
		return nil
	},
	write: func(w io.Writer, d *declaration.Declaration) error {
		rows, err := asTable(d)
		if err != nil {
			return err
		}
		return writeCSV(w, rows)
	},
}

func writeCSV(w io.Writer, rows [][]string) error {
	out := csv.NewWriter(w)
	for _, cells := range rows {
		for i, cell := range cells {
			cells[i] = safetext.Cell(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// readCSV reads the rows of a text, or the first of them.
func readCSV(text string, separator rune, most int) ([]row, error) {
	if strings.ContainsRune(text[:min(len(text), recognised)], 0) {
		return nil, errors.New("it is no text")
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = separator, -1, true
	var rows []row
	for most == 0 || len(rows) < most {
		cells, err := in.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case errors.As(err, &parse):
			return nil, fmt.Errorf("line %d, column %d: %w", parse.Line, parse.Column, parse.Err)
		case err != nil:
			return nil, err
		case len(rows) > mostEntries:
			return nil, errTooMany
		}
		line, _ := in.FieldPos(0)
		if len(cells) == 1 && len(rows) == 0 && strings.HasPrefix(cells[0], "sep=") {
			continue // a note of Excel to itself
		}
		for i, cell := range cells {
			cells[i] = safetext.FromCell(cell)
		}
		rows = append(rows, row{cells, fmt.Sprintf("line %d", line)})
	}
	return rows, nil
}

// separation is what a separator makes of a text.
type separation struct {
	separator rune
	titles    int // known ones in the row that has most
	cells     int // in the first rows
}

// bestSeparator is the separator that gives most titles, then most cells.
func bestSeparator(text string) separation {
	best := separation{separator: ','}
	r, err := newReading("")
	if err != nil {
		return best // who reads is told
	}
	text = text[:min(len(text), recognised)]
	for _, separator := range ",;\t|" {
		s := separation{separator: separator}
		rows, _ := readCSV(text, separator, headerRows) // the end is cut off
		for _, w := range rows {
			s.cells += len(w.cells)
			_, known := r.header(w)
			s.titles = max(s.titles, known)
		}
		if s.titles > best.titles || s.titles == best.titles && s.cells > best.cells {
			best = s
		}
	}
	return best
}

// isTable tells whether a text is a table as a whole, and not one with a table
// in it, such as a policy in Markdown or copied out of a page. Prose has commas
// but no tabs and bars, so that only commas and semicolons may have notes before
// the titles; what follows these must have their cells or name a category.
func isTable(text string, separator rune) bool {
	r, err := newReading("")
	if err != nil {
		return false // who reads is told
	}
	rows, _ := readCSV(text, separator, 0)
	if len(text) >= recognised && len(rows) > 1 {
		rows = rows[:len(rows)-1] // the end is cut off
	}
	rows = slices.DeleteFunc(rows, func(w row) bool { return len(w.filled()) == 0 })
	at, titles := r.titles(rows)
	if titles == nil || at > 0 && (separator == '\t' || separator == '|') {
		return false
	}
	full, others := 0, 0
	for _, w := range rows[at+1:] {
		switch {
		case isRule(w), len(w.cells) < 2 && r.heading(w) == "":
			return false
		case len(w.cells) >= len(titles):
			full++
		case r.heading(w) == "":
			others++
		}
	}
	return full >= others
}

// isRule tells whether a row is the line that Markdown draws below titles.
func isRule(w row) bool {
	filled := w.filled()
	return len(filled) > 0 && !slices.ContainsFunc(filled, func(c string) bool { return strings.Trim(c, ":-") != "" })
}
