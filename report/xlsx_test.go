package report

import (
	"strings"
	"testing"
)

// Rows of several sites stand in one sheet and say whose they are.
func TestXLSXOfTwoSites(t *testing.T) {
	small, typical := readClassified(t, "small"), readClassified(t, "typical")
	small.Target.Site = "other.test"
	book := render(t, "xlsx", Options{}, small, typical)
	checkXLSX(t, book, len(small.Cookies)+len(typical.Cookies))
	text := unpacked(t, book)
	sheet, _, _ := strings.Cut(text[strings.Index(text, "== xl/worksheets/sheet1.xml"):], "\n== ")
	if n := strings.Count(sheet, ">other.test<"); n != len(small.Cookies) {
		t.Errorf("%d rows are of the first site, want %d", n, len(small.Cookies))
	}
	if !strings.Contains(text, "<dc:title>Cookies: other.test, shop.test</dc:title>") {
		t.Error("the workbook is not named after its sites")
	}
}
