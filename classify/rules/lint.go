package rules

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// LintOptions says what Lint cannot know by itself.
type LintOptions struct {
	Purposes []string                  // the purpose keys there are; none: they are not checked
	Missing  func(key string) []string // the languages that lack a sentence for a purpose; nil: not checked
	Named    bool                      // each file must be named after its vendor
}

// A Finding is something to correct in a rule file.
type Finding struct {
	Place   Place
	Rule    string // or vendor; "" for the file
	Message string
}

// String is one line: file:line:column: rule: message.
func (f Finding) String() string {
	if f.Rule == "" {
		return fmt.Sprintf("%s: %s", f.Place, f.Message)
	}
	return fmt.Sprintf("%s: %s: %s", f.Place, f.Rule, f.Message)
}

// Lint checks rule files as one database, which is more than loading them
// asks: that rules can be told apart, prove themselves by examples, and say all
// that a reader needs. The findings are in order of the files. The number of
// files that could not be read at all is returned beside them.
func Lint(sources []Source, o LintOptions) (findings []Finding, unread int) {
	l := &linter{options: o, vendors: map[string]*Vendor{}, owners: map[string]*Vendor{}, same: map[string]*Rule{}, doubled: map[*Rule]bool{}, files: map[string]int{}}
	var docs []document
	for i, s := range sources {
		l.files[s.Name] = i
		more, ok := l.read(s)
		if !ok {
			unread++
		}
		docs = append(docs, more...)
	}
	l.db = build(docs, "")
	for _, doc := range docs {
		l.vendor(doc.vendor)
		for _, r := range doc.rules {
			for _, check := range ruleChecks() {
				check(l, r)
			}
		}
	}
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(l.files[a.Place.File], l.files[b.Place.File]),
			cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column),
		)
	})
	return l.findings, unread
}

// A linter is a run of Lint.
type linter struct {
	options  LintOptions
	db       *DB
	findings []Finding

	files   map[string]int     // order of the files
	vendors map[string]*Vendor // by id
	owners  map[string]*Vendor // by domain
	same    map[string]*Rule   // by all that a rule matches on
	doubled map[*Rule]bool     // match what another does, which says all about them
}

// ruleChecks are what is looked at in each rule.
func ruleChecks() []func(*linter, *Rule) {
	return []func(*linter, *Rule){
		(*linter).complete, (*linter).legal, (*linter).values, (*linter).pattern, (*linter).names, (*linter).duplicates, (*linter).wins,
	}
}

// read parses a file; what has faults is kept out of the database, so that
// they do not cause further findings.
func (l *linter) read(s Source) (docs []document, ok bool) {
	if fault, bad := unreadable(s.Name, s.Text); bad {
		l.findings = append(l.findings, Finding{Place: fault.Place, Message: fault.Message})
		return nil, false
	}
	docs, faults := parse(s.Name, s.Text)
	for _, f := range faults {
		l.findings = append(l.findings, Finding{Place: f.Place, Message: f.Message})
	}
	if len(faults) > 0 {
		return nil, len(docs) > 0
	}
	if id := docs[0].vendor.ID; l.options.Named && (len(docs) > 1 || path.Base(s.Name) != id+".yaml") {
		l.find(docs[0].vendor.at.of("id"), id, "the file must be named %s.yaml and hold this vendor only", id)
	}
	return docs, true
}

func (l *linter) find(at Place, id, format string, args ...any) {
	l.findings = append(l.findings, Finding{at, id, fmt.Sprintf(format, args...)})
}

func (l *linter) rule(r *Rule, key, format string, args ...any) {
	l.find(r.at.of(key), r.ID, format, args...)
}

func (l *linter) vendor(v *Vendor) {
	if first, ok := l.vendors[v.ID]; ok {
		l.find(v.at.of("id"), v.ID, "there is a vendor of this id at %s", first.at.of("id"))
	} else {
		l.vendors[v.ID] = v
	}
	l.country(v)
	for _, address := range []struct{ key, url string }{{"policy", v.Policy}, {"optOut", v.OptOut}} {
		if fault := addressFault(address.url); fault != "" {
			l.find(v.at.of(address.key), v.ID, "%s %s", address.key, fault)
		}
	}
	if strings.Contains(v.OptOut, "networkadvertising.org") || strings.Contains(v.OptOut, "thenai.org") {
		l.find(v.at.of("optOut"), v.ID, "the opt-out tool of the NAI was closed in 2025")
	}
	l.hosts(v.at.of("domains"), v.ID, v.Domains)
	for _, d := range v.Domains {
		if first, ok := l.owners[d]; ok {
			l.find(v.at.of("domains"), v.ID, "domain %s belongs to %s already", d, first.ID)
		} else {
			l.owners[d] = v
		}
	}
	if len(v.Domains) > 0 && v.Role == RoleService && (v.Category == "" || v.Purpose == "") {
		l.find(v.at.of("domains"), v.ID, "a service with domains needs category and purpose: what requests to them are for")
	}
	l.purpose(v.at.of("purpose"), v.ID, v.Purpose)
}

// purpose checks that a key exists, in all languages.
func (l *linter) purpose(at Place, id, key string) {
	switch {
	case key == "":
	case len(l.options.Purposes) > 0 && !slices.Contains(l.options.Purposes, key):
		l.find(at, id, "purpose %.60q is unknown", key)
	case l.options.Missing != nil:
		if lacking := l.options.Missing(key); len(lacking) > 0 {
			l.find(at, id, "purpose %s has no sentence in %s", key, strings.Join(lacking, ", "))
		}
	}
}
