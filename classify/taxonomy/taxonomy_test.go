package taxonomy

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/words"
)

func language(t *testing.T, tag string) *words.Lang {
	t.Helper()
	l, err := words.Language(tag)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEmbedded(t *testing.T) {
	if want := []string{Default, "consent-mode", "cookiebot", "essential-functional-analytical-tracking", "icc-uk", "onetrust", "tcf"}; !slices.Equal(Names(), want) {
		t.Errorf("got %v", Names())
	}
	for _, name := range Names() {
		x, err := Lookup(name)
		if err != nil || x.ID != name || x.Name == "" {
			t.Errorf("%s: %+v, %v", name, x, err)
			continue
		}
		last := x.Groups()[len(x.Groups())-1]
		if last.ID != "unclassified" {
			t.Errorf("%s: the last group is %s", name, last.ID)
		}
		for _, g := range x.Groups() {
			if n, _ := g.Words(language(t, "de")); n == "" {
				t.Errorf("%s: the group %s has no name", name, g.ID)
			}
		}
	}
	if x, err := Lookup(""); err != nil || x.ID != Default {
		t.Errorf("no name: %v, %v", x, err)
	}
	if _, err := Lookup("../x"); err == nil || !strings.Contains(err.Error(), "onetrust") {
		t.Errorf("unknown: %v", err)
	}
}

func TestOf(t *testing.T) {
	for _, row := range []struct{ taxonomy, category, purpose, id, name string }{
		{"", "necessary", "keep-session", "necessary", "Notwendig"},
		{"", "unclassified", "", "unclassified", "Nicht klassifiziert"},
		{"", "invented", "", "unclassified", "Nicht klassifiziert"},
		{"cookiebot", "statistics", "measure-usage", "statistics", "Statistik"},
		{"onetrust", "statistics", "measure-usage", "C0002", "Performance Cookies"},
		{"onetrust", "marketing", "share-content", "C0005", "Social Media Cookies"},
		{"onetrust", "unclassified", "", "unclassified", "Nicht klassifiziert"},
		{"icc-uk", "preferences", "remember-language", "3", "Functionality cookies"},
		{"consent-mode", "necessary", "protect-forms", "security_storage", "security_storage"},
		{"consent-mode", "necessary", "keep-basket", "functionality_storage", "functionality_storage"},
		{"tcf", "marketing", "build-profile", "3", "Purpose 3: Create profiles for personalised advertising"},
		{"tcf", "necessary", "store-consent", "S3", "Special purpose 3: Save and communicate privacy choices"},
		{"essential-functional-analytical-tracking", "marketing", "show-ads", "tracking", "Tracking"},
		{"essential-functional-analytical-tracking", "necessary", "keep-basket", "essential", "Essenziell"},
	} {
		x, err := Lookup(row.taxonomy)
		if err != nil {
			t.Fatal(err)
		}
		g := x.Of(row.category, row.purpose)
		if name, _ := g.Words(language(t, "de")); g.ID != row.id || name != row.name {
			t.Errorf("%+v: got %s %q", row, g.ID, name)
		}
	}
}

// TestEveryLanguage holds that the taxonomy that belongs to no product has names
// of its own in all languages, and says what each group is for.
func TestEveryLanguage(t *testing.T) {
	x, err := Lookup("essential-functional-analytical-tracking")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range x.groups {
		for _, tag := range words.Languages() {
			if g.names[tag] == "" {
				t.Errorf("%s has no name in %s", g.ID, tag)
			}
			if _, text := g.Words(language(t, tag)); text == "" {
				t.Errorf("%s has no text in %s", g.ID, tag)
			}
		}
		if len(g.names) != len(words.Languages()) {
			t.Errorf("%s has %d names, the languages are %d", g.ID, len(g.names), len(words.Languages()))
		}
	}
}

const own = `id: acme
name: ACME
groups:
  - id: A
    name: {en: Required, de: Erforderlich}
    text: Always on.
    categories: [necessary]
  - id: B
    name: Optional
    categories: [preferences, statistics, marketing]
    purposes: [store-consent]
`

func TestOwnFile(t *testing.T) {
	x, err := Parse("acme.yaml", []byte(own))
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ language, category, purpose, name, text string }{
		{"de", "necessary", "", "Erforderlich", "Always on."},
		{"en", "necessary", "", "Required", "Always on."},
		{"en", "necessary", "store-consent", "Optional", ""},
	} {
		if name, text := x.Of(row.category, row.purpose).Words(language(t, row.language)); name != row.name || text != row.text {
			t.Errorf("%+v: got %q, %q", row, name, text)
		}
	}
}

func TestBadFiles(t *testing.T) {
	for name, row := range map[string]struct{ from, to, want string }{
		"unknown key":      {"name: ACME", "nmae: ACME", "line 2, column 1: unknown field"},
		"unknown category": {"[necessary]", "[neccessary]", `group 1 (A): there is no category "neccessary"`},
		"unknown purpose":  {"store-consent", "store-cookies", `group 2 (B): there is no purpose "store-cookies"`},
		"twice":            {"preferences, ", "necessary, ", "group 2 (B): necessary is in the group A already"},
		"left out":         {", marketing", "", "no group takes the category marketing"},
		"same id":          {"id: B", "id: A", "already"},
		"no id":            {"id: acme\n", "", "no id"},
		"no name":          {"    name: Optional\n", "", "group 2 (B): it has no name"},
		"wrong type":       {"name: Optional", "name: [Optional]", "line 9, column"},
		"no groups":        {own, "id: x\n", "no groups"},
		"no YAML":          {own, "\x00\x01", "acme.yaml"},
		"syntax":           {"groups:", "groups: [", "line "},
		"empty":            {own, "", "acme.yaml"},
	} {
		_, err := Parse("acme.yaml", []byte(strings.Replace(own, row.from, row.to, 1)))
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(own))
	f.Fuzz(func(t *testing.T, src []byte) {
		x, err := Parse("f", src)
		if err == nil {
			x.Of("necessary", "store-consent").Words(language(t, "de"))
		}
	})
}
