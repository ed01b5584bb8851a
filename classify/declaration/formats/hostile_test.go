package formats

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/classify/declaration"
)

// workbookOf is an archive of parts.
func workbookOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, part := range xlsxParts {
		if _, ok := parts[part.name]; !ok {
			if err := writePart(archive, part.name, part.text); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range parts {
		if err := writePart(archive, name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func sheetOf(rows string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}
}

func TestErrors(t *testing.T) {
	bomb := sheetOf(strings.Repeat(" ", Largest))
	for _, test := range []struct {
		format string
		data   []byte
		want   string
	}{
		{"csv", []byte("name,type\n\x00\x00\x00"), "it is no text"},
		{"ocd", []byte("a,b\n"), `line 1: the column "Cookie / Data Key name" is missing`},
		{"cookiebot", []byte("{\n\"cookies\": [}"), "line 2: the JSON is malformed"},
		{"cookiebot", []byte("{\n\"cookies\":\n{}}"), "line 3: cookies is a object"},
		{"onetrust", []byte(`{"DomainData": {"Groups": 1}}`), "line 1: DomainData.Groups is a number"},
		{"disclosure", []byte(`[]`), "line 1: the file is a array"},
		{"edpb", []byte("  "), "the file is empty"},
		{"klaro", []byte("var a = {};"), "no object that is written down has services"},
		{"vanilla-cookieconsent", []byte("var a = {categories: 1};"), "no object that is written down has categories"},
		{"tarteaucitron", []byte("x"), "no service is written down"},
		{"scan", []byte("{}"), "this is not a scan document"},
		{"xlsx", []byte("PK\x03\x04"), "it is no workbook"},
		{"xlsx", workbookOf(t, map[string]string{"xl/workbook.xml": "<a"}), "xl/workbook.xml: XML syntax error"},
		{"xlsx", workbookOf(t, sheetOf(`<row r="7"><c r="B7" t="s"><v>3</v></c></row>`)), `cell B7: there is no shared text "3"`},
		{"xlsx", workbookOf(t, sheetOf(`<c/>`)), "a cell stands in no row"},
		{"xlsx", workbookOf(t, bomb), "unpacked, it has more than 50 MB"},
		{"csv", make([]byte, Largest+1), "it has more than 50 MB"},
	} {
		f, err := Named(test.format)
		if err != nil {
			t.Fatal(err)
		}
		_, err = f.Read("x", test.data)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "reading it as "+f.Description) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v, want %q", test.format, err, test.want)
		}
	}
	if _, err := Named("yaml"); err == nil || !strings.Contains(err.Error(), "csv") {
		t.Errorf("an unknown format: %v", err)
	}
	if err := scan.Write(&bytes.Buffer{}, full()); err == nil {
		t.Error("a scan was written")
	}
	if f, ok := Detect("x.html", []byte("<html><p>Cookies</p>")); ok {
		t.Errorf("a page is taken for %s", f.Name)
	}
}

// A cell far to the right takes no memory, one without a reference is the next.
func TestCellsOfWorkbooks(t *testing.T) {
	got, err := xlsx.Read("x", workbookOf(t, sheetOf(
		`<row><c t="inlineStr"><is><t>Name</t></is></c><c r="ZZZZZ1" t="inlineStr"><is><t>far</t></is></c><c r="AB1" t="str"><v>Expiry</v></c></row>`+
			`<row r="9"><c r="A9"><v>7</v></c><c r="AB9" t="inlineStr"><is><r><t>1 </t></r><r><t>day</t></r></is></c></row>`)))
	if err != nil {
		t.Fatal(err)
	}
	want := "sheet Cookies, row 9: - \"7\" at \"\" by \"\", -, \"1 day\" 86400 s, party \"\", certain: \n"
	if text := listing(got); !strings.HasSuffix(text, want) {
		t.Errorf("got %s", text)
	}
}

// FuzzRead reads anything in every format, and writes what it is in every format.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".want.txt") {
			f.Add(data)
		}
	}
	f.Add(workbookOf(f, sheetOf(`<row><c t="inlineStr"><is><t>Name</t></is></c></row>`)))
	f.Add([]byte("\xff\xfeN\x00a\x00m\x00e\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		Detect("x", data)
		for _, format := range All() {
			d, err := format.Read("x", data)
			if err != nil {
				if strings.Contains(err.Error(), "\n") {
					t.Errorf("%s: the error has several lines: %q", format.Name, err)
				}
				continue
			}
			for _, e := range d.Entries {
				if e.Name == "" || e.Name != plain(e.Name) || e.Purpose != plain(e.Purpose) || e.Provider != plain(e.Provider) || e.Place == "" {
					t.Errorf("%s: %+v", format.Name, e)
				}
			}
			if len(d.Entries) > 0 && len(d.Entries) <= 20 {
				writeAll(t, d)
			}
		}
	})
}

func writeAll(t *testing.T, d *declaration.Declaration) {
	t.Helper()
	for _, format := range All() {
		if !format.CanWrite() {
			continue
		}
		var out bytes.Buffer
		if err := format.Write(&out, d); err != nil {
			t.Errorf("writing %s: %v", format.Name, err)
			continue
		}
		back, err := format.Read("again", out.Bytes())
		// Some need an entry to be recognised as what they are.
		if err != nil && len(d.Entries) > 0 && (format.Kinds == nil || format.holds(d.Entries[0])) {
			t.Errorf("reading %s again: %v\n%s", format.Name, err, out.Bytes())
		}
		if err == nil && format.Kinds == nil && format.Name == "vanilla-cookieconsent" && len(back.Entries) > 2*len(d.Entries) {
			t.Errorf("%s: %d entries became %d", format.Name, len(d.Entries), len(back.Entries))
		}
	}
}
