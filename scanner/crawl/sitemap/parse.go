package sitemap

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// kind is what an address of a file is.
type kind int

const (
	page kind = iota
	alternate
	sitemap
)

// emit takes an address; an error of it ends the reading.
type emit func(k kind, loc string) error

// parse reads a file, whatever its format. What it emitted before an error
// counts.
func parse(r *bufio.Reader, out emit) error {
	head, err := r.Peek(512)
	start := bytes.TrimSpace(head)
	switch {
	case len(head) == 0 && err != nil && !errors.Is(err, io.EOF):
		return broken(err)
	case len(start) == 0 && len(head) < 512:
		return errNoFormat
	case bytes.HasPrefix(start, []byte("<")):
		return parseXML(r, out)
	case bytes.HasPrefix(start, []byte("http://")), bytes.HasPrefix(start, []byte("https://")):
		return parseText(r, out)
	}
	return errNoFormat
}

// broken names what a file broke for, except our own bounds, which speak for
// themselves.
func broken(err error) error {
	for _, ours := range []error{errTooLong, errTooMuch, errTooMany, errToken, errNesting, errPage, errNoFormat} {
		if errors.Is(err, ours) {
			return ours
		}
	}
	return fmt.Errorf("it is broken: %w", err)
}

// parseText reads one address a line.
func parseText(r *bufio.Reader, out emit) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxPiece)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "http://") || strings.HasPrefix(line, "https://") {
			if err := out(page, line); err != nil {
				return err
			}
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return errToken
	}
	if lines.Err() != nil {
		return broken(lines.Err())
	}
	return nil
}

// maxNesting is how deep elements may stand in each other.
const maxNesting = 32

// addresses says in which elements addresses stand as text, by the names from
// the root on, without namespaces.
func addresses(path string) (kind, bool) {
	switch path {
	case "/urlset/url/loc", "/rss/channel/item/link", "/RDF/item/link":
		return page, true
	case "/sitemapindex/sitemap/loc":
		return sitemap, true
	}
	return 0, false
}

// roots are the first elements of the formats.
const roots = " urlset sitemapindex rss RDF feed "

// parseXML reads a sitemap or a feed. Entities other than XML's own are errors
// and nothing is fetched or expanded.
func parseXML(r *bufio.Reader, out emit) error {
	in := &pieces{r: r}
	d := xml.NewDecoder(in)
	d.CharsetReader = charsetReader
	x := xmlReader{out: out}
	for {
		in.reset()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(x.path) == 0 && x.began {
			return nil
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err == nil {
			err = x.token(token)
		}
		if err != nil {
			return broken(err)
		}
		if x.began && len(x.path) == 0 {
			return nil // what follows the root does not count
		}
	}
}

// charsetReader reads other encodings than UTF-8. UTF-16 was decoded before.
func charsetReader(label string, in io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return in, nil
	}
	return charset.NewReaderLabel(label, in)
}

// xmlReader follows the elements of a file.
type xmlReader struct {
	out   emit
	path  []string // open elements
	began bool
	text  []byte
	kind  kind
	keeps bool // text is that of an address
}

func (x *xmlReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return x.open(t)
	case xml.CharData:
		if x.keeps && len(x.text) <= maxLoc {
			x.text = append(x.text, t...)
		}
	case xml.EndElement:
		return x.close(t.Name.Local)
	}
	return nil
}

func (x *xmlReader) open(t xml.StartElement) error {
	name := t.Name.Local
	if !x.began {
		x.began = true
		if strings.EqualFold(name, "html") {
			return errPage
		}
		if !strings.Contains(roots, " "+name+" ") {
			return errNoFormat
		}
	}
	if len(x.path) >= maxNesting {
		return errNesting
	}
	x.path = append(x.path, name)
	path := "/" + strings.Join(x.path, "/")
	x.text = x.text[:0]
	x.kind, x.keeps = addresses(path)
	if path == "/urlset/url/link" && attribute(t, "rel") == "alternate" && attribute(t, "hreflang") != "" {
		return x.out(alternate, attribute(t, "href"))
	}
	if rel := attribute(t, "rel"); path == "/feed/entry/link" && (rel == "" || rel == "alternate") {
		return x.out(page, attribute(t, "href"))
	}
	return nil
}

func (x *xmlReader) close(name string) error {
	last := len(x.path) - 1
	if last < 0 || x.path[last] != name {
		return fmt.Errorf("</%.40s> closes nothing", name)
	}
	x.path = x.path[:last]
	if !x.keeps {
		return nil
	}
	x.keeps = false
	return x.out(x.kind, string(x.text))
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
