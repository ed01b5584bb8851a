package page

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// table takes in a table. One that holds no cookies may be layout: then what
// is in it is read on its own.
func (in *interpretation) table(b block) {
	in.record.end()
	before := len(in.decl.Entries)
	in.decl.Entries = append(in.decl.Entries, in.readGrid(b.table)...)
	if len(in.decl.Entries) == before {
		if in.isListed(b) {
			for _, line := range b.inner {
				in.prose(line)
			}
			return
		}
		in.blocks(b.inner)
		in.record.end()
		return
	}
	in.declares[b.table] = true
	for _, inner := range b.inner {
		if inner.kind == aTable {
			in.table(inner)
		}
	}
}

// readGrid reads the rows of a table.
func (in *interpretation) readGrid(g *grid) []declaration.Entry {
	if len(g.rows) == 0 {
		return nil
	}
	if labels := in.labelled(g); labels > 0 {
		if labels == 2 {
			return in.readPairs(g)
		}
		g = transposed(g)
	}
	if cards := in.unlabelled(g); cards != nil {
		g = cards
	}
	roles, first := in.findTitles(g)
	if roles == nil {
		p := in.r.guess(g.rows, in.language)
		if p.names < 0 || !in.isTableOfCookies("", p, g.rows) {
			return nil
		}
		return in.readRows(g, p, 0)
	}
	in.local = in.languageOfTitles(g.rows[max(first-1, 0)])
	defer func() { in.local = "" }()
	p := in.planFor(roles, g.rows[first:])
	titles := textOfRow(g.rows[max(first-1, 0)])
	if p.names < 0 || !in.isTableOfCookies(titles, p, g.rows[first:]) {
		if in.about() && slices.Contains(roles, expiryRole) && len(g.rows) > 1 {
			in.misunderstood(textOfRow(g.rows[0]), g.place, "a table with the titles of one of cookies, but no names of cookies in it")
		}
		return nil
	}
	return in.readRows(g, p, first)
}

// findTitles finds the row of titles and the row after it. Titles may stand
// only in attributes of the cells.
func (in *interpretation) findTitles(g *grid) ([]role, int) {
	for i, row := range g.rows[:min(len(g.rows), 5)] {
		if roles, ok := in.r.titles(row, in.language); ok && !isSpread(row) {
			return roles, i + 1
		}
	}
	var labels []cell
	for _, c := range g.rows[0] {
		labels = append(labels, cell{text: c.label})
	}
	if roles, ok := in.r.titles(labels, in.language); ok {
		return roles, 0
	}
	return nil, 0
}

// languageOfTitles is the language of most titles of a table, "" if that of the
// page has as many of them.
func (in *interpretation) languageOfTitles(row []cell) string {
	count := map[string]int{}
	for _, c := range row {
		if c.left {
			continue
		}
		for _, language := range in.r.words.headers.languages(tokens(c.plain())) {
			count[language]++
		}
	}
	best := in.language
	for _, language := range slices.Sorted(maps.Keys(count)) {
		if count[language] > count[best] {
			best = language
		}
	}
	if best == in.language || count[best] < 2 {
		return ""
	}
	return best
}

// planFor plans a table by its titles. If none is for names, a column without
// a known title may hold them.
func (in *interpretation) planFor(roles []role, rows [][]cell) plan {
	p := in.r.resolve(roles, rows)
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	shares := func(column int) float64 {
		if in.r.areSentences(rows, column) {
			return 0
		}
		if s := in.r.share(rows, column, sureName); s >= 0.6 {
			return s
		}
		return in.r.shareKnown(rows, column) * 1.2
	}
	if p.names >= 0 && (in.r.share(rows, p.names, aWordName) > 0 || in.hasAddresses(rows, p)) {
		return p
	}
	shifted := p.names // titles without a column, or one too many
	p.names, p.explicit = -1, false
	best := 0.5
	for i := range width {
		if i < len(p.roles) && p.roles[i] != noRole && p.roles[i] != providerRole && shifted < 0 {
			continue
		}
		if s := shares(i); s > best {
			best, p.names = s, i
		}
	}
	if p.names < 0 {
		return p
	}
	if shifted >= 0 {
		p.roles = shift(p.roles, p.names-shifted, width)
		return p
	}
	for len(p.roles) <= p.names {
		p.roles = append(p.roles, noRole)
	}
	p.roles[p.names] = nameRole
	return p
}

// shift moves roles by some columns.
func shift(roles []role, by, width int) []role {
	out := make([]role, max(width, len(roles)))
	for i := range out {
		if k := i - by; k >= 0 && k < len(roles) {
			out[i] = roles[k]
		}
	}
	return out
}

// isTableOfCookies asks for more than titles: lists of staff and of data have
// names and periods too.
func (in *interpretation) isTableOfCookies(titles string, p plan, rows [][]cell) bool {
	known := in.r.shareKnown(rows, p.names)
	like := in.r.share(rows, p.names, likeName)
	expiry := false
	if i := p.column(expiryRole); i >= 0 {
		for _, row := range rows {
			expiry = expiry || i < len(row) && in.r.isLifetime(row[i].plain(), in.language)
		}
	}
	about := in.about() || in.r.mentionsCookies(titles)
	switch {
	case p.explicit && (about || known >= 0.3):
		return like >= 0.3 || known > 0 || about && expiry && in.r.share(rows, p.names, aWordName) >= 0.5 || about && in.hasAddresses(rows, p)
	case p.explicit:
		return false
	}
	return known >= 0.5 || like >= 0.6 && expiry && about
}

func textOfRow(row []cell) string {
	var texts []string
	for _, c := range row {
		if !c.left {
			texts = append(texts, c.plain())
		}
	}
	return strings.Join(texts, " | ")
}

// readRows reads the rows below the titles.
func (in *interpretation) readRows(g *grid, p plan, first int) []declaration.Entry {
	var (
		all   []declaration.Entry
		above fields
		last  int // where the entries of the row before begin
	)
	words := in.r.share(g.rows[first:], p.names, likeName) >= 0.5
	for i, row := range g.rows[:first] { // a category may stand over the titles
		if isSpread(row) && i < first-1 {
			in.between(row, p, &above, g.where(i))
		}
	}
	for i := first; i < len(g.rows); i++ {
		if len(in.decl.Entries)+len(all) >= mostEntries {
			in.misunderstood("", g.where(i), tooMany)
			break
		}
		row := g.rows[i]
		if roles, ok := in.r.titles(row, in.language); ok && !isSpread(row) {
			if i == first { // titles of two rows
				for k, what := range roles {
					if what == noRole && k < len(p.roles) && slices.ContainsFunc(row, func(c cell) bool { return c.above }) {
						roles[k] = p.roles[k]
					}
				}
			}
			if again := in.r.resolve(roles, g.rows[i+1:]); again.names >= 0 {
				p = again
			}
			continue
		}
		if in.between(row, p, &above, g.where(i)) {
			continue
		}
		f, sure := in.fieldsOf(row, p)
		if p.names < len(row) && row[p.names].above && len(all) > last {
			extend(all[last:], f)
			continue
		}
		names := in.acceptable(in.r.namesIn(f.names), p.explicit, words)
		if len(names) == 0 {
			names = in.addressOf(f)
		}
		if len(names) == 0 {
			if strings.TrimSpace(f.names) != "" {
				in.misunderstood(textOfRow(row), g.where(i), "where the name should be, there is none of a cookie")
			}
			continue
		}
		last = len(all)
		all = append(all, in.entries(f, names, above, sure, g.where(i))...)
	}
	return all
}

// addressOf is the path or the host in the place of a name where a row says that
// it is about a request, such as one for a pixel.
func (in *interpretation) addressOf(f fields) []name {
	text := squeeze(seamless(f.names))
	for _, t := range f.types {
		switch in.r.typeOf(t, in.language) {
		case "pixel", "beacon", "request":
			if !strings.ContainsAny(text, " ") && len(text) <= mostName && (strings.HasPrefix(text, "/") || isHost(text)) {
				return []name{{text: text, strength: likeName}}
			}
		}
	}
	return nil
}

// hasAddresses tells whether a row is about a request.
func (in *interpretation) hasAddresses(rows [][]cell, p plan) bool {
	return slices.ContainsFunc(rows[:min(len(rows), 200)], func(row []cell) bool {
		f, _ := in.fieldsOf(row, p)
		return len(in.addressOf(f)) > 0
	})
}

// extend adds what a further line of the same cookie says.
func extend(entries []declaration.Entry, f fields) {
	for i := range entries {
		if f.purpose != "" && !strings.Contains(entries[i].Purpose, f.purpose) {
			entries[i].Purpose = cut(strings.TrimSpace(entries[i].Purpose+" "+f.purpose), mostText)
		}
	}
}

// counted is a title that says how many cookies are below it.
var counted = regexp.MustCompile(`\(\d{1,4}\)$`)

// between reads a row that stands over those below it: a category, a kind, who
// sets them.
func (in *interpretation) between(row []cell, p plan, above *fields, place string) bool {
	filled := 0
	for _, c := range row {
		if c.plain() != "" && !c.left && !c.above {
			filled++
		}
	}
	if filled != 1 || !isSpread(row) && len(row) < 2 {
		return false
	}
	text := textOfRow(row)
	text = squeeze(strings.Trim(text, " |"))
	if best, _ := in.r.strongest(text); best == sureName && !isSpread(row) {
		return false
	}
	if c := in.categoryAt(text, place); c != "" {
		*above = fields{category: c}
		return true
	}
	t := strings.Fields(text)
	for n := min(3, len(t)-1); n > 0; n-- {
		if what, exact := in.r.titleOf(strings.Join(t[:n], " "), in.language); exact && what == providerRole {
			above.provider = strings.TrimLeft(strings.Join(t[n:], " "), ": ")
			return true
		}
	}
	if in.r.vendors.is(text) || isSpread(row) {
		if counted.MatchString(text) { // as categories are: a group of its own
			*above = fields{}
			return true
		}
		above.provider = text
		return true
	}
	return !isSpread(row) && p.names < len(row) && row[p.names].plain() == ""
}

// fieldsOf takes the cells of a row by their columns; if the row is shifted by
// a column, from beside them.
func (in *interpretation) fieldsOf(row []cell, p plan) (fields, declaration.Confidence) {
	sure := declaration.Certain
	if !p.explicit {
		sure = declaration.Likely
	}
	by := 0
	if !in.fits(row, p, 0) {
		for _, s := range []int{1, -1} {
			if in.fits(row, p, s) {
				by, sure = s, declaration.Likely
			}
		}
	}
	var f fields
	for i, c := range row {
		k := i - by
		if k < 0 || k >= len(p.roles) || p.roles[k] == noRole || c.left && (i == 0 || p.roles[k] == p.roles[max(k-1, 0)]) {
			continue
		}
		if p.roles[k] == expiryRole && f.expiry != "" && in.r.isLifetime(f.expiry, in.language) {
			continue
		}
		text := c.text
		if p.roles[k] != nameRole {
			text = seamless(text)
		}
		if p.roles[k] == purposeRole && c.above {
			text = ""
		}
		f.set(p.roles[k], text)
	}
	return f, sure
}

// fits tells whether a row, moved by some columns, has a name and a lifetime
// where they should be.
func (in *interpretation) fits(row []cell, p plan, by int) bool {
	at := p.names + by
	if at < 0 || at >= len(row) {
		return false
	}
	best, _ := in.r.strongest(row[at].text)
	if by == 0 {
		return best >= aWordName
	}
	i := p.column(expiryRole)
	if i < 0 {
		return best == sureName
	}
	return best >= likeName && i+by >= 0 && i+by < len(row) && in.r.isLifetime(row[i+by].plain(), in.language)
}
