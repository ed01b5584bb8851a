package policy

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"cookiescan/classify/words"
)

//go:embed words/*.yaml
var wordFiles embed.FS

// wordFile is the file of a language. The maps have the keys of the English
// one.
type wordFile struct {
	Language string                       `yaml:"language"`
	Date     string                       `yaml:"date"`
	First    string                       `yaml:"first"`
	Months   []string                     `yaml:"months"`
	Plurals  map[string]map[string]string `yaml:"plurals"`
	Texts    map[string]string            `yaml:"texts"`
}

// text is what a policy says in one language: its own sentences, and those of
// the classification.
type text struct {
	*words.Lang
	file wordFile
}

// Languages lists the tags of the languages in which a policy can be written,
// sorted.
func Languages() []string {
	names, err := fs.Glob(wordFiles, "words/*.yaml")
	if err != nil {
		return nil // the pattern is a constant
	}
	for i, name := range names {
		names[i] = strings.TrimSuffix(strings.TrimPrefix(name, "words/"), ".yaml")
	}
	slices.Sort(names)
	return names
}

// HasLanguage tells whether a policy can be written in a language, by its tag.
func HasLanguage(tag string) bool {
	_, err := language(tag)
	return tag != "" && err == nil
}

// language is the texts of a language by its BCP 47 tag; de-AT has those of de.
func language(tag string) (*text, error) {
	lang, err := words.Language(tag)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Languages(), lang.Tag()) {
		return nil, fmt.Errorf("there are no words for a policy in the language %.40q, the languages are %s", tag, strings.Join(Languages(), ", "))
	}
	t := &text{Lang: lang}
	name := "words/" + lang.Tag() + ".yaml"
	src, err := wordFiles.ReadFile(name)
	if err == nil {
		err = yaml.UnmarshalWithOptions(src, &t.file, yaml.Strict())
	}
	if err != nil {
		return nil, fmt.Errorf("reading the words of policies %s: %w", name, err)
	}
	return t, nil
}

// say is a sentence. What stands in braces in it is filled in: names and
// values follow each other.
func (t *text) say(key string, fill ...string) string {
	return filled(t.file.Texts[key], fill)
}

// has tells whether there is a sentence.
func (t *text) has(key string) bool { return t.file.Texts[key] != "" }

// count is a sentence in the plural form of a number.
func (t *text) count(key string, n int) string {
	forms := t.file.Plurals[key]
	form := forms[t.PluralForm(int64(n))]
	if two := forms["two"]; two != "" && n == 2 {
		form = two // Maltese has a dual that the tables of x/text do not know yet
	}
	return filled(form, []string{"n", t.Number(int64(n))})
}

func filled(s string, fill []string) string {
	pairs := make([]string, len(fill))
	for i, f := range fill {
		if i%2 == 0 {
			f = "{" + f + "}"
		}
		pairs[i] = f
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// day writes a date that is given as year-month-day.
func (t *text) day(date string) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil || len(t.file.Months) != 12 {
		return date
	}
	number := t.file.First
	if d.Day() != 1 {
		number = fmt.Sprint(d.Day())
	}
	return filled(t.file.Date, []string{"day", number, "month", t.file.Months[d.Month()-1], "year", fmt.Sprint(d.Year())})
}
