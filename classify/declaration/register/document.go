package register

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/yamltree"
)

// document reads one file, and returns the names of those that it extends.
func (d *decoder) document(src []byte) (*File, []ast.Node) {
	f := &File{}
	root := d.root(src)
	if root == nil {
		return f, nil
	}
	var extends []ast.Node
	version := ""
	f.at = d.mapping(root, "cookies.yaml", fields{
		"version": d.label(&version, "version"), "ruleset": d.ruleset(&f.Ruleset),
		"extends": func(n ast.Node) { extends = d.items(n, "extends") },
		"remove":  d.removals(&f.remove),
		"site": func(n ast.Node) {
			if d.text(&f.Site, "site")(n); f.Site != "" {
				d.host(n, f.Site, false)
			}
		},
		"jurisdictions": d.texts(&f.Jurisdictions, "jurisdictions", d.jurisdiction),
		"languages":     d.texts(&f.Languages, "languages", d.languageTag),
		"hosts":         func(n ast.Node) { d.hosts(n, f) },
		"policy":        func(n ast.Node) { d.policy(n, &f.Policy) },
		"controller":    func(n ast.Node) { d.controller(n, &f.Controller) },
		"consent":       func(n ast.Node) { f.note("consent", d.consent(n, &f.Consent)) },
		"vendors":       func(n ast.Node) { d.vendors(n, f) },
		"entries":       func(n ast.Node) { d.entries(n, f) },
	})
	for key, at := range f.deeper {
		f.at[key] = at
	}
	switch at, ok := f.at["version"]; {
	case !ok:
		d.fault(f.at[""], "write version: 1 above it", "version is missing")
	case version != Version:
		d.fault(at, "this program reads version "+Version, "version is %.20q", version)
	}
	delete(f.at, "")
	return f, extends
}

// note keeps where the keys of a part stand.
func (f *File) note(part string, at places) {
	if f.deeper == nil {
		f.deeper = places{}
	}
	for key, place := range at {
		if key != "" {
			f.deeper[part+"."+key] = place
		}
	}
}

func (d *decoder) removals(to *[]removal) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range d.items(n, "remove") {
			x := removal{at: d.place(item)}
			d.text(&x.id, "each of remove")(item)
			*to = append(*to, x)
		}
	}
}

// hosts reads those of the site by their names, and own.
func (d *decoder) hosts(n ast.Node, f *File) {
	for _, pair := range d.pairs(n, "hosts") {
		name, _ := yamltree.Scalar(pair.Key)
		if strings.HasPrefix(name, "x-") {
			continue
		}
		if name == "own" {
			d.texts(&f.Own, "own", func(n ast.Node, s string) { d.host(n, s, false) })(pair.Value)
			continue
		}
		d.host(pair.Key, name, false)
		h := Host{Name: name}
		d.mapping(pair.Value, "a host", fields{
			"aliases": d.texts(&h.Aliases, "aliases", func(n ast.Node, s string) { d.host(n, s, true) }),
		})
		f.Hosts = append(f.Hosts, h)
	}
}

func (d *decoder) policy(n ast.Node, p *Policy) {
	d.mapping(n, "policy", fields{
		"version": d.label(&p.Version, "version"), "updated": d.date(&p.Updated, "updated"),
		"published": func(n ast.Node) {
			p.Published = map[string]string{}
			for _, pair := range d.pairs(n, "published") {
				tag, _ := yamltree.Scalar(pair.Key)
				d.languageTag(pair.Key, tag)
				var to string
				d.address(&to, "published in "+tag)(pair.Value)
				p.Published[tag] = to
			}
		},
		"sections": func(n ast.Node) {
			p.Sections = map[string]Text{}
			known := fields{}
			for _, name := range Sections() {
				known[name] = func(n ast.Node) {
					var text Text
					d.prose(&text, "sections."+name)(n)
					p.Sections[name] = text
				}
			}
			d.mapping(n, "sections", known)
		},
	})
}

func (d *decoder) controller(n ast.Node, c *Controller) {
	d.mapping(n, "controller", fields{
		"name": d.text(&c.Name, "name"), "address": d.text(&c.Address, "address"), "contact": d.text(&c.Contact, "contact"),
		"dpo": d.text(&c.DPO, "dpo"), "representative": d.text(&c.Representative, "representative"),
		"authority": d.text(&c.Authority, "authority"),
	})
}

func (d *decoder) consent(n ast.Node, c *Consent) places {
	return d.mapping(n, "consent", fields{
		"cmp": d.text(&c.CMP, "cmp"), "reopen": d.text(&c.Reopen, "reopen"),
		"choiceKept": d.length(&c.ChoiceKept, "choiceKept"), "expectBanner": d.truth(&c.ExpectBanner, "expectBanner"),
		"gpc": d.truth(&c.GPC, "gpc"),
	})
}

func (d *decoder) vendors(n ast.Node, f *File) {
	if _, ok := n.(*ast.NullNode); ok {
		return
	}
	for _, pair := range d.pairs(n, "vendors") {
		v := &Vendor{Place: d.place(pair.Key)}
		v.ID, _ = yamltree.Scalar(pair.Key)
		if strings.HasPrefix(v.ID, "x-") {
			continue
		}
		d.id(pair.Key, "the id of a vendor", v.ID)
		d.mapping(pair.Value, "a vendor", fields{
			"name": d.text(&v.Name, "name"), "country": d.country(&v.Country, "country"),
			"policy": d.address(&v.Policy, "policy"),
			"role":   d.word(&v.Role, "role", "processor", "controller", "joint-controller"),
			"domains": d.texts(&v.Domains, "domains", func(n ast.Node, s string) {
				d.host(n, s, false)
			}),
			"transfers": func(n ast.Node) {
				for _, item := range d.items(n, "transfers") {
					var t Transfer
					d.mapping(item, "a transfer", fields{"to": d.country(&t.To, "to"), "mechanism": d.text(&t.Mechanism, "mechanism")})
					v.Transfers = append(v.Transfers, t)
				}
			},
		})
		f.Vendors = append(f.Vendors, v)
	}
}

func (d *decoder) entries(n ast.Node, f *File) {
	taken := map[string]Place{}
	for _, item := range d.items(n, "entries") {
		e := d.entry(item)
		at, ok := e.at["id"]
		switch first, twice := taken[e.ID]; {
		case !ok:
			d.fault(e.Place, "", "an entry has no id")
		case twice:
			d.fault(at, "", "the id %.60q is taken by the entry in line %d", e.ID, first.Line)
		default:
			taken[e.ID] = at
		}
		f.Entries = append(f.Entries, e)
	}
}

func (d *decoder) entry(n ast.Node) *Entry {
	e := &Entry{Status: Status{State: Todo}}
	e.at = d.mapping(n, "an entry", fields{
		"id": func(n ast.Node) {
			if d.text(&e.ID, "id")(n); e.ID != "" {
				d.id(n, "the id", e.ID)
			}
		},
		"match":    func(n ast.Node) { d.match(n, &e.Match) },
		"category": d.word(&e.Category, "category", Categories()...),
		"purpose":  d.purpose(&e.Purpose), "vendor": d.text(&e.Vendor, "vendor"),
		"lifetime": d.lifetime(&e.Lifetime, "lifetime"),
		"when":     d.word(&e.When, "when", "always", "consent", "user-action"),
		"basis":    d.basis(&e.Basis), "exemptReason": d.prose(&e.ExemptReason, "exemptReason"),
		"recipients": d.texts(&e.Recipients, "recipients", nil), "data": d.texts(&e.Data, "data", nil),
		"reach": func(n ast.Node) { d.reach(n, &e.Reach) }, "retention": d.length(&e.Retention, "retention"),
		"status": func(n ast.Node) { d.status(n, &e.Status) }, observedKey: d.observed,
	})
	e.Place = e.at[""]
	delete(e.at, "")
	if _, ok := e.at["match"]; !ok {
		d.fault(e.Place, "write match: {name: ...}", "the entry %.60q has no match", e.ID)
	}
	return e
}

func (d *decoder) match(n ast.Node, m *Match) {
	m.Kind, m.Any = "cookie", true
	at := d.mapping(n, "match", fields{
		"name": func(n ast.Node) {
			var text string
			var err error
			if d.text(&text, "name")(n); text == "" {
				_, isText := yamltree.Scalar(n)
				m.Any = !isText
			}
			if m.Name, err = ParseName(text); err != nil {
				d.fault(d.place(n), "", "name: %v", err)
			}
			m.Any = m.Any && text == ""
		},
		"kind": d.word(&m.Kind, "kind", Kinds()...),
		"domain": func(n ast.Node) {
			if d.text(&m.Domain, "domain")(n); m.Domain != "" && m.Domain != Site {
				d.host(n, m.Domain, true)
				m.Domain = strings.TrimPrefix(m.Domain, "*.")
			}
		},
	})
	switch {
	case m.Any && stores(m.Kind):
		if _, given := at["name"]; !given {
			d.fault(at[""], "write name: ...", "match has no name")
		}
	case m.Any && m.Domain == "":
		d.fault(at[""], "write domain: ...", "match has neither name nor domain")
	}
}

var basisForm = regexp.MustCompile(`^exempt(:[a-z]+(-[a-z]+)*)?$`)

// bases are those of GDPR Article 6(1), and the exemption of Article 5(3) of
// the ePrivacy directive.
var bases = [...]string{"consent", "exempt", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interest"}

// basis reads one for all jurisdictions, or one for each.
func (d *decoder) basis(to *[]Basis) func(ast.Node) {
	one := func(n ast.Node, jurisdiction string) {
		b := Basis{Jurisdiction: jurisdiction}
		if d.text(&b.Value, "basis")(n); b.Value != "" && !basisForm.MatchString(b.Value) && !slices.Contains(bases[:], b.Value) {
			d.fault(d.place(n), oneOf(b.Value, bases[:])+"; a reason may follow, such as exempt:audience", "basis is %.60q", b.Value)
		}
		*to = append(*to, b)
	}
	return func(n ast.Node) {
		if _, ok := yamltree.Scalar(n); ok {
			one(n, "")
			return
		}
		for _, pair := range d.pairs(n, "basis") {
			jurisdiction, _ := yamltree.Scalar(pair.Key)
			d.jurisdiction(pair.Key, jurisdiction)
			one(pair.Value, jurisdiction)
		}
		slices.SortFunc(*to, func(a, b Basis) int { return strings.Compare(a.Jurisdiction, b.Jurisdiction) })
	}
}

func (d *decoder) reach(n ast.Node, r *Reach) {
	d.mapping(n, "reach", fields{
		"login": d.truth(&r.Login, "login"), "region": d.text(&r.Region, "region"),
		"paths": d.texts(&r.Paths, "paths", func(n ast.Node, s string) {
			if _, err := url.Parse(s); err != nil || !strings.HasPrefix(s, "/") {
				d.fault(d.place(n), "write it from the root, such as /shop/*", "%.60q is no path", s)
			}
		}),
	})
}

func (d *decoder) status(n ast.Node, s *Status) {
	d.mapping(n, "status", fields{
		"state": d.word(&s.State, "state", Todo, Reviewed, Retired), "by": d.text(&s.By, "by"), "on": d.date(&s.On, "on"),
	})
}

// observedKey is the key of what init notes beside an entry.
const observedKey = "observed"

// observed checks the block; what is in it is for people.
func (d *decoder) observed(n ast.Node) {
	var s string
	var list []string
	d.mapping(n, observedKey, fields{
		"on": d.date(&s, "on"), "category": d.text(&s, "category"), "confidence": d.text(&s, "confidence"),
		"purpose": d.text(&s, "purpose"), "vendor": d.text(&s, "vendor"), "lifetime": d.lifetime(&Lifetime{}, "lifetime"),
		"states": d.texts(&list, "states", nil), "domains": d.texts(&list, "domains", nil), "names": d.texts(&list, "names", nil),
		"setBy": d.texts(&list, "setBy", nil), "sentTo": d.texts(&list, "sentTo", nil),
	})
}
