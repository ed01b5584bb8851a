package policy

import (
	"slices"
	"strings"
)

// section is one whose heading is a key and whose blocks are given.
func (w *writer) section(key string, blocks ...Block) Section {
	return Section{ID: key, Title: w.say(key), Blocks: blocks}
}

// own are the paragraphs that the user wrote for a section.
func (w *writer) own(name string) []Block {
	var list []Block
	for _, p := range strings.Split(w.doc.Sections[name].Texts[w.tag], "\n\n") {
		if p != "" {
			list = append(list, paragraph(p))
		}
	}
	return list
}

func (w *writer) controller() Section {
	c := w.doc.Controller
	var lines []Line
	for _, s := range []string{c.Name, c.Address} {
		if s != "" {
			lines = append(lines, plain(s))
		}
	}
	labelled := func(key, name, value string) {
		if value != "" {
			lines = append(lines, linked(w.say(key, name, value), value))
		}
	}
	labelled("contact", "contact", c.Contact)
	labelled("dpo", "contact", c.DPO)
	labelled("representative", "name", c.Representative)
	if len(lines) == 0 {
		return Section{}
	}
	return w.section("controller", paragraph(w.say("controller-text")), Block{Items: lines})
}

// linked makes a link of an address, or of one for mail, within a text.
func linked(s, value string) Line {
	href := ""
	switch {
	case strings.HasPrefix(value, "https://"), strings.HasPrefix(value, "http://"):
		href = value
	case strings.Count(value, "@") == 1 && !strings.ContainsAny(value, " <>?&\"'()/:;,"):
		href = "mailto:" + value
	}
	before, after, found := strings.Cut(s, value)
	if href == "" || !found {
		return plain(s)
	}
	return Line{{Text: before}, {Text: value, Href: href}, {Text: after}}
}

func (w *writer) scope() Section {
	var hosts []Line
	for _, h := range w.doc.Hosts {
		hosts = append(hosts, plain(h))
	}
	if len(hosts) == 0 {
		return w.section("scope", w.own("scope")...)
	}
	return w.section("scope", append([]Block{paragraph(w.say("scope-text")), {Items: hosts}}, w.own("scope")...)...)
}

// technologies explains what the policy lists, and nothing else.
func (w *writer) technologies() Section {
	has := func(kinds ...string) bool {
		return slices.ContainsFunc(w.doc.Items, func(i Item) bool { return slices.Contains(kinds, i.Kind) })
	}
	blocks := []Block{paragraph(w.say("cookies-text")), paragraph(w.say("session-text")), paragraph(w.say("party-text"))}
	more := len(blocks)
	for _, x := range []struct {
		key   string
		kinds []string
	}{
		{"storage-text", []string{"localStorage", "sessionStorage", "indexedDB", "cacheStorage", "serviceWorker"}},
		{"files-text", []string{"fileSystem"}},
		{"pixels-text", []string{"pixel", "beacon", "request"}},
		{"fingerprint-text", []string{"fingerprint"}},
	} {
		if has(x.kinds...) {
			blocks = append(blocks, paragraph(w.say(x.key)))
		}
	}
	if len(blocks) > more {
		blocks = append(blocks, paragraph(w.say("together-text")))
	}
	return w.section("technologies", append(blocks, w.own("technologies")...)...)
}

// purposes are the categories with what they are for and the law.
func (w *writer) purposes() Section {
	var list []Line
	consent, exempt := false, false
	for _, g := range w.groups {
		name, about := g.Words(w.Lang)
		list = append(list, plain(strings.TrimSuffix(w.say("named-duration", "name", name, "duration", about), ": ")))
		for _, i := range g.items {
			for _, b := range i.Basis {
				consent = consent || b.Value == "consent"
				exempt = exempt || strings.HasPrefix(b.Value, "exempt")
			}
		}
	}
	if len(list) == 0 {
		return Section{}
	}
	blocks := []Block{paragraph(w.say("purposes-text")), {Items: list}}
	if law := w.law(func(j jurisdiction) string { return j.Consent }, true); consent && law != "" {
		blocks = append(blocks, paragraph(w.say("law-consent", "law", law)))
	}
	if law := w.law(func(j jurisdiction) string { return j.Exempt }, false); exempt && law != "" {
		blocks = append(blocks, paragraph(w.say("law-exempt", "law", law)))
	}
	return w.section("purposes", blocks...)
}

// law lists the provisions of the jurisdictions; where a member state has none
// in our list, the directive that all have in their law.
func (w *writer) law(of func(jurisdiction) string, processing bool) string {
	var list []string
	european := false
	for _, j := range w.facts.of(w.doc.Jurisdictions) {
		s := of(j)
		if s == "" && j.EEA {
			s = w.say("directive-consent")
		}
		if s != "" {
			list = appendNew(list, s)
		}
		european = european || j.EEA
	}
	if european && processing {
		list = append(list, w.say("gdpr-consent"))
	}
	return strings.Join(list, ", ")
}

func (w *writer) recipients() Section {
	var list []Line
	for _, v := range w.doc.Vendors {
		if !v.Recipient {
			continue
		}
		parts := []string{v.Name}
		if v.Country != "" {
			parts = append(parts, w.country(v.Country))
		}
		if v.Role != "" {
			parts = append(parts, w.say("role-"+v.Role))
		}
		l := plain(strings.Join(parts, ", "))
		if v.Policy != "" {
			l = append(l, Span{Text: ". "}, Span{Text: w.say("privacy-policy"), Href: v.Policy})
		}
		list = append(list, l)
	}
	if len(list) == 0 {
		return Section{}
	}
	return w.section("recipients", paragraph(w.count("recipients", len(list))), Block{Items: list})
}

// button opens the settings. There is one on a page: where it is needed again,
// a link leads to it.
func (w *writer) button() Block {
	if w.pressed {
		return Block{Paragraph: Line{{Text: w.say("settings"), Href: "#" + idOfButton}}}
	}
	w.pressed = true
	return Block{Control: &Button{idOfButton, w.say("settings"), w.doc.Consent.Control.Attributes}}
}

// idOfButton is that of what holds the button.
const idOfButton = "cookie-policy-settings"

// asks tells whether something is used only with consent.
func (w *writer) asks() bool {
	return slices.ContainsFunc(w.doc.Items, func(i Item) bool { return i.When == "consent" })
}

func (w *writer) choice() Section {
	if !w.asks() {
		return w.section("choice", w.own("choice")...)
	}
	blocks := []Block{paragraph(w.say("choice-text")), paragraph(w.say("choice-open")), w.button(), paragraph(w.say("refuse-text"))}
	return w.section("choice", append(blocks, w.own("choice")...)...)
}

func (w *writer) kept() Section {
	if w.doc.Consent.Kept == nil || !w.asks() {
		return Section{}
	}
	return w.section("kept", paragraph(w.say("kept-text", "duration", w.duration(w.doc.Consent.Kept))))
}

// duration words a lifetime.
func (w *writer) duration(l *Lifetime) string {
	switch {
	case l == nil:
		return w.Lifetime("")
	case l.Session:
		return w.Lifetime("session")
	case l.UntilCleared:
		return w.Lifetime("until-cleared")
	}
	return w.Duration(l.Seconds)
}

// objection is for statistics without consent where the law asks for a way to
// object to them.
func (w *writer) objection() Section {
	var countries []string
	for _, j := range w.facts.of(w.doc.Jurisdictions) {
		if !j.Objection {
			continue
		}
		for _, i := range w.doc.Items {
			if i.Category == "statistics" && strings.HasPrefix(basisIn(i.Basis, j.ID), "exempt") {
				countries = appendNew(countries, w.country(j.Region))
			}
		}
	}
	if len(countries) == 0 {
		return Section{}
	}
	return w.section("objection", paragraph(w.say("objection-text", "country", strings.Join(countries, ", "))), w.button())
}

// basisIn is the basis under one law: its own, else the one for all.
func basisIn(list []Basis, jurisdiction string) string {
	value := ""
	for _, b := range list {
		if b.Jurisdiction == jurisdiction || b.Jurisdiction == "" && value == "" {
			value = b.Value
		}
	}
	return value
}

func (w *writer) browser() Section {
	list := func(links []link) []Line {
		var lines []Line
		for _, l := range links {
			lines = append(lines, Line{{Text: l.Name, Href: l.Address}})
		}
		return lines
	}
	blocks := []Block{paragraph(w.say("browser-text")), {Items: list(w.facts.links.Browsers)}}
	if w.asks() {
		blocks = append(blocks, paragraph(w.say("browser-hint")))
	}
	if out := list(w.optOuts()); len(out) > 0 {
		blocks = append(blocks, paragraph(w.say("opt-out")), Block{Items: out})
	}
	if w.doc.Consent.GPC {
		blocks = append(blocks, paragraph(w.say("gpc-text")))
	}
	return w.section("browser", blocks...)
}

// optOuts are the links that have to do with what is listed.
func (w *writer) optOuts() []link {
	var list []link
	for _, l := range w.facts.links.OptOut {
		if slices.ContainsFunc(w.doc.Items, func(i Item) bool {
			return slices.Contains(l.Categories, i.Category) && (len(l.Vendors) == 0 || slices.Contains(l.Vendors, i.Vendor))
		}) {
			list = append(list, l)
		}
	}
	return list
}

func (w *writer) sale() Section {
	blocks := w.own("sale")
	if len(blocks) > 0 {
		blocks = append(blocks, w.button())
	}
	return w.section("sale", blocks...)
}

func (w *writer) transfers() Section {
	var list []Line
	for _, v := range w.doc.Vendors {
		for _, t := range v.Transfers {
			list = append(list, plain(v.Name+": "+w.transfer(t)))
		}
	}
	if len(list) == 0 {
		return Section{}
	}
	return w.section("transfers", paragraph(w.say("transfers-text")), Block{Items: list})
}

// transfer is a country with the guarantee for what goes there.
func (w *writer) transfer(t Transfer) string {
	if t.Mechanism == "" {
		return w.country(t.To)
	}
	return w.country(t.To) + ", " + w.mechanism(t.Mechanism)
}

// mechanism words a guarantee that is known; others stand as they are written.
func (w *writer) mechanism(name string) string {
	if key := "mechanism-" + strings.ToLower(name); w.has(key) {
		return w.say(key)
	}
	return name
}

func (w *writer) profiling() Section { return w.section("profiling", w.own("profiling")...) }
func (w *writer) children() Section  { return w.section("children", w.own("children")...) }

func (w *writer) retention() Section {
	var list []Line
	var order []string
	names := map[string][]string{}
	for _, i := range w.doc.Items {
		if i.Retention != nil {
			kept := w.duration(i.Retention)
			order = appendNew(order, kept)
			names[kept] = appendNew(names[kept], i.Provider)
		}
	}
	for _, kept := range order {
		list = append(list, plain(w.say("named-duration", "name", strings.Join(names[kept], ", "), "duration", kept)))
	}
	var blocks []Block
	if len(list) > 0 {
		blocks = []Block{paragraph(w.say("retention-text")), {Items: list}}
	}
	return w.section("retention", append(blocks, w.own("retention")...)...)
}

func (w *writer) rights() Section {
	blocks := []Block{paragraph(w.say("rights-text"))}
	var list []Line
	for _, a := range w.doc.Authorities {
		l := Line{{Text: a.Name, Href: a.Web}}
		if a.Address != "" {
			l = append(l, Span{Text: ", " + a.Address})
		}
		list = append(list, l)
	}
	if len(list) > 0 {
		blocks = append(blocks, paragraph(w.say("complaint-text")), Block{Items: list})
	}
	return w.section("rights", blocks...)
}
