package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table takes in a table element.
func (w *walker) table(n *html.Node) {
	if c := child(n, atom.Caption); c != nil {
		w.walk(c)
	}
	w.grid(n, rowsOfTable(n))
}

// grid takes in rows of cells: the table, and what is in it for the case that
// it is only layout.
func (w *walker) grid(n *html.Node, rows [][]*html.Node) {
	w.flush()
	w.tables++
	g := &grid{place: w.within(fmt.Sprintf("table %d", w.tables))}
	w.fill(g, rows)
	inside := &walker{doc: &document{}, panels: w.panels, ranks: w.ranks, lines: w.lines, tables: w.tables, cells: w.cells, lastTop: w.lastTop, folds: w.folds, frame: w.frame}
	for _, row := range rows {
		for _, c := range row {
			inside.flush()
			inside.children(c)
			inside.flush()
		}
	}
	w.lines, w.tables, w.cells = inside.lines, inside.tables, inside.cells
	w.doc.links = append(w.doc.links, inside.doc.links...)
	w.add(block{kind: aTable, table: g, inner: inside.doc.blocks, place: g.place})
}

// rowsOfTable are the cells of a table, without those of tables in it.
func rowsOfTable(table *html.Node) [][]*html.Node {
	var rows [][]*html.Node
	for _, part := range elements(table) {
		switch part.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			for _, row := range elements(part) {
				rows = append(rows, cellsOfRow(row))
			}
		case atom.Tr:
			rows = append(rows, cellsOfRow(part))
		default:
		}
	}
	return rows
}

func cellsOfRow(row *html.Node) []*html.Node {
	var cells []*html.Node
	for _, c := range elements(row) {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// rowsByRole are the rows of what is made a table by ARIA roles.
func rowsByRole(n *html.Node) [][]*html.Node {
	var rows [][]*html.Node
	for _, c := range elements(n) {
		switch attr(c, "role") {
		case "row":
			var cells []*html.Node
			for _, cell := range elements(c) {
				switch attr(cell, "role") {
				case "cell", "gridcell", "columnheader", "rowheader":
					cells = append(cells, cell)
				}
			}
			rows = append(rows, cells)
		default:
			rows = append(rows, rowsByRole(c)...)
		}
	}
	return rows
}

// rowsOfLikes are the rows of what a style sheet makes a table: children with
// equally many children, which have no blocks in them. The parts of a list are
// no rows unless they have parts themselves.
func rowsOfLikes(n *html.Node) [][]*html.Node {
	switch n.DataAtom {
	case atom.Div, atom.Ul, atom.Ol, atom.Section:
	default:
		return nil
	}
	children := elements(n)
	if len(children) < 2 {
		return nil
	}
	columns := len(elements(children[0]))
	if columns < 2 || columns > mostColumns {
		return nil
	}
	var rows [][]*html.Node
	for _, row := range children {
		cells := elements(row)
		if len(cells) != columns || row.DataAtom == atom.Table || row.DataAtom == atom.Dl || strings.TrimSpace(ownText(row)) != "" {
			return nil
		}
		for _, c := range cells {
			if hasGrandchildBlocks(c) || hasTable(c, 3) || c.DataAtom == atom.Br || c.DataAtom == atom.Table || c.DataAtom == atom.H1 || c.DataAtom == atom.H2 || c.DataAtom == atom.Ul {
				return nil
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// ownText is the text directly in an element.
func ownText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func hasGrandchildBlocks(n *html.Node) bool {
	blocks := 0
	for _, c := range elements(n) {
		if isBlock(c) {
			blocks++
		}
	}
	return blocks > 1
}

// hasTable tells whether there is a table in an element, at most so many levels
// down.
func hasTable(n *html.Node, levels int) bool {
	return levels > 0 && slices.ContainsFunc(elements(n), func(c *html.Node) bool { return c.DataAtom == atom.Table || hasTable(c, levels-1) })
}

func child(n *html.Node, a atom.Atom) *html.Node {
	for _, c := range elements(n) {
		if c.DataAtom == a {
			return c
		}
	}
	return nil
}

// fill resolves spans: a cell over several columns or rows stands in each.
func (w *walker) fill(g *grid, rows [][]*html.Node) {
	var down []rest // what goes on from the rows above, by column
	for _, row := range rows {
		var out []cell
		place := func(c cell) {
			out = append(out, c)
			w.cells += 1 + len(c.text)/200 // much text counts as more cells
		}
		above := func() {
			for len(out) < len(down) && down[len(out)].rows > 0 {
				d := &down[len(out)]
				d.rows--
				place(d.cell)
			}
		}
		for _, n := range row {
			above()
			if w.cells > mostCells || len(out) >= mostColumns {
				break
			}
			c := cell{text: cellText(n), title: n.DataAtom == atom.Th || attr(n, "role") == "columnheader", label: labelOf(n)}
			columns := min(span(n, "colspan"), mostColumns-len(out))
			for i := range columns {
				here := c
				here.left = i > 0
				for len(down) <= len(out) {
					down = append(down, rest{})
				}
				over := here
				over.above = true
				down[len(out)] = rest{over, span(n, "rowspan") - 1}
				place(here)
			}
		}
		above()
		g.rows = append(g.rows, out)
	}
}

// rest is what a cell still covers in rows below.
type rest struct {
	cell cell
	rows int
}

func span(n *html.Node, key string) int {
	v, err := strconv.Atoi(attr(n, key))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, 1000)
}

// labelOf is what a cell is called where a table is shown as cards.
func labelOf(n *html.Node) string {
	for _, key := range []string{"data-label", "data-title", "data-th", "data-header", "data-column"} {
		if v := attr(n, key); v != "" {
			return v
		}
	}
	return ""
}

// cellText is the text of a cell, a line for each block, without tables in it.
func cellText(n *html.Node) string {
	w := &walker{doc: &document{}, flat: true}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
	w.flush()
	lines := make([]string, 0, len(w.doc.blocks))
	for _, b := range w.doc.blocks {
		lines = append(lines, b.text)
	}
	return strings.Join(lines, "\n")
}
