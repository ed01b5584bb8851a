package report

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// pdfOf is a PDF of so many pages, in a tree of two levels, with destinations
// on some of them, as Chromium writes it.
func pdfOf(pages int, on map[string]int) []byte {
	var b strings.Builder
	at := []int{0}
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(at) - 1}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<</Title (\\) 3 0 R startxref 5 %%%%EOF)\n/CreationDate (D:20300101000000+00'00')>>")
	object("<</Type /Catalog\n/Pages 3 0 R\n/Dests 4 0 R>>")
	object("<</Type /Pages\n/Count %d\n/Kids [5 0 R 6 0 R]>>", pages)
	var dests []string
	page := func(n int) int { return 6 + pages - n + 1 } // pages need not be in order
	for _, name := range slices.Sorted(maps.Keys(on)) {
		dests = append(dests, fmt.Sprintf("/%s [%d 0 R /XYZ 0 841.9 0]", name, page(on[name])))
	}
	object("<<%s>>", strings.Join(dests, "\n"))
	var kids [2][]string
	for n := 1; n <= pages; n++ {
		half := 0
		if n > 1 {
			half = 1
		}
		kids[half] = append(kids[half], fmt.Sprintf("%d 0 R", page(n)))
	}
	for _, list := range kids {
		object("<</Type /Pages\n/Kids [%s]\n/Parent 3 0 R>>", strings.Join(list, " "))
	}
	for range pages {
		object("<</Type /Page\n/Parent 5 0 R>>")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at))
	for _, n := range at[1:] {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(at), start)
	return []byte(b.String())
}

func TestDestinations(t *testing.T) {
	want := map[string]int{"s1": 1, "s1-todo": 1, "s1-cookies": 2, "s2-pages": 12}
	pdf := pdfOf(12, want)
	got, err := destinations(pdf)
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v %v, want %v", got, err, want)
	}
	text := string(pdf)
	for name, bad := range map[string]string{
		"empty": "", "cut": text[:len(text)-40], "no destinations": string(pdfOf(2, nil)),
		"another root": strings.Replace(text, "/Root 2 0 R", "/Root 9 0 R", 1), "no root": strings.Replace(text, "/Root", "/Boot", 1),
		"a tree that is a ring": strings.Replace(text, "[5 0 R 6 0 R]", "[3 0 R 3 0 R]", 1),
		"a table elsewhere":     text[:strings.LastIndex(text, "startxref")] + "startxref\n7\n%%EOF",
		"a table beyond":        text[:strings.LastIndex(text, "startxref")] + "startxref\n9999999999\n%%EOF",
		"a table too long":      strings.Replace(text, "xref\n0 1", "xref\n0 9", 1),
	} {
		if got, err := destinations([]byte(bad)); !errors.Is(err, errPDF) {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
}

func FuzzDestinations(f *testing.F) {
	f.Add(pdfOf(3, map[string]int{"a": 1, "b": 3}))
	f.Add([]byte("xref\n0 1\n0000000000 65535 f \ntrailer<</Root 0 0 R>>\nstartxref\n0\n%%EOF"))
	f.Fuzz(func(t *testing.T, pdf []byte) {
		found, err := destinations(pdf)
		if (err == nil) != (len(found) > 0) {
			t.Errorf("%v %v", found, err)
		}
		for name, n := range found {
			if n < 1 || n > len(pdf) {
				t.Errorf("%s is on page %d", name, n)
			}
		}
	})
}

// TestPagesOfContents prints with a printer that puts parts where the test says,
// time after time.
func TestPagesOfContents(t *testing.T) {
	number := regexp.MustCompile(`<a href="#(s1-\w+)">[^<]*</a><span class="number">(\d*)</span>`)
	shown := func(page []byte) string {
		list := []string{}
		for _, m := range number.FindAllSubmatch(page, -1) {
			list = append(list, strings.TrimPrefix(string(m[1]), "s1-")+string(m[2]))
		}
		return strings.Join(list, " ")
	}
	doc, err := htmlDocument([]*scanner.Scan{readClassified(t, "small")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rest := func(todo int) map[string]int { return map[string]int{"main": 1, "s1-todo": todo, "s1-pages": 4} }
	const empty, plain = "todo cookies states lives loads findings pages scan", ""
	for name, row := range map[string]struct {
		places []map[string]int // of each printing
		want   []string         // what the contents say in each
	}{
		"at rest":       {[]map[string]int{rest(2), rest(2)}, []string{empty, "todo2 cookies states lives loads findings pages4 scan"}},
		"moved once":    {[]map[string]int{rest(2), rest(3), rest(3)}, []string{empty, "todo2 cookies states lives loads findings pages4 scan", "todo3 cookies states lives loads findings pages4 scan"}},
		"never at rest": {[]map[string]int{rest(2), rest(3), rest(2), rest(2)}, []string{empty, "todo2 cookies states lives loads findings pages4 scan", "todo3 cookies states lives loads findings pages4 scan", plain}},
		"not readable":  {[]map[string]int{nil, nil}, []string{empty, plain}},
	} {
		var said []string
		pdf, err := printNumbered(doc, func(page []byte) ([]byte, error) {
			said = append(said, shown(page))
			return pdfOf(4, row.places[len(said)-1]), nil
		})
		if err != nil || !slices.Equal(said, row.want) || string(pdf) != string(pdfOf(4, row.places[len(row.places)-1])) {
			t.Errorf("%s: %v\n%q, want\n%q", name, err, said, row.want)
		}
	}
}
