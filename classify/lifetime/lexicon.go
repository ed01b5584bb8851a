package lifetime

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed data/*.yaml
var files embed.FS

// A Reader reads lifetimes. It is safe for concurrent use.
type Reader struct {
	languages []string // a bit each in a set
	words     map[string]*word
	prefixes  map[string]*word
	shortest  int // octets of the shortest prefix
	phrases   map[string][]phrase
}

// languageSet is a set of languages by their place in Reader.languages.
type languageSet uint64

// word is what a word can be.
type word struct {
	units          []meaning
	numbers        []meaning
	to, and        bool
	between        bool
	filler         bool
	session, clear bool
}

// meaning is a value that a word has in some languages: seconds of a unit, or
// a number.
type meaning struct {
	value float64
	in    languageSet
}

// phrase is several words with a meaning of their own.
type phrase struct {
	rest    []string // behind the first word
	prefix  bool     // the last word may go on
	session bool
	clear   bool
	filler  bool
	andHalf bool
	seconds float64
}

// file is the lexicon of a language. A word with * at its end is any that
// begins so.
type file struct {
	Language string `yaml:"language"`
	Units    struct {
		Millisecond []string `yaml:"millisecond"`
		Second      []string `yaml:"second"`
		Minute      []string `yaml:"minute"`
		Hour        []string `yaml:"hour"`
		Day         []string `yaml:"day"`
		Week        []string `yaml:"week"`
		Month       []string `yaml:"month"`
		Year        []string `yaml:"year"`
	} `yaml:"units"`
	Numbers      map[string]float64 `yaml:"numbers"`
	Session      []string           `yaml:"session"`
	UntilCleared []string           `yaml:"until-cleared"`
	To           []string           `yaml:"to"`      // between two alternatives: the longer one counts
	And          []string           `yaml:"and"`     // between two parts of one length
	Between      []string           `yaml:"between"` // before two alternatives joined by and
	Filler       []string           `yaml:"filler"`  // between a number and its unit, or part of a unit
	Phrases      map[string]float64 `yaml:"phrases"` // seconds
	AndHalf      []string           `yaml:"andHalf"` // behind a unit: half of it more
}

// Lengths of the units in seconds. A month is a twelfth of 365.25 days.
const (
	second = 1.0
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
	week   = 7 * day
	month  = 2_629_800 * second
	year   = 365 * day
)

// New returns a reader of all languages.
func New() (*Reader, error) {
	names, err := fs.Glob(files, "data/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the lexicons of lifetimes: %w", err)
	}
	r := &Reader{words: map[string]*word{}, prefixes: map[string]*word{}, phrases: map[string][]phrase{}, shortest: 1 << 30}
	for _, name := range names {
		src, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading the lexicon %s: %w", name, err)
		}
		var f file
		if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("reading the lexicon %s: %w", name, err)
		}
		if err := r.add(f); err != nil {
			return nil, fmt.Errorf("reading the lexicon %s: %w", name, err)
		}
	}
	return r, nil
}

// add takes in the lexicon of a language.
func (r *Reader) add(f file) error {
	in := languageSet(1) << len(r.languages)
	r.languages = append(r.languages, f.Language)
	u := f.Units
	for _, unit := range []struct {
		words   []string
		seconds float64
	}{
		{u.Millisecond, second / 1000},
		{u.Second, second},
		{u.Minute, minute},
		{u.Hour, hour},
		{u.Day, day},
		{u.Week, week},
		{u.Month, month},
		{u.Year, year},
	} {
		for _, text := range unit.words {
			if err := r.single(text, func(w *word) { w.units = with(w.units, unit.seconds, in) }); err != nil {
				return err
			}
		}
	}
	for text, value := range f.Numbers {
		if err := r.single(text, func(w *word) { w.numbers = with(w.numbers, value, in) }); err != nil {
			return err
		}
	}
	return r.addRest(f)
}

func (r *Reader) addRest(f file) error {
	for _, list := range []struct {
		words []string
		set   func(*word)
	}{
		{f.To, func(w *word) { w.to = true }},
		{f.And, func(w *word) { w.and = true }},
		{f.Between, func(w *word) { w.between = true }},
	} {
		for _, text := range list.words {
			if err := r.single(text, list.set); err != nil {
				return err
			}
		}
	}
	for _, text := range f.Session {
		r.several(text, phrase{session: true})
	}
	for _, text := range f.UntilCleared {
		r.several(text, phrase{clear: true})
	}
	for _, text := range f.AndHalf {
		r.several(text, phrase{andHalf: true})
	}
	for _, text := range f.Filler {
		r.several(text, phrase{filler: true})
	}
	for text, seconds := range f.Phrases {
		r.several(text, phrase{seconds: seconds})
	}
	return nil
}

// single adds a meaning to a word.
func (r *Reader) single(text string, set func(*word)) error {
	core, prefix := strings.CutSuffix(text, "*")
	tokens := split(core)
	if len(tokens) != 1 || tokens[0].kind != aWord {
		return fmt.Errorf("%q is not one word", text)
	}
	set(r.entry(tokens[0].text, prefix))
	return nil
}

func (r *Reader) entry(text string, prefix bool) *word {
	m := r.words
	if prefix {
		m = r.prefixes
		r.shortest = min(r.shortest, len(text))
	}
	if m[text] == nil {
		m[text] = &word{}
	}
	return m[text]
}

// several adds a phrase of one or more words.
func (r *Reader) several(text string, p phrase) {
	core, prefix := strings.CutSuffix(text, "*")
	var words []string
	for _, t := range split(core) {
		words = append(words, t.text)
	}
	if len(words) == 1 && p.seconds == 0 && !p.andHalf {
		w := r.entry(words[0], prefix)
		w.session, w.clear, w.filler = w.session || p.session, w.clear || p.clear, w.filler || p.filler
		return
	}
	p.rest, p.prefix = words[1:], prefix
	r.phrases[words[0]] = append(r.phrases[words[0]], p)
}

func with(list []meaning, value float64, in languageSet) []meaning {
	for i := range list {
		if list[i].value == value {
			list[i].in |= in
			return list
		}
	}
	return append(list, meaning{value, in})
}

// find looks a word up, the whole before the longest beginning.
func (r *Reader) find(text string) *word {
	if w := r.words[text]; w != nil {
		return w
	}
	for n := min(len(text), 24); n >= r.shortest; n-- {
		if w := r.prefixes[text[:n]]; w != nil {
			return w
		}
	}
	return &word{}
}

// set is the bit of a language; all when it is unknown.
func (r *Reader) set(language string) languageSet {
	for i, l := range r.languages {
		if l == language {
			return 1 << i
		}
	}
	return ^languageSet(0)
}
