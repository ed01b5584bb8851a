package page

import (
	"regexp"
	"slices"
	"strings"
)

// plan says what each column of a table holds.
type plan struct {
	roles    []role
	names    int  // the column of names, -1 if there is none
	explicit bool // a title says so
	guessed  bool // there are no titles: the cells decided
}

// column is the first column of a role, -1 if there is none.
func (p *plan) column(want role) int { return slices.Index(p.roles, want) }

// titleOf is what a title says its column holds, and whether it says no more
// than that.
func (r *Reader) titleOf(text, language string) (what role, exact bool) {
	if len(text) > 120 {
		return noRole, false
	}
	t := tokens(text)
	if len(t) == 0 || len(t) > 8 {
		return noRole, false
	}
	hits := r.words.headers.all(t, language)
	covered := 0
	for _, h := range hits {
		covered += h.words
		if what == noRole || what == itemRole && h.value != itemRole {
			what = h.value
		}
	}
	return what, what != noRole && covered == len(t) && len(hits) == 1
}

// titles are the roles of a row, if it is one of titles: at least two of its
// cells are, and most of them.
func (r *Reader) titles(row []cell, language string) ([]role, bool) {
	roles := make([]role, len(row))
	filled, titled, distinct, heads := 0, 0, map[role]bool{}, 0
	for i, c := range row {
		text := c.plain()
		if text == "" {
			continue
		}
		filled++
		if c.title {
			heads++
		}
		if s, known := r.strongest(c.text); known && s == sureName {
			return nil, false
		}
		roles[i], _ = r.titleOf(text, language)
		if roles[i] != noRole && !c.left {
			titled++
			distinct[roles[i]] = true
		}
	}
	if filled < 2 {
		return nil, false
	}
	ok := len(distinct) >= 2 && titled*2 >= filled || heads == filled && titled >= 1
	return roles, ok
}

// resolve decides which of the columns that may hold the names does, by the
// cells below.
func (r *Reader) resolve(roles []role, rows [][]cell) plan {
	p := plan{roles: slices.Clone(roles), names: -1}
	best := 0.0
	for i, what := range roles {
		if what != nameRole && what != itemRole {
			continue
		}
		score := r.share(rows, i, likeName)*2 + r.share(rows, i, aWordName)
		if what == nameRole {
			score += 0.3
		}
		if score > best {
			best, p.names = score, i
		}
	}
	for i, what := range roles {
		if (what == nameRole || what == itemRole) && i != p.names {
			p.roles[i] = providerRole
			if slices.Contains(roles, providerRole) {
				p.roles[i] = noRole
			}
		}
	}
	if p.names >= 0 {
		p.roles[p.names] = nameRole
		p.explicit = true
	}
	return p
}

// share is the part of the filled cells of a column that hold a name.
func (r *Reader) share(rows [][]cell, column int, least strength) float64 {
	n, filled := 0, 0
	for _, row := range rows[:min(len(rows), 200)] {
		if column < 0 || column >= len(row) || row[column].plain() == "" || isSpread(row) {
			continue
		}
		filled++
		if s, _ := r.strongest(row[column].text); s >= least {
			n++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(n) / float64(filled)
}

// shareKnown is the part of the filled cells of a column that hold a name of
// the database.
func (r *Reader) shareKnown(rows [][]cell, column int) float64 {
	n, filled := 0, 0
	for _, row := range rows[:min(len(rows), 200)] {
		if column >= len(row) || row[column].plain() == "" || isSpread(row) {
			continue
		}
		filled++
		if _, known := r.strongest(row[column].text); known {
			n++
		}
	}
	if filled == 0 {
		return 0
	}
	return float64(n) / float64(filled)
}

// areSentences tells whether a column says something of names more often than it
// is one: "_ga removed".
func (r *Reader) areSentences(rows [][]cell, column int) bool {
	sentences, filled := 0, 0
	for _, row := range rows[:min(len(rows), 200)] {
		if column >= len(row) || row[column].plain() == "" || isSpread(row) {
			continue
		}
		filled++
		text := parentheses.ReplaceAllString(row[column].plain(), " ")
		if n := len(r.namesIn(row[column].text)); n > 0 && len(strings.Fields(text)) >= 2*n && !r.areCookieWords(strings.Fields(text)[1:]) {
			sentences++
		}
	}
	return sentences*2 > filled
}

// isSpread tells whether one cell goes over a whole row.
func isSpread(row []cell) bool {
	if len(row) < 2 {
		return false
	}
	return !slices.ContainsFunc(row[1:], func(c cell) bool { return !c.left })
}

// isListed tells whether a table is a list of something and no layout: titles of
// columns over rows of single lines.
func (in *interpretation) isListed(b block) bool {
	rows := b.table.rows
	if len(rows) < 2 || len(rows[0]) < 3 || slices.ContainsFunc(b.inner, func(b block) bool { return b.kind != aLine }) {
		return false
	}
	for i, row := range rows {
		for k, c := range row {
			if c.title != (i == 0) && k > 0 || i == 0 && !c.title || strings.Contains(c.text, "\n") {
				return false
			}
		}
	}
	_, found := in.r.titles(rows[0], in.language)
	return found
}

// guess plans a table without titles: the column with names that are surely
// some, the one with lifetimes, the longest texts.
func (r *Reader) guess(rows [][]cell, language string) plan {
	p := plan{names: -1, guessed: true}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	p.roles = make([]role, width)
	best := 0.6
	for i := range width {
		if s := r.share(rows, i, sureName); (s > best || s == best && p.names < 0) && !r.areSentences(rows, i) {
			best, p.names = s, i
		}
	}
	if p.names < 0 {
		return p
	}
	p.roles[p.names] = nameRole
	longest, purpose := 0, -1
	for i := range width {
		if i == p.names {
			continue
		}
		lifetimes, categories, filled, octets := 0, 0, 0, 0
		for _, row := range rows[:min(len(rows), 200)] {
			if i >= len(row) || row[i].plain() == "" {
				continue
			}
			text := row[i].plain()
			filled++
			octets += len(text)
			if r.isLifetime(text, language) {
				lifetimes++
			}
			if r.isCategory(text, language) {
				categories++
			}
		}
		switch {
		case filled == 0:
		case lifetimes*5 >= filled*3 && p.column(expiryRole) < 0:
			p.roles[i] = expiryRole
		case categories*5 >= filled*3 && p.column(categoryRole) < 0:
			p.roles[i] = categoryRole
		case octets/filled > longest:
			longest, purpose = octets/filled, i
		}
	}
	if purpose >= 0 {
		p.roles[purpose] = purposeRole
		if i := slices.Index(p.roles, noRole); i >= 0 && i < purpose {
			p.roles[i] = providerRole
		}
	}
	return p
}

// isLifetime tells whether a cell is a lifetime and not a sentence with one.
func (r *Reader) isLifetime(text, language string) bool {
	if len(strings.Fields(text)) > 10 {
		return false
	}
	l := r.lifetimes.Read(text, language)
	return l.Known() && !l.Guessed
}

var camel = regexp.MustCompile(`(\p{Ll}|\p{Nd}|\))(\p{Lu})|(\p{Ll})(\d+ )`)

// unglued splits text that was copied without what separated its cells, where
// a capital letter or a number follows a small letter.
func unglued(text string) []string {
	return strings.Split(camel.ReplaceAllString(text, "$1$3"+seam+"$2$4"), seam)
}
