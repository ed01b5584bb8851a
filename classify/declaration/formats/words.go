package formats

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/goccy/go-yaml"

	"cookiescan/classify/declaration/terms"
	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
)

//go:embed data/words.yaml
var wordsFile []byte

// lexicon says what words mean: the title of a column, the name of a category,
// of a kind or of a party, in any language.
type lexicon struct {
	columns, categories, kinds, parties map[string]string
}

// loadLexicon is read once, since it takes all language files.
var loadLexicon = sync.OnceValues(newLexicon)

func newLexicon() (*lexicon, error) {
	l := &lexicon{map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
	if err := l.addOwn(); err != nil {
		return nil, err
	}
	var file map[string]map[string][]string
	if err := yaml.UnmarshalWithOptions(wordsFile, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the words of spreadsheets: %w", err)
	}
	for section, into := range map[string]map[string]string{
		"columns": l.columns, "categories": l.categories,
	} {
		for _, meaning := range slices.Sorted(maps.Keys(file[section])) {
			for _, line := range file[section][meaning] {
				for word := range strings.SplitSeq(line, ",") {
					add(into, word, meaning)
				}
			}
		}
	}
	return l, l.addTerms()
}

// addTerms adds what declarations call kinds and parties.
func (l *lexicon) addTerms() error {
	all, err := terms.Load()
	if err != nil {
		return err
	}
	for _, t := range all.Kinds {
		add(l.kinds, strings.ReplaceAll(t.Text, "*", ""), t.Means)
	}
	for _, t := range all.Parties {
		add(l.parties, strings.ReplaceAll(t.Text, "*", ""), t.Means)
	}
	return nil
}

// addOwn adds what cookiescan itself writes and the names of the taxonomies.
func (l *lexicon) addOwn() error {
	var taxonomies []*taxonomy.Taxonomy
	for _, name := range taxonomy.Names() {
		t, err := taxonomy.Lookup(name)
		if err != nil {
			return err
		}
		taxonomies = append(taxonomies, t)
	}
	for _, tag := range words.Languages() {
		lang, err := words.Language(tag)
		if err != nil {
			return err
		}
		for _, column := range columns {
			add(l.columns, lang.Title(column), column)
		}
		for _, kind := range kinds {
			add(l.kinds, lang.Kind(kind), kind)
		}
		for _, party := range []string{"first", "third"} {
			add(l.parties, lang.Title(party), party)
		}
		for _, t := range taxonomies {
			for _, category := range categories {
				name, _ := t.Of(category, "").Words(lang)
				add(l.categories, name, category)
			}
		}
	}
	return nil
}

// add gives a word a meaning, if it has none yet.
func add(into map[string]string, word, meaning string) {
	word = fold(word)
	if _, taken := into[word]; !taken && word != "" {
		into[word] = meaning
	}
}

// The fields of an entry that a column may hold, the kinds and the categories.
var (
	columns    = []string{"name", "kind", "domain", "provider", "category", "purpose", "lifetime", "party"}
	kinds      = []string{"cookie", "localStorage", "sessionStorage", "indexedDB", "pixel", "request"}
	categories = []string{"necessary", "preferences", "statistics", "marketing", "unclassified"}
)

// fold is a word as it is looked up: in lower case, without the word cookie
// around it, brackets and what stands behind them.
func fold(word string) string {
	word = strings.NewReplacer("_", " ", "’", "'").Replace(strings.ToLower(plain(word)))
	trimmed := strings.Trim(word, " :.*")
	if before, _, ok := strings.Cut(trimmed, "("); ok && strings.TrimSpace(before) != "" {
		trimmed = strings.TrimSpace(before)
	}
	for _, around := range []string{"cookies", "cookie"} {
		if rest, ok := strings.CutSuffix(trimmed, around); ok && rest != "" {
			trimmed = rest
		}
		if rest, ok := strings.CutPrefix(trimmed, around); ok && rest != "" && !unicode.IsLetter([]rune(rest)[0]) {
			trimmed = rest
		}
	}
	if trimmed = strings.Trim(trimmed, " -:.'"); trimmed == "" {
		return word
	}
	return trimmed
}

// category is what a word says of a category, "" if nothing.
func (l *lexicon) category(word string) string { return l.categories[fold(word)] }

func (l *lexicon) kind(word string) string { return l.kinds[fold(word)] }

func (l *lexicon) party(word string) string { return l.parties[fold(word)] }

func (l *lexicon) column(title string) string { return l.columns[fold(title)] }

// english are the words of cookiescan's own language.
var english = sync.OnceValues(func() (*words.Lang, error) { return words.Language("en") })

// wordsOf are those of a language, English if cookiescan does not have it.
func wordsOf(tag string) (*words.Lang, error) {
	if tag != "" {
		if lang, err := words.Language(tag); err == nil {
			return lang, nil
		}
	}
	return english()
}
