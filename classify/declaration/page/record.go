package page

import (
	"regexp"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// record is a cookie as lines tell it: a name, then labels with values, or a
// text. It also reads cells that stand one below the other.
type record struct {
	in     *interpretation
	f      fields
	has    map[role]bool
	first  role // with which each cookie begins
	labels int
	titled bool // the name has no label
	term   bool // and stands out
	free   int  // lines without a label
	place  string

	waiting []role // labels that wait for their values
	cells   []block
	columns []role // of cells that stand one below the other
}

var (
	listed = regexp.MustCompile(`^(.{2,120}?)(?:\s*:\s+|\s+[–—-]+\s+|\s*[–—]\s*)(.+)$`)
	inBars = regexp.MustCompile(`\s*[|;·]\s*|,\s+`)
)

// line takes in a line.
func (c *record) line(b block) {
	if c.columns != nil && !c.endsCells(b) {
		c.cells = append(c.cells, b)
		return
	}
	if what, value, ok := c.label(b.text); ok {
		c.labelled(what, value, b)
		return
	}
	if len(c.waiting) > 0 {
		c.answer(b)
		return
	}
	text := squeeze(seamless(b.text))
	if roles := c.run(b.text); roles != nil {
		c.end()
		c.columns = roles
		return
	}
	if c.title(b) || c.item(b, text) {
		return
	}
	if c.announces(b, text) {
		c.end()
		c.in.push(b, weakRank)
		return
	}
	c.text(text)
}

// announces tells whether a line is as good as a heading: a category alone, or
// in bold or before a colon, or a vendor in bold.
func (c *record) announces(b block, text string) bool {
	r, language := c.in.r, c.in.language
	return r.isCategory(text, language) || (b.term || strings.HasSuffix(text, ":")) && r.categoryOf(text, language) != "" || b.term && r.vendors.is(text)
}

// heading takes in a heading if it is a label or a name; it tells whether it is
// one.
func (c *record) heading(b block) bool {
	if c.columns != nil && b.rank == textRank && slices.Contains(c.columns, categoryRole) && !c.endsCells(b) {
		c.cells = append(c.cells, b)
		return true
	}
	if c.columns != nil && !c.endsCells(b) {
		c.endCells()
	}
	if what, value, ok := c.label(b.text); ok && value == "" && !c.in.r.isCategory(b.text, c.in.language) {
		c.labelled(what, value, b)
		return true
	}
	if len(c.waiting) > 0 && b.rank == textRank {
		c.answer(b)
		return true
	}
	c.end()
	b.term = true
	return c.title(b)
}

// text takes in a line that is neither label nor value.
func (c *record) text(text string) {
	if c.place == "" {
		return
	}
	c.free++
	if c.titled && !c.has[purposeRole] && c.free <= 3 {
		c.f.set(purposeRole, text)
		return
	}
	if c.free > 3 {
		c.end()
	}
}

// label splits a line into a label and its value.
func (c *record) label(text string) (role, string, bool) {
	if first, rest, ok := strings.Cut(text, seam); ok {
		if what, exact := c.in.r.titleOf(strings.TrimRight(first, ": "), c.in.language); exact {
			return what, strings.TrimLeft(rest, ": "+seam), true
		}
	}
	plain := seamless(text)
	if first, rest, ok := strings.Cut(plain, ":"); ok {
		if what, exact := c.in.r.titleOf(first, c.in.language); exact {
			_, value, _ := strings.Cut(text, ":")
			if strings.TrimSpace(seamless(value)) == "" {
				value = rest
			}
			return what, strings.Trim(value, " "+seam), true
		}
	}
	what, exact := c.in.r.titleOf(plain, c.in.language)
	return what, "", exact
}

// labelled takes in a label, with its value if that is in the same line.
func (c *record) labelled(what role, value string, b block) {
	if c.columns != nil {
		c.endCells()
	}
	if value == "" {
		c.waiting = append(c.waiting, what)
		return
	}
	c.waiting = nil
	parts := inBars.Split(value, -1)
	for i, part := range parts[1:] { // several labels in a line
		if other, more, ok := c.label(part); ok && more != "" {
			at := strings.Index(value, part)
			c.put(what, strings.TrimRight(value[:max(at, 0)], " ,;|·"), b.place)
			_ = i
			c.labelled(other, strings.TrimSpace(value[at+strings.Index(part, more):]), b)
			return
		}
	}
	c.put(what, value, b.place)
}

// pair takes in a row of a table that has labels in its first column.
func (c *record) pair(label, value, place string) {
	what, _ := c.in.r.titleOf(strings.TrimRight(label, ": "), c.in.language)
	if what != noRole && strings.TrimSpace(value) != "" {
		c.put(what, value, place)
	}
}

// answer is the value of the labels that wait; of several, it begins a list of
// cells one below the other.
func (c *record) answer(b block) {
	waiting := c.waiting
	c.waiting = nil
	if len(waiting) >= 3 && (slices.Contains(waiting, nameRole) || slices.Contains(waiting, itemRole)) {
		c.end()
		c.columns, c.cells = waiting, []block{b}
		return
	}
	c.put(waiting[len(waiting)-1], b.text, b.place)
}

// put takes in a value. What is said a second time belongs to the next cookie.
func (c *record) put(what role, value, place string) {
	if what == itemRole {
		what = nameRole
	}
	if c.has[what] && what != typeRole {
		switch {
		case what == nameRole && (c.titled || c.better(value)):
			if !c.titled && c.f.provider == "" {
				c.f.provider = squeeze(seamless(c.f.names))
			}
			c.titled = false
		case what == nameRole && len(c.in.r.namesIn(value)) == 0:
			return
		case what == nameRole, what == c.first:
			c.end()
		}
	}
	if c.place == "" {
		c.first = what
	}
	if c.has == nil {
		c.has = map[role]bool{}
	}
	if c.place == "" {
		c.place = place
	}
	c.has[what] = true
	c.labels++
	c.free = 0
	c.f.set(what, value)
}

// better tells whether a value is rather the name than what was taken for it:
// services have names too.
func (c *record) better(value string) bool {
	was, _ := c.in.r.strongest(c.f.names)
	is, _ := c.in.r.strongest(value)
	return is > was || is > noName && was == noName || is == was && c.labels > 1 && c.in.r.vendors.is(seamless(c.f.names))
}

// title begins a cookie whose name has no label, if a line is a name.
func (c *record) title(b block) bool {
	if len(strings.Fields(seamless(b.text))) > 2 || !c.in.cookies {
		return false
	}
	names := c.in.r.namesIn(b.text)
	if len(names) != 1 {
		return false
	}
	n := names[0]
	if n.strength < sureName && (!b.term || len(c.in.acceptable(names, true, false)) == 0 || n.strength == aWordName && !n.known) {
		return false
	}
	c.end()
	c.has = map[role]bool{nameRole: true}
	c.f.names, c.place, c.titled, c.term = b.text, b.place, true, b.term
	return true
}

// item reads a line that begins with a name and goes on about it.
func (c *record) item(b block, text string) bool {
	if !c.in.cookies {
		return false
	}
	m := listed.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	first := m[1]
	if b.lead != "" && strings.HasPrefix(text, b.lead) {
		first = strings.TrimRight(b.lead, ": ")
		m[2] = strings.TrimLeft(text[len(b.lead):], " :–—-")
	}
	if len(strings.Fields(first)) > 6 {
		return false
	}
	names := c.in.r.namesIn(first)
	about := c.in.about()
	lifetime := c.in.embedded(m[2])
	names = slices.DeleteFunc(names, func(n name) bool {
		switch {
		case n.strength == sureName && (about || n.known && lifetime != "" && c.in.cookies):
			return false
		case about && n.known && n.text[0] >= 'a' && b.lead != "" && lifetime != "":
			return false
		}
		return true
	})
	if len(names) == 0 || m[2] == "" {
		return false
	}
	c.end()
	f := fields{purpose: m[2], expiry: lifetime}
	sure := declaration.Inferred
	if lifetime != "" {
		sure = declaration.Likely
	}
	c.in.decl.Entries = append(c.in.decl.Entries, c.in.entries(f, names, fields{}, sure, b.place)...)
	return true
}

// end is the end of a cookie.
func (c *record) end() {
	if c.columns != nil {
		c.endCells()
	}
	f, labels, titled, term, place, has := c.f, c.labels, c.titled, c.term, c.place, c.has
	in := c.in
	*c = record{in: in}
	if place == "" || f.names == "" {
		return
	}
	expiry := in.r.isLifetime(f.expiry, in.language)
	about := in.about()
	names := in.acceptable(in.r.namesIn(f.names), true, expiry && about)
	if !slices.ContainsFunc(names, func(n name) bool { return n.strength > aWordName }) && (!expiry || labels < 2) {
		return
	}
	known := slices.ContainsFunc(names, func(n name) bool { return n.known })
	told := labels >= 1 && (expiry || has[typeRole] || has[domainRole] || has[providerRole] || has[purposeRole])
	switch {
	case len(names) == 0:
		return
	case titled && !(told && (known || about || expiry)) && !(about && (known || term && in.embedded(f.purpose) != "")):
		return
	case !titled && (labels < 2 || !known && !about && !expiry):
		return
	}
	sure := declaration.Certain
	if titled {
		sure = declaration.Likely
	}
	in.decl.Entries = append(in.decl.Entries, in.entries(f, names, fields{}, sure, place)...)
}

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
