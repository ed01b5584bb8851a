package register

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/words"
)

// Recognise tells from a file's name and beginning whether it looks like a
// cookies.yaml.
func Recognise(name string, head []byte) bool {
	if ext := strings.ToLower(filepath.Ext(name)); ext != "" && ext != ".yaml" && ext != ".yml" {
		return false
	}
	version, ours := false, false
	for line := range strings.Lines(string(head)) {
		key, _, found := strings.Cut(strings.TrimRight(line, "\r\n"), ":")
		switch {
		case !found:
		case key == "version":
			version = true
		case slices.Contains([]string{"entries", "vendors", "extends", "site", "controller", "ruleset"}, key):
			ours = true
		}
	}
	return version && ours
}

// Declaration is what the file declares, in one language, in the form that all
// sources have. Entries to review are in it too, with less confidence; retired
// ones are not.
func (f *File) Declaration(l *words.Lang) *declaration.Declaration {
	d := &declaration.Declaration{
		Source: f.Name, Language: l.Tag(), Updated: f.Policy.Updated,
		Entries: []declaration.Entry{}, Statements: f.statements(), NotUnderstood: []declaration.NotUnderstood{},
	}
	vendors := map[string]string{}
	for _, v := range f.Vendors {
		vendors[v.ID] = v.Name
	}
	for _, e := range f.Entries {
		if e.Status.State == Retired {
			continue
		}
		d.Entries = append(d.Entries, f.declared(e, vendors[e.Vendor], l))
	}
	return d
}

func (f *File) declared(e *Entry, provider string, l *words.Lang) declaration.Entry {
	out := declaration.Entry{
		Name: e.Match.Name.Text, Kind: e.Match.Kind, Domain: e.Match.Domain, Provider: provider, Category: e.Category,
		Party:      f.Party(e),
		Confidence: declaration.Certain, Place: e.Place.String(),
		Lifetime: declaration.Lifetime{Raw: e.Lifetime.Raw, Session: e.Lifetime.Session},
	}
	if e.Lifetime.Seconds > 0 {
		seconds := e.Lifetime.Seconds
		out.Lifetime.Seconds = &seconds
	}
	if e.Match.Domain == Site {
		out.Domain = f.Site
	}
	if text, ok := e.Purpose.In(l.Tag()); ok {
		out.Purpose = text
	} else if e.Purpose.Key != "" {
		out.Purpose = l.Purpose(e.Purpose.Key, provider)
	}
	if !e.Declares() {
		out.Confidence = declaration.Inferred
	}
	return out
}

// Party tells whose domain an entry is about: first, third, or not said.
func (f *File) Party(e *Entry) string {
	switch own := append([]string{f.Site}, f.Own...); {
	case e.Match.Domain == "":
		return ""
	case e.Match.Domain == Site, isBelow(e.Match.Domain, own):
		return "first"
	}
	return "third"
}

// statements are what the file says about the policy as a whole.
func (f *File) statements() []declaration.Statement {
	list := []declaration.Statement{}
	add := func(kind, text, key string) {
		if text != "" {
			list = append(list, declaration.Statement{Kind: kind, Text: text, Place: f.Place(key).String()})
		}
	}
	add("controller", f.Controller.Name, "controller")
	add("contact", f.Controller.Contact, "controller")
	for _, tag := range slices.Sorted(maps.Keys(f.Policy.Published)) {
		add("published", f.Policy.Published[tag], "policy")
	}
	return list
}
