package policy

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strings"
)

//go:embed templates
var templateFiles embed.FS

// Templates are the names of the files that make pages in HTML. The whole page
// is page.gohtml, a part of one fragment.gohtml; both show content.gohtml, and
// style.css is the style of both. They are html/template files that are filled
// with a Page, which has Style beside it.
func Templates() []string {
	return []string{"page.gohtml", "fragment.gohtml", "content.gohtml", "style.css"}
}

// Look is how pages in HTML look: the templates, and whether pages are parts of
// others.
type Look struct {
	Fragment  bool
	templates *template.Template
	style     string
}

// NewLook reads the templates; those in own, a folder that may be nil, come
// before ours.
func NewLook(own fs.FS, fragment bool) (*Look, error) {
	l := &Look{Fragment: fragment, templates: template.New("").Funcs(template.FuncMap{"href": href, "attributes": attributes})}
	for _, name := range Templates() {
		src, err := templateOf(own, name)
		if err != nil {
			return nil, err
		}
		if name == "style.css" {
			l.style = src
			continue
		}
		if _, err := l.templates.New(name).Parse(src); err != nil {
			return nil, fmt.Errorf("reading the template %s: %w", name, err)
		}
	}
	return l, nil
}

// mostTemplate is the most octets of a template.
const mostTemplate = 1 << 20

func templateOf(own fs.FS, name string) (string, error) {
	if own != nil {
		switch src, err := fs.ReadFile(own, name); {
		case err == nil && len(src) > mostTemplate:
			return "", fmt.Errorf("reading the template %s: it is longer than %d MB", name, mostTemplate>>20)
		case err == nil:
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

func writeHTML(w io.Writer, p *Page, l *Look) error {
	name := "page.gohtml"
	if l.Fragment {
		name = "fragment.gohtml"
	}
	var out bytes.Buffer
	err := l.templates.ExecuteTemplate(&out, name, struct {
		*Page
		Style template.CSS
	}{p, template.CSS(l.style)}) //nolint:gosec // our own file, or the user's
	if err != nil {
		return fmt.Errorf("filling the template %s: %w", name, err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("writing the policy in HTML: %w", err)
	}
	return nil
}

// href is an address that may be followed, or empty.
func href(raw string) string {
	if len(raw) > 2000 {
		return ""
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return ""
	case u.Scheme == "mailto", strings.HasPrefix(raw, "#"), (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil:
		return raw
	case u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "archive/"):
		return raw
	}
	return ""
}

// attributes are those of the button that a consent platform looks for.
func attributes(all map[string]string) template.HTMLAttr {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, name+`="`+template.HTMLEscapeString(all[name])+`"`)
	}
	return template.HTMLAttr(strings.Join(list, " ")) //nolint:gosec // names are ours, values are escaped
}
