package control

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var data embed.FS

// Languages are those of the lexicon: the official ones of the EU, and those of
// some neighbours.
var Languages = []string{
	"ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "he", "hr",
	"hu", "it", "lt", "lv", "mt", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sv", "tr", "uk",
}

// showing are the kinds of words that only show something; all others do
// something for the visitor.
const showing = " show more open menu next details play filter zoom tab "

// Lexicon are the words of controls in all Languages together: a page's
// language is not to be relied on. It is immutable.
type Lexicon struct {
	exact map[string][]*phrase // by the first word
	stems map[string][]*phrase // by the first word's beginning
	class map[string]bool      // words of class names that say that something is shown

	languages map[string]bool // names of languages, as those who choose one read them
}

// phrase is one entry.
type phrase struct {
	text   string
	tokens []token
	whole  bool // only when it is all of the name
	shows  bool
	leaves bool // ends the visitor's session
	calls  bool // reaches the people of the site
}

// token is a word of a phrase.
type token struct {
	word string
	stem bool // any ending
	gap  bool // words may stand before it
}

// maxGap is how many words "~" stands for.
const maxGap = 3

// Load reads the embedded lexicon. The program calls it once.
func Load() (*Lexicon, error) {
	l := &Lexicon{exact: map[string][]*phrase{}, stems: map[string][]*phrase{}, class: map[string]bool{}, languages: map[string]bool{}}
	for _, lang := range Languages {
		if err := l.read("data/" + lang + ".txt"); err != nil {
			return nil, err
		}
	}
	if err := entries("data/classes.txt", " ", l.class); err != nil {
		return nil, err
	}
	if err := entries("data/languages.txt", ",", l.languages); err != nil {
		return nil, err
	}
	return l, nil
}

// entries reads a file that is a list.
func entries(name, between string, into map[string]bool) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the lexicon of controls: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for entry := range strings.SplitSeq(line, between) {
			if w := words(entry); len(w) > 0 {
				into[strings.Join(w, " ")] = true
			}
		}
	}
	return nil
}

// read reads the file of a language.
func (l *Lexicon) read(name string) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return fmt.Errorf("reading the lexicon of controls: %w", err)
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, list, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("reading the lexicon of controls: %s: line %d: no colon", name, number)
		}
		for entry := range strings.SplitSeq(list, ",") {
			if !l.add(strings.TrimSpace(entry), kind) {
				return fmt.Errorf("reading the lexicon of controls: %s: line %d: %q is no phrase", name, number, entry)
			}
		}
	}
	return nil
}

// add takes an entry into the index.
func (l *Lexicon) add(text, kind string) bool {
	p := &phrase{text: text, shows: strings.Contains(showing, " "+kind+" "), leaves: kind == "logout", calls: kind == "call"}
	text, p.whole = strings.CutPrefix(text, "=")
	gap := false
	for field := range strings.FieldsSeq(text) {
		if field == "~" {
			gap = true
			continue
		}
		field, stem := strings.CutSuffix(field, "*")
		parts := words(field)
		for i, w := range parts {
			p.tokens = append(p.tokens, token{word: w, stem: stem && i == len(parts)-1, gap: gap})
			gap = false
		}
	}
	if len(p.tokens) == 0 || gap || p.tokens[0].gap {
		return false
	}
	index := l.exact
	if p.tokens[0].stem {
		index = l.stems
	}
	first := p.tokens[0].word
	index[first] = append(index[first], p)
	return true
}

// span is where a phrase stands in a name.
type span struct {
	phrase     *phrase
	first, end int
}

// find lists the phrases in a name.
func (l *Lexicon) find(name []string) (spans []span) {
	for i, w := range name {
		candidates := l.exact[w]
		for n := 1; n <= len(w); n++ {
			candidates = append(candidates[:len(candidates):len(candidates)], l.stems[w[:n]]...)
		}
		for _, p := range candidates {
			if end, ok := p.matches(name, i); ok {
				spans = append(spans, span{p, i, end})
			}
		}
	}
	return spans
}

// matches tells whether the phrase stands at a place, and where it ends.
func (p *phrase) matches(name []string, at int) (end int, ok bool) {
	first := at
	for _, t := range p.tokens {
		limit := at
		if t.gap {
			limit += maxGap
		}
		for at < len(name) && at < limit && !t.fits(name[at]) {
			at++
		}
		if at >= len(name) || !t.fits(name[at]) {
			return 0, false
		}
		at++
	}
	return at, !p.whole || first == 0 && at == len(name)
}

func (t token) fits(word string) bool {
	return word == t.word || t.stem && strings.HasPrefix(word, t.word)
}

// judge says what a name says: the phrase that does something, else the one
// that shows something. A longer phrase that shows ("load more") counts before
// a shorter one inside it.
func (l *Lexicon) judge(name []string) (does, shows *phrase) {
	spans := l.find(name)
	for _, s := range spans {
		switch {
		case s.phrase.shows && shows == nil:
			shows = s.phrase
		case !s.phrase.shows && does == nil && !s.covered(spans):
			does = s.phrase
		}
	}
	return does, shows
}

func (s span) covered(spans []span) bool {
	for _, o := range spans {
		if o.phrase.shows && len(o.phrase.tokens) > len(s.phrase.tokens) && o.first <= s.first && s.end <= o.end {
			return true
		}
	}
	return false
}
