package xlsx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"cookiescan/report/opc/opctest"
)

func write(t testing.TB, b Book) map[string]string {
	t.Helper()
	var first, second bytes.Buffer
	if err := errors.Join(Write(&first, b), Write(&second, b)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same workbook gives other bytes")
	}
	return opctest.Parts(t, first.String())
}

func one(rows ...[]Value) Book {
	return Book{Sheets: []Sheet{{Name: "S", Columns: []Column{{"A", 10}, {"B", 20.5}}, Rows: slices.Values(rows)}}}
}

func TestValues(t *testing.T) {
	at := time.Date(2026, 11, 22, 18, 0, 0, 0, time.FixedZone("", 3600))
	for _, test := range []struct {
		value Value
		want  string
	}{
		{Text("=1+1"), `<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>`},
		{Text("<b>&"), `<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt;&amp;</t></is></c>`},
		{Text("_x0041_ _x004_ __x0041_"), `<c r="A2" s="2" t="inlineStr"><is><t xml:space="preserve">_x005F_x0041_ _x004_ __x005F_x0041_</t></is></c>`},
		{Text(""), ""},
		{Value{}, ""},
		{Number(400), `<c r="A2"><v>400</v></c>`},
		{Number(-0.25), `<c r="A2"><v>-0.25</v></c>`},
		{Number(1e21), `<c r="A2"><v>1000000000000000000000</v></c>`},
		{Number(math.NaN()), ""},
		{Number(math.Inf(1)), ""},
		{Bool(true), `<c r="A2" t="b"><v>1</v></c>`},
		{Bool(false), `<c r="A2" t="b"><v>0</v></c>`},
		{Day(at), `<c r="A2" s="3"><v>46348</v></c>`},
		{Time(at), `<c r="A2" s="4"><v>46348.708333333336</v></c>`},
		{Day(time.Time{}), ""},
		{Time(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
		{Day(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)), `<c r="A2" s="3"><v>61</v></c>`},
	} {
		sheet := write(t, one([]Value{test.value, {}}))["xl/worksheets/sheet1.xml"]
		want := `<row r="2">` + test.want + `</row>`
		if !strings.Contains(sheet, want) {
			t.Errorf("%+v: want %s in\n%s", test.value, want, sheet)
		}
	}
}

func TestSheet(t *testing.T) {
	b := one([]Value{Text("x"), Number(1)}, []Value{Text("y"), Number(2)})
	b.Title, b.Language, b.Created = "A & B", "de", time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	b.Sheets = append(b.Sheets, Sheet{Name: "It's empty", Columns: make([]Column, 28), Rows: func(func([]Value) bool) {}})
	parts := write(t, b)
	for name, wants := range map[string][]string{
		"xl/worksheets/sheet1.xml": {
			`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>`, `<autoFilter ref="A1:B3"/>`,
			`<col min="2" max="2" width="20.5" customWidth="1"/>`, `<row r="1"><c r="A1" s="1" t="inlineStr">`, `tabSelected="1"`,
		},
		"xl/worksheets/sheet2.xml":   {`<autoFilter ref="A1:AB1"/>`, `<row r="1"></row>`},
		"xl/workbook.xml":            {`<sheet name="It&#39;s empty" sheetId="2" r:id="rId2"/>`, `>&#39;S&#39;!$A$1:$B$3<`, `>&#39;It&#39;&#39;s empty&#39;!$A$1:$AB$1<`},
		"docProps/core.xml":          {`<dc:title>A &amp; B</dc:title><dc:language>de</dc:language>`, `>2026-01-02T03:04:05Z<`},
		"[Content_Types].xml":        {`/xl/worksheets/sheet2.xml`, `/xl/styles.xml`, `/docProps/core.xml`},
		"xl/_rels/workbook.xml.rels": {`Target="worksheets/sheet2.xml"`},
	} {
		for _, want := range wants {
			if !strings.Contains(parts[name], want) {
				t.Errorf("%s has no %s:\n%s", name, want, parts[name])
			}
		}
	}
	if strings.Contains(parts["xl/worksheets/sheet2.xml"], "tabSelected") {
		t.Error("two sheets are selected")
	}
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letters(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestTooManyRows(t *testing.T) {
	b := one()
	b.Sheets[0].Rows = func(yield func([]Value) bool) {
		for yield([]Value{{}, {}}) { //nolint:revive // until it is told to end
		}
	}
	if err := Write(io.Discard, b); err == nil || !strings.Contains(err.Error(), "sheet S has more rows") {
		t.Errorf("got %v", err)
	}
}

func TestCut(t *testing.T) {
	for _, s := range []string{strings.Repeat("a", maxUnits), strings.Repeat("a", maxUnits+1), strings.Repeat("界", maxUnits), strings.Repeat("界", maxUnits+5), strings.Repeat("\U0001F36A", maxUnits)} {
		got := cut(s)
		if n := len(utf16.Encode([]rune(got))); n > maxUnits || len(utf16.Encode([]rune(s))) <= maxUnits && got != s {
			t.Errorf("%d units of %d octets are left", n, len(s))
		}
	}
}

// FuzzText: a text is one cell of text and nothing else, and is read back.
func FuzzText(f *testing.F) {
	for _, s := range []string{"=1+1", "</t></is></c><c><f>1</f></c>", "_x0041_", "_x005F_", "\x00\r\n\t\xff\ufffe", "]]>", " x ", "\U0001F36A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > maxUnits {
			return
		}
		var sheet struct {
			Cells []cell `xml:"sheetData>row>c"`
		}
		if err := xml.Unmarshal([]byte(write(t, one([]Value{Text(s), Number(1)}))["xl/worksheets/sheet1.xml"]), &sheet); err != nil {
			t.Fatal(err)
		}
		want := 4 // with the titles
		if s == "" {
			want = 3
		}
		if len(sheet.Cells) != want || slices.ContainsFunc(sheet.Cells, func(c cell) bool { return c.Formula != "" }) {
			t.Fatalf("%q makes %d cells", s, len(sheet.Cells))
		}
		if s == "" {
			return
		}
		if got, plain := readBack(sheet.Cells[2].Text), strings.ToValidUTF8(s, ""); strings.Map(legal, got) != strings.Map(legal, plain) || sheet.Cells[2].Type != "inlineStr" {
			t.Errorf("%q is read as %q", s, got)
		}
	})
}

type cell struct {
	Type    string `xml:"t,attr"`
	Text    string `xml:"is>t"`
	Formula string `xml:"f"`
}

// readBack undoes what a workbook's reader undoes.
func readBack(s string) string { return strings.ReplaceAll(s, "_x005F_", "_") }

// legal drops what XML cannot hold and what stands for it.
func legal(r rune) rune {
	if r < ' ' || r == 0xfffd || r == 0xfffe || r == 0xffff {
		return -1
	}
	return r
}
