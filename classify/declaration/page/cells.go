package page

import (
	"slices"
	"strings"
)

// run reads titles that were copied without what separated them.
func (c *record) run(text string) []role {
	parts := unglued(seamless(text))
	if len(parts) < 3 || len(parts) > 12 {
		return nil
	}
	var roles []role
	for _, p := range parts {
		what, exact := c.in.r.titleOf(p, c.in.language)
		if !exact {
			return nil
		}
		roles = append(roles, what)
	}
	if !slices.Contains(roles, nameRole) && !slices.Contains(roles, itemRole) {
		return nil
	}
	return roles
}

// endsCells tells whether a line ends the cells that stand below each other:
// it is a title, or in a text a heading.
func (c *record) endsCells(b block) bool {
	what, value, ok := c.label(b.text)
	return ok && what != noRole && value == ""
}

// endCells makes a table of the cells that were gathered.
func (c *record) endCells() {
	cells, columns, in := c.cells, c.columns, c.in
	c.cells, c.columns = nil, nil
	g := &grid{place: "the cells below each other"}
	if len(cells) > 0 {
		g.place = cells[0].place
	}
	row := func(blocks []block) {
		var r []cell
		for _, b := range blocks {
			r = append(r, cell{text: b.text})
		}
		g.rows = append(g.rows, r)
		g.lines = append(g.lines, blocks[0].place)
	}
	at := max(slices.Index(columns, nameRole), slices.Index(columns, itemRole))
	for i := 0; i < len(cells); {
		if r := c.gluedRow(cells[i], columns); r != nil {
			g.rows = append(g.rows, r)
			g.lines = append(g.lines, cells[i].place)
			i++
			continue
		}
		n := c.rowLength(cells[i:], at, len(columns))
		if n == 0 {
			i++
			continue
		}
		row(cells[i : i+n])
		i += n
	}
	if len(g.rows) == 0 {
		return
	}
	p := in.r.resolve(columns, g.rows)
	if p.names >= 0 && in.isTableOfCookies("", p, g.rows) {
		in.decl.Entries = append(in.decl.Entries, in.readRows(g, p, 0)...)
	}
}

// rowLength is how many cells from here on are a row: as many as there are
// titles, or fewer if the name of the next row comes before.
func (c *record) rowLength(cells []block, at, columns int) int {
	isName := func(i int) bool {
		if i >= len(cells) {
			return false
		}
		best, _ := c.in.r.strongest(cells[i].text)
		return best >= likeName
	}
	if at >= len(cells) {
		return 0
	}
	if best, _ := c.in.r.strongest(cells[at].text); best == noName {
		return 0
	}
	for n := 2; n < columns; n++ {
		if isName(n+at) && !isName(columns+at) && n+at < len(cells) {
			return n
		}
	}
	return min(columns, len(cells))
}

// gluedRow reads a row that was copied without what separated its cells: a name
// that is known, then parts by their first letters.
func (c *record) gluedRow(b block, columns []role) []cell {
	text := seamless(b.text)
	end := 0
	for i := 2; i < min(len(text), mostName); i++ {
		next := text[i]
		if (next >= 'A' && next <= 'Z' || next >= '0' && next <= '9') && c.in.r.isKnown(text[:i]) {
			end = i
		}
	}
	if end == 0 || strengthOf(text[:end], true) < sureName {
		return nil
	}
	parts := append([]string{text[:end]}, unglued(text[end:])...)
	row := make([]cell, len(columns))
	name := max(slices.Index(columns, nameRole), slices.Index(columns, itemRole))
	if len(parts) == len(columns) && name == 0 {
		for i := range parts {
			row[i].text = parts[i]
		}
		return row
	}
	row[name].text = parts[0]
	for _, part := range parts[1:] {
		what := purposeRole
		if c.in.r.isLifetime(part, c.in.language) {
			what = expiryRole
		}
		if i := slices.Index(columns, what); i >= 0 {
			row[i].text = strings.TrimSpace(row[i].text + " " + part)
		}
	}
	return row
}
