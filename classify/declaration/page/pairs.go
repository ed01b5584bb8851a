package page

import (
	"slices"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
)

// labelled tells how many columns a table has whose first one holds the labels
// of rows, 0 if it is not so.
func (in *interpretation) labelled(g *grid) int {
	distinct, titled, filled, heads, width := map[role]bool{}, 0, 0, 0, 0
	for _, row := range g.rows {
		width = max(width, len(row))
		if len(row) < 2 || row[0].plain() == "" || isSpread(row) {
			continue
		}
		filled++
		if row[0].title && !row[1].title {
			heads++
		}
		what, exact := in.r.titleOf(row[0].plain(), in.language)
		if what != noRole && exact {
			titled++
			distinct[what] = true
		}
	}
	named := distinct[nameRole] || distinct[itemRole]
	if !named || titled*2 < filled || len(distinct) < 2 || len(distinct) < 3 && heads < filled {
		return 0
	}
	return width
}

// readPairs reads rows of a label and a value, a card after another.
func (in *interpretation) readPairs(g *grid) []declaration.Entry {
	before := len(in.decl.Entries)
	for i, row := range g.rows {
		if len(row) < 2 || isSpread(row) {
			in.record.end()
			continue
		}
		in.record.pair(row[0].plain(), row[1].text, g.where(i))
	}
	in.record.end()
	found := slices.Clone(in.decl.Entries[before:])
	in.decl.Entries = in.decl.Entries[:before]
	return found
}

// barred reads lines whose parts are separated by strokes as rows of a table. It
// tells how many lines these are, and whether they are cookies.
func (in *interpretation) barred(blocks []block) (int, bool) {
	g := &grid{place: blocks[0].place}
	for _, b := range blocks {
		parts := strings.Split(b.text, " | ")
		if b.kind != aLine || len(parts) < 3 || len(parts) > mostColumns || len(g.rows) > 0 && len(parts) != len(g.rows[0]) {
			break
		}
		var row []cell
		for _, part := range parts {
			row = append(row, cell{text: strings.Trim(part, " |"+seam)})
		}
		g.rows = append(g.rows, row)
		g.lines = append(g.lines, b.place)
	}
	if len(g.rows) == 0 || in.record.columns != nil {
		return len(g.rows), false
	}
	found := in.readGrid(g)
	if len(found) == 0 {
		return len(g.rows), false
	}
	in.record.end()
	in.decl.Entries = append(in.decl.Entries, found...)
	return len(g.rows), true
}

// unlabelled takes the labels out of the cells of cards, where each card has
// the same: they become the titles of columns. It is nil if there are none.
func (in *interpretation) unlabelled(g *grid) *grid {
	width := len(g.rows[0])
	out := &grid{place: g.place, rows: [][]cell{make([]cell, width)}, lines: []string{g.where(0)}}
	for i, row := range g.rows {
		if len(row) != width {
			return nil
		}
		out.rows = append(out.rows, slices.Clone(row))
		out.lines = append(out.lines, g.where(i))
	}
	labels := 0
	for c := range width {
		first := noRole
		alike := !slices.ContainsFunc(g.rows, func(row []cell) bool {
			what, value, ok := in.record.label(row[c].text)
			if first == noRole {
				first = what
			}
			return !ok || value == "" || what != first
		})
		if !alike {
			continue
		}
		labels++
		for i, row := range g.rows {
			_, value, _ := in.record.label(row[c].text)
			before := strings.TrimSuffix(row[c].plain(), seamless(value))
			out.rows[0][c] = cell{text: strings.Trim(before, " :"), title: true}
			out.rows[i+1][c].text = value
		}
	}
	if labels < 2 {
		return nil
	}
	return out
}

// transposed turns columns into rows.
func transposed(g *grid) *grid {
	out := &grid{place: g.place}
	width := 0
	for _, row := range g.rows {
		width = max(width, len(row))
	}
	for c := range width {
		var column []cell
		for _, row := range g.rows {
			if c < len(row) {
				column = append(column, row[c])
			} else {
				column = append(column, cell{})
			}
		}
		out.rows = append(out.rows, column)
		out.lines = append(out.lines, g.place+", column "+strconv.Itoa(c+1))
	}
	return out
}
