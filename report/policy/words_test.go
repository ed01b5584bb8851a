package policy

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// sameAsEnglish are the texts that other languages may have in common with
// English: names of technical things and words that are the same there.
var sameAsEnglish = regexp.MustCompile(`^(Cookies?|Draft|Data|Domain|\{category\} ?: \{purposes\}|\{name\} ?: \{duration\}|Domain: \{domain\}|Version \{version\}, \{date\}|Contact: \{contact\})$`)

var braces = regexp.MustCompile(`\{[^}]*\}?|\}`)

// placeholders are those of a text, sorted: a language may have them in
// another order.
func placeholders(s string) string {
	list := braces.FindAllString(s, -1)
	slices.Sort(list)
	return strings.Join(list, " ")
}

func all(t *testing.T) map[string]*text {
	t.Helper()
	m := map[string]*text{}
	for _, tag := range Languages() {
		l, err := language(tag)
		if err != nil {
			t.Fatal(err)
		}
		m[tag] = l
	}
	return m
}

// TestEveryLanguageHasEveryText wants the keys and the placeholders of the
// English file in all.
func TestEveryLanguageHasEveryText(t *testing.T) {
	languages := all(t)
	english := languages["en"].file
	for tag, l := range languages {
		if l.file.Language != tag {
			t.Errorf("%s.yaml: its language is %q", tag, l.file.Language)
		}
		for _, key := range slices.Sorted(maps.Keys(english.Texts)) {
			if _, ok := l.file.Texts[key]; !ok {
				t.Errorf("%s.yaml: %s is missing", tag, key)
			}
		}
		for key, s := range l.file.Texts {
			master, ok := english.Texts[key]
			switch {
			case !ok:
				t.Errorf("%s.yaml: %s is not a key of the English file", tag, key)
			case placeholders(s) != placeholders(master):
				t.Errorf("%s.yaml: %s has the placeholders %q, not %q", tag, key, placeholders(s), placeholders(master))
			case tag != "en" && s == master && !sameAsEnglish.MatchString(s):
				t.Errorf("%s.yaml: %s is English: %q", tag, key, s)
			}
			clean(t, tag, key, s)
			if end := regexp.MustCompile(`[.:]$`).FindString(master); end != "" && key != "named-duration" && !strings.HasSuffix(s, end) && !strings.HasSuffix(s, "}") {
				t.Errorf("%s.yaml: %s does not end with %q: %q", tag, key, end, s)
			}
		}
	}
}

// clean finds spaces too many, control characters and letters of a script that
// is not the language's own.
func clean(t *testing.T, tag, key, s string) {
	t.Helper()
	if strings.TrimSpace(s) != s || s == "" || strings.Contains(s, "  ") {
		t.Errorf("%s.yaml: %s is empty or has spaces too many: %q", tag, key, s)
	}
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) && tag != "bg" || unicode.Is(unicode.Greek, r) && tag != "el" || unicode.Is(unicode.C, r) {
			t.Errorf("%s.yaml: %s has %q", tag, key, r)
		}
	}
}

func TestPluralsAndDates(t *testing.T) {
	languages := all(t)
	for tag, l := range languages {
		var want []string
		for n := range int64(2001) {
			if form := l.PluralForm(n); !slices.Contains(want, form) {
				want = append(want, form)
			}
		}
		slices.Sort(want)
		for key := range languages["en"].file.Plurals {
			forms := l.file.Plurals[key]
			got := slices.Sorted(maps.Keys(forms))
			if tag == "mt" { // the dual is in newer versions of CLDR
				got = slices.DeleteFunc(got, func(f string) bool { return f == "two" })
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s.yaml: plurals.%s has the forms %v, not %v", tag, key, got, want)
			}
			for form, s := range forms {
				clean(t, tag, key, s)
				dual := form == "two" && (tag == "mt" || tag == "ga") // the word itself says two
				if placeholders(s) != "{n}" && !(dual && placeholders(s) == "") {
					t.Errorf("%s.yaml: plurals.%s.%s: %q", tag, key, form, s)
				}
			}
		}
		if len(l.file.Plurals) != len(languages["en"].file.Plurals) {
			t.Errorf("%s.yaml: plurals are %v", tag, slices.Sorted(maps.Keys(l.file.Plurals)))
		}
		if placeholders(l.file.Date) != "{day} {month} {year}" || len(l.file.Months) != 12 || !strings.Contains(l.file.First, "1") {
			t.Errorf("%s.yaml: date, first or months", tag)
		}
	}
}

func TestDay(t *testing.T) {
	languages := all(t)
	for tag, want := range map[string]string{"en": "1 March 2027", "de": "1. März 2027"} {
		if got := languages[tag].day("2027-03-01"); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	if got := languages["en"].day("2026-11-22"); got != "22 November 2026" {
		t.Errorf("%q", got)
	}
}

// TestLanguageWithoutWords wants an error that names those there are.
func TestLanguageWithoutWords(t *testing.T) {
	if _, err := language("tlh"); err == nil || !strings.Contains(err.Error(), "en") {
		t.Errorf("%v", err)
	}
	if l, err := language("de-AT"); err != nil || l.Tag() != "de" {
		t.Errorf("%v %v", l, err)
	}
}
