package policy

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

func writeHTML(w io.Writer, p *Page, l *Look) error {
	name := "page.gohtml"
	if l.Fragment {
		name = "fragment.gohtml"
	}
	var out bytes.Buffer
	err := l.html.ExecuteTemplate(&out, name, struct {
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
