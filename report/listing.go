package report

import (
	"fmt"
	"strings"

	"cookiescan/scanner"
)

// listing says how entries are shown as a table.
type listing struct {
	look
	site string   // where it was met, if that is known
	keys []string // of the columns, as in the words of a language
	bare bool     // without the sentences about the groups
}

// columnOf is a column of a listing on a terminal.
func (l listing) columnOf(key string) column {
	if phase, ok := phaseOf(key); ok {
		return column{title: strings.ToUpper(printable(phase))}
	}
	c := column{title: l.title(key)}
	switch key {
	case "name", "provider":
		c.soft, c.hard = 24, 8
	case "kind":
		c.soft, c.hard = 15, 8
	}
	return c
}

func (t *terminal) list(l listing, list []entry) error {
	s := sheet{above: map[int]string{}, under: map[int]string{}}
	for _, key := range l.keys {
		s.columns = append(s.columns, l.columnOf(key))
	}
	for i, g := range l.groups(list) {
		if l.bare {
			g.text = ""
		}
		s.above[len(s.rows)] = t.groupHeading(g, i > 0)
		for _, e := range g.entries {
			s.under[len(s.rows)] = t.below(l.look, e)
			s.rows = append(s.rows, l.cells(e))
		}
	}
	return s.draw(t, t.width, t.bold)
}

func (t *terminal) groupHeading(g group, apart bool) string {
	text := ""
	if apart {
		text = "\n"
	}
	text += t.bold(shorten(fmt.Sprintf("%s (%d)", printable(g.name), g.items), t.width)) + "\n"
	if g.text != "" {
		text += wrap("", printable(g.text), t.width)
	}
	return text
}

func (l listing) cells(e entry) []cell {
	who, place := e.provider(l.site)
	var cells []cell
	for _, key := range l.keys {
		if phase, ok := phaseOf(key); ok {
			cells = append(cells, plain(e.passMark(phase)))
			continue
		}
		var c cell
		switch key {
		case "name":
			c = text{printable(e.name()), e.times()}
		case "kind":
			c = plain(l.lang.Kind(e.kind))
		case "provider":
			c = stacked{printable(who), printable(place), printable(e.note)}
		case "party":
			c = plain(l.party(e.party))
		case "lifetime":
			c = text{e.life.stored, e.life.differs}
		case "passes":
			c = phaseCell(e.phases)
		case "purpose":
			c = prose(l.purpose(e.found, e.place, printable))
		}
		cells = append(cells, c)
	}
	return cells
}

// below is what stands below a row: with --evidence all that speaks for it, and
// who set it where nobody knows what it is for.
func (t *terminal) below(l look, e entry) string {
	const mark = "  └ "
	by := e.setter.sanitized(printable)
	switch {
	case l.evidence:
		return wrap(mark, e.evidence(by.show(1<<30, oneLine), printable), t.width)
	case e.found.Category == scanner.Unclassified && by.host != "":
		return mark + by.show(t.width-width(mark), oneLine) + "\n"
	}
	return ""
}

// evidence is a sentence or three about where an entry comes from and why it is
// classified as it is.
func (e entry) evidence(by string, safe func(string) string) string {
	text := "set by " + by
	if by == "" {
		text = "setter not known"
	}
	if e.trigger != "" {
		text += ", first seen: " + joinNonEmpty(" ", safe(e.trigger), safe(e.on))
	}
	if e.found.Basis != "" {
		text += "; " + joinNonEmpty(": ", safe(e.found.Confidence), safe(e.found.Basis))
	}
	if e.found.Condition != "" {
		text += ". " + safe(e.found.Condition)
	}
	return text
}
