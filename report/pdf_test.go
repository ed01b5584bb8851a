package report

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
)

func TestPDF(t *testing.T) {
	s := readClassified(t, "typical")
	f, err := Lookup("pdf")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Render(io.Discard, []*scanner.Scan{s}, Options{}); !errors.Is(err, errNoPrinter) {
		t.Errorf("without a printer: %v", err)
	}
	broken := errors.New("no paper")
	for _, print := range []func([]byte) ([]byte, error){
		func([]byte) ([]byte, error) { return nil, broken },
		func([]byte) ([]byte, error) { return []byte("<html>"), nil },
	} {
		if err := f.Render(io.Discard, []*scanner.Scan{s}, Options{Print: print}); err == nil || !strings.Contains(err.Error(), "making the PDF") {
			t.Errorf("a printer that fails: %v", err)
		}
	}
	var printed []byte
	var out bytes.Buffer
	err = f.Render(&out, []*scanner.Scan{s}, Options{Print: func(page []byte) ([]byte, error) {
		printed = page
		return []byte("%PDF-1.4\n<</CreationDate (D:20300101000000+00'00')\n/ModDate (D:20300101000000+00'00')>>"), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if string(printed) != render(t, "html", Options{}, s) {
		t.Error("what is printed is not the HTML report")
	}
	if want := "%PDF-1.4\n<</CreationDate (D:20261122091414+00'00')\n/ModDate (D:20261122091414+00'00')>>"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// Octets must not move: a PDF says where its parts begin.
func TestDatedKeepsTheLength(t *testing.T) {
	pdf := []byte("x/CreationDate (D:20300101000000+00'00')y/ModDate (D:2030)z")
	for _, at := range []time.Time{{}, time.Unix(0, 0), time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC)} {
		got := dated(pdf, at)
		if len(got) != len(pdf) || !bytes.HasPrefix(got, []byte("x/CreationDate (D:")) || !bytes.HasSuffix(got, []byte(")y/ModDate (D:2030)z")) || bytes.Contains(got, []byte("20300101")) {
			t.Errorf("%v: %s", at, got)
		}
	}
}
