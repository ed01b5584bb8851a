package opc_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/report"
	"cookiescan/report/docx"
	"cookiescan/scanner"
)

// TestLibreOffice: a program that nobody here wrote opens what we write, and
// reads in it what we meant.
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip(".ci/setup.sh office installs LibreOffice")
	}
	dir := t.TempDir()
	f, err := os.Open("../../testdata/scans/typical.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	scans, err := scanner.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	// Names that a workbook or a CSV could take for something else.
	scans[0].Cookies[0].Name, scans[0].Cookies[1].Name = `=HYPERLINK("https://evil.test","x")`, "_x0041_"
	var book, text bytes.Buffer
	format, err := report.Lookup("xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if err := format.Render(&book, scans, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := docx.Write(&text, docx.Document{Title: "Cookies", Lang: "en", Header: "Draft", Blocks: []docx.Block{
		docx.Heading{Level: 1, Text: docx.Text("Necessary")},
		docx.Paragraph{{Text: "See "}, {Text: "the policy", Link: "https://shop.test/?a&b"}},
		docx.List{Numbered: true, Items: [][]docx.Run{docx.Text("first"), docx.Text("second")}},
		docx.Table{Caption: "Cookies", Titles: [][]docx.Run{docx.Text("Name"), docx.Text("Purpose")}, Rows: [][][]docx.Run{{docx.Text("sid"), docx.Text("keeps <b>")}}},
	}}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"book.xlsx": book.Bytes(), "text.docx": text.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	convert := func(to, name string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", dir, filepath.Join(dir, name))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	read := func(name string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// UTF-8, cells as they are shown, every sheet in a file of its own.
	convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "book.xlsx")
	cookies := read("book-Cookies.csv")
	for _, want := range []string{`"'=HYPERLINK(""https://evil.test"",""x"")"`, "\n_x0041_,", ",TRUE,", ",400,730,", ",2026-11-22 09:14:03\n"} {
		if !strings.Contains(cookies, want) {
			t.Errorf("the sheet has no %s:\n%.3000s", want, cookies)
		}
	}
	if n := strings.Count(cookies, "\n"); n != len(scans[0].Cookies)+1 {
		t.Errorf("the sheet has %d rows for %d cookies", n, len(scans[0].Cookies))
	}
	for _, sheet := range []string{"Storage", "Trackers", "Findings", "Pages", "Scan"} {
		if read("book-"+sheet+".csv") == "" {
			t.Errorf("sheet %s is empty", sheet)
		}
	}
	convert("html:HTML:EmbedImages", "text.docx")
	page := strings.Join(strings.Fields(read("text.html")), " ")
	for _, want := range []string{"<title>Cookies</title>", "Draft", `href="https://shop.test/?a&amp;b"`, "<li", "<thead>", "keeps &lt;b&gt;", "Necessary</h1>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the document has no %s:\n%s", want, page)
		}
	}
}
