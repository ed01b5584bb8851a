package policy

import (
	"fmt"
	"io"
	"strings"
)

// Format is one output of a policy: a page in each language, or one document
// for all.
type Format struct {
	Name        string // as in --format
	Description string // one line for the help text
	Extension   string // of a file, without dot
	Page        func(w io.Writer, p *Page, l *Look) error
	Document    func(w io.Writer, d *Document) error
	Templates   []string // files that its pages are filled into
	Binary      bool     // no text: nothing for a terminal
}

// Formats returns all formats, the default one first.
func Formats() []Format {
	return []Format{
		{Name: "html", Description: "a page, or with --fragment a part to put into one", Extension: "html", Page: writeHTML, Templates: []string{"page.gohtml", "fragment.gohtml", "content.gohtml", "style.css"}},
		{Name: "markdown", Description: "GitHub Flavored Markdown, for a content management system", Extension: "md", Page: writeMarkdown, Templates: []string{"page.gomd"}},
		{Name: "docx", Description: "a document for a word processor", Extension: "docx", Page: writeDocx, Binary: true},
		{Name: "json", Description: "policy.json: the policy for machines, in all its languages", Extension: "json", Document: writeJSON},
	}
}

// Lookup finds a format by its name. The error names those that exist.
func Lookup(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("format %.40q is unknown, the formats are %s", name, strings.Join(names, ", "))
}
