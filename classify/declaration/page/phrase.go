package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// statementWords are the phrases of a language by which sentences are told.
//
// A phrase is words; "..." stands for up to ten words in between, (a|b) for one
// of several, (a )? for what may be missing, * at the end of a word for any
// ending. Accents, case and punctuation do not matter.
type statementWords struct {
	kinds []string // sorted
	by    map[string]*regexp.Regexp
}

func compileStatements(lists map[string][]string) (*statementWords, error) {
	w := &statementWords{by: map[string]*regexp.Regexp{}}
	for kind, list := range lists {
		var all []string
		for _, text := range list {
			all = append(all, expression(text))
		}
		re, err := regexp.Compile(" (?:" + strings.Join(all, "|") + ") ")
		if err != nil {
			return nil, fmt.Errorf("statements: %s: %w", kind, err)
		}
		w.kinds = append(w.kinds, kind)
		w.by[kind] = re
	}
	slices.Sort(w.kinds)
	return w, nil
}

// expression is a phrase as a regular expression on folded words.
func expression(text string) string {
	return strings.NewReplacer("(", "(?:", "*", "[^ ]*", " ... ", " (?:[^ ]+ ){0,10}?").Replace(fold(text))
}

// says tells whether a sentence, as joined tokens, says something of a kind.
func (w *statementWords) says(kind, sentence string) bool {
	return w != nil && w.by[kind] != nil && w.by[kind].MatchString(sentence)
}

// joined is a text as phrases are looked for in it.
func joined(text string) string { return " " + strings.Join(tokens(text), " ") + " " }
