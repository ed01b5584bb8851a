package page

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"

	"cookiescan/classify/declaration/register"
	"cookiescan/classify/declaration/terms"
	"cookiescan/classify/words"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// role is what a column or a labelled cell holds.
type role string

// The roles. item is a title such as "cookie", under which names stand, or
// services, or categories: the cells decide.
const (
	noRole       role = ""
	nameRole     role = "name"
	itemRole     role = "item"
	providerRole role = "provider"
	domainRole   role = "domain"
	purposeRole  role = "purpose"
	expiryRole   role = "expiry"
	typeRole     role = "type"
	categoryRole role = "category"
)

// Names of categories that stand beside ours in the word files.
const (
	functional = "functional" // preferences, or necessary where nothing else is
	noCategory = "none"
)

// naming is what words of a sentence say about a name in it.
type naming string

const (
	called naming = "called" // a name follows, or stands before
	such   naming = "such"   // examples follow
	not    naming = "not"    // the contrary is said
)

// wordFile is the file of a language.
type wordFile struct {
	Language   string              `yaml:"language"`
	Frequent   []string            `yaml:"frequent"`
	Cookie     []string            `yaml:"cookie"`
	Headers    map[role][]string   `yaml:"headers"`
	Categories map[string][]string `yaml:"categories"`
	Naming     map[naming][]string `yaml:"naming"`
	And        []string            `yaml:"and"`
	Months     [][]string          `yaml:"months"`
	Year       []string            `yaml:"year"`
	Statements map[string][]string `yaml:"statements"`
}

// lexicon is the words of all languages. A text is looked up in all of them at
// once, because pages mix languages.
type lexicon struct {
	headers                  phrases[role]
	categories               phrases[string]
	kinds                    phrases[string]
	own                      phrases[string] // kinds as our own tables name them, which a cell may be
	parties                  phrases[string]
	aloneKinds, aloneParties phrases[string] // what says so only where nothing stands beside it
	cookie                   phrases[bool]
	months                   phrases[int]
	naming                   phrases[naming]
	and                      map[string]bool
	year                     map[string]bool     // words between a year and its month
	frequent                 map[string][]string // word to languages
	statements               map[string]*statementWords
}

func loadLexicon() (*lexicon, error) {
	names, err := fs.Glob(wordFiles, "words/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the words of policy pages: %w", err)
	}
	l := &lexicon{and: map[string]bool{}, year: map[string]bool{}, frequent: map[string][]string{}, statements: map[string]*statementWords{}}
	for _, name := range names {
		src, err := wordFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading the words of policy pages: %w", err)
		}
		var f wordFile
		if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if err := l.add(f); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	}
	if err := l.addTerms(); err != nil {
		return nil, err
	}
	return l, l.addOwn()
}

// addTerms adds what declarations call kinds and parties.
func (l *lexicon) addTerms() error {
	all, err := terms.Load()
	if err != nil {
		return err
	}
	for _, x := range []struct {
		terms     []terms.Term
		in, alone *phrases[string]
	}{{all.Kinds, &l.kinds, &l.aloneKinds}, {all.Parties, &l.parties, &l.aloneParties}} {
		for _, t := range x.terms {
			into := x.in
			if t.Alone {
				into = x.alone
			}
			if err := into.add(t.Language, t.Text, t.Means); err != nil {
				return fmt.Errorf("the terms of declarations: %w", err)
			}
		}
	}
	return nil
}

// addOwn adds the kinds by the names that our own tables give them.
func (l *lexicon) addOwn() error {
	for _, tag := range words.Languages() {
		lang, err := words.Language(tag)
		if err != nil {
			return err
		}
		for _, kind := range register.Kinds() {
			if err := l.own.add(tag, lang.Kind(kind), kind); err != nil {
				return fmt.Errorf("the kinds in %s: %w", tag, err)
			}
		}
	}
	return nil
}

func (l *lexicon) add(f wordFile) error {
	months := map[int][]string{}
	for i, forms := range f.Months {
		months[i+1] = forms
	}
	err := errors.Join(
		addAll(&l.headers, f.Language, f.Headers),
		addAll(&l.categories, f.Language, f.Categories),
		addAll(&l.cookie, f.Language, map[bool][]string{true: f.Cookie}),
		addAll(&l.months, f.Language, months),
		addAll(&l.naming, f.Language, f.Naming),
	)
	if err != nil {
		return err
	}
	for _, word := range f.And {
		l.and[fold(word)] = true
	}
	for _, word := range f.Year {
		l.year[fold(word)] = true
	}
	for _, word := range f.Frequent {
		word = fold(word)
		l.frequent[word] = append(l.frequent[word], f.Language)
	}
	w, err := compileStatements(f.Statements)
	l.statements[f.Language] = w
	return err
}

func addAll[V comparable](p *phrases[V], language string, lists map[V][]string) error {
	for value, texts := range lists {
		for _, text := range texts {
			if err := p.add(language, text, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// phrases finds phrases at a place of a text.
type phrases[V comparable] struct {
	byFirst map[string][]phrase[V] // by the first word, or its beginning
	longest int                    // octets of the longest beginning
}

type phrase[V comparable] struct {
	language string
	words    []string // one with * at its end is any that begins so
	value    V
}

// hit is a phrase that was found.
type hit[V comparable] struct {
	at, words int
	value     V
	language  string
	ending    string // what its last word has behind the stem
}

// add adds a phrase. In one language it can mean only one thing.
func (p *phrases[V]) add(language, text string, value V) error {
	var list []string
	for _, word := range strings.Fields(text) {
		tokens := tokens(word)
		if strings.HasSuffix(word, "*") && len(tokens) > 0 {
			tokens[len(tokens)-1] += "*"
		}
		list = append(list, tokens...)
	}
	if len(list) == 0 {
		return fmt.Errorf("%q has no letters", text)
	}
	for _, other := range p.byFirst[list[0]] {
		if other.language == language && slices.Equal(other.words, list) && other.value != value {
			return fmt.Errorf("%q means both %v and %v", text, other.value, value)
		}
	}
	if p.byFirst == nil {
		p.byFirst = map[string][]phrase[V]{}
	}
	p.byFirst[list[0]] = append(p.byFirst[list[0]], phrase[V]{language, list, value})
	p.longest = max(p.longest, len(list[0]))
	return nil
}

// at is the longest phrase at a place of a text; of those equally long one of
// the language, else of English. If there are others, only those languages count.
func (p *phrases[V]) at(text []string, i int, language string, among ...string) (hit[V], bool) {
	var best hit[V]
	consider := func(list []phrase[V]) {
		for _, c := range list {
			if len(among) > 0 && !slices.Contains(among, c.language) || !c.fits(text[i:]) || len(c.words) < best.words {
				continue
			}
			if len(c.words) > best.words || rank(c.language, language) > rank(best.language, language) {
				best = hit[V]{i, len(c.words), c.value, c.language, c.ending(text[i:])}
			}
		}
	}
	consider(p.byFirst[text[i]])
	for n := min(len(text[i]), p.longest); n > 1; n-- {
		if list := p.byFirst[text[i][:n]+"*"]; list != nil {
			consider(list)
		}
	}
	return best, best.words > 0
}

func rank(language, wanted string) int {
	switch language {
	case wanted:
		return 3
	case "en":
		return 2
	case "":
		return 0
	}
	return 1
}

func (c *phrase[V]) fits(text []string) bool {
	if len(text) < len(c.words) {
		return false
	}
	for i, word := range c.words {
		if stem, ok := strings.CutSuffix(word, "*"); text[i] != word && (!ok || !strings.HasPrefix(text[i], stem)) {
			return false
		}
	}
	return true
}

// ending is what the last word of a text that fits has behind the stem.
func (c *phrase[V]) ending(text []string) string {
	last := len(c.words) - 1
	stem, ok := strings.CutSuffix(c.words[last], "*")
	if !ok {
		return ""
	}
	return text[last][len(stem):]
}

// all are the phrases of a text from left to right, none over another; of some
// languages only, if they are given.
func (p *phrases[V]) all(text []string, language string, among ...string) []hit[V] {
	var hits []hit[V]
	for i := 0; i < len(text); {
		h, ok := p.at(text, i, language, among...)
		if !ok {
			i++
			continue
		}
		hits = append(hits, h)
		i += h.words
	}
	return hits
}

// languages are those that have a phrase for the whole of a text.
func (p *phrases[V]) languages(text []string) []string {
	var list []string
	if len(text) == 0 {
		return nil
	}
	consider := func(phrases []phrase[V]) {
		for _, c := range phrases {
			if len(c.words) == len(text) && c.fits(text) && !slices.Contains(list, c.language) {
				list = append(list, c.language)
			}
		}
	}
	consider(p.byFirst[text[0]])
	for n := min(len(text[0]), p.longest); n > 1; n-- {
		consider(p.byFirst[text[0][:n]+"*"])
	}
	return list
}

// tokens are the words and numbers of a text, folded.
func tokens(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '§' })
}

// fold writes a text in lower case without accents.
func fold(text string) string {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			ascii = false
			break
		}
	}
	text = strings.ToLower(text)
	if ascii {
		return text
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ς':
			b.WriteRune('σ')
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// language guesses the language of a text by its frequent words.
func (l *lexicon) language(text []string) string {
	count := map[string]int{}
	for _, word := range text {
		for _, language := range l.frequent[word] {
			count[language]++
		}
	}
	best := ""
	for language, n := range count {
		if n > count[best] || n == count[best] && language < best {
			best = language
		}
	}
	if count[best] < 3 {
		return ""
	}
	return best
}
