package docx

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/report/opc/opctest"
)

func sample() Document {
	return Document{
		Title: "Cookies of shop.test", Lang: "de", Header: "Draft", Author: "Shop & Co", Version: "7", Created: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		Blocks: []Block{
			Heading{1, Text("What cookies are")},
			Paragraph{{Text: "A "}, {Text: "bold", Bold: true}, {Text: " word, a "}, {Text: "link", Link: "https://shop.test/?a=1&b=2"}, {Text: " and\na break", Italic: true, Lang: "en"}},
			List{Items: [][]Run{Text("first"), Text("second")}},
			List{Numbered: true, Items: [][]Run{Text("one")}},
			List{Numbered: true, Items: [][]Run{Text("one again")}},
			Heading{9, Text("Table")},
			Table{Caption: "Necessary", Titles: [][]Run{Text("Name"), Text("Purpose")}, Widths: []int{1, 3}, Rows: [][]Cell{
				{{{{Text: "sid", Code: true}}}, {Text("keeps the session"), Text("and the basket")}}, {{Text("short")}}, {{Text("a")}, {Text("b")}, {Text("left out")}},
			}},
			Table{},
		},
	}
}

func write(t testing.TB, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// checkPackage follows the relationships: whatever is named is there, with its
// media type.
func checkPackage(t testing.TB, all map[string]string) {
	t.Helper()
	for name, text := range all {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		var list struct {
			All []struct {
				ID     string `xml:"Id,attr"`
				Target string `xml:"Target,attr"`
				Mode   string `xml:"TargetMode,attr"`
			} `xml:"Relationship"`
		}
		if err := xml.Unmarshal([]byte(text), &list); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range list.All {
			if seen[r.ID] {
				t.Errorf("%s has %s twice", name, r.ID)
			}
			seen[r.ID] = true
			part := path.Join(path.Dir(path.Dir(name)), r.Target)
			switch {
			case r.Mode == "External" && isAddress(r.Target):
			case all[part] == "":
				t.Errorf("%s leads to %s, which is not there", name, part)
			case !strings.Contains(all["[Content_Types].xml"], `PartName="/`+part+`"`):
				t.Errorf("%s has no media type", part)
			}
		}
	}
}

func TestWrite(t *testing.T) {
	file := write(t, sample())
	if !bytes.Equal(file, write(t, sample())) {
		t.Error("the same document gives other bytes")
	}
	all := opctest.Parts(t, file)
	checkPackage(t, all)
	text := all["word/document.xml"]
	for _, want := range []string{
		`<w:pStyle w:val="Title"/></w:pPr><w:r><w:t xml:space="preserve">Cookies of shop.test</w:t>`,
		`<w:pStyle w:val="Heading1"/>`, `<w:pStyle w:val="Heading6"/>`, `<w:b/></w:rPr><w:t xml:space="preserve">bold`,
		`<w:hyperlink r:id="rIdLink1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/>`,
		`<w:i/><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve"> and</w:t><w:br/><w:t xml:space="preserve">a break`,
		`<w:numId w:val="1"/>`, `<w:numId w:val="2"/>`, `<w:numId w:val="3"/>`, `<w:tblHeader/>`, `<w:tblCaption w:val="Necessary"/>`,
		`<w:rStyle w:val="Code"/></w:rPr><w:t xml:space="preserve">sid<`, `keeps the session</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="TableText"/>`,
		`<w:gridCol w:w="2409"/><w:gridCol w:w="7228"/>`, `r:id="rIdHeader"`, `r:id="rIdFooter"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the document has no %s", want)
		}
	}
	if strings.Contains(text, "left out") || strings.Count(text, "<w:tbl>") != 1 || strings.Count(text, "<w:tc>") != 8 {
		t.Errorf("the tables are\n%s", text)
	}
	if !strings.Contains(all["word/_rels/document.xml.rels"], `Target="https://shop.test/?a=1&amp;b=2" TargetMode="External"`) {
		t.Errorf("the links are\n%s", all["word/_rels/document.xml.rels"])
	}
	if !strings.Contains(all["word/header1.xml"], "Draft") || !strings.Contains(all["word/footer1.xml"], "NUMPAGES") {
		t.Error("a page does not say what it should")
	}
	for _, want := range []string{
		"<dc:title>Cookies of shop.test</dc:title><dc:creator>Shop &amp; Co</dc:creator><dc:language>de</dc:language><cp:version>7</cp:version>",
		`<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T00:00:00Z</dcterms:created>`,
	} {
		if core := all["docProps/core.xml"]; !strings.Contains(core, want) {
			t.Errorf("the properties have no %s\n%s", want, core)
		}
	}
}

func TestNoHeader(t *testing.T) {
	d := sample()
	d.Header, d.Author, d.Version, d.Created = "", "", "", time.Time{}
	all := opctest.Parts(t, write(t, d))
	checkPackage(t, all)
	if all["word/header1.xml"] != "" || strings.Contains(all["word/document.xml"], "rIdHeader") {
		t.Error("a document without a header has one")
	}
	if core := all["docProps/core.xml"]; strings.Contains(core, "created") || strings.Contains(core, "version>") || strings.Contains(core, "creator") {
		t.Errorf("the properties are\n%s", core)
	}
}

func TestCulture(t *testing.T) {
	for lang, want := range map[string]string{"de": "de-DE", "de-AT": "de-AT", "el": "el-GR", "en": "en-GB", "ga": "ga-IE", "mt": "mt-MT", "pt": "pt-PT", "sv": "sv-SE", "": "", "<x>": "<x>"} {
		if got := culture(lang); got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"https://x.test/a?b#c": true, "http://x.test": true, "mailto:a@x.test": true,
		"": false, "https://": false, "javascript:alert(1)": false, "file:///etc/passwd": false, "data:text/html,x": false, "//x.test": false,
		"https://x.test/ a": false, "https://x.test/\"><w:p>": false, "https://x.test/\x00": false, `https://x.test\@y.test`: false,
	} {
		if got := isAddress(address); got != want {
			t.Errorf("%q: %t, want %t", address, got, want)
		}
	}
}

// FuzzWrite: whatever the text, the document has the same elements, and the text
// can be read back from it.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"plain", "</w:t><w:p>", "&lt;\"'", "\x00\x1b\xff\ufffe", "]]>", "a\nb\r\n\tc", "https://x.test/\"", "界\U0001F36A"} {
		f.Add(s)
	}
	elements := func(t *testing.T, text string) (names []string, content string) {
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return names, content
			}
			if err != nil {
				t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if token.Name.Local != "br" && token.Name.Local != "t" && token.Name.Local != "hyperlink" && token.Name.Local != "rStyle" && token.Name.Local != "rPr" {
					names = append(names, token.Name.Local)
				}
			case xml.CharData:
				content += string(token)
			}
		}
	}
	with := func(s string) Document {
		return Document{Title: s, Lang: s, Header: s + ".", Blocks: []Block{
			Heading{1, Text(s)},
			Paragraph{{Text: s, Link: s}},
			List{Items: [][]Run{Text(s)}},
			Table{Caption: s + ".", Titles: [][]Run{Text(s)}, Rows: [][]Cell{{{Text(s)}}}},
		}}
	}
	f.Fuzz(func(t *testing.T, s string) {
		all := opctest.Parts(t, write(t, with(s)))
		checkPackage(t, all)
		want, _ := elements(t, opctest.Parts(t, write(t, with("x")))["word/document.xml"])
		got, content := elements(t, all["word/document.xml"])
		if !slices.Equal(got, want) {
			t.Errorf("%q makes other elements", s)
		}
		plain := strings.Map(func(r rune) rune {
			if r < ' ' || r == 0xfffe || r == 0xffff || r == 0xfffd {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
		shown := strings.Map(func(r rune) rune {
			if r < ' ' || r == 0xfffd {
				return -1
			}
			return r
		}, content)
		if plain != "" && strings.Count(shown, plain) < 6 {
			t.Errorf("%q is not in the text: %q", s, content)
		}
	})
}
