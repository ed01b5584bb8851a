package reading

import (
	"errors"
	"html"
	"maps"
	"slices"
	"strings"
)

// frameAttr marks the element that stands for a frame; its value is the address
// of the frame's document.
const frameAttr = "data-cookiescan-frame"

// ErrTooLong is a page that is longer than is read.
var ErrTooLong = errors.New("the page is longer than is read")

// HTML writes the document, with at most most octets. hide, if there is one, is
// given every address of a link, and gives what is written in its place.
func (d *Document) HTML(most int, hide func(address string) string) ([]byte, error) {
	w := writer{most: most, hide: hide}
	w.WriteString("<!DOCTYPE html>\n")
	w.element(d.root)
	if w.Len() > most {
		return nil, ErrTooLong
	}
	return []byte(strings.ToValidUTF8(w.String(), "\ufffd")), nil
}

type writer struct {
	strings.Builder
	most int
	hide func(string) string
}

func (w *writer) node(n *node) {
	switch {
	case w.Len() > w.most:
	case n.tag == "":
		w.WriteString(html.EscapeString(n.text))
	default:
		w.element(n)
	}
}

// elementAs are those that are written as others: frames, and what has its text
// read in a way of its own.
var elementAs = map[string]string{
	"iframe": "div", "frame": "div", "frameset": "div", "xmp": "pre", "listing": "pre", "plaintext": "pre",
}

// maxValue bounds an attribute, in octets.
const maxValue = 2000

func (w *writer) element(n *node) {
	tag := n.tag
	if as := elementAs[tag]; as != "" {
		tag = as
	}
	switch {
	case tag == "head":
		w.title(n)
		return
	case (tag == "html" || tag == "body") && n.parent != nil && !(tag == "body" && n.parent.tag == "html" && n.parent.parent == nil):
		tag = "div" // of a frame
	}
	w.WriteString("<" + tag)
	for _, name := range slices.Sorted(maps.Keys(n.attr)) {
		if value, ok := w.kept(name, n.attr[name]); ok {
			w.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
		}
	}
	if n.frame != "" {
		w.WriteString(" " + frameAttr + `="` + html.EscapeString(n.frame) + `"`)
	}
	w.WriteString(">")
	if tag == "br" || tag == "hr" || tag == "wbr" || tag == "col" {
		return
	}
	for _, c := range n.children {
		w.node(c)
	}
	w.WriteString("</" + tag + ">")
}

// title writes the title alone of a head, of the page and not of frames.
func (w *writer) title(n *node) {
	if n.parent == nil || n.parent.parent != nil {
		return
	}
	w.WriteString(`<head><meta charset="utf-8">`)
	for _, c := range n.children {
		if c.tag == "title" {
			w.element(c)
		}
	}
	w.WriteString("</head>")
}

// keptAttrs are those by which a page is read; those that begin with aria- are
// kept too. Others may hold code, or what only this visitor is given.
var keptAttrs = map[string]bool{
	"id": true, "class": true, "lang": true, "dir": true, "role": true, "href": true, "colspan": true, "rowspan": true, "scope": true,
	"headers": true, "open": true, "hidden": true, "datetime": true, "data-toggle": true, "data-target": true, "data-bs-toggle": true, "data-bs-target": true,
	"data-label": true, "data-title": true, "data-th": true, "data-header": true, "data-column": true,
}

// kept is the value of an attribute, false for one that is left out.
func (w *writer) kept(name, value string) (string, bool) {
	if !keptAttrs[name] && (!strings.HasPrefix(name, "aria-") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-") != "") || len(value) > maxValue {
		return "", false
	}
	if name != "href" {
		return value, true
	}
	if !harmless(value) {
		return "", false
	}
	if w.hide != nil {
		value = w.hide(value)
	}
	return value, true
}

// harmless tells addresses that lead to a page or to a person from those that
// hold code.
func harmless(address string) bool {
	scheme, _, ok := strings.Cut(address, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	return slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(strings.TrimSpace(scheme)))
}
