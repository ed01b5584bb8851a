package policy

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strings"
	texttemplate "text/template"
)

//go:embed templates
var templateFiles embed.FS

// Templates are the names of the files that make pages. In HTML, whose files
// are of html/template and filled with a Page that has Style beside it, the
// whole page is page.gohtml, a part of one fragment.gohtml; both show
// content.gohtml, and style.css is the style of both. In Markdown it is
// page.gomd, of text/template, filled with a page whose texts are Markdown.
// Formats that name no templates have none.
func Templates() []string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.Templates...)
	}
	return names
}

// Look is how pages look: the templates, and whether pages in HTML are parts of
// others.
type Look struct {
	Fragment bool
	html     *template.Template
	style    string
	markdown *texttemplate.Template
	own      map[string]string // templates that are not ours, by name
}

// NewLook reads the templates; those in own, a folder that may be nil, come
// before ours.
func NewLook(own fs.FS, fragment bool) (*Look, error) {
	l := &Look{
		Fragment: fragment, markdown: texttemplate.New(""), own: map[string]string{},
		html: template.New("").Funcs(template.FuncMap{"href": href, "attributes": attributes}),
	}
	for _, name := range Templates() {
		src, err := l.source(own, name)
		if err != nil {
			return nil, err
		}
		switch name {
		case "style.css":
			l.style = src
		case "page.gomd":
			_, err = l.markdown.New(name).Parse(src)
		default:
			_, err = l.html.New(name).Parse(src)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the template %s: %w", name, err)
		}
	}
	return l, nil
}

// mostTemplate is the most octets of a template.
const mostTemplate = 1 << 20

// source is the text of a template.
func (l *Look) source(own fs.FS, name string) (string, error) {
	if own != nil {
		switch src, err := fs.ReadFile(own, name); {
		case err == nil && len(src) > mostTemplate:
			return "", fmt.Errorf("reading the template %s: it is longer than %d MB", name, mostTemplate>>20)
		case err == nil:
			l.own[name] = string(src)
			return string(src), nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("reading the template %s: %w", name, err)
		}
	}
	src, err := templateFiles.ReadFile("templates/" + name)
	if err != nil {
		return "", fmt.Errorf("reading the template %s: %w", name, err)
	}
	return string(src), nil
}

// Digest stands for the templates of the user's own from which pages in some
// formats are made: others have another one. It is empty if all are ours.
func (l *Look) Digest(formats []string) string {
	var all strings.Builder
	for _, f := range Formats() {
		for _, name := range f.Templates {
			if src, ok := l.own[name]; ok && slices.Contains(formats, f.Name) {
				fmt.Fprintf(&all, "%s %d\n%s", name, len(src), src)
			}
		}
	}
	if all.Len() == 0 {
		return ""
	}
	return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(all.String())))
}
