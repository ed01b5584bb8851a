package opc_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cookiescan/classify/declaration/register"
	"cookiescan/report"
	"cookiescan/report/docx"
	"cookiescan/report/policy"
	"cookiescan/scanner"
)

// policies looks at the cookie policy: all of its words are on paper, every page
// of a draft says that it is one, and each has its number.
func policies(t *testing.T, dir string, convert func(to string, names ...string), read func(name string) string) {
	t.Helper()
	const declared = "../policy/testdata/cookies.yaml"
	src, err := os.ReadFile(declared)
	if err != nil {
		t.Fatal(err)
	}
	f, err := register.Read(declared, src, os.ReadFile)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := policy.Build(policy.Source{Register: f, Languages: []string{"de", "el"}, Draft: true})
	if err != nil {
		t.Fatal(err)
	}
	format, err := policy.Lookup("docx")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]*policy.Page{}
	var names []string
	for _, tag := range doc.Languages {
		page, err := policy.Compose(doc, tag, policy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := format.Page(&out, page, nil); err != nil {
			t.Fatal(err)
		}
		name := "policy." + tag
		if err := os.WriteFile(filepath.Join(dir, name+".docx"), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		pages[name], names = page, append(names, name+".docx")
	}
	convert("txt:Text (encoded):UTF8", names...)
	convert("pdf", names...)
	for name, page := range pages {
		text := strings.Join(strings.Fields(read(name+".txt")), " ")
		for _, want := range wordsOf(page) {
			if !strings.Contains(text, strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		onEveryPage(t, filepath.Join(dir, name+".pdf"), page.Draft)
	}
}

// onEveryPage wants a line at the top of each page of a PDF, and its number at
// the bottom.
func onEveryPage(t *testing.T, pdf, line string) {
	t.Helper()
	printed, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	sheets := strings.Split(strings.TrimSuffix(string(printed), "\f"), "\f")
	if len(sheets) < 3 {
		t.Fatalf("%s has %d pages", pdf, len(sheets))
	}
	for i, sheet := range sheets {
		lines := strings.Split(strings.TrimSpace(sheet), "\n")
		if strings.TrimSpace(lines[0]) != line || strings.Join(strings.Fields(lines[len(lines)-1]), "") != fmt.Sprintf("%d/%d", i+1, len(sheets)) {
			t.Errorf("%s, page %d begins with %q and ends with %q", pdf, i+1, lines[0], lines[len(lines)-1])
		}
	}
}

// wordsOf are the texts of a page.
func wordsOf(p *policy.Page) []string {
	list := []string{p.Title}
	for _, l := range p.Lead {
		list = append(list, l.Plain())
	}
	for _, s := range p.Sections {
		list = append(list, s.Title)
		for _, b := range s.Blocks {
			list = append(list, b.Heading, b.Paragraph.Plain())
			for _, l := range b.Items {
				list = append(list, l.Plain())
			}
			if b.Control != nil {
				list = append(list, b.Control.Text)
			}
			if b.Table == nil {
				continue
			}
			list = append(append(list, b.Table.Caption), b.Table.Columns...)
			for _, r := range b.Table.Rows {
				for _, c := range r.Cells {
					for _, l := range c.Lines {
						list = append(list, l.Plain())
					}
				}
			}
		}
	}
	return list
}

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
		docx.Table{Caption: "Cookies", Titles: [][]docx.Run{docx.Text("Name"), docx.Text("Purpose")}, Rows: [][]docx.Cell{{{docx.Text("sid")}, {docx.Text("keeps <b>")}}}},
	}}); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"book.xlsx": book.Bytes(), "text.docx": text.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	convert := func(to string, names ...string) {
		t.Helper()
		args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", to, "--outdir", dir}
		for _, name := range names {
			args = append(args, filepath.Join(dir, name))
		}
		cmd := exec.CommandContext(t.Context(), office, args...)
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8") // it writes TRUE in the language of its user
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
	policies(t, dir, convert, read)
	convert("html:HTML:EmbedImages", "text.docx")
	page := strings.Join(strings.Fields(read("text.html")), " ")
	for _, want := range []string{"<title>Cookies</title>", "Draft", `href="https://shop.test/?a&amp;b"`, "<li", "<thead>", "keeps &lt;b&gt;", "Necessary</h1>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the document has no %s:\n%s", want, page)
		}
	}
}
