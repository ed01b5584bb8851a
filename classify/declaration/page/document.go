package page

import (
	"fmt"
	"strings"
)

// document is a source in the form in which all sources are read: what stands
// one below the other.
type document struct {
	language string // as the source says
	blocks   []block
	links    []link
}

// link is where a source points to.
type link struct {
	address, text string
	place         string
}

type blockKind int

const (
	aLine blockKind = iota
	aHeading
	aTable
)

// block is a heading, a table, or a line: a paragraph, an item of a list, a
// term, a cell of a layout.
type block struct {
	kind  blockKind
	text  string
	rank  float64 // of a heading, 1 the highest
	lead  string  // what a line begins with in bold or as code
	term  bool    // a line that is all in bold or code, or the term of a definition
	blank bool    // in plain text: an empty line stands before it
	table *grid
	inner []block // what a table holds, for one that is only layout
	place string
}

// seam is put where two parts of a line touch that a page may show apart.
const seam = "\x1f"

// seamless is a text without its seams.
func seamless(text string) string { return strings.ReplaceAll(text, seam, "") }

// grid is a table with its spans resolved: rows of cells.
type grid struct {
	rows  [][]cell
	place string
	lines []string // where each row is, if that is not its number
}

// cell is one cell. Lines in it are separated by line feeds, seams stand as in
// a line.
type cell struct {
	text  string
	title bool   // it is a header cell
	label string // what a page for narrow screens writes before it
	above bool   // it is the rest of a cell of the row above
	left  bool   // it is the rest of the cell to its left
}

func (c cell) plain() string { return strings.TrimSpace(seamless(c.text)) }

// where is the place of a row.
func (g *grid) where(row int) string {
	if row < len(g.lines) {
		return g.lines[row]
	}
	return fmt.Sprintf("%s, row %d", g.place, row+1)
}

// squeeze writes every run of white space as one space.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// cut shortens a text at a character.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
