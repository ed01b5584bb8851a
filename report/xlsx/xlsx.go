// Package xlsx writes workbooks of Office Open XML (ECMA-376 part 1, chapter
// 18): tables with a header that stays in view, a filter, real numbers and
// dates. Text is written as text and nothing else, so that no cell is ever a
// formula. It streams: of a sheet it holds one row. It reads nothing and knows
// no formulas, charts or pictures.
package xlsx

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cookiescan/report/opc"
)

// Book is a workbook.
type Book struct {
	Title    string
	Language string    // BCP 47
	Created  time.Time // as its properties say; zero: they say nothing
	Sheets   []Sheet
}

// Sheet is one table. A row has a value for each column.
type Sheet struct {
	Name    string // at most 31 characters, none of []:*?/\, and unlike the others
	Columns []Column
	Rows    iter.Seq[[]Value]
}

// Column is a column of a table.
type Column struct {
	Title string
	Width float64 // in characters
}

// Value is what one cell holds. The zero Value is an empty cell.
type Value struct {
	kind   kind
	text   string
	number float64
}

type kind int

const (
	empty kind = iota
	isText
	isNumber
	isBool
	isDay
	isTime
)

// Text is a text, of which a cell holds the first 32,767 UTF-16 units. An empty
// one is an empty cell.
func Text(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{kind: isText, text: s}
}

// Number is a number; what is not finite is an empty cell.
func Number(n float64) Value {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return Value{}
	}
	return Value{kind: isNumber, number: n}
}

// Bool is TRUE or FALSE.
func Bool(b bool) Value {
	if b {
		return Value{kind: isBool, number: 1}
	}
	return Value{kind: isBool}
}

// Day is a date without a time of day. One that workbooks cannot hold (before
// 1900-03-01, after 9999) is an empty cell.
func Day(t time.Time) Value { return moment(isDay, t) }

// Time is a date with a time of day, in UTC, with the same bounds.
func Time(t time.Time) Value { return moment(isTime, t) }

// serialZero is day 0 of the date system of 1900 for the days behind February
// of that year, which the system takes for a leap year.
var serialZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

func moment(k kind, t time.Time) Value {
	t = t.UTC()
	if y := t.Year(); y > 9999 || t.Before(serialZero.AddDate(0, 0, 61)) {
		return Value{}
	}
	days := float64(t.Unix()-serialZero.Unix()) / 86400
	if k == isDay {
		days = math.Floor(days)
	}
	return Value{kind: k, number: days}
}

// Bounds of a sheet.
const (
	maxRows  = 1_048_576
	maxUnits = 32_767
)

// The styles of styles.xml, by number.
const (
	styleHeader = 1
	styleText   = 2 // quotePrefix: a cell that is edited stays a text
	styleDay    = 3
	styleTime   = 4
)

const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`

const styles = `<styleSheet ` + main + `>` +
	`<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
	`<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/><bgColor indexed="64"/></patternFill></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
	`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
	`<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const (
	bookType   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	sheetType  = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	stylesType = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
)

// Write writes a workbook.
func Write(w io.Writer, b Book) error {
	relations := []opc.Relationship{{ID: "rIdS", Type: "styles", Target: "styles.xml"}}
	last := make([]int, len(b.Sheets)) // row of each sheet
	parts := []opc.Part{
		opc.Relationships("", []opc.Relationship{
			{ID: "rId1", Type: "officeDocument", Target: "xl/workbook.xml"},
			{ID: "rId2", Type: opc.CoreProperties, Target: "docProps/core.xml"},
		}),
		opc.Core(opc.Properties{Title: b.Title, Language: b.Language, Created: b.Created}),
		opc.XML("xl/styles.xml", stylesType, styles),
	}
	for i, s := range b.Sheets {
		file := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		relations = append(relations, opc.Relationship{ID: fmt.Sprintf("rId%d", i+1), Type: "worksheet", Target: file})
		parts = append(parts, opc.Part{Name: "xl/" + file, Type: sheetType, Write: func(w io.Writer) error {
			var err error
			last[i], err = s.write(w, i == 0)
			return err
		}})
	}
	// The book names the range of each filter, so it comes behind the sheets.
	parts = append(parts, opc.Relationships("xl/workbook.xml", relations),
		opc.Part{Name: "xl/workbook.xml", Type: bookType, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, b.list(last))
			return err
		}})
	return opc.Write(w, parts)
}

func (b Book) list(last []int) string {
	var s strings.Builder
	s.WriteString(`<workbook ` + main + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>`)
	for i, sheet := range b.Sheets {
		fmt.Fprintf(&s, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, opc.Escape(sheet.Name), i+1)
	}
	s.WriteString(`</sheets><definedNames>`)
	for i, sheet := range b.Sheets {
		quoted := "'" + strings.ReplaceAll(sheet.Name, "'", "''") + "'"
		fmt.Fprintf(&s, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">%s!$A$1:$%s$%d</definedName>`,
			i, opc.Escape(quoted), letters(len(sheet.Columns)-1), last[i])
	}
	for i, sheet := range b.Sheets {
		quoted := "'" + strings.ReplaceAll(sheet.Name, "'", "''") + "'"
		fmt.Fprintf(&s, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$1:$1</definedName>`, i, opc.Escape(quoted))
	}
	s.WriteString(`</definedNames></workbook>`)
	return s.String()
}

// write writes the sheet and returns the number of its last row.
func (s Sheet) write(to io.Writer, first bool) (last int, err error) {
	w := bufio.NewWriterSize(to, 64<<10)
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) } // an error stays in w
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	put(`<worksheet %s><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView%s workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`, main, selected)
	columns := make([]string, len(s.Columns))
	titles := make([]Value, len(s.Columns))
	for i, c := range s.Columns {
		columns[i], titles[i] = letters(i), Text(c.Title)
		put(`<col min="%d" max="%[1]d" width="%s" customWidth="1"/>`, i+1, strconv.FormatFloat(c.Width, 'f', -1, 64))
	}
	_, _ = w.WriteString(`</cols><sheetData>`)
	last = 1
	writeRow(w, last, columns, titles, styleHeader)
	for row := range s.Rows {
		if last++; last > maxRows {
			return last, fmt.Errorf("sheet %s has more rows than a workbook holds (%d)", s.Name, maxRows)
		}
		writeRow(w, last, columns, row, styleText)
	}
	put(`</sheetData><autoFilter ref="A1:%s%d"/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`, letters(len(s.Columns)-1), last)
	return last, w.Flush()
}

// writeRow leaves empty cells out. An error stays in the writer.
func writeRow(w *bufio.Writer, number int, columns []string, row []Value, textStyle int) {
	n := strconv.Itoa(number)
	_, _ = w.WriteString(`<row r="` + n + `">`)
	for i, v := range row {
		at := `<c r="` + columns[i] + n
		switch v.kind {
		case empty:
		case isText:
			_, _ = w.WriteString(at + `" s="` + strconv.Itoa(textStyle) + `" t="inlineStr"><is><t xml:space="preserve">` + opc.Escape(literal(cut(v.text))) + `</t></is></c>`)
		case isNumber:
			_, _ = w.WriteString(at + `"><v>` + decimal(v.number) + `</v></c>`)
		case isBool:
			_, _ = w.WriteString(at + `" t="b"><v>` + decimal(v.number) + `</v></c>`)
		case isDay:
			_, _ = w.WriteString(at + `" s="` + strconv.Itoa(styleDay) + `"><v>` + decimal(v.number) + `</v></c>`)
		case isTime:
			_, _ = w.WriteString(at + `" s="` + strconv.Itoa(styleTime) + `"><v>` + decimal(v.number) + `</v></c>`)
		}
	}
	_, _ = w.WriteString(`</row>`)
}

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// letters is the name of a column: A for 0, AA for 26.
func letters(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// escaped is how a workbook writes a character by its number (ST_Xstring,
// ECMA-376 part 1 section 22.9.2.19): text that looks like it would be read as
// that character.
var escaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

func literal(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllString(s, `_x005F_$1`)
}

// cut takes the end off a text that is longer than a cell.
func cut(s string) string {
	if len(s) <= maxUnits {
		return s
	}
	units, end := 0, 0 // end: of what fits beside a sign that more was there
	for i, r := range s {
		if units < maxUnits {
			end = i
		}
		if units++; r > 0xffff {
			units++
		}
		if units > maxUnits {
			return s[:end] + "…"
		}
	}
	return s
}
