// Package words says what the classification holds in the official languages
// of the European Union: categories, purposes, lifetimes and the titles of the
// table. The texts are data (data/<language>.yaml); the package chooses plural
// forms and puts names and numbers in. It words nothing that comes from a site
// and makes no text safe for an output: that is report.
package words

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed data/*.yaml
var files embed.FS

// Lang is the texts of one language. It is safe for concurrent use.
type Lang struct {
	tag     string
	texts   texts
	locale  language.Tag
	printer *message.Printer
}

// texts is a language file. The maps have the keys of the English file.
type texts struct {
	Language   string                  `yaml:"language"`
	Name       string                  `yaml:"name"`
	Site       string                  `yaml:"site"`
	Categories map[string]categoryText `yaml:"categories"`
	Purposes   map[string]string       `yaml:"purposes"`
	Durations  durations               `yaml:"durations"`
	And        string                  `yaml:"and"`
	Table      map[string]string       `yaml:"table"`
	Kinds      map[string]string       `yaml:"kinds"`
	Exemption  map[string]string       `yaml:"exemption"`
	Confidence map[string]string       `yaml:"confidence"`
}

type categoryText struct {
	Name string `yaml:"name"`
	Text string `yaml:"text"`
}

// Languages returns the tags of the languages there are, sorted.
func Languages() []string {
	names, err := fs.Glob(files, "data/*.yaml")
	if err != nil {
		return nil // the pattern is a constant
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".yaml")
	}
	slices.Sort(names)
	return names
}

// Language returns the texts of a language by its BCP 47 tag (de, de-AT), or as
// a locale of POSIX is named (de_AT.UTF-8). A region that has no file of its
// own is left out; no tag means English. The error of an unknown one names
// those there are.
func Language(tag string) (*Lang, error) {
	if tag == "" {
		tag = "en"
	}
	name, _, _ := strings.Cut(tag, ".")
	parsed, err := language.Parse(strings.ReplaceAll(name, "_", "-"))
	base, _ := parsed.Base()
	if err != nil || !slices.Contains(Languages(), base.String()) {
		return nil, fmt.Errorf("language %.40q is unknown, the languages are %s", tag, strings.Join(Languages(), ", "))
	}
	path := "data/" + base.String() + ".yaml"
	src, err := files.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the language file %s: %w", path, err)
	}
	return parse(base.String(), src)
}

// parse reads the file of a language strictly.
func parse(tag string, src []byte) (*Lang, error) {
	l := &Lang{tag: tag}
	if err := yaml.UnmarshalWithOptions(src, &l.texts, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the language file %s.yaml: %w", tag, err)
	}
	if l.texts.Language != tag {
		return nil, fmt.Errorf("reading the language file %s.yaml: its language is %.20q", tag, l.texts.Language)
	}
	l.locale = locale(tag)
	l.printer = message.NewPrinter(l.locale)
	return l, nil
}

// locale is the region whose plural forms and numbers a language takes where
// that matters: Portuguese without a region is that of Brazil in CLDR.
func locale(tag string) language.Tag {
	if tag == "pt" {
		return language.EuropeanPortuguese
	}
	return language.Make(tag)
}

// Tag is the language's BCP 47 tag, such as de.
func (l *Lang) Tag() string { return l.tag }

// Name is the language's name for itself, such as Deutsch.
func (l *Lang) Name() string { return l.texts.Name }

// Category returns the name of a category and a sentence about it; an unknown
// key stands for itself.
func (l *Lang) Category(key string) (name, text string) {
	c, ok := l.texts.Categories[key]
	if !ok {
		return key, ""
	}
	return c.Name, c.Text
}

// Purpose is the sentence of a purpose with a vendor as the one who acts, or
// the site itself when vendor is empty. It begins with a capital letter, unless
// a vendor writes its own name otherwise. An unknown key gives no sentence.
func (l *Lang) Purpose(key, vendor string) string {
	sentence := l.texts.Purposes[key]
	if vendor != "" {
		return strings.Replace(sentence, "{vendor}", vendor, 1)
	}
	return capital(strings.Replace(sentence, "{vendor}", l.texts.Site, 1))
}

// Purposes returns the keys of the purposes that the language words, sorted.
func (l *Lang) Purposes() []string {
	keys := make([]string, 0, len(l.texts.Purposes))
	for key := range l.texts.Purposes {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Title is a title of the table, such as provider; an unknown key stands for
// itself.
func (l *Lang) Title(key string) string { return or(l.texts.Table[key], key) }

// CookiesOf is the heading of a site's table.
func (l *Lang) CookiesOf(site string) string {
	return strings.Replace(l.texts.Table["cookies"], "{site}", site, 1)
}

// Kind is the name of a kind of item, such as cookie or localStorage.
func (l *Lang) Kind(key string) string { return or(l.texts.Kinds[key], key) }

// Exemption says whether consent is needed, for a key of the classification.
func (l *Lang) Exemption(key string) string { return or(l.texts.Exemption[key], key) }

// Confidence is the word for how sure a classification is.
func (l *Lang) Confidence(key string) string { return or(l.texts.Confidence[key], key) }

// Number writes a whole number as the language does.
func (l *Lang) Number(n int64) string { return l.printer.Sprint(number.Decimal(n)) }

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// capital makes the first letter of a sentence one.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}
