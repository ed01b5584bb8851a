package formats

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/safetext"
)

// xlsx is a workbook of Office Open XML (ECMA-376): every sheet is read as a
// table, as in csv; the name of a sheet may be a category. Only texts and
// numbers are read, and only one sheet of texts is written, which Excel does not
// take for formulas, not even when they are edited. Not kept is what csv does
// not keep.
//
// Four parts of the archive are all that matters here; a library for the rest
// (excelize) would add 3.5 MB to the program and five modules.
var xlsx = Format{
	Name:        "xlsx",
	Description: "a table, Excel workbook",
	Extensions:  []string{".xlsx"},
	Binary:      true,
	Keeps:       columns,
	recognise: func(name, head string) bool {
		return strings.HasPrefix(head, "PK\x03\x04") && (strings.HasSuffix(name, ".xlsx") || strings.Contains(head, "xl/"))
	},
	read:  readXLSX,
	write: writeXLSX,
}

func readXLSX(r *reading, data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("it is no workbook: %w", err)
	}
	b := &workbook{archive: archive, left: Largest}
	sheets, err := b.sheets()
	if err != nil {
		return err
	}
	shared, err := b.sharedStrings()
	if err != nil {
		return err
	}
	for _, s := range sheets {
		rows, err := b.rows(s, shared)
		if err != nil {
			return err
		}
		r.table(rows, r.category(s.name))
	}
	return nil
}

// A workbook is an archive of which no more than so many octets are unpacked.
type workbook struct {
	archive *zip.Reader
	left    int64
}

var errTooLarge = fmt.Errorf("unpacked, it has more than %d MB", Largest>>20)

// part is a part unpacked; nil if there is none of that name.
func (b *workbook) part(name string) ([]byte, error) {
	for _, f := range b.archive.File {
		if f.Name != name {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		defer in.Close() //nolint:errcheck // it was only read
		text, err := io.ReadAll(io.LimitReader(in, b.left+1))
		b.left -= int64(len(text))
		switch {
		case b.left < 0:
			return nil, errTooLarge
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return text, nil
	}
	return nil, nil
}

// decode decodes a part that must be there.
func (b *workbook) decode(name string, to any) error {
	text, err := b.part(name)
	switch {
	case err != nil:
		return err
	case text == nil:
		return fmt.Errorf("it is no workbook: %s is missing", name)
	}
	if err := xml.Unmarshal(text, to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// each calls do for every element of some names, in a part of which there may
// be many: nothing is kept of those that do does not keep.
func (b *workbook) each(name string, do func(d *xml.Decoder, element xml.StartElement) error) error {
	text, err := b.part(name)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		}
		if element, ok := t.(xml.StartElement); ok {
			if err := do(d, element); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
}

type sheet struct{ name, part string }

// sheets are those of the workbook in their order.
func (b *workbook) sheets() ([]sheet, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.decode("xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := b.decode("xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		for _, relation := range relations.List {
			if relation.ID != s.ID {
				continue
			}
			part := strings.TrimPrefix(relation.Target, "/")
			if !strings.HasPrefix(relation.Target, "/") {
				part = path.Join("xl", relation.Target)
			}
			sheets = append(sheets, sheet{plain(s.Name), part})
			break
		}
	}
	return sheets, nil
}

// richText is a text, in one piece or in runs of different looks.
type richText struct {
	Text string   `xml:"t"`
	Runs []string `xml:"r>t"`
}

func (t richText) String() string { return t.Text + strings.Join(t.Runs, "") }

// Bounds on a workbook.
const (
	mostColumns = 200
	mostShared  = 1_000_000
)

// sharedStrings are the texts that cells name by their numbers. A workbook need
// not have any.
func (b *workbook) sharedStrings() ([]string, error) {
	var all []string
	err := b.each("xl/sharedStrings.xml", func(d *xml.Decoder, element xml.StartElement) error {
		if element.Name.Local != "si" {
			return nil
		}
		if len(all) >= mostShared {
			return fmt.Errorf("it has more than %d texts", mostShared)
		}
		var text richText
		err := d.DecodeElement(&text, &element)
		all = append(all, text.String())
		return err
	})
	return all, err
}

// rows are those of a sheet.
func (b *workbook) rows(s sheet, shared []string) ([]row, error) {
	var rows []row
	err := b.each(s.part, func(d *xml.Decoder, element xml.StartElement) error {
		switch element.Name.Local {
		case "row":
			if len(rows) >= mostEntries {
				return errTooMany
			}
			rows = append(rows, row{place: fmt.Sprintf("sheet %s, row %s", s.name, firstOf(attribute(element, "r"), strconv.Itoa(len(rows)+1)))})
		case "c":
			var c struct {
				Value  string   `xml:"v"`
				Inline richText `xml:"is"`
			}
			if err := d.DecodeElement(&c, &element); err != nil {
				return err
			}
			if len(rows) == 0 {
				return errors.New("a cell stands in no row")
			}
			text := c.Value
			switch attribute(element, "t") {
			case "s":
				n, err := strconv.Atoi(strings.TrimSpace(c.Value))
				if err != nil || n < 0 || n >= len(shared) {
					return fmt.Errorf("cell %.10s: there is no shared text %.10q", attribute(element, "r"), c.Value)
				}
				text = shared[n]
			case "inlineStr":
				text = c.Inline.String()
			}
			rows[len(rows)-1].put(columnOf(attribute(element, "r")), text)
		}
		return nil
	})
	return rows, err
}

// put puts a text in a cell; in the next one if the column is not known.
func (w *row) put(column int, text string) {
	if column < 0 {
		column = len(w.cells)
	}
	if column >= mostColumns {
		return
	}
	for len(w.cells) <= column {
		w.cells = append(w.cells, "")
	}
	w.cells[column] = safetext.FromCell(text)
}

func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf is the number of the column of a reference, 0 for A1, 26 for AA1; -1
// if it is none.
func columnOf(reference string) int {
	n := 0
	for _, r := range reference {
		if r < 'A' || r > 'Z' || n > mostColumns {
			break
		}
		n = n*26 + int(r-'A') + 1
	}
	return n - 1
}

// The parts of a workbook that are the same in each. Style 1 is text with
// quotePrefix: a cell that is edited stays a text.
var xlsxParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="Cookies" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
		`<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>`},
}

func writeXLSX(w io.Writer, d *declaration.Declaration) error {
	rows, err := asTable(d)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for _, part := range xlsxParts {
		if err := writePart(archive, part.name, part.text); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	b.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`)
	for i, cells := range rows {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for n, cell := range cells {
			if cell == "" {
				continue
			}
			fmt.Fprintf(&b, `<c r="%c%d" s="1" t="inlineStr"><is><t xml:space="preserve">`, 'A'+n, i+1)
			if err := xml.EscapeText(&b, []byte(safetext.Cell(cell))); err != nil {
				return err
			}
			b.WriteString(`</t></is></c>`)
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData></worksheet>`)
	if err := writePart(archive, "xl/worksheets/sheet1.xml", b.String()); err != nil {
		return err
	}
	return archive.Close()
}

func writePart(archive *zip.Writer, name, text string) error {
	part, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(part, xml.Header+text)
	return err
}
