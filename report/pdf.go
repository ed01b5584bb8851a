package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"time"

	"cookiescan/report/html"
	"cookiescan/scanner"
)

// errNoPrinter says that nobody can print.
var errNoPrinter = errors.New("a PDF is printed by a browser, and there is none")

// mostPrintings is how often a report is printed for the numbers of its pages.
// They have their place before they are known, so that the second time should
// do; the third would show that it did not.
const mostPrintings = 3

// renderPDF prints the HTML report. The PDF says that it was made when the last
// of its scans ended, so that the same browser makes the same file of it again.
func renderPDF(w io.Writer, scans []*scanner.Scan, o Options) error {
	if o.Print == nil {
		return errNoPrinter
	}
	doc, err := htmlDocument(scans, o)
	if err != nil {
		return err
	}
	pdf, err := printNumbered(doc, o.Print)
	if err != nil {
		return fmt.Errorf("making the PDF: %w", err)
	}
	var made time.Time
	for _, s := range scans {
		if made.Before(s.Finished) {
			made = s.Finished
		}
	}
	_, err = w.Write(dated(pdf, made))
	return err
}

// printNumbered prints a report with the numbers of the pages in its contents:
// it prints, looks where the parts are, and prints again until they are where
// the contents say. What does not come to rest, or cannot be read, is printed
// without numbers. Chromium has no target-counter (CSS Generated Content for
// Paged Media, section 3).
func printNumbered(doc html.Document, print func([]byte) ([]byte, error)) ([]byte, error) {
	doc.Pages = map[string]int{}
	for range mostPrintings {
		pdf, err := printed(doc, print)
		if err != nil {
			return nil, err
		}
		found, err := destinations(pdf)
		if err != nil {
			break
		}
		if maps.Equal(found, doc.Pages) {
			return pdf, nil
		}
		doc.Pages = found
	}
	doc.Pages = nil
	return printed(doc, print)
}

func printed(doc html.Document, print func([]byte) ([]byte, error)) ([]byte, error) {
	var page bytes.Buffer
	if err := html.Render(&page, doc); err != nil {
		return nil, err
	}
	pdf, err := print(page.Bytes())
	if err == nil && !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		err = errors.New("what the browser printed is none")
	}
	return pdf, err
}

// moments are the times in a PDF's information dictionary (ISO 32000-1 section
// 7.9.4), as Chromium writes them.
var moments = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)`)

// dated replaces the times of a PDF by another of as many octets: everything
// stays where the table of the file's parts says that it is.
func dated(pdf []byte, made time.Time) []byte {
	if y := made.Year(); y < 1 || y > 9999 {
		made = time.Time{}
	}
	stamp := made.UTC().Format("20060102150405")
	return moments.ReplaceAllFunc(pdf, func(old []byte) []byte {
		name, _, _ := bytes.Cut(old, []byte(" "))
		return fmt.Appendf(nil, "%s (D:%s+00'00')", name, stamp)
	})
}
