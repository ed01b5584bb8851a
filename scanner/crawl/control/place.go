package control

import (
	"slices"
	"strings"
	"unicode"
)

// longestEntry is how many words the name of a menu's entry may have.
const longestEntry = 5

// placed tells the controls that are links in all but their element: entries of
// a menu and cards, with a router behind them. That nothing in their names is
// dangerous counts only where the lexicon can read them.
func (l *Lexicon) placed(c Control, name []string) bool {
	switch {
	case c.Name == "" || c.InForm || c.InDialog || c.Pressed != "" || !readable(c.Lang, name):
		return false
	case c.Card:
		return true
	}
	// The choice of a language stays for all pages that follow.
	return c.InMenu && len(name) <= longestEntry && !l.languages[strings.Join(name, " ")]
}

// reaches tells an entry of a menu that leads to the page on how to reach the
// people of the site, and does nothing else that is dangerous. A button of that
// name elsewhere may call them.
func (l *Lexicon) reaches(c Control, name []string) bool {
	if !c.InMenu || !l.placed(c, name) {
		return false
	}
	spans := l.find(name)
	return !slices.ContainsFunc(spans, func(s span) bool { return !s.phrase.shows && !s.phrase.calls && !s.covered(spans) })
}

// scripts are those that the languages of the lexicon are written in.
var scripts = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Arabic, unicode.Hebrew}

// readable tells whether the lexicon has the language of a page, as far as the
// page says what that is, and the letters of a name, of which there is one.
func readable(lang string, name []string) bool {
	lang, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(lang)), "-")
	if lang == "nb" || lang == "nn" { // both written forms of Norwegian
		lang = "no"
	}
	if lang != "" && !slices.Contains(Languages, lang) {
		return false
	}
	letters := 0
	for _, r := range strings.Join(name, "") {
		switch {
		case unicode.IsDigit(r):
		case !unicode.In(r, scripts...):
			return false
		default:
			letters++
		}
	}
	return letters > 0
}
