package rules

import (
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

func (d *decoder) matcher(n ast.Node, m *Matcher) {
	at := d.mapping(n, "match", fields{
		"exact": d.text(&m.Exact, "exact"), "glob": d.text(&m.Glob, "glob"),
		"regexp": d.text(&m.Regexp, "regexp"), "pattern": d.text(&m.Pattern, "pattern"),
		"domain": d.texts(&m.Domain, "domain"), "setter": d.texts(&m.Setter, "setter"),
		"require": d.word(&m.Require, "require", "domain", "setter"),
		"host":    d.texts(&m.Host, "host"), "path": d.text(&m.Path, "path"),
	})
	given := 0
	for _, key := range []string{"exact", "glob", "regexp", "host"} {
		if _, ok := at[key]; ok {
			given++
		}
	}
	_, hasPath := at["path"]
	_, hasHost := at["host"]
	switch {
	case given != 1:
		d.fault(at[""], "match must have exactly one of exact, glob, regexp and host")
	case m.Exact+m.Glob+m.Regexp == "" && len(m.Host) == 0:
		d.fault(at[""], "match is empty")
	case hasPath && !hasHost:
		d.fault(at.of("path"), "a path belongs to a host")
	case hasPath && !strings.HasPrefix(m.Path, "/") && !strings.HasPrefix(m.Path, "*"):
		d.fault(at.of("path"), "the path %.60q must begin with /", m.Path)
	case m.Require == "domain" && len(m.Domain) == 0, m.Require == "setter" && len(m.Setter) == 0:
		d.fault(at.of("require"), "%s is required, but not given", m.Require)
	case m.Pattern != "" && m.Regexp == "":
		d.fault(at.of("pattern"), "pattern is for a regexp only")
	}
	if m.Regexp != "" {
		if _, err := regexp.Compile(anchored(m.Regexp)); err != nil {
			d.fault(at.of("regexp"), "%s", strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		}
	}
}

// anchored makes a regexp be about the whole of a name, which may hold anything.
func anchored(expr string) string { return `\A(?s:` + expr + `)\z` }
