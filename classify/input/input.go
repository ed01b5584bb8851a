// Package input reads lists of cookies to classify: CSV, JSON, the cookies.txt
// of Netscape, HAR files and scan documents. It takes the form from the
// content, keeps no more of a file in memory than one entry, and says in one
// sentence what is wrong with one that it cannot read.
package input

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// peeked is how much of a file is looked at to find out its form.
const peeked = 64 << 10

// Read calls add for each item of a list, in its order. If it is of scan
// documents, it returns them instead. An error is about the list and has no
// name of a file in it, or is what add returned.
func Read(r io.Reader, add func(classify.Item) error) ([]*scanner.Scan, error) {
	buffered := bufio.NewReaderSize(r, peeked)
	head, err := buffered.Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading: %w", err)
	}
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, _ = buffered.Discard(3) // it was peeked at
		head = head[3:]
	}
	if err := readable(head, len(head) < peeked-3); err != nil {
		return nil, err
	}
	switch form(head) {
	case formScan:
		return scanner.Read(buffered)
	case formJSON:
		return nil, readJSON(buffered, add)
	case formNetscape:
		return nil, readNetscape(buffered, add)
	default:
		return nil, readCSV(buffered, head, add)
	}
}

// readable refuses what is no text. Of a text that goes on, the last character
// may be cut.
func readable(head []byte, whole bool) error {
	if !whole {
		for n := 0; n < utf8.UTFMax && !utf8.Valid(head) && len(head) > 0; n++ {
			head = head[:len(head)-1]
		}
	}
	switch {
	case len(bytes.TrimSpace(head)) == 0 && whole:
		return errors.New("it is empty")
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return errors.New("it is a text in UTF-16; save it as UTF-8")
	case bytes.IndexByte(head, 0) >= 0, !utf8.Valid(head):
		return errors.New("it is no text in UTF-8, and so neither CSV, JSON, cookies.txt nor HAR")
	}
	return nil
}

type formOf int

const (
	formCSV formOf = iota
	formJSON
	formScan
	formNetscape
)

// form finds out what a text is by its beginning.
func form(head []byte) formOf {
	text := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case bytes.HasPrefix(text, []byte("{")) && bytes.Contains(text[:min(len(text), 200)], []byte(`"cookiescan/`)):
		return formScan
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")):
		return formJSON
	case isNetscape(text):
		return formNetscape
	}
	return formCSV
}

// Host is the host of what may be a host, a domain with a dot before it or an
// address.
func Host(text string) string {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "://") {
		if u, err := url.Parse(text); err == nil {
			return strings.ToLower(u.Hostname())
		}
	}
	text, _, _ = strings.Cut(text, "/")
	if name, port, ok := strings.Cut(text, ":"); ok && !strings.Contains(port, ":") {
		text = name
	}
	return strings.ToLower(strings.TrimPrefix(text, "."))
}
