package report

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// look is in which words a scan is shown and how its items are sorted.
type look struct {
	lang     *words.Lang
	taxonomy *taxonomy.Taxonomy
	evidence bool
}

// newLook takes English and our own categories for what is not given.
func newLook(o Options) (look, error) {
	l := look{o.Lang, o.Taxonomy, o.Evidence}
	var err error
	if l.lang == nil {
		if l.lang, err = words.Language("en"); err != nil {
			return l, fmt.Errorf("choosing a language: %w", err)
		}
	}
	if l.taxonomy == nil {
		if l.taxonomy, err = taxonomy.Lookup(taxonomy.Default); err != nil {
			return l, fmt.Errorf("choosing a taxonomy: %w", err)
		}
	}
	return l, nil
}

// title is the title of a column in capital letters.
func (l look) title(key string) string {
	return cases.Upper(language.Make(l.lang.Tag())).String(l.lang.Title(key))
}

// english tells whether our own English words may stand beside those of the
// language without a break.
func (l look) english() bool { return l.lang.Tag() == "en" }

// party words whose something is. A document can hold anything.
func (l look) party(p scanner.Party) string {
	if p == scanner.First || p == scanner.Third {
		return l.lang.Title(string(p))
	}
	return string(p)
}

// actor is the subject of the sentence about a purpose; "" is the site itself.
// Of an unknown vendor no more is known than where it is.
func (l look) actor(c scanner.Classification, place string) string {
	switch {
	case c.BySite:
		return ""
	case c.Vendor != "":
		return c.Vendor
	}
	host, _, _ := strings.Cut(place, "/")
	return cmp.Or(host, l.lang.Title("provider"))
}

// purpose is the sentence about what something is for, with the vendor made
// safe by a function of sanitize.go, and behind it what a reader should know
// about it: that it is a guess, or that the need for consent is a question.
func (l look) purpose(c scanner.Classification, place string, safe func(string) string) string {
	who := l.actor(c, place)
	if who != "" {
		who = safe(who)
	}
	sentence := l.lang.Purpose(c.Purpose, who)
	if sentence == "" {
		sentence = l.lang.Title("purposeUnknown")
	}
	note := ""
	switch {
	case c.Confidence == scanner.ByInference:
		note = l.lang.Confidence(c.Confidence)
	case c.Exemption == "conditional" || c.Exemption == "contested":
		note = l.lang.Exemption(c.Exemption)
	}
	if note != "" {
		sentence = strings.TrimSuffix(sentence, ".") + " " + bracketed(note)
	}
	return sentence
}
