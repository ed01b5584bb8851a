package report

import "strings"

const (
	columnGap   = 2
	leastColumn = 6 // seven of them fit into leastWidth
)

// column is one column of a terminal table. A flexible one may be shortened:
// down to soft columns before any cell is broken in lines, down to hard ones
// after.
type column struct {
	title      string
	soft, hard int // 0: never shortened
}

// The ways of a column to use less room.
const (
	oneLine  = iota
	twoLines // a cell breaks before its second part
	byWords  // a cell breaks between any two words
)

// cell is a text that is safe for a terminal.
type cell interface {
	width(way int) int          // columns at which nothing is shortened
	show(limit, way int) string // at most limit columns wide
}

// text is a cell of a first part and, behind or below it, a second one.
type text struct{ head, tail string }

func plain(s string) text { return text{head: printable(s)} }

func (t text) line() string { return joinNonEmpty(" ", t.head, t.tail) }

func (t text) width(way int) int {
	switch {
	case way == oneLine || t.tail == "":
		return width(t.line())
	case way == twoLines:
		return max(width(t.head), width(t.tail))
	}
	widest := 0
	for word := range strings.FieldsSeq(t.line()) {
		widest = max(widest, width(word))
	}
	return widest
}

func (t text) show(limit, way int) string {
	switch {
	case width(t.line()) <= limit:
		return t.line()
	case way == oneLine || t.tail == "":
		return shorten(t.line(), limit)
	case way == twoLines || max(width(t.head), width(t.tail)) <= limit:
		return shorten(t.head, limit) + "\n" + shorten(t.tail, limit)
	}
	return strings.TrimSuffix(wrap("", t.head, limit)+wrap("", t.tail, limit), "\n")
}

// stacked is a cell of texts below each other; empty ones are left out.
type stacked []string

func (s stacked) width(int) int {
	widest := 0
	for _, line := range s {
		widest = max(widest, width(line))
	}
	return widest
}

func (s stacked) show(limit, _ int) string {
	var lines []string
	for _, line := range s {
		if line != "" {
			lines = append(lines, shorten(line, limit))
		}
	}
	return strings.Join(lines, "\n")
}

// prose is a cell of a sentence that may break between any two words.
type prose string

func (p prose) width(way int) int {
	return min(width(string(p)), [...]int{oneLine: 1 << 30, twoLines: 36, byWords: 20}[way])
}

func (p prose) show(limit, _ int) string {
	return strings.TrimSuffix(wrap("", string(p), limit), "\n")
}

// layout chooses how wide each column is and in which way it is shown.
type layout struct {
	columns []column
	rows    [][]cell
	widths  []int
	ways    []int
	tight   bool // middles of flexible columns had to go
}

// newLayout makes a table fit a limit. What a reader would miss least goes
// first: the ends of what is very long, cells on one line (the last columns
// before the first), and only then the middles of the flexible columns. What
// that made free is given back.
func newLayout(columns []column, rows [][]cell, limit int) layout {
	l := layout{columns: columns, rows: rows, widths: make([]int, len(columns)), ways: make([]int, len(columns))}
	for i := range columns {
		l.widths[i] = l.natural(i)
	}
	l.shrink(limit, func(c column) int { return c.soft })
	l.breakCells(limit, twoLines)
	l.shrink(limit, func(c column) int { return c.soft * 3 / 4 })
	l.tight = l.total() > limit
	l.breakCells(limit, byWords)
	l.shrink(limit, func(c column) int { return c.hard })
	l.shrink(limit, func(column) int { return leastColumn }) // only words that are none of ours are as long
	l.grow(limit)
	return l
}

func (l *layout) breakCells(limit, way int) {
	for i := len(l.columns) - 1; i >= 0 && l.total() > limit; i-- {
		l.ways[i] = way
		l.widths[i] = min(l.widths[i], l.natural(i))
	}
}

// natural is the width at which nothing in a column is shortened.
func (l *layout) natural(i int) int {
	natural := width(l.columns[i].title)
	for _, row := range l.rows {
		natural = max(natural, row[i].width(l.ways[i]))
	}
	return natural
}

func (l *layout) total() int {
	sum := columnGap * (len(l.widths) - 1)
	for _, w := range l.widths {
		sum += w
	}
	return sum
}

// shrink takes from the widest flexible column until all fit or none is above
// its least width.
func (l *layout) shrink(limit int, least func(column) int) {
	for l.total() > limit {
		widest := -1
		for i, c := range l.columns {
			if n := least(c); n > 0 && l.widths[i] > n && (widest < 0 || l.widths[i] > l.widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		l.widths[widest]--
	}
}

// grow gives what is free to the column that lacks most, and what is left then
// to sentences.
func (l *layout) grow(limit int) {
	natural := make([]int, len(l.columns))
	for i := range natural {
		natural[i] = l.natural(i)
	}
	l.growTo(natural, limit)
	for i := range natural {
		if l.isProse(i) {
			natural[i] = limit
		}
	}
	l.growTo(natural, limit)
	for i := range natural { // not wider than its longest sentence
		if l.isProse(i) {
			l.widths[i] = min(l.widths[i], l.longest(i))
		}
	}
}

func (l *layout) growTo(natural []int, limit int) {
	for l.total() < limit {
		poorest, lack := -1, 0
		for i := range natural {
			if n := natural[i] - l.widths[i]; n > lack {
				poorest, lack = i, n
			}
		}
		if poorest < 0 {
			return
		}
		l.widths[poorest]++
	}
}

// isProse tells whether a column holds sentences.
func (l *layout) isProse(i int) bool {
	if len(l.rows) == 0 {
		return false
	}
	_, ok := l.rows[0][i].(prose)
	return ok
}

// longest is the width at which no sentence of a column breaks.
func (l *layout) longest(i int) int {
	n := width(l.columns[i].title)
	for _, row := range l.rows {
		if p, ok := row[i].(prose); ok {
			n = max(n, width(string(p)))
		}
	}
	return n
}
