package report

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"cookiescan/scanner"
)

func TestTableFitsEveryWidth(t *testing.T) {
	for _, name := range []string{"small", "typical", "hostile"} {
		s := readClassified(t, name)
		for columns := leastWidth; columns <= 240; columns += 3 {
			out := render(t, "table", Options{Width: columns}, s)
			for line := range strings.Lines(out) {
				line = strings.TrimSuffix(line, "\n")
				if width(line) > columns || strings.TrimRight(line, " ") != line {
					t.Fatalf("%s at %d columns: %d wide or trailing spaces: %q", name, columns, width(line), line)
				}
			}
		}
	}
}

func TestTableWidthDefaults(t *testing.T) {
	s := readClassified(t, "typical")
	if render(t, "table", Options{}, s) != render(t, "table", Options{Width: 120}, s) {
		t.Error("width 0 is not 120")
	}
	if render(t, "table", Options{Width: 7}, s) != render(t, "table", Options{Width: leastWidth}, s) {
		t.Errorf("width 7 is not %d", leastWidth)
	}
}

// Nothing that matters is lost when there is little room: every cookie, every
// party, every stored lifetime stays on the page.
func TestNarrowTableKeepsRows(t *testing.T) {
	s := readClassified(t, "typical")
	wide, narrow := render(t, "table", Options{Width: 400}, s), render(t, "table", Options{Width: 80}, s)
	for _, word := range []string{"first", "third", "(partitioned)", "session", "30 minutes", "Purpose unknown", "(inferred)", "└ "} {
		if n := strings.Count(narrow, word); n == 0 {
			t.Errorf("%q is not in the narrow table", word)
		}
	}
	// Who set what is unclassified stands below its row, and where there is
	// little room also who set what was refused.
	if got, want := strings.Count(narrow, "└ "), strings.Count(wide, "└ ")+3; got != want {
		t.Errorf("%d rows of the narrow tables have a setter below, not %d", got, want)
	}
	if strings.Contains(wide[:strings.Index(wide, "INCOMPLETE: ")], "…") {
		t.Error("the wide table shortens something")
	}
}

func TestColorOnlyWhenAsked(t *testing.T) {
	s := readClassified(t, "typical")
	plain, color := render(t, "table", Options{}, s), render(t, "table", Options{Color: true}, s)
	if strings.Contains(plain, "\x1b") {
		t.Error("escapes without being asked")
	}
	stripped := strings.NewReplacer("\x1b[1m", "", "\x1b[1;31m", "", "\x1b[0m", "").Replace(color)
	if stripped != plain {
		t.Errorf("color changes the text: %s", firstDifference(plain, stripped))
	}
	for _, want := range []string{"\x1b[1mNAME ", "\x1b[1;31mINCOMPLETE", "\x1b[1;31mCERTIFICATE ERRORS WERE IGNORED"} {
		if !strings.Contains(color, want) {
			t.Errorf("no %q", want)
		}
	}
}

// The table library measures by the locale of the process unless told not to.
func TestLocaleChangesNothing(t *testing.T) {
	s := readClassified(t, "hostile")
	before := render(t, "table", Options{}, s)
	twwidth.SetEastAsian(true)
	t.Cleanup(func() { twwidth.SetEastAsian(false) })
	if after := render(t, "table", Options{}, s); before != after {
		t.Error("an East Asian locale changes the table:", firstDifference(before, after))
	}
}

func TestOrderOfTheInputChangesNothing(t *testing.T) {
	for _, f := range Formats() {
		s := readClassified(t, "typical")
		want := render(t, f.Name, Options{}, s)
		for i, j := 0, len(s.Cookies)-1; i < j; i, j = i+1, j-1 {
			s.Cookies[i], s.Cookies[j] = s.Cookies[j], s.Cookies[i]
		}
		s.Trackers[0], s.Trackers[1] = s.Trackers[1], s.Trackers[0]
		s.Hosts[0], s.Hosts[5] = s.Hosts[5], s.Hosts[0]
		s.Incomplete[0], s.Incomplete[9] = s.Incomplete[9], s.Incomplete[0]
		s.Storage[0], s.Storage[4] = s.Storage[4], s.Storage[0]
		first := s.Cookies[0].Name
		if got := render(t, f.Name, Options{}, s); got != want {
			t.Errorf("%s: %s", f.Name, firstDifference(want, got))
		}
		if s.Cookies[0].Name != first {
			t.Errorf("%s: rendering sorted the caller's scan", f.Name)
		}
	}
}

func TestEmptyScans(t *testing.T) {
	empty := &scanner.Scan{Schema: scanner.SchemaV1}
	for _, f := range Formats() {
		if out := render(t, f.Name, Options{}, empty); out == "" && f.Files == nil { // a folder has a file for each pass, and there is none
			t.Errorf("%s of an empty scan is empty", f.Name)
		}
		_ = render(t, f.Name, Options{})
	}
	if out := render(t, "table", Options{}, empty); strings.Contains(out, "No cookie was stored.") || !strings.Contains(out, "No cookie was seen") || !strings.Contains(out, "INCOMPLETE") {
		t.Errorf("an empty scan that is not complete reads:\n%s", out)
	}
}

func TestFormatsReportTheWriter(t *testing.T) {
	s := readClassified(t, "typical")
	broken := errors.New("disk full")
	for _, f := range Formats() {
		if f.Files != nil {
			continue // it has none
		}
		r, w := io.Pipe()
		if err := r.CloseWithError(broken); err != nil {
			t.Fatal(err)
		}
		if err := f.Render(w, []*scanner.Scan{s}, withSources(Options{})); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want the writer's error", f.Name, err)
		}
	}
}

func TestLookup(t *testing.T) {
	seen := map[string]bool{}
	var names []string
	for _, f := range Formats() {
		got, err := Lookup(f.Name)
		if err != nil || got.Name != f.Name || f.Description == "" || seen[f.Extension] {
			t.Errorf("%s: %+v, %v", f.Name, got, err)
		}
		if (f.Render == nil) == (f.Files == nil) || (f.Extension == "") != (f.Files != nil) {
			t.Errorf("%s is neither a file nor a folder, or both", f.Name)
		}
		seen[f.Extension] = f.Files == nil
		names = append(names, f.Name)
	}
	_, err := Lookup("pdf\x1b")
	if want := `format "pdf\x1b" is unknown, the formats are ` + strings.Join(names, ", "); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSummary(t *testing.T) {
	for name, want := range map[string]string{
		"small": "1 cookie, 0 storage items, 0 third-party hosts; 1 page, 1 pass (none)",
		"typical": "29 cookies (9 third-party, 7 unclassified), 3 refused, 8 storage items, 5 third-party hosts; 14 pages, 2 passes (none, gpc); " +
			"INCOMPLETE; CERTIFICATE ERRORS IGNORED",
	} {
		if got := Summary(readClassified(t, name)); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
}

// What the scan itself shows to be one thing is one row, with how many.
func TestFoldedNames(t *testing.T) {
	s := readClassified(t, "typical")
	for i, name := range []string{"_ms_AAAAAAAAAA", "_ms_BBBBBBBBBB"} {
		c := s.Cookies[slices.IndexFunc(s.Cookies, func(c scanner.Cookie) bool { return c.Name == "_ms_K4X9QT2LBD" })]
		c.Name = name
		if i == 0 {
			c.Lifetime.StoredSeconds = nil
		}
		s.Cookies = append(s.Cookies, c)
	}
	for format, want := range map[string]string{"table": "\n_ms_* (3) ", "markdown": "\n| `_ms_*` (3) | "} {
		out := render(t, format, Options{}, s)
		if !strings.Contains(out, want) || strings.Contains(out, "K4X9QT2LBD") || !strings.Contains(out, "Statistics (9)") {
			t.Errorf("%s: not folded into %q:\n%s", format, want, out)
		}
	}
}

func TestSheetRefusesWrongCellCount(t *testing.T) {
	err := sheet{columns: []column{{title: "A"}, {title: "B"}}, rows: [][]cell{{plain("a"), plain("b"), plain("c")}}}.draw(io.Discard, 80, func(s string) string { return s })
	if err == nil {
		t.Error("three cells in two columns were accepted")
	}
}

func TestShorten(t *testing.T) {
	for _, row := range []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"abcdefgh", 7, "abc…fgh"},
		{"abcdefgh", 4, "ab…h"},
		{"abc", 1, "…"},
		{"abc", 0, ""},
		{"", 0, ""},
		{"宽字符名称", 10, "宽字符名称"},
		{"宽字符名称", 9, "宽字…名称"},
		{"宽字符名称", 6, "宽…称"},
		{"宽字符", 2, "…"},
		{"e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301…e\u0301"},
	} {
		if got := shorten(row.in, row.limit); got != row.want {
			t.Errorf("%q to %d: got %q, want %q", row.in, row.limit, got, row.want)
		}
	}
}

func TestWidthAgreesWithTheTable(t *testing.T) {
	for _, s := range []string{"plain", "宽字符", "e\u0301", "🇩🇪", "👩", "한글", "ﬁ", "é…", "─└·‹›", "עברית"} {
		if width(s) != twwidth.WidthWithOptions(s, twwidth.Options{}) {
			t.Errorf("%q: %d, the library says %d", s, width(s), twwidth.WidthWithOptions(s, twwidth.Options{}))
		}
	}
}
