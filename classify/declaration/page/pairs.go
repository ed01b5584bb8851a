package page

import (
	"slices"
	"strconv"

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
