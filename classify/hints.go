package classify

import (
	_ "embed" // the hints are part of the program
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"

	"cookiescan/classify/rules"
)

//go:embed data/hints.yaml
var hintsFile []byte

// A hint says what a word in a name speaks for.
type hint struct {
	Words     []string     `yaml:"words"`
	Kinds     []rules.Kind `yaml:"kinds"`
	Party     string       `yaml:"party"`
	Lasts     string       `yaml:"lasts"`
	Category  string       `yaml:"category"`
	Exemption string       `yaml:"exemption"`
	Condition string       `yaml:"condition"`
	Purpose   string       `yaml:"purpose"`
}

// loadHints reads the hints and finds those of each word, in their order.
func loadHints() (map[string][]*hint, error) {
	var f struct {
		Hints []*hint `yaml:"hints"`
	}
	if err := yaml.UnmarshalWithOptions(hintsFile, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading hints.yaml: %w", err)
	}
	byWord := map[string][]*hint{}
	for _, h := range f.Hints {
		if len(h.Kinds) == 0 {
			h.Kinds = []rules.Kind{rules.Cookie, rules.LocalStorage, rules.SessionStorage}
		}
		if h.Party == "" {
			h.Party = "first"
		}
		for _, word := range h.Words {
			byWord[word] = append(byWord[word], h)
		}
	}
	return byWord, nil
}

// hinted finds the hint for an item, and the word that gave it.
func (c *Classifier) hinted(i Item) (*hint, string) {
	for _, word := range nameWords(i.Name) {
		for _, h := range c.hints[word] {
			if h.fits(i) {
				return h, word
			}
		}
	}
	return nil, ""
}

func (h *hint) fits(i Item) bool {
	switch {
	case !slices.Contains(h.Kinds, i.Kind):
		return false
	case h.Party != "any" && i.Party != "" && h.Party != i.Party:
		return false
	}
	switch lasts := i.lasts(); h.Lasts {
	case "session":
		return lasts != longer
	case "longer":
		return lasts != untilClosed
	}
	return true
}

// mostName is how much of a name is looked at: a storage key can be megabytes.
const mostName = 200

// nameWords are the words of a name in lower case: pairs of neighbours, then
// single words. A word ends at a separator and before a capital letter that
// follows a small one.
func nameWords(name string) []string {
	if len(name) > mostName {
		name = name[:mostName]
	}
	var single []string
	start, before := 0, rune(0)
	cut := func(end int) {
		word := strings.TrimFunc(name[start:end], func(r rune) bool { return !isNameLetter(r) })
		if word != "" {
			single = append(single, strings.ToLower(word))
		}
		start = end
	}
	for i, r := range name {
		if !isNameLetter(r) || unicode.IsUpper(r) && unicode.IsLower(before) {
			cut(i)
		}
		before = r
	}
	cut(len(name))
	var all []string
	for i := range len(single) - 1 {
		all = append(all, single[i]+single[i+1])
	}
	return append(all, single...)
}

func isNameLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
