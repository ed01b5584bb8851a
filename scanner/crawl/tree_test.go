package crawl

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// templatesOf is the template of each address when all are known.
func templatesOf(urls []string) map[string]string {
	t := newTree([]string{"https://a.test/"})
	for _, u := range urls {
		t.find(t.lexicon.way(split(u)))
	}
	names := map[*family]string{}
	t.each(func(w way, f *family) { names[f] = w.String() })
	out := map[string]string{}
	for _, u := range urls {
		w := t.lexicon.way(split(u))
		out[u] = w.language.host + w.language.path + " " + strings.TrimPrefix(names[t.find(w)], "a.test")
	}
	return out
}

func numbered(format string, n int) (list []string) {
	for i := range n {
		list = append(list, fmt.Sprintf(format, i))
	}
	return list
}

// spelled is like numbered, with words in place of numbers.
func spelled(format string, n int) (list []string) {
	for i := range n {
		word := strings.Map(func(r rune) rune { return r - '0' + 'k' }, fmt.Sprint(i))
		list = append(list, fmt.Sprintf(format, "w"+word))
	}
	return list
}

func TestTemplates(t *testing.T) {
	for _, c := range []struct {
		name  string
		paths []string
		want  string // of all of them, or of the first when it ends in "..."
	}{
		{"slugs", []string{"/p/blue-shoe-123", "/p/red-hat-77", "/p/old-coat-1"}, "/p/{slug}"},
		{"two slugs are themselves", []string{"/p/blue-shoe-123", "/p/red-hat-77"}, "/p/blue-shoe-123..."},
		{"long slugs", []string{"/a-very-long-story", "/another-very-long-story", "/yet-another-story"}, "/{slug}"},
		{"numbers", []string{"/p/1", "/p/234567"}, "/p/{n}"},
		{"uuids", []string{"/o/550e8400-e29b-41d4-a716-446655440000", "/o/550E8400-E29B-41D4-A716-446655440001"}, "/o/{uuid}"},
		{"hex", []string{"/c/0a1b2c3d4e", "/c/ffffffff0"}, "/c/{hex}"},
		{"ids", []string{"/c/aB3xK9pQ2mN7vR5t", "/c/Zb3xK9pQ2mN7vR5t"}, "/c/{id}"},
		{"dates", []string{"/d/2026-05-12", "/d/20260512", "/d/2026-01"}, "/d/{date}"},
		{"no dates", []string{"/d/99990512", "/d/12345"}, "/d/{n}"},
		{"years and months", []string{"/b/2024/05/", "/b/2025/12/"}, "/b/{year}/{month}/"},
		{"days", []string{"/b/2024/05/01", "/b/2025/12/31"}, "/b/{year}/{month}/{day}"},
		{"permalinks", []string{"/2024/05/a-b-c", "/2023/06/d-e-f", "/2023/06/g-h-i"}, "/{year}/{month}/{slug}"},
		{"endings", []string{"/p/blue-shoe-1.html", "/p/red-hat-2.html", "/p/old-coat-3.html"}, "/p/{slug}.html"},
		{"index files", []string{"/p/index.html"}, "/p/index.html"},
		{"few words", spelled("/about/%s", maxWords), "/about/wk..."},
		{"many words", spelled("/u/%s", maxWords+1), "/u/{slug}"},
		{"words of the first level", spelled("/%s", maxFirst), "/wk..."},
		{"many words of the first level", spelled("/%s", maxFirst+1), "/{slug}"},
		{"many folders", spelled("/x/%s/info", maxWords+1), "/x/{slug}/info"},
		{"many folders with many words", append(spelled("/x/%s/info", maxWords+1), spelled("/x/%s/info", maxWords+1)...), "/x/{slug}/info"},
		{"paging", []string{"/c/page-2", "/c/page-33"}, "/c/page-{n}"},
		{"paging in a folder", []string{"/c/page/2/", "/c/page/3/"}, "/c/page/{n}/"},
		{"other numbers after words", []string{"/c/room-2", "/c/hall-3", "/c/shop-4"}, "/c/{slug}"},
		{"parameters", []string{"/s?q=a&page=1", "/s?page=2&q=b"}, "/s?page&q"},
		{"array parameters", []string{"/s?f[1]=a", "/s?f%5B22%5D=b"}, "/s?f[]"},
		{"facets", []string{"/s?a", "/s?b", "/s?c", "/s?d", "/s?a&b&c"}, "/s?{facets}"},
		{"the path itself is no facet", []string{"/s", "/s?a", "/s?b", "/s?c", "/s?d", "/s?a&b"}, "/s..."},
		{"routes", []string{"/#/p/1", "/#/p/2"}, "/#/p/{n}"},
		{"routes with !", []string{"/#!/p/1?x", "/#!p/2?x"}, "/#/p/{n}?x"},
		{"repeating paths", []string{"/x/a/b/a/b/a/b", "/x/a/b/a/b/a/b/a/b"}, "/x/a/{repeat}"},
		{"deep paths", []string{"/1/2/3/4/5/" + strings.Join(spelled("%s", 30), "/")}, "/{n}/{n}/{n}/{n}/{n}/wk/wl/wm/wn/wo/wp/wq/{deep}"},
		{"greek words", []string{"/%CE%B1", "/%CE%B2", "/%CE%B3"}, "/%CE%B1..."},
		{"files", []string{"/f/a-b-c.pdf", "/f/d-e-f.pdf", "/f/g-h-i.pdf"}, "/f/{slug}.pdf"},
	} {
		var urls []string
		for _, p := range c.paths {
			urls = append(urls, "https://a.test"+p)
		}
		got := templatesOf(urls)
		want, first := strings.CutSuffix(c.want, "...")
		for i, u := range urls {
			if template := got[u]; strings.HasSuffix(template, " "+want) == (first && i > 0) {
				t.Errorf("%s: %s is %s, want %s", c.name, u, template, c.want)
			}
		}
	}
}

func TestLanguages(t *testing.T) {
	l := loadLexicon()
	for address, want := range map[string]string{
		"https://a.test/de/p/1":             "{ /de } a.test/de/p/{n}",
		"https://a.test/de":                 "{ /de } a.test/de/",
		"https://a.test/pt-br/p":            "{ /pt-br } a.test/pt-br/p",
		"https://a.test/en_GB/p":            "{ /en_GB } a.test/en_GB/p",
		"https://a.test/ch/fr/p":            "{ /ch/fr } a.test/ch/fr/p",
		"https://a.test/design/p":           "{  } a.test/design/p",
		"https://de.a.test/p":               "{de.  } de.a.test/p",
		"https://de.test/p":                 "{  } de.test/p",
		"https://www.a.test/p":              "{  } www.a.test/p",
		"https://a.test/p?lang=de&x=1":      "{  lang=de} a.test/p?lang=de&x",
		"https://a.test/p?lang=golang":      "{  } a.test/p?lang",
		"https://a.test/p/de/q":             "{  } a.test/p/de/q",
		"https://a.test/de/fr/it/p":         "{ /de/fr } a.test/de/fr/it/p",
		"https://a.test:8443/de/p":          "{ /de } a.test:8443/de/p",
		"https://de-at.a.test/p":            "{de-at.  } de-at.a.test/p",
		"https://a.test/de/#/p/2?locale=fr": "{ /de locale=fr} a.test/de/#/p/{n}?locale=fr",
	} {
		w := l.way(split(address))
		if got := fmt.Sprintf("{%s %s %s} %s", w.language.host, w.language.path, w.language.query, w); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	twins := []string{"https://a.test/p?x=1", "https://a.test/de/p?x=1", "https://de.a.test/p?x=1", "https://a.test/p?x=1&lang=de", "https://a.test/p?lang=de&x=1"}
	for _, u := range twins {
		if l.way(split(u)).twin != l.way(split(twins[0])).twin {
			t.Errorf("%s is no translation of %s", u, twins[0])
		}
	}
}

func TestKinds(t *testing.T) {
	l := loadLexicon()
	for path, want := range map[string]kind{
		"/": ordinary, "/p/1": ordinary, "/b/2024/05/title": ordinary, "/b/2024": ordinary, "/page": ordinary, "/p/1.html": ordinary, "/p?q=1": ordinary,
		"/events?month=2026-05": endless, "/s?Page=2": endless, "/b/2024/05": endless, "/b/2024/05/": endless, "/b/2024/05/06": endless,
		"/b/page/2/": endless, "/b/page-2": endless, "/cal/2026-05-12": endless, "/a/b/a/b/a/b": endless, "/#/list?page=2": endless,
		"/f/x.pdf": file, "/f/1.PDF": file, "/feed.xml": file,
	} {
		if got := l.way(split("https://a.test" + path)).kind; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

func TestHosts(t *testing.T) {
	urls := append(spelled("https://%s.a.test/p", maxHosts+1), "https://a.test/p")
	got := templatesOf(urls)
	if got[urls[0]] != " {host}/p" || got["https://a.test/p"] != " /p" {
		t.Errorf("%v", got)
	}
}

// TestOrderOfArrival tells the same addresses in other orders.
func TestOrderOfArrival(t *testing.T) {
	s := newShop(300, 1)
	urls := s.sitemap()
	for path := range s.pages {
		urls = append(urls, shopURL+path, shopURL+"/de"+path)
	}
	for i := range 12 {
		urls = append(urls, spelled(fmt.Sprintf("https://h%d.test/%%s/x%d", i, i), 30)...)
	}
	slices.Sort(urls)
	sameInAnyOrder(t, urls, 20)
}

func sameInAnyOrder(t *testing.T, urls []string, times uint64) {
	t.Helper()
	want := templatesOf(urls)
	for seed := range times {
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(urls), func(i, j int) { urls[i], urls[j] = urls[j], urls[i] })
		if got := templatesOf(urls); !maps.Equal(got, want) {
			for u, template := range want {
				if got[u] != template {
					t.Fatalf("seed %d: %s is %s, not %s", seed, u, got[u], template)
				}
			}
		}
	}
}

func FuzzTemplates(f *testing.F) {
	f.Add("/p/a-1 /p/b-2 /p/c-3 /p/d /p/e?x /p/f?y&z")
	f.Add(strings.Join(spelled("/%s/a", 26), " "))
	f.Add(strings.Join(spelled("/a/%s.html", 10), " ") + " /a/b-c-d.html /a/b-c-e.html /a/b-c-f.html")
	f.Add(strings.Join(numbered("/a?b%d", 6), " "))
	f.Add(strings.Join(spelled("/z/%s/y-1/%[1]s", 10), " ") + " /z/a/y-2/b /z/a/y-3/c")
	f.Fuzz(func(t *testing.T, paths string) {
		var urls []string
		for p := range strings.FieldsSeq(paths) {
			if u, ok := Normalize("https://a.test/" + p); ok {
				urls = append(urls, u)
			}
		}
		slices.Sort(urls)
		sameInAnyOrder(t, slices.Compact(urls), 3)
	})
}
