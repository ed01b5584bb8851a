package rules

import (
	"regexp"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/yamltree"
)

// A document is what one YAML document holds: a vendor and its rules.
type document struct {
	vendor *Vendor
	rules  []*Rule
}

// parse reads a rule file: one or more YAML documents, each a vendor with its
// rules. What can be read is returned even if there are faults.
func parse(name string, src []byte) ([]document, []Fault) {
	d := &decoder{file: name}
	var docs []document
	for _, root := range d.documents(src) {
		docs = append(docs, d.document(root))
	}
	if len(docs) == 0 && len(d.faults) == 0 {
		d.fault(Place{File: name}, "the file holds no rules")
	}
	return docs, d.faults
}

func (d *decoder) document(root ast.Node) document {
	doc := document{vendor: &Vendor{Role: RoleService}}
	at := d.mapping(root, "a rule file", fields{
		"vendor": func(n ast.Node) { d.vendor(n, doc.vendor) },
		"rules": func(n ast.Node) {
			for _, item := range d.items(n, "rules") {
				doc.rules = append(doc.rules, d.rule(item, doc.vendor))
			}
		},
	})
	if doc.vendor.at == nil {
		doc.vendor.at = at
		if _, ok := at["vendor"]; !ok {
			d.fault(at[""], "vendor is missing")
		}
	}
	// The vendor may stand below its rules.
	for _, r := range doc.rules {
		r.ID = doc.vendor.ID + "/" + r.ID
	}
	return doc
}

func (d *decoder) vendor(n ast.Node, v *Vendor) {
	v.at = d.mapping(n, "vendor", fields{
		"id": d.text(&v.ID, "id"), "name": d.text(&v.Name, "name"), "legal": d.text(&v.Legal, "legal"),
		"country": d.text(&v.Country, "country"), "role": d.word(&v.Role, "role", RoleService, RoleSoftware),
		"policy": d.text(&v.Policy, "policy"), "optOut": d.text(&v.OptOut, "optOut"),
		"domains":  d.texts(&v.Domains, "domains"),
		"category": d.word(&v.Category, "category", Categories()...), "purpose": d.text(&v.Purpose, "purpose"),
	})
	d.identifier(v.at, "vendor", v.ID)
	if v.Name == "" {
		d.fault(v.at[""], "the vendor has no name")
	}
}

var identifierForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (d *decoder) identifier(at places, what, id string) {
	switch {
	case id == "":
		d.fault(at[""], "the %s has no id", what)
	case !identifierForm.MatchString(id):
		d.fault(at.of("id"), "the id %.60q of the %s must consist of lower-case letters, digits and single hyphens", id, what)
	}
}

func (d *decoder) rule(n ast.Node, v *Vendor) *Rule {
	r := &Rule{Vendor: v, Party: "any"}
	r.at = d.mapping(n, "a rule", fields{
		"id": d.text(&r.ID, "id"), "kind": d.kinds(&r.Kinds), "match": func(n ast.Node) { d.matcher(n, &r.Match) },
		"category": d.word(&r.Category, "category", Categories()...), "exemption": d.exemption(&r.Exemption),
		"condition": d.text(&r.Condition, "condition"), "purpose": d.text(&r.Purpose, "purpose"),
		"lifetime": d.text(&r.Lifetime, "lifetime"), "party": d.word(&r.Party, "party", "first", "third", "any"),
		"source": d.text(&r.Source, "source"), "examples": d.texts(&r.Examples, "examples"), "not": d.texts(&r.Not, "not"),
	})
	if len(r.Kinds) == 0 {
		r.Kinds = []Kind{Cookie}
	}
	d.identifier(r.at, "rule", r.ID)
	for _, key := range []string{"match", "category", "exemption"} {
		if _, ok := r.at[key]; !ok {
			d.fault(r.at.of("id"), "rule %.60q has no %s", r.ID, key)
		}
	}
	d.matchesKind(r)
	return r
}

func (d *decoder) kinds(to *[]Kind) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range d.items(n, "kind") {
			var s string
			d.text(&s, "each of kind")(item)
			if !slices.Contains(Kinds(), Kind(s)) {
				d.fault(d.place(item), "kind %.60q is unknown, the kinds are %s", s, joined(Kinds()))
			}
			*to = append(*to, Kind(s))
		}
	}
}

func joined(kinds []Kind) string {
	text := ""
	for i, k := range kinds {
		if i > 0 {
			text += ", "
		}
		text += string(k)
	}
	return text
}

func (d *decoder) exemption(to *Exemption) func(ast.Node) {
	return func(n ast.Node) {
		if _, ok := yamltree.Scalar(n); ok {
			d.word(&to.Default, "exemption", exemptions()...)(n)
			return
		}
		m, ok := n.(*ast.MappingNode)
		if !ok {
			d.fault(d.place(n), "exemption must be a text or a mapping of profiles to texts")
			return
		}
		for _, pair := range m.Values {
			profile, _ := yamltree.Scalar(pair.Key)
			var value string
			d.word(&value, "exemption", exemptions()...)(pair.Value)
			switch {
			case profile == "default":
				to.Default = value
			case len(profile) != 2:
				d.fault(d.place(pair.Key), "profile %.60q of the exemption must be default or the two letters of a country", profile)
			default:
				to.Profiles = append(to.Profiles, ProfileExemption{profile, value})
			}
		}
		slices.SortFunc(to.Profiles, func(a, b ProfileExemption) int { return compareText(a.Profile, b.Profile) })
		if to.Default == "" {
			d.fault(d.place(n), "exemption has no default")
		}
	}
}

// matchesKind checks that requests go by host and all else by name.
func (d *decoder) matchesKind(r *Rule) {
	if _, ok := r.at["match"]; !ok {
		return
	}
	for _, k := range r.Kinds {
		byHost := k.set() == setRequest
		switch {
		case k.set() == 0:
		case byHost && len(r.Match.Host) == 0:
			d.fault(r.at.of("match"), "a rule of kind %s must match a host", k)
		case !byHost && len(r.Match.Host) > 0:
			d.fault(r.at.of("match"), "a rule of kind %s must match a name, not a host", k)
		}
	}
}
