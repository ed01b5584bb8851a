package report

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
)

// errPDF says that a PDF is not as Chromium writes it.
var errPDF = errors.New("where the parts of the PDF are cannot be read")

var (
	pdfStart = regexp.MustCompile(`startxref\s+(\d{1,10})\s+%%EOF\s*$`)
	pdfTable = regexp.MustCompile(`^xref\s+0 (\d{1,7})\r?\n`)
	pdfRoot  = regexp.MustCompile(`/Root (\d{1,7}) 0 R`)
	pdfPages = regexp.MustCompile(`/Pages (\d{1,7}) 0 R`)
	pdfDests = regexp.MustCompile(`/Dests (\d{1,7}) 0 R`)
	pdfDest  = regexp.MustCompile(`/([A-Za-z0-9-]+) \[(\d{1,7}) 0 R`)
	pdfKids  = regexp.MustCompile(`/Kids \[([0-9R\s]*)\]`)
	pdfRef   = regexp.MustCompile(`(\d{1,7}) 0 R`)
)

// pdfFile is a PDF with a table of its objects (ISO 32000-1 section 7.5.4), as
// Chromium writes it: in one piece, and with nothing compressed but streams.
type pdfFile struct {
	data  []byte
	table []byte // a line of 20 octets for each object
	root  int    // the catalog
}

// destinations are the numbers of the pages, from 1, on which the named destinations
// of a PDF are (ISO 32000-1 sections 7.7.3 and 12.3.2.3).
func destinations(pdf []byte) (map[string]int, error) {
	f, ok := openPDF(pdf)
	if !ok {
		return nil, errPDF
	}
	catalog := f.object(f.root)
	numbers := map[int]int{}
	for i, page := range f.leaves(nil, map[int]bool{}, reference(pdfPages, catalog)) {
		numbers[page] = i + 1
	}
	found := map[string]int{}
	for _, m := range pdfDest.FindAllSubmatch(f.object(reference(pdfDests, catalog)), -1) {
		if n := numbers[decimal(m[2])]; n > 0 {
			found[string(m[1])] = n
		}
	}
	if len(found) == 0 {
		return nil, errPDF
	}
	return found, nil
}

func openPDF(pdf []byte) (f pdfFile, ok bool) {
	m := pdfStart.FindSubmatch(pdf[max(0, len(pdf)-100):])
	if m == nil {
		return f, false
	}
	start := decimal(m[1])
	if start >= len(pdf) {
		return f, false
	}
	head := pdfTable.FindSubmatch(pdf[start:])
	if head == nil {
		return f, false
	}
	rest := pdf[start+len(head[0]):]
	size := 20 * decimal(head[1])
	if size > len(rest) {
		return f, false
	}
	return pdfFile{data: pdf, table: rest[:size], root: reference(pdfRoot, rest[size:])}, true
}

// object is the text of an object, empty if there is none of that number.
func (f pdfFile) object(n int) []byte {
	if n <= 0 || 20*(n+1) > len(f.table) {
		return nil
	}
	at := decimal(f.table[20*n : 20*n+10])
	if at < 0 || at >= len(f.data) {
		return nil
	}
	text, _, _ := bytes.Cut(f.data[at:], []byte("endobj"))
	return text
}

// leaves appends the pages of a tree in their order, each once.
func (f pdfFile) leaves(list []int, seen map[int]bool, node int) []int {
	text := f.object(node)
	if text == nil || seen[node] {
		return list
	}
	seen[node] = true
	kids := pdfKids.FindSubmatch(text)
	if kids == nil {
		return append(list, node)
	}
	for _, m := range pdfRef.FindAllSubmatch(kids[1], -1) {
		list = f.leaves(list, seen, decimal(m[1]))
	}
	return list
}

// reference is the number of the object to which a text refers, 0 if to none.
func reference(to *regexp.Regexp, text []byte) int {
	m := to.FindSubmatch(text)
	if m == nil {
		return 0
	}
	return decimal(m[1])
}

// decimal is a number of few digits; -1 if it is none.
func decimal(digits []byte) int {
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		return -1
	}
	return n
}
