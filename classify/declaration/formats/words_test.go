package formats

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestWordsHaveOneMeaning finds words that the file gives two meanings.
func TestWordsHaveOneMeaning(t *testing.T) {
	var file map[string]map[string][]string
	if err := yaml.Unmarshal(wordsFile, &file); err != nil {
		t.Fatal(err)
	}
	valid := map[string][]string{"columns": columns, "categories": categories, "kinds": kinds, "parties": {"first", "third"}}
	for section, meanings := range file {
		seen := map[string]string{}
		for _, meaning := range slices.Sorted(maps.Keys(meanings)) {
			if !slices.Contains(valid[section], meaning) {
				t.Errorf("%s: %s is none", section, meaning)
			}
			for _, line := range meanings[meaning] {
				for word := range strings.SplitSeq(line, ",") {
					word = fold(word)
					if other := seen[word]; other != "" && other != meaning {
						t.Errorf("%s: %q is %s and %s", section, word, other, meaning)
					}
					seen[word] = meaning
				}
			}
		}
	}
}

func TestWords(t *testing.T) {
	l, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		"Strictly Necessary Cookies": "necessary", "Targeting cookies": "marketing", "Statistik-Cookies": "statistics", "cookies fonctionnels": "preferences",
		"analytics_storage": "statistics", "ad_storage": "marketing", "Performance Cookies": "statistics", "C0004": "", "?": "unclassified",
		"Analytics (non exempted)": "statistics", "Technical": "necessary", "Targeting cookies or advertising cookies": "marketing", "security": "necessary",
		"Cookies marketing": "marketing", "Niezbędne": "necessary", "": "", "Cookie": "",
	} {
		if got := l.category(word); got != want {
			t.Errorf("category %q: got %q, want %q", word, got, want)
		}
	}
	for title, want := range map[string]string{
		"Cookie-Name": "name", "Cookie Name:": "name", "Laufzeit": "lifetime", "Durée (max.)": "lifetime", "PROVIDER": "provider", "Zweck des Cookies": "",
		"storage_type": "kind", "Поставщик": "", "доставчик": "provider", "Cookies": "name",
	} {
		if got := l.column(title); got != want {
			t.Errorf("column %q: got %q, want %q", title, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "é": "é", "\ufeffé": "é", "\xe9 \x80 \x93": "é € “", "\xff\xfea\x00\xe9\x00": "aé", "\xfe\xff\x00a\x00\xe9": "aé",
		"a\x00b\x00": "ab", "\x00a\x00b": "ab", "\xff\xfe<\xd8\x36\xdf": "🌶", "\x81": "\ufffd",
	} {
		if got := decode([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got := decodeHead([]byte("aé")[:2]); got != "a" {
		t.Errorf("a head that ends within a character: %q", got)
	}
}

func TestGlob(t *testing.T) {
	for in, want := range map[string]string{
		"_ga": "_ga", "_ga_<ID>": "_ga_*", "_ga_[XXX]": "_ga_*", "_gat_{site_id}": "_gat_*", "_ga_xxxxx": "_ga_*", "_pk_id#": "_pk_id*", "_ga_***": "_ga_*",
		"wp-settings-%UID%": "wp-settings-*", "_hjSession_XXXX-XXXX": "_hjSession_*", "xx": "xx", "maxxxl": "maxxxl", "${id}_a": "*_a", " a\n b ": "a b", "_ga_XX": "_ga_*", "<ID>": "<ID>", "xxx-xxx": "xxx-xxx", "*": "*", "##": "##",
	} {
		if got := glob(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestDomainOf(t *testing.T) {
	for in, want := range map[string]string{
		".Example.com": "example.com", "*.example.com": "example.com", "*": "", "https://www.example.com:8443/a?b": "www.example.com", "localhost:8080": "localhost",
		"": "", "*creativecdn.com": "creativecdn.com",
	} {
		if got := domainOf(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
