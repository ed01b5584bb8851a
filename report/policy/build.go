package policy

import (
	"cmp"
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/classify/safetext"
	"cookiescan/scanner"
)

// Source is what a policy is made of.
type Source struct {
	Register  *register.File
	Languages []string      // BCP 47, of the pages
	Scan      *scanner.Scan // how the list was made, nil if that is not to be told
	Previous  *Document     // the version before, nil if there is none
	Draft     bool          // entries to review are in it too
}

// Build makes the document. What Gaps lists is missing in it.
func Build(s Source) (*Document, error) {
	f, err := loadFacts()
	if err != nil {
		return nil, err
	}
	b := &builder{Source: s, facts: f, index: s.Register.Index(), vendors: map[string]*register.Vendor{}, texts: map[string]*text{}}
	for _, v := range s.Register.Vendors {
		b.vendors[v.ID] = v
	}
	for _, tag := range s.Languages {
		if b.texts[tag], err = language(tag); err != nil {
			return nil, err
		}
	}
	d := b.document()
	d.History = history(s.Previous, d)
	return d, nil
}

type builder struct {
	Source
	facts   *facts
	index   *register.Index
	vendors map[string]*register.Vendor
	texts   map[string]*text // by tag
}

func (b *builder) document() *Document {
	r := b.Register
	d := &Document{
		Schema: SchemaV1, Draft: b.Draft, Site: r.Site, Version: line(r.Policy.Version), Updated: r.Policy.Updated,
		Languages: b.Languages, Published: r.Policy.Published, Jurisdictions: r.Jurisdictions,
		Controller: Controller{
			line(r.Controller.Name), line(r.Controller.Address), line(r.Controller.Contact),
			line(r.Controller.DPO), line(r.Controller.Representative),
		},
		Authorities: b.authorities(), Hosts: b.hosts(),
		Consent: Consent{
			CMP: r.Consent.CMP, Control: b.control(), Kept: lifetimeOf(r.Consent.ChoiceKept), GPC: r.Consent.GPC,
		},
		Items: []Item{}, Vendors: []Vendor{}, Sections: map[string]Wording{},
	}
	for _, e := range r.Entries {
		if e.Declares() || b.Draft && e.Status.State != register.Retired {
			d.Items = append(d.Items, b.item(e))
		}
	}
	d.Vendors = b.usedVendors(d.Items)
	for name, t := range r.Policy.Sections {
		d.Sections[name] = b.wording(t, "")
	}
	if b.Scan != nil {
		d.Scan = scanOf(b.Scan)
	}
	return d
}

// hosts are those of the site, never those that stand for them.
func (b *builder) hosts() []string {
	list := []string{}
	for _, h := range b.Register.Hosts {
		list = append(list, h.Name)
	}
	if len(list) == 0 && b.Register.Site != "" {
		list = append(list, b.Register.Site)
	}
	slices.Sort(list)
	return list
}

func (b *builder) authorities() []Authority {
	if own := line(b.Register.Controller.Authority); own != "" {
		return []Authority{{Name: own}}
	}
	var list []Authority
	for _, j := range b.facts.of(b.Register.Jurisdictions) {
		list = append(list, Authority{j.Authority, j.Address, j.Web})
	}
	return list
}

// idOfControl is that of the button where no platform has one.
const idOfControl = "cookie-settings"

// control is the button by what the platform's script looks for, else by the
// selector that the file gives, if that is a lone id or class.
func (b *builder) control() Control {
	if p, ok := b.facts.platformOf(b.Register.Consent.CMP); ok {
		if p.Script == "" {
			return Control{Attributes: p.Attributes}
		}
		return Control{map[string]string{"id": idOfControl}, p.Script}
	}
	selector := b.Register.Consent.Reopen
	name := strings.TrimLeft(selector, "#.")
	if len(selector) == len(name)+1 && !strings.ContainsAny(name, " #.[]:>+~,*'\"\\") {
		if selector[0] == '#' {
			return Control{Attributes: map[string]string{"id": name}}
		}
		return Control{Attributes: map[string]string{"class": name}}
	}
	return Control{Attributes: map[string]string{"id": idOfControl}}
}

func (b *builder) item(e *register.Entry) Item {
	i := Item{
		ID: e.ID, Name: safetext.Line(e.Match.Name.Text), Kind: e.Match.Kind, Domain: b.domain(e), Party: b.Register.Party(e),
		Category: cmp.Or(e.Category, scanner.Unclassified), Vendor: e.Vendor, Provider: b.provider(e),
		Lifetime: lifetimeOf(e.Lifetime), When: e.When, Recipients: e.Recipients, Retention: lifetimeOf(e.Retention),
	}
	if e.Match.Any {
		i.Name = i.Domain
	}
	i.Purpose = b.wording(e.Purpose, b.vendorName(e.Vendor))
	if e.ExemptReason.Given() {
		w := b.wording(e.ExemptReason, "")
		i.ExemptReason = &w
	}
	for _, x := range e.Basis {
		i.Basis = append(i.Basis, Basis{x.Jurisdiction, x.Value})
	}
	for _, x := range e.Data {
		i.Data = append(i.Data, line(x))
	}
	if r := e.Reach; r.Login || len(r.Paths) > 0 || r.Region != "" {
		i.Reach = &Reach{Login: r.Login, Region: line(r.Region)}
		for _, p := range r.Paths {
			i.Reach.Paths = append(i.Reach.Paths, safetext.Line(p))
		}
	}
	return i
}

// domain is that of an entry; of a host that stands for another, the other.
func (b *builder) domain(e *register.Entry) string {
	if e.Match.Domain == register.Site {
		return b.Register.Site
	}
	return b.index.Canonical(e.Match.Domain)
}

func (b *builder) vendorName(id string) string {
	if v := b.vendors[id]; v != nil {
		return line(v.Name)
	}
	return ""
}

// provider is the vendor, else who answers for the site.
func (b *builder) provider(e *register.Entry) string {
	if name := b.vendorName(e.Vendor); name != "" {
		return name
	}
	if b.Register.Party(e) == "third" {
		return b.domain(e)
	}
	return cmp.Or(line(b.Register.Controller.Name), b.Register.Site)
}

// wording is a text in all languages of the policy, as far as there is one.
func (b *builder) wording(t register.Text, vendor string) Wording {
	w := Wording{Key: t.Key, Texts: map[string]string{}}
	for _, tag := range b.Languages {
		s, ok := t.In(tag)
		if !ok && t.Key != "" {
			s = b.texts[tag].Purpose(t.Key, vendor)
		}
		if s = paragraphs(s); s != "" {
			w.Texts[tag] = s
		}
	}
	return w
}

// usedVendors are those that items name, in the order of the file.
func (b *builder) usedVendors(items []Item) []Vendor {
	used, receives := map[string]bool{}, map[string]bool{}
	for _, i := range items {
		used[i.Vendor] = true
		receives[i.Vendor] = receives[i.Vendor] || i.Party == "third"
		for _, id := range i.Recipients {
			used[id], receives[id] = true, true
		}
	}
	list := []Vendor{}
	for _, v := range b.Register.Vendors {
		if !used[v.ID] {
			continue
		}
		out := Vendor{ID: v.ID, Name: line(v.Name), Country: v.Country, Policy: v.Policy, Role: v.Role, Recipient: receives[v.ID]}
		for _, t := range v.Transfers {
			out.Transfers = append(out.Transfers, Transfer{t.To, line(t.Mechanism)})
		}
		list = append(list, out)
	}
	return list
}

func lifetimeOf(l register.Lifetime) *Lifetime {
	if !l.Known() {
		return nil
	}
	return &Lifetime{l.Seconds, l.Session, l.UntilCleared, l.Refreshed, l.Fixed}
}

// line is a text in one line in which nothing acts or hides.
func line(s string) string { return safetext.Line(strings.Join(strings.Fields(s), " ")) }

// paragraphs is a text of several lines, with an empty one between paragraphs.
func paragraphs(s string) string {
	var list []string
	for _, p := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		if p = line(p); p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, "\n\n")
}
