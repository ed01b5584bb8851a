package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
		if what == itemRole && b.term {
			c.in.push(b, weakRank)
		}
		c.labelled(what, value, b)
		return
	}
	if c.answered(b) {
		c.answer(b)
		return
	}
	text := squeeze(seamless(b.text))
	if roles := c.run(b.text); roles != nil {
		c.end()
		c.columns = roles
		return
	}
	if c.touching(b) || c.title(b) || c.item(b, text) {
		return
	}
	if c.announces(b, text) {
		c.end()
		c.in.push(b, weakRank)
		return
	}
	c.in.prose(b)
	c.text(text)
}

// announces tells whether a line is as good as a heading: a category alone, or
// in bold or before a colon, or a provider in bold.
func (c *record) announces(b block, text string) bool {
	r, language := c.in.r, c.in.language
	return r.isCategory(text, language) || (b.term || strings.HasSuffix(text, ":")) && r.categoryOf(text, language) != "" || b.term && r.isProvider(text)
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
	if what, value, ok := c.label(b.text); ok && value == "" && b.rank > 2 && !c.in.r.isCategory(b.text, c.in.language) {
		if what == itemRole { // "Cookies" titles a section as well
			c.in.push(b, b.rank)
		}
		c.labelled(what, value, b)
		return true
	}
	if c.answered(b) && b.rank == textRank {
		c.answer(b)
		return true
	}
	c.end()
	b.term = true
	if !c.title(b) {
		return false
	}
	if best, _ := c.in.r.strongest(b.text); best < sureName { // it may be a service
		c.in.section.forget(b.rank)
	}
	return true
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
	for _, part := range parts[1:] { // several labels in a line
		if other, more, ok := c.label(part); ok && more != "" {
			at := strings.Index(value, part)
			c.put(what, strings.TrimRight(value[:max(at, 0)], " ,;|·"), b.place)
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

// answered tells whether labels wait for their values and a line is one.
// "Cookies" alone may be the title of a section: only a name answers it.
func (c *record) answered(b block) bool {
	if len(c.waiting) == 1 && c.waiting[0] == itemRole {
		names := c.in.acceptable(c.in.r.namesIn(b.text), true, false)
		if len(names) == 0 || len(strings.Fields(seamless(b.text))) > 2*len(names) {
			c.waiting = nil
		}
	}
	return len(c.waiting) > 0
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
	words := strings.Fields(parentheses.ReplaceAllString(seamless(b.text), " "))
	if len(words) > 2 || len(words) == 2 && !c.in.r.areCookieWords(words[:1]) && !c.in.r.areCookieWords(words[1:]) || !c.in.cookies {
		return false
	}
	names := c.in.r.namesIn(b.text)
	if len(names) != 1 {
		return false
	}
	n := names[0]
	if c.in.r.vendors.is(seamless(b.text)) && n.strength < sureName {
		return false
	}
	if n.strength < sureName && (!b.term || len(c.in.acceptable(names, true, false)) == 0 || n.strength == aWordName && !n.known) {
		return false
	}
	c.end()
	c.has = map[role]bool{nameRole: true}
	c.f.names, c.place, c.titled, c.term = b.text, b.place, true, b.term
	return true
}

// touching takes in a line that is a name in bold and a text, which touch: a style
// sheet makes two lines of them.
func (c *record) touching(b block) bool {
	head, rest, ok := strings.Cut(b.text, seam)
	rest = strings.TrimSpace(seamless(rest))
	first, _ := utf8.DecodeRuneInString(rest)
	if !ok || head == "" || b.lead != head || !unicode.IsUpper(first) || strings.ContainsAny(head[len(head)-1:], "-_.=*") ||
		!strings.HasSuffix(rest, ".") && len(strings.Fields(rest)) < 2 && c.in.r.readName(head).strength < sureName {
		return false
	}
	name := b
	name.text, name.term = head, true
	if !c.title(name) {
		return false
	}
	c.text(rest)
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
	if more := len(c.in.r.namesIn(first)); b.lead != "" && strings.HasPrefix(text, b.lead) && (more < 2 || len(strings.Fields(first)) >= 2*more) {
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
		case ambiguous[n.text] && (lifetime == "" || squeeze(seamless(first)) != n.text):
			return true
		case n.strength == sureName && (about || n.known && lifetime != "" && c.in.cookies):
			return false
		case about && n.known && n.text[0] >= 'a' && lifetime != "" && (b.lead != "" || lifetime == m[2]):
			return false
		}
		return true
	})
	if len(names) == 0 || m[2] == "" {
		return false
	}
	c.end()
	f := fields{purpose: m[2], expiry: lifetime, provider: c.in.vendorBeside(m[1:2])}
	for _, beside := range parentheses.FindAllStringSubmatch(m[1], 10) { // local storage, third party
		f.types = append(f.types, beside[2])
	}
	sure := declaration.Inferred
	if lifetime != "" {
		sure = declaration.Likely
	}
	c.in.decl.Entries = append(c.in.decl.Entries, c.in.entries(f, names, fields{}, sure, b.place)...)
	return true
}

// couldBeService tells whether names are written as those of services are too.
func (r *Reader) couldBeService(names []name) bool {
	return !slices.ContainsFunc(names, func(n name) bool { return n.strength >= sureName || !camelName.MatchString(n.text) })
}

var camelName = regexp.MustCompile(`^[A-Z][a-z]+[A-Z]`)

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
	case titled && term && !known && !expiry && in.r.couldBeService(names): // with a provider, as services have
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
