// Package page reads a cookie policy as it is published: a page in HTML, as a
// file or as the browser holds it, Markdown, or text that was copied out of a
// page. It finds the tables, lists and cards of cookies and the sentences that
// say something about all of them, in the official languages of the European
// Union. The words are data (words/<language>.yaml).
//
// It reads what is written and judges nothing: whether a claim is true, or a
// link dead, is for the checks. It needs no network.
package page

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"cookiescan/classify/declaration"
	"cookiescan/classify/lifetime"
	"cookiescan/classify/rules"
)

// Bounds of what is read.
const (
	mostOctets     = 10 << 20 // of a page
	mostCells      = 200_000  // of all tables of a page
	mostColumns    = 60       // of a table
	mostEntries    = 20_000
	mostStatements = 2_000
	mostText       = 2_000 // octets of a purpose or a statement
)

// A Reader reads policy pages. It is safe for concurrent use.
type Reader struct {
	words     *lexicon
	lifetimes *lifetime.Reader
	db        *rules.DB
	vendors   vendorNames
	links     linkList
}

// New returns a reader of all languages. It loads the lexicons and the rule
// database, which takes a moment: make one and keep it.
func New() (*Reader, error) {
	lexicon, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	lifetimes, err := lifetime.New()
	if err != nil {
		return nil, err
	}
	db, err := rules.Embedded()
	if err != nil {
		return nil, fmt.Errorf("loading the rule database: %w", err)
	}
	links, err := loadLinks()
	if err != nil {
		return nil, err
	}
	return &Reader{words: lexicon, lifetimes: lifetimes, db: db, vendors: namesOfVendors(db), links: links}, nil
}

// form is how a source is written.
type form int

const (
	notOurs form = iota
	formHTML
	formMarkdown
	formText
)

// Recognise tells whether something may be a policy page: by its beginning, and
// where that does not decide by its name. A text without marks is one only if
// its name ends as that of a text does, or not at all.
func Recognise(name string, head []byte) bool { return formOf(name, head) != notOurs }

func formOf(name string, head []byte) form {
	text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	ext := strings.ToLower(path.Ext(cutQuery(name)))
	switch {
	case isHTML(text):
		return formHTML
	case len(text) == 0, bytes.IndexByte(text, 0) >= 0:
		return notOurs
	case ext == ".html", ext == ".htm", ext == ".xhtml":
		return formHTML
	case ext == ".md", ext == ".markdown":
		return formMarkdown
	case text[0] == '{', text[0] == '[' && ext != ".txt", bytes.HasPrefix(text, []byte("<?xml")),
		bytes.HasPrefix(text, []byte("# Netscape HTTP")), bytes.HasPrefix(text, []byte("# HTTP Cookie File")):
		return notOurs
	case ext == "" && markdown.Match(text):
		return formMarkdown
	case ext == ".txt", ext == ".text", ext == "":
		return formText
	}
	return notOurs
}

// markdown is what a text without marks has not: a heading, or the line below
// the titles of a table.
var markdown = regexp.MustCompile(`(?m)^#{1,6} +\S|^ *\|? *:?-{2,}:? *\|`)

func cutQuery(name string) string {
	name, _, _ = strings.Cut(name, "?")
	name, _, _ = strings.Cut(name, "#")
	return name
}

// isHTML tells HTML by what a page or a part of one begins with.
func isHTML(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), 4096)])
	for _, begin := range []string{"<!doctype html", "<html", "<head", "<body", "<div", "<table", "<main", "<section", "<article", "<h1", "<h2", "<p>", "<ul", "<dl", "<!--"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return true
		}
	}
	return bytes.Contains(head, []byte("<html")) && bytes.Contains(head, []byte("<head"))
}

// Read reads a page. The name is its file name or address, for the result and
// for errors. An error is about the source as a whole; what could not be read
// of it is in NotUnderstood.
func (r *Reader) Read(name string, data []byte) (*declaration.Declaration, error) {
	if len(data) > mostOctets {
		return nil, fmt.Errorf("%s: the page has more than %d MB, which no cookie policy needs", name, mostOctets>>20)
	}
	var (
		doc *document
		err error
	)
	switch formOf(name, data[:min(len(data), 4096)]) {
	case formHTML:
		doc, err = readHTML(decoded(data))
	case formMarkdown:
		doc, err = readMarkdown(asText(data))
	default:
		if !isText(data) {
			return nil, fmt.Errorf("%s: it is neither HTML, Markdown nor plain text", name)
		}
		doc = readText(asText(data))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r.interpret(name, doc), nil
}

func isText(data []byte) bool {
	return len(bytes.TrimSpace(data)) > 0 && bytes.IndexByte(data, 0) < 0
}

// decoded is a page in UTF-8, whatever it says it is in.
func decoded(data []byte) string {
	if utf8.Valid(data) {
		return asText(data)
	}
	encoding, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "text/html")
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return asText(data)
	}
	return string(text)
}

// asText is a text with the ends of lines of Unix.
func asText(data []byte) string {
	text := strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\ufffd")
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}
