package report

import (
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"time"

	"cookiescan/report/xlsx"
	"cookiescan/scanner"
)

// tableColumn is a column of a sheet over items of one kind.
type tableColumn[T any] struct {
	title string
	width float64 // in characters
	value func(v view, item T) xlsx.Value
}

// renderXLSX writes a workbook, all sites in it. Texts are as in the document,
// made safe for spreadsheets; numbers and dates are such.
func renderXLSX(w io.Writer, scans []*scanner.Scan, o Options) error {
	l, err := newLook(o)
	if err != nil {
		return err
	}
	book := xlsx.Book{Title: "Cookies", Language: l.lang.Tag()}
	var views []view
	var names []string
	for _, s := range scans {
		v := newView(s, l)
		views = append(views, v)
		names = append(names, v.scan.Target.Site)
		if book.Created.Before(s.Finished) {
			book.Created = s.Finished // the workbook is a view of it, whenever it is made
		}
	}
	if len(names) > 0 {
		book.Title = htmlName("Cookies: " + strings.Join(names, ", "))
	}
	book.Sheets = []xlsx.Sheet{
		sheetOf("Cookies", views, cookieColumns(), func(v view) []scanner.Cookie { return v.scan.Cookies }),
		sheetOf("Storage", views, storageColumns(), func(v view) []scanner.StorageItem { return v.scan.Storage }),
		sheetOf("Trackers", views, trackerColumns(), func(v view) []scanner.Tracker { return v.scan.Trackers }),
		sheetOf("Findings", views, findingColumns(), func(v view) []scanner.Finding { return v.scan.Findings }),
		sheetOf("Pages", views, pageColumns(), pagesOf),
		sheetOf("Scan", views, factColumns(), factsOf),
	}
	if err := xlsx.Write(w, book); err != nil {
		return fmt.Errorf("writing the workbook: %w", err)
	}
	return nil
}

// sheetOf is a table over the items of all sites. Each row ends with the site and
// the time of its scan.
func sheetOf[T any](name string, views []view, columns []tableColumn[T], items func(view) []T) xlsx.Sheet {
	columns = append(columns,
		tableColumn[T]{"Site", 20, func(v view, _ T) xlsx.Value { return sheetText(v.scan.Target.Site) }},
		tableColumn[T]{"Scanned (UTC)", 17, func(v view, _ T) xlsx.Value { return xlsx.Time(v.scan.Started) }},
	)
	s := xlsx.Sheet{Name: name, Rows: recordsOf(views, columns, items)}
	for _, c := range columns {
		s.Columns = append(s.Columns, xlsx.Column{Title: c.title, Width: c.width})
	}
	return s
}

func recordsOf[T any](views []view, columns []tableColumn[T], items func(view) []T) iter.Seq[[]xlsx.Value] {
	return func(yield func([]xlsx.Value) bool) {
		row := make([]xlsx.Value, len(columns))
		for _, v := range views {
			for _, item := range items(v) {
				for i, c := range columns {
					row[i] = c.value(v, item)
				}
				if !yield(row) {
					return
				}
			}
		}
	}
}

// sheetText is a text of the document. It is no formula, not even in a CSV that
// somebody makes of the workbook.
func sheetText(s string) xlsx.Value { return xlsx.Text(csvText(s)) }

func sheetList[S ~string](list []S) xlsx.Value {
	var texts []string
	for _, s := range list {
		texts = append(texts, string(s))
	}
	return sheetText(strings.Join(texts, ", "))
}

func sheetCount(n int) xlsx.Value { return xlsx.Number(float64(n)) }

// sheetCountOr is an empty cell for a number that is not known.
func sheetCountOr(n int) xlsx.Value {
	if n == 0 {
		return xlsx.Value{}
	}
	return sheetCount(n)
}

// sheetDays is a lifetime in days, to a hundredth; empty for a session.
func sheetDays(seconds *int64) xlsx.Value {
	if seconds == nil {
		return xlsx.Value{}
	}
	return xlsx.Number(math.Round(float64(*seconds)/864) / 100)
}

// sheetDay is a date of the document, as a text if it is none.
func sheetDay(s string) xlsx.Value {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return sheetText(s)
	}
	return xlsx.Day(t)
}

// classColumns are what something is for, for items that have a classification
// and a place.
func classColumns[T any](of func(T) (*scanner.Classification, string)) []tableColumn[T] {
	column := func(title string, width float64, value func(v view, c scanner.Classification, place string) string) tableColumn[T] {
		return tableColumn[T]{title, width, func(v view, item T) xlsx.Value {
			c, place := of(item)
			if c == nil {
				return xlsx.Value{}
			}
			return sheetText(value(v, *c, strings.TrimPrefix(place, "https://")))
		}}
	}
	return []tableColumn[T]{
		column("Category", 18, func(v view, c scanner.Classification, _ string) string {
			name, _ := v.taxonomy.Of(c.Category, c.Purpose).Words(v.lang)
			return name
		}),
		column("Purpose", 50, func(v view, c scanner.Classification, place string) string {
			return v.lang.Purpose(c.Purpose, v.actor(c, place))
		}),
		column("Vendor", 22, func(_ view, c scanner.Classification, _ string) string { return c.Vendor }),
		column("Exempt from consent", 14, func(_ view, c scanner.Classification, _ string) string { return c.Exemption }),
		column("Condition", 24, func(_ view, c scanner.Classification, _ string) string { return c.Condition }),
		column("Confidence", 12, func(_ view, c scanner.Classification, _ string) string { return c.Confidence }),
		column("Rule", 24, func(_ view, c scanner.Classification, _ string) string { return c.Rule }),
		column("Basis", 40, func(_ view, c scanner.Classification, _ string) string { return c.Basis }),
	}
}
