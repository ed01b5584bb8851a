package page

import (
	"cmp"
	"slices"
	"strings"
)

// mostTitle is how many words a text may have that names a category.
const mostTitle = 12

// categoryOf is the category that a heading or cell names, "" if none or
// several. It may be functional, which the page as a whole decides.
func (r *Reader) categoryOf(text, language string) string {
	if len(text) > 300 {
		return ""
	}
	t := tokens(text)
	if len(t) == 0 || len(t) > mostTitle {
		return ""
	}
	var found []string
	for _, h := range r.categoriesIn(r.vendors.without(t), language) {
		if h.value != noCategory && !slices.Contains(found, h.value) {
			found = append(found, h.value)
		}
	}
	drop := func(c string) { found = slices.DeleteFunc(found, func(f string) bool { return f == c }) }
	if len(found) > 1 {
		drop("unclassified") // other, unknown
	}
	if len(found) > 1 && (slices.Contains(found, "necessary") || slices.Contains(found, "preferences")) {
		drop(functional)
	}
	if len(found) != 1 {
		return ""
	}
	return found[0]
}

// mostEnding is how many letters a word may have behind a stem of a language that
// is not that of the page: reclam* is advertising in one, réclamation a complaint
// in another.
const mostEnding = 3

// categoriesIn are the names of categories in the words of a title: in the
// language of the page and in English, which has lent words to all. In another
// language a title must be nothing but one.
func (r *Reader) categoriesIn(t []string, language string) []hit[string] {
	all := r.words.categories.all(t, language)
	if language == "" {
		return all
	}
	if own := r.words.categories.all(t, language, language, "en"); len(own) > 0 {
		return own
	}
	foreign := slices.ContainsFunc(all, func(h hit[string]) bool {
		rest := h.ending
		return len(rest) > mostEnding && !r.areCookieWords([]string{rest})
	})
	if foreign || !r.covered(t, language) {
		return nil
	}
	return all
}

// isCategory tells whether a text is the name of a category and no more:
// "Necessary cookies (2)".
func (r *Reader) isCategory(text, language string) bool {
	t := slices.DeleteFunc(tokens(text), func(s string) bool { return strings.Trim(s, "0123456789") == "" })
	if len(t) == 0 || len(t) > 6 || r.categoryOf(text, language) == "" {
		return false
	}
	return r.covered(t, language)
}

// covered tells whether words are names of categories, words for cookies and
// what joins them.
func (r *Reader) covered(t []string, language string) bool {
	covered := 0
	for i := 0; i < len(t); {
		n := 1
		if h, ok := r.words.categories.at(t, i, language); ok {
			n = h.words
			covered += n
		} else if h, ok := r.words.cookie.at(t, i, language); ok {
			n = h.words
			covered += n
		} else if r.words.and[t[i]] {
			covered++
		}
		i += n
	}
	return covered == len(t)
}

// kindOf is the kind of storage that a heading or cell names, "" if none or
// several.
func (r *Reader) kindOf(text, language string) string { return only(&r.words.kinds, text, language) }

// typeOf is the kind that a cell of types names, by our words or by others.
func (r *Reader) typeOf(text, language string) string {
	return cmp.Or(only(&r.words.own, text, language), alone(&r.words.aloneKinds, text), r.kindOf(text, language))
}

// alone is what a cell means that is one phrase and no more.
func alone(p *phrases[string], text string) string {
	t := tokens(cut(text, 100))
	if len(t) == 0 {
		return ""
	}
	if h, ok := p.at(t, 0, ""); ok && h.words == len(t) {
		return h.value
	}
	return ""
}

// partyOf is first or third, if a heading or cell says so.
func (r *Reader) partyOf(text, language string) string { return only(&r.words.parties, text, language) }

// only is what all phrases of a short text mean, "" if they differ.
func only(p *phrases[string], text, language string) string {
	if len(text) > 300 {
		return ""
	}
	t := tokens(text)
	if len(t) > mostTitle {
		return ""
	}
	value := ""
	for _, h := range p.all(t, language) {
		if value != "" && value != h.value {
			return ""
		}
		value = h.value
	}
	return value
}

// mentionsCookies tells whether a text speaks of cookies.
func (r *Reader) mentionsCookies(text string) bool {
	return len(r.words.cookie.all(tokens(cut(text, 400)), "")) > 0
}

// section is what the headings above a place say.
type section struct {
	headings []heading
}

type heading struct {
	rank                            float64
	text, category, kind, party, by string
	cookies                         bool
}

// push puts a heading over what follows, in place of those of its rank and
// below.
func (s *section) push(h heading) {
	for len(s.headings) > 0 && s.headings[len(s.headings)-1].rank >= h.rank {
		s.headings = s.headings[:len(s.headings)-1]
	}
	s.headings = append(s.headings, h)
}

// forget takes back who sets what follows, as headings of a rank and below said.
func (s *section) forget(rank float64) {
	for i := range s.headings {
		if s.headings[i].rank >= rank {
			s.headings[i].by = ""
		}
	}
}

// nearest is what the nearest heading says that says something.
func (s *section) nearest(of func(heading) string) string {
	for _, h := range slices.Backward(s.headings) {
		if v := of(h); v != "" {
			return v
		}
	}
	return ""
}

func (s *section) category() string { return s.nearest(func(h heading) string { return h.category }) }
func (s *section) kind() string     { return s.nearest(func(h heading) string { return h.kind }) }
func (s *section) party() string    { return s.nearest(func(h heading) string { return h.party }) }
func (s *section) provider() string { return s.nearest(func(h heading) string { return h.by }) }

// aboutCookies tells whether a heading above speaks of cookies.
func (s *section) aboutCookies() bool {
	return slices.ContainsFunc(s.headings, func(h heading) bool { return h.cookies })
}
