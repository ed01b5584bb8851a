// Package docx writes documents of Office Open XML (ECMA-376 part 1, chapter
// 17): headings, paragraphs, lists, tables and links, with styles that a reader
// can change, and a line on every page. It has no clock: the same document gives
// the same bytes. It knows nothing of what the text is about.
package docx

import (
	"fmt"
	"io"
	"strings"
	"time"

	"cookiescan/report/opc"
)

// Document is a document.
type Document struct {
	Title string // its first line, and in its properties
	Lang  string // BCP 47, of all text
	// Author, Version and Created are in its properties, as far as they are known.
	Author, Version string
	Created         time.Time
	// Header stands on top of every page; empty: nothing does. The number of the
	// page stands at its bottom.
	Header string
	Blocks []Block
}

// Block is a Heading, a Paragraph, a List or a Table.
type Block interface{ write(b *body) }

// Heading is a heading below the title. Levels go from 1 to 6; others count as
// the nearest.
type Heading struct {
	Level int
	Text  []Run
}

// Paragraph is a paragraph of text.
type Paragraph []Run

// List is a list of items, with bullets or, if Numbered, with numbers from 1.
type List struct {
	Numbered bool
	Items    [][]Run
}

// Table is a table with one row of titles, which every page repeats. Rows have
// as many cells as there are titles; missing ones are empty, more are left out.
type Table struct {
	Caption string // above it; empty: none
	Titles  [][]Run
	Rows    [][]Cell
	// Widths are shares of the width of the page, one for each title; without
	// them columns are equal.
	Widths []int
}

// Cell is the paragraphs of a cell.
type Cell []Paragraph

// Run is a piece of text of one look. Line breaks in it stay.
type Run struct {
	Text         string
	Bold, Italic bool
	Code         bool // a name as machines write it
	// Link is an address (http, https or mailto) that the text leads to; other
	// addresses are no links.
	Link string
	Lang string // BCP 47, where it differs from that of the document
}

// Text is a run without a look.
func Text(s string) []Run { return []Run{{Text: s}} }

const (
	word   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	office = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Width of the text of an A4 page with margins of 20 mm, in twentieths of a
// point.
const textWidth = 11906 - 2*margin

const margin = 1134

// Write writes a document.
func Write(w io.Writer, d Document) error {
	b := &body{lang: d.Lang, linkIDs: map[string]string{}}
	b.paragraph("Title", Text(d.Title))
	for _, block := range d.Blocks {
		block.write(b)
	}
	relations := []opc.Relationship{
		{ID: "rIdStyles", Type: "styles", Target: "styles.xml"},
		{ID: "rIdNumbering", Type: "numbering", Target: "numbering.xml"},
		{ID: "rIdSettings", Type: "settings", Target: "settings.xml"},
		{ID: "rIdFooter", Type: "footer", Target: "footer1.xml"},
	}
	parts := []opc.Part{
		opc.Relationships("", []opc.Relationship{
			{ID: "rId1", Type: "officeDocument", Target: "word/document.xml"},
			{ID: "rId2", Type: opc.CoreProperties, Target: "docProps/core.xml"},
		}),
		opc.Core(opc.Properties{Title: d.Title, Author: d.Author, Language: d.Lang, Version: d.Version, Created: d.Created}),
		opc.XML("word/styles.xml", office+"styles+xml", styles(d.Lang)),
		opc.XML("word/numbering.xml", office+"numbering+xml", b.numbering()),
		opc.XML("word/settings.xml", office+"settings+xml", `<w:settings `+word+`><w:autoHyphenation/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`),
		opc.XML("word/footer1.xml", office+"footer+xml", `<w:ftr `+word+`><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>`+field("PAGE")+`<w:r><w:t xml:space="preserve"> / </w:t></w:r>`+field("NUMPAGES")+`</w:p></w:ftr>`),
	}
	section := `<w:footerReference w:type="default" r:id="rIdFooter"/>`
	if d.Header != "" {
		section = `<w:headerReference w:type="default" r:id="rIdHeader"/>` + section
		relations = append(relations, opc.Relationship{ID: "rIdHeader", Type: "header", Target: "header1.xml"})
		h := &body{lang: d.Lang}
		h.paragraph("Header", Text(d.Header))
		parts = append(parts, opc.XML("word/header1.xml", office+"header+xml", `<w:hdr `+word+`>`+h.out.String()+`</w:hdr>`))
	}
	parts = append(parts,
		opc.Relationships("word/document.xml", append(relations, b.links...)),
		opc.XML("word/document.xml", office+"document.main+xml", fmt.Sprintf(
			`<w:document %s><w:body>%s<w:sectPr>%s<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="%d" w:right="%[4]d" w:bottom="%[4]d" w:left="%[4]d" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>`,
			word, b.out.String(), section, margin)))
	return opc.Write(w, parts)
}

func field(name string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// body is the text of a document in the making.
type body struct {
	out     strings.Builder
	lang    string
	links   []opc.Relationship
	linkIDs map[string]string // by address
	numbers int               // numbered lists so far: each begins at 1
}

func (b *body) printf(format string, args ...any) { fmt.Fprintf(&b.out, format, args...) }

func (b *body) paragraph(style string, runs []Run) {
	b.out.WriteString(`<w:p>`)
	if style != "" {
		b.printf(`<w:pPr><w:pStyle w:val="%s"/></w:pPr>`, style)
	}
	b.runs(runs)
	b.out.WriteString(`</w:p>`)
}

func (h Heading) write(b *body) {
	b.paragraph(fmt.Sprintf("Heading%d", min(max(h.Level, 1), levels)), h.Text)
}

func (p Paragraph) write(b *body) { b.paragraph("", p) }

func (l List) write(b *body) {
	number := bullets
	if l.Numbered {
		b.numbers++
		number = bullets + b.numbers
	}
	for _, item := range l.Items {
		b.printf(`<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, number)
		b.runs(item)
		b.out.WriteString(`</w:p>`)
	}
}

func (t Table) write(b *body) {
	if len(t.Titles) == 0 {
		return
	}
	if t.Caption != "" {
		b.paragraph("Caption", Text(t.Caption))
	}
	b.printf(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>`, textWidth)
	if t.Caption != "" {
		b.printf(`<w:tblCaption w:val="%s"/>`, opc.Escape(t.Caption))
	}
	b.out.WriteString(`</w:tblPr><w:tblGrid>`)
	widths := t.widths()
	for _, w := range widths {
		b.printf(`<w:gridCol w:w="%d"/>`, w)
	}
	b.out.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, w := range widths {
		b.cell(w, Cell{t.Titles[i]}, "TableHeading")
	}
	b.out.WriteString(`</w:tr>`)
	for _, row := range t.Rows {
		b.out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, w := range widths {
			var cell Cell
			if i < len(row) {
				cell = row[i]
			}
			b.cell(w, cell, "TableText")
		}
		b.out.WriteString(`</w:tr>`)
	}
	// Without a paragraph between them two tables are one to Word.
	b.out.WriteString(`</w:tbl><w:p/>`)
}

// widths are those of the columns in twentieths of a point.
func (t Table) widths() []int {
	total := 0
	shares := make([]int, len(t.Titles))
	for i := range shares {
		shares[i] = 1
		if len(t.Widths) == len(shares) {
			shares[i] = max(t.Widths[i], 1)
		}
		total += shares[i]
	}
	for i := range shares {
		shares[i] = shares[i] * textWidth / total
	}
	return shares
}

func (b *body) cell(width int, c Cell, style string) {
	b.printf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	for _, p := range c {
		b.paragraph(style, p)
	}
	if len(c) == 0 { // a cell must have a paragraph
		b.paragraph(style, nil)
	}
	b.out.WriteString(`</w:tc>`)
}

func (b *body) runs(runs []Run) {
	for _, r := range runs {
		link := isAddress(r.Link)
		if link {
			b.printf(`<w:hyperlink r:id="%s">`, b.link(r.Link))
		}
		b.run(r, link)
		if link {
			b.out.WriteString(`</w:hyperlink>`)
		}
	}
}

func (b *body) run(r Run, link bool) {
	b.out.WriteString(`<w:r>`)
	look := ""
	switch {
	case link:
		look += `<w:rStyle w:val="Hyperlink"/>`
	case r.Code:
		look += `<w:rStyle w:val="Code"/>`
	}
	if r.Bold {
		look += `<w:b/>`
	}
	if r.Italic {
		look += `<w:i/>`
	}
	if r.Lang != "" && r.Lang != b.lang {
		look += `<w:lang w:val="` + opc.Escape(culture(r.Lang)) + `"/>`
	}
	if look != "" {
		b.out.WriteString(`<w:rPr>` + look + `</w:rPr>`)
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.out.WriteString(`<w:br/>`)
		}
		b.out.WriteString(`<w:t xml:space="preserve">` + opc.Escape(line) + `</w:t>`)
	}
	b.out.WriteString(`</w:r>`)
}

// isAddress tells the addresses that a reader may be led to.
func isAddress(s string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if rest, ok := strings.CutPrefix(s, scheme); ok {
			return rest != "" && !strings.ContainsFunc(s, func(r rune) bool {
				return r <= ' ' || r == 0x7f || r == 0xfffd || r == '"' || r == '<' || r == '>' || r == '\\'
			})
		}
	}
	return false
}

// link is the relationship to an address; several links to one share it.
func (b *body) link(address string) string {
	id, known := b.linkIDs[address]
	if !known {
		id = fmt.Sprintf("rIdLink%d", len(b.links)+1)
		b.linkIDs[address] = id
		b.links = append(b.links, opc.Relationship{ID: id, Type: "hyperlink", Target: address, External: true})
	}
	return id
}
