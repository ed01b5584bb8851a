package formats

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// klaro is a configuration of Klaro (klaro.org, version 0.7). A service has a
// title (the provider), a description, purposes and cookies: names, regular
// expressions, or either with a path and a domain.
//
// Not kept: lifetime, party and date. What has no provider comes back with the
// name of its service, what has no category as unclassified. A regular
// expression that is not simple is not understood; one that is may become a
// wider glob. Entries come back by service.
var klaro = Format{
	Name:        "klaro",
	Description: "configuration of Klaro, JavaScript",
	Extensions:  []string{".js", ".json", ".ts", ".mjs"},
	Keeps:       []string{"name", "kind", "domain", "provider", "category", "purpose", "language"},
	Kinds:       []string{"cookie"},
	recognise: func(_, head string) bool {
		return isScript(head) && (strings.Contains(head, "klaroConfig") || hasKey(head, "services") && hasKey(head, "purposes"))
	},
	read:  readKlaro,
	write: writeKlaro,
}

// isScript tells whether a text may be JavaScript or JSON.
func isScript(head string) bool {
	return !strings.HasPrefix(strings.TrimSpace(head), "<") && strings.Contains(head, "{")
}

// hasKey tells whether a text has a word as the key of an object.
func hasKey(head, key string) bool {
	for at := 0; ; {
		next := strings.Index(head[at:], key)
		if next < 0 {
			return false
		}
		at += next + len(key)
		if strings.HasPrefix(strings.TrimLeft(head[at:min(len(head), at+10)], `"' `), ":") {
			return true
		}
	}
}

func readKlaro(r *reading, data []byte) error {
	s, err := newScript(decode(data))
	if err != nil {
		return err
	}
	configs, _, err := s.find(func(l literal) bool {
		services := l.get("services")
		return services.line > 0 && (services.kind == listLiteral || services.kind == unknownLiteral)
	})
	if err != nil {
		return err
	}
	if len(configs) == 0 {
		return errors.New("no object that is written down has services: {services: [...]}")
	}
	for _, config := range configs {
		if lang := config.get("lang").string(); lang != "" {
			r.into.Language = lang
		}
		services := config.get("services")
		if services.kind != listLiteral {
			r.note(services.text, services.place(), "the services are code, not a list that is written down")
		}
		for _, service := range services.items {
			r.klaroService(config, service)
		}
	}
	return nil
}

func (r *reading) klaroService(config, service literal) {
	if service.kind != objectLiteral {
		r.note(service.text, service.place(), "the service is code, not an object that is written down")
		return
	}
	name := service.get("name").string()
	e := declaration.Entry{
		Kind:     "cookie",
		Provider: firstOf(service.get("title").string(), r.klaroText(config, service, name, "title"), name),
		Purpose:  firstOf(service.get("description").string(), r.klaroText(config, service, name, "description")),
	}
	if config.get("htmlTexts").isTrue() {
		e.Provider, e.Purpose = unmark(e.Provider), unmark(e.Purpose)
	}
	e.Category = r.heaviest(service.get("purposes").strings())
	if e.Category == "" && service.get("required").isTrue() {
		e.Category = "necessary"
	}
	cookies := service.get("cookies")
	if cookies.kind == unknownLiteral && service.has("cookies") {
		r.note(cookies.text, cookies.place(), "the cookies are code, not a list that is written down")
	}
	for _, c := range cookies.items {
		e.Place, e.Domain = c.place(), ""
		name := c
		switch {
		case c.kind == listLiteral && len(c.items) > 0:
			name = c.items[0]
			if len(c.items) > 2 {
				e.Domain = c.items[2].string()
			}
		case c.kind == objectLiteral:
			name, e.Domain = c.get("pattern"), c.get("domain").string()
		}
		// A string that begins with ^ is a regular expression to Klaro.
		if name.kind == stringLiteral && strings.HasPrefix(name.text, "^") {
			name.kind = regexpLiteral
		}
		r.named(e, name)
	}
}

// named adds an entry for each name that a string or a regular expression is.
func (r *reading) named(e declaration.Entry, name literal) {
	switch name.kind {
	case stringLiteral:
		e.Name = name.text
		r.add(e)
	case regexpLiteral:
		globs := globsOf(name.text)
		if globs == nil {
			r.note("/"+name.text+"/", e.Place, "the regular expression is not simple enough for a glob")
		}
		if globs != nil && name.ignoresCase {
			r.note("/"+name.text+"/i", e.Place, "the regular expression fits other cases too, the glob does not")
		}
		for _, g := range globs {
			e.Name = g
			r.add(e)
		}
	default:
		r.note(firstOf(name.text, "a cookie"), e.Place, "the name of the cookie is code, not a text that is written down")
	}
}

// klaroText is a text of the translations of a service or of the configuration.
// The language of the configuration comes first, then zz (all), then any.
func (r *reading) klaroText(config, service literal, name, key string) string {
	for _, t := range []struct {
		of  literal
		all bool
	}{{service.get("translations"), false}, {config.get("translations"), true}} {
		languages := []string{r.into.Language, "zz", "en"}
		for _, f := range t.of.fields {
			languages = append(languages, f.key)
		}
		for _, language := range languages {
			texts := t.of.get(language)
			if t.all {
				texts = texts.get(name)
			}
			if text := texts.get(key).string(); text != "" {
				return text
			}
		}
	}
	return ""
}

// heaviest is the category of several words: marketing before statistics before
// preferences before what is necessary.
func (r *reading) heaviest(words []string) string {
	found := ""
	for _, w := range words {
		c := r.category(w)
		if c != "" && (found == "" || slices.Index(categories, c) > slices.Index(categories, found) && c != "unclassified" || found == "unclassified") {
			found = c
		}
	}
	return found
}

func writeKlaro(w io.Writer, d *declaration.Declaration) error {
	var b strings.Builder
	b.WriteString("// A configuration of Klaro: klaro.org. The scripts of each service are still to\n// be marked with data-name.\nvar klaroConfig = {\n\tversion: 1,\n")
	if d.Language != "" {
		fmt.Fprintf(&b, "\tlang: %s,\n", quote(d.Language))
	}
	b.WriteString("\tservices: [\n")
	names := map[string]bool{}
	for _, group := range grouped(d.Entries, func(e declaration.Entry) string { return e.Provider + "\n" + e.Category + "\n" + e.Purpose }) {
		e := group[0]
		fmt.Fprintf(&b, "\t\t{\n\t\t\tname: %s,\n", quote(unique(names, slug(firstOf(e.Provider, e.Category, e.Name)))))
		if e.Provider != "" {
			fmt.Fprintf(&b, "\t\t\ttitle: %s,\n", quote(e.Provider))
		}
		if e.Purpose != "" {
			fmt.Fprintf(&b, "\t\t\tdescription: %s,\n", quote(e.Purpose))
		}
		fmt.Fprintf(&b, "\t\t\tpurposes: [%s],\n", quote(firstOf(e.Category, "other")))
		if e.Category == "necessary" {
			b.WriteString("\t\t\trequired: true,\n")
		}
		b.WriteString("\t\t\tcookies: [\n")
		for _, e := range group {
			name := quote(e.Name)
			if isGlob(e.Name) || strings.HasPrefix(e.Name, "^") {
				name = "/" + pattern(e.Name) + "/"
			}
			if e.Domain != "" {
				name = fmt.Sprintf("[%s, \"/\", %s]", name, quote(e.Domain))
			}
			fmt.Fprintf(&b, "\t\t\t\t%s,\n", name)
		}
		b.WriteString("\t\t\t],\n\t\t},\n")
	}
	b.WriteString("\t],\n};\n")
	_, err := io.WriteString(w, b.String())
	return err
}
