package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// planned are the official languages of the European Union.
var planned = []string{
	"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
	"hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
}

// sameAsEnglish are the texts that other languages may have in common with
// English: names of technical things and words that are the same there.
var sameAsEnglish = regexp.MustCompile(`^(Marketing|Cookie|Beacon|Pixel|Request|Fingerprinting|IndexedDB|` +
	`[Ss]ession|Local [Ss]torage|Session [Ss]torage|Cache [Ss]torage|Service [Ww]orker|Tracking pixel|` +
	`Domain|Name|Provider|Pages|Type|Kind|Party|\{n\} (minute|minutes|session))$`)

func languages(t *testing.T) map[string]*Lang {
	t.Helper()
	all := map[string]*Lang{}
	for _, tag := range Languages() {
		l, err := Language(tag)
		if err != nil {
			t.Fatal(err)
		}
		all[tag] = l
	}
	return all
}

func TestLanguagesAreThoseOfTheEU(t *testing.T) {
	for _, tag := range Languages() {
		if !slices.Contains(planned, tag) {
			t.Errorf("%s.yaml: not an official language of the European Union", tag)
		}
	}
	for _, tag := range planned {
		if !slices.Contains(Languages(), tag) {
			t.Errorf("%s.yaml is missing", tag)
		}
	}
}

// flat lists every text of a language by its place in the file.
func flat(l *Lang) map[string]string {
	d := l.texts.Durations
	all := map[string]string{
		"name": l.texts.Name, "site": l.texts.Site, "and": l.texts.And,
		"durations.session": d.Session, "durations.until-cleared": d.UntilCleared, "durations.unknown": d.Unknown,
		"durations.declared": d.Declared, "durations.varies": d.Varies,
	}
	for key, c := range l.texts.Categories {
		all["categories."+key+".name"], all["categories."+key+".text"] = c.Name, c.Text
	}
	for section, m := range map[string]map[string]string{
		"purposes": l.texts.Purposes, "table": l.texts.Table, "kinds": l.texts.Kinds,
		"exemption": l.texts.Exemption, "confidence": l.texts.Confidence,
	} {
		for key, text := range m {
			all[section+"."+key] = text
		}
	}
	return all
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	all := languages(t)
	english := flat(all["en"])
	for tag, l := range all {
		texts := flat(l)
		for _, place := range slices.Sorted(maps.Keys(english)) {
			if _, ok := texts[place]; !ok {
				t.Errorf("%s.yaml: %s is missing", tag, place)
			}
		}
		for place, text := range texts {
			if _, ok := english[place]; !ok {
				t.Errorf("%s.yaml: %s is not a key of the English file", tag, place)
			}
			if strings.TrimSpace(text) != text || text == "" || strings.Contains(text, "  ") {
				t.Errorf("%s.yaml: %s is empty or has spaces too many: %q", tag, place, text)
			}
			if tag != "en" && text == english[place] && !sameAsEnglish.MatchString(text) {
				t.Errorf("%s.yaml: %s is English: %q", tag, place, text)
			}
			checkPlaceholders(t, tag, place, text)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[^}]*\}?|\}`)

func checkPlaceholders(t *testing.T, tag, place, text string) {
	t.Helper()
	want := ""
	switch {
	case strings.HasPrefix(place, "purposes."):
		want = "{vendor}"
	case place == "table.cookies":
		want = "{site}"
	case place == "durations.declared":
		want = "{duration}"
	}
	if got := strings.Join(placeholder.FindAllString(text, -1), " "); got != want {
		t.Errorf("%s.yaml: %s: the placeholders are %q, not %q: %q", tag, place, got, want, text)
	}
}

func TestSentences(t *testing.T) {
	for tag, l := range languages(t) {
		seen := map[string]string{}
		for place, text := range flat(l) {
			if !strings.HasPrefix(place, "purposes.") && !strings.HasSuffix(place, ".text") {
				continue
			}
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s.yaml: %s does not end with a full stop: %q", tag, place, text)
			}
			if r := []rune(text)[0]; r != '{' && !unicode.IsUpper(r) && r != '„' {
				t.Errorf("%s.yaml: %s does not begin with a capital letter: %q", tag, place, text)
			}
			if other, ok := seen[text]; ok {
				t.Errorf("%s.yaml: %s and %s are the same sentence: %q", tag, place, other, text)
			}
			seen[text] = place
			if n := len([]rune(text)); n > 190 {
				t.Errorf("%s.yaml: %s has %d characters, more than fit a table: %q", tag, place, n, text)
			}
		}
	}
}

// neededForms are the plural forms that whole numbers take in a language.
func neededForms(l *Lang) []string {
	forms := map[string]bool{}
	for n := range int64(2001) {
		forms[l.PluralForm(n)] = true
	}
	return slices.Sorted(maps.Keys(forms))
}

func TestPluralForms(t *testing.T) {
	for tag, l := range languages(t) {
		want := neededForms(l)
		if tag == "mt" {
			want = []string{"few", "many", "one", "other", "two"} // the dual is in newer versions of CLDR
		}
		for _, unit := range []string{"second", "minute", "hour", "day", "week", "month", "year"} {
			forms := l.forms(unit)
			if got := slices.Sorted(maps.Keys(forms)); !slices.Equal(got, want) {
				t.Errorf("%s.yaml: durations.%s has the forms %v, not %v", tag, unit, got, want)
			}
			for form, text := range forms {
				n := strings.Count(text, "{n}")
				dual := form == "two" && (tag == "mt" || tag == "ga") // the word itself says two
				if n > 1 || n == 0 && !dual || strings.TrimSpace(text) != text || strings.TrimSpace(strings.Replace(text, "{n}", "", 1)) == "" {
					t.Errorf("%s.yaml: durations.%s.%s: %q", tag, unit, form, text)
				}
			}
		}
	}
}

// A script that is not the language's own betrays a text pasted from elsewhere.
func TestScripts(t *testing.T) {
	for tag, l := range languages(t) {
		for place, text := range flat(l) {
			for _, r := range text {
				cyrillic, greek := unicode.Is(unicode.Cyrillic, r), unicode.Is(unicode.Greek, r)
				if cyrillic && tag != "bg" || greek && tag != "el" || unicode.Is(unicode.C, r) {
					t.Errorf("%s.yaml: %s has %q", tag, place, r)
				}
			}
			own := map[string]*unicode.RangeTable{"bg": unicode.Cyrillic, "el": unicode.Greek}[tag]
			if own != nil && strings.HasPrefix(place, "purposes.") && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(own, r) }) {
				t.Errorf("%s.yaml: %s has no letter of its script: %q", tag, place, text)
			}
		}
	}
}
