package report

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"cookiescan/scanner"
)

func TestMarkdownText(t *testing.T) {
	for in, want := range map[string]struct{ text, cell string }{
		"":                       {"(empty)", "(empty)"},
		"_ga":                    {"`_ga`", "`_ga`"},
		"a|b||":                  {"`a|b||`", "`a\\|b\\|\\|`"},
		`a\|b\`:                  {"`a\\|b\\`", "`a\\‹U+007C›b\\`"},
		`\\|`:                    {"`\\\\|`", "`\\\\‹U+007C›`"},
		"`":                      {"`` ` ``", "`` ` ``"},
		"a``b```":                {"```` a``b``` ````", "```` a``b``` ````"},
		"<script>&lt;":           {"`<script>&lt;`", "`<script>&lt;`"},
		"[x](javascript:1)":      {"`[x](javascript:1)`", "`[x](javascript:1)`"},
		"https://evil.test @you": {"`https://evil.test @you`", "`https://evil.test @you`"},
		"a\n\n# h\r| - |":        {"`a\\x0a\\x0a# h\\x0d| - |`", "`a\\x0a\\x0a# h\\x0d\\| - \\|`"},
		" x ":                    {"`  x  `", "`  x  `"},
		"**b** _i_ ~~s~~ $m$":    {"`**b** _i_ ~~s~~ $m$`", "`**b** _i_ ~~s~~ $m$`"},
	} {
		if got := markdownText(in); got != want.text {
			t.Errorf("text %q: got %q, want %q", in, got, want.text)
		}
		if got := markdownCell(in); got != want.cell {
			t.Errorf("cell %q: got %q, want %q", in, got, want.cell)
		}
	}
}

func TestMarkdownWordsAreWords(t *testing.T) {
	for _, own := range []string{"first", "none, gpc", "page hide", "max-pages", "SameSite=None without Secure", "name and value exceed 4096 octets"} {
		if mdWord(own) != own {
			t.Errorf("%q is shown as foreign text", own)
		}
	}
	for _, foreign := range []string{"a_b_c", "<b>", "@you", "#1", "a|b", "www.evil.test", "x\ny", "`", "*"} {
		if got := mdWord(foreign); !strings.HasPrefix(got, "`") {
			t.Errorf("%q is shown as %q", foreign, got)
		}
	}
}

// poison returns a typical scan in which every text of the document, also
// those that look like words of ours, is an attack.
func poison(t testing.TB, attack string) *scanner.Scan {
	t.Helper()
	s := readClassified(t, "typical")
	judged := readScan(t, "consent")
	s.Checks, s.Findings = judged.Checks, judged.Findings
	poisonAll(s, attack)
	return s
}

// poisonAll makes every text below a pointer an attack, but for times.
func poisonAll(pointer any, attack string) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(attack)
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() && v.Type().Field(i).Name != "Started" && v.Type().Field(i).Name != "Finished" {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(pointer).Elem())
}

func attacks() []string {
	return []string{
		"\x1b]0;owned\x07", "a\nb", "x\r\ny", "\u202egnp", "\u009b2J", "=1+1", "a;=1", "a|b", "`|`", "<script>alert(1)</script>", "\\|", "\\",
		"[x](javascript:alert(1))", "https://evil.test/a|b`c\x1b[8m<x>;=1", "\xff\xfe", "\U000e0041", "", "\",\"=1", strings.Repeat("界", 400), strings.Repeat("x ", 400),
	}
}

func TestAttacksOnEveryField(t *testing.T) {
	for _, attack := range attacks() {
		checkOutputs(t, poison(t, attack), 80)
	}
}

// checkOutputs holds what is true of every output of every scan.
func checkOutputs(t *testing.T, s *scanner.Scan, columns int) {
	t.Helper()
	table := render(t, "table", Options{Width: columns}, s)
	checkText(t, "table", table)
	for line := range strings.Lines(table) {
		if n := width(strings.TrimSuffix(line, "\n")); n > max(columns, leastWidth) {
			t.Errorf("table: %d columns instead of %d: %q", n, columns, line)
		}
	}
	checkText(t, "json", render(t, "json", Options{}, s))
	checkText(t, "summary", Summary(s))
	if strings.Contains(Summary(s), "\n") {
		t.Errorf("the summary has several lines: %q", Summary(s))
	}
	checkCSV(t, render(t, "csv", Options{}, s), 1+len(s.Cookies)+len(s.Storage))
	checkMarkdown(t, render(t, "markdown", Options{}, s))
	checkText(t, "table with evidence", render(t, "table", Options{Width: columns, Evidence: true}, s))
	checkMarkdown(t, render(t, "markdown", Options{Evidence: true}, s))
	checkText(t, "verdict", Verdict(s))
	checkXLSX(t, render(t, "xlsx", Options{}, s), len(s.Cookies))
	har := render(t, "har", Options{}, s)
	checkText(t, "har", har)
	if n := len(readHAR(t, har).Log.Pages); n == 0 {
		t.Error("har: no pages")
	}
	for name, text := range inspections(t, withSources(Options{}), s) {
		checkText(t, name, text)
	}
}

// checkXLSX looks at every cell: there are as many rows as there should be, no
// formula, and no text that would become one in a CSV.
func checkXLSX(t *testing.T, file string, cookies int) {
	t.Helper()
	var sheet struct {
		Rows []struct {
			Cells []struct {
				Type    string  `xml:"t,attr"`
				Text    string  `xml:"is>t"`
				Number  string  `xml:"v"`
				Formula *string `xml:"f"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	for part := range strings.SplitSeq(unpacked(t, file), "== ") {
		name, text, _ := strings.Cut(part, "\n")
		if !strings.HasPrefix(name, "xl/worksheets/") {
			continue
		}
		sheet.Rows = nil
		if err := xml.Unmarshal([]byte(text), &sheet); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if name == "xl/worksheets/sheet1.xml" && len(sheet.Rows) != cookies+1 {
			t.Errorf("%s has %d rows for %d cookies", name, len(sheet.Rows), cookies)
		}
		for _, row := range sheet.Rows {
			for _, c := range row.Cells {
				if c.Formula != nil || (c.Type == "inlineStr") == (c.Number != "") {
					t.Errorf("%s has a cell of no kind: %+v", name, c)
				}
				checkText(t, name, c.Text)
				if c.Text != csvText(c.Text) && !strings.HasPrefix(c.Text, "'") && !strings.Contains(c.Text, ";'") {
					t.Errorf("%s has a formula: %q", name, c.Text)
				}
			}
		}
	}
}

func checkText(t *testing.T, name, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%s: not UTF-8", name)
	}
	for _, r := range out {
		if r != '\n' && (unicode.Is(unicode.C, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)) {
			t.Errorf("%s: has %U", name, r)
			return
		}
	}
}

func checkCSV(t *testing.T, out string, rows int) {
	t.Helper()
	checkText(t, "csv", out)
	r := csv.NewReader(strings.NewReader(out))
	r.FieldsPerRecord = len(csvHeader())
	records, err := r.ReadAll()
	if err != nil || len(records) != rows {
		t.Errorf("csv: %d records instead of %d: %v", len(records), rows, err)
	}
	if lines := strings.Count(out, "\n"); lines != rows {
		t.Errorf("csv: %d lines for %d records", lines, rows)
	}
	number := regexp.MustCompile(`^-?[0-9]+$`)
	for _, record := range records {
		for _, field := range record {
			for part := range strings.SplitSeq(field, ";") {
				if part != "" && strings.ContainsAny(part[:1], "=+-@\t\r") && !number.MatchString(part) {
					t.Errorf("csv: formula %q", field)
				}
			}
		}
	}
}

// checkMarkdown looks at raw lines as a reader of tables does: all rows of a
// table have as many cells as its titles, and outside of code spans there are
// only words of ours.
func checkMarkdown(t *testing.T, out string) {
	t.Helper()
	checkText(t, "markdown", out)
	cells := 0
	for line := range strings.Lines(out) {
		line = strings.TrimSuffix(line, "\n")
		if bad := regexp.MustCompile("[<>&@`\\[\\]_~\\\\]|://|www").FindString(withoutCode(line)); bad != "" {
			t.Errorf("markdown: %q outside of code: %q", bad, line)
		}
		if !strings.HasPrefix(line, "|") {
			cells = 0
			continue
		}
		n := len(regexp.MustCompile(`(^|[^\\])\|`).FindAllString(strings.ReplaceAll(line, "||", "| |"), -1)) - 1
		if cells == 0 {
			cells = n
		}
		if n != cells {
			t.Errorf("markdown: %d cells instead of %d: %q", n, cells, line)
		}
	}
}

// withoutCode takes the code spans of a line away, as CommonMark 6.1 finds
// them: a run of backticks up to the next run of the same length.
func withoutCode(line string) string {
	runs := regexp.MustCompile("`+").FindAllStringIndex(line, -1)
	var b strings.Builder
	at := 0
	for i := 0; i < len(runs); i++ {
		for j := i + 1; j < len(runs); j++ {
			if runs[j][1]-runs[j][0] == runs[i][1]-runs[i][0] {
				b.WriteString(line[at:runs[i][0]])
				at, i = runs[j][1], j
				break
			}
		}
	}
	return b.String() + line[at:]
}

func FuzzSanitize(f *testing.F) {
	for _, attack := range attacks() {
		f.Add(attack)
	}
	f.Fuzz(func(t *testing.T, in string) {
		checkText(t, "printable", printable(in))
		if strings.Contains(printable(in), "\n") {
			t.Errorf("printable has several lines: %q", printable(in))
		}
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		if err := w.Write([]string{"x", csvText(in), "y"}); err != nil {
			t.Fatal(err)
		}
		w.Flush()
		record, err := csv.NewReader(&out).Read()
		if err != nil || len(record) != 3 || record[1] != csvText(in) {
			t.Errorf("csv: %q: %v", record, err)
		}
		checkMarkdown(t, "| a | b |\n| "+markdownCell(in)+" | "+mdCell(in)+" |\n")
		checkMarkdown(t, "x "+markdownText(in)+" y "+markdownText(in)+"\n")
		for _, limit := range []int{0, 1, 2, 7, 40} {
			if got := shorten(printable(in), limit); width(got) > limit || !utf8.ValidString(got) {
				t.Errorf("shorten to %d: %q", limit, got)
			}
		}
	})
}

func FuzzFormats(f *testing.F) {
	f.Add("x\x1b|", uint8(80))
	f.Fuzz(func(t *testing.T, attack string, columns uint8) {
		s := poison(t, attack)
		s.Cookies, s.Storage, s.Trackers = s.Cookies[:2], s.Storage[:1], s.Trackers[:1]
		checkOutputs(t, s, leastWidth+int(columns))
	})
}
