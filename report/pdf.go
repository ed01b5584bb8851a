package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"time"

	"cookiescan/scanner"
)

// errNoPrinter says that nobody can print.
var errNoPrinter = errors.New("a PDF is printed by a browser, and there is none")

// renderPDF prints the HTML report. The PDF says that it was made when the last
// of its scans ended, so that the same browser makes the same file of it again.
func renderPDF(w io.Writer, scans []*scanner.Scan, o Options) error {
	if o.Print == nil {
		return errNoPrinter
	}
	var page bytes.Buffer
	if err := renderHTML(&page, scans, o); err != nil {
		return err
	}
	pdf, err := o.Print(page.Bytes())
	if err != nil {
		return fmt.Errorf("making the PDF: %w", err)
	}
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		return errors.New("making the PDF: what the browser printed is none")
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
