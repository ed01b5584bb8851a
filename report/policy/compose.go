package policy

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language/display"

	xlanguage "golang.org/x/text/language"

	"cookiescan/classify/taxonomy"
)

// Options say what of a policy is written and how.
type Options struct {
	Taxonomy  *taxonomy.Taxonomy // of the tables; nil means our own categories
	TableOnly bool               // only the categories with their tables
	Short     bool               // a short statement for a privacy policy
	Archive   []Archived         // earlier versions that can be read
}

// Archived is an earlier version as it is kept.
type Archived struct {
	Version, Updated string
	Href             string // relative; empty: it is not kept
}

// Compose words a document in one of its languages.
func Compose(d *Document, tag string, o Options) (*Page, error) {
	t, err := language(tag)
	if err != nil {
		return nil, err
	}
	f, err := loadFacts()
	if err != nil {
		return nil, err
	}
	if o.Taxonomy == nil {
		if o.Taxonomy, err = taxonomy.Lookup(""); err != nil {
			return nil, err
		}
	}
	w := &writer{text: t, facts: f, doc: d, tag: tag, o: o, vendors: map[string]Vendor{}}
	for _, v := range d.Vendors {
		w.vendors[v.ID] = v
	}
	w.sort()
	return w.page(), nil
}

// writer words a document.
type writer struct {
	*text
	facts   *facts
	doc     *Document
	tag     string // as the document names the language
	o       Options
	vendors map[string]Vendor
	groups  []groupOf
	pressed bool // the page has its button
}

// groupOf is a category of the taxonomy with its items.
type groupOf struct {
	taxonomy.Group
	items []Item
}

// sort puts the items into the groups of the taxonomy; groups without any are
// left out.
func (w *writer) sort() {
	for _, g := range w.o.Taxonomy.Groups() {
		of := groupOf{Group: g}
		for _, i := range w.doc.Items {
			if w.o.Taxonomy.Of(i.Category, i.Purpose.Key).ID == g.ID {
				of.items = append(of.items, i)
			}
		}
		if len(of.items) > 0 {
			w.groups = append(w.groups, of)
		}
	}
}

func (w *writer) page() *Page {
	p := &Page{
		Lang: w.tag, Dir: direction(w.tag), Title: w.say("title", "site", w.doc.Site),
		Author: w.doc.Controller.Name, Version: w.doc.Version, Updated: w.doc.Updated,
	}
	if w.doc.Draft {
		p.Draft, p.Title = w.say("draft"), w.say("draft-title", "title", p.Title)
		p.Lead = append(p.Lead, plain(w.say("draft-text")))
	}
	switch {
	case w.o.Short:
		p.Title = w.say("short")
		p.Sections = w.shortStatement()
		return p
	case w.o.TableOnly:
		p.Title = w.CookiesOf(w.doc.Site)
		if w.doc.Draft {
			p.Title = w.say("draft-title", "title", p.Title)
		}
		p.Sections = []Section{{ID: "items", Title: w.say("items"), Blocks: w.tables()}}
		return p
	}
	if s := w.updated(); s != "" {
		p.Lead = append(p.Lead, plain(s))
	}
	if others := w.otherLanguages(); others != nil {
		p.Lead = append(p.Lead, others)
	}
	p.Contents = w.say("contents")
	for _, make := range []func() Section{
		w.controller, w.scope, w.technologies, w.purposes, w.items, w.recipients, w.choice, w.kept, w.objection,
		w.browser, w.sale, w.transfers, w.profiling, w.retention, w.rights, w.children, w.changes, w.made,
	} {
		if s := make(); len(s.Blocks) > 0 {
			p.Sections = append(p.Sections, s)
		}
	}
	return p
}

func (w *writer) updated() string {
	switch d := w.doc; {
	case d.Updated == "":
		return ""
	case d.Version == "":
		return w.say("updated", "date", w.day(d.Updated))
	default:
		return w.say("updated-version", "version", d.Version, "date", w.day(d.Updated))
	}
}

// otherLanguages links to the policy in other languages, where it is published.
func (w *writer) otherLanguages() Line {
	var l Line
	for _, tag := range slices.Sorted(maps.Keys(w.doc.Published)) {
		other, err := language(tag)
		if tag == w.tag || err != nil {
			continue
		}
		if l == nil {
			l = plain(w.say("languages") + ": ")
		} else {
			l = append(l, Span{Text: ", "})
		}
		l = append(l, Span{Text: other.Name(), Href: w.doc.Published[tag]})
	}
	return l
}

// country is the name of a country by its code (ISO 3166-1).
func (w *writer) country(code string) string {
	region, err := xlanguage.ParseRegion(code)
	if err != nil {
		return code
	}
	tag := w.Tag()
	if tag == "pt" {
		tag = "pt-PT"
	}
	return cmp.Or(display.Regions(xlanguage.Make(tag)).Name(region), code)
}

// direction is that in which a language is written.
func direction(tag string) string {
	script, _ := xlanguage.Make(tag).Script()
	switch script.String() {
	case "Arab", "Hebr":
		return "rtl"
	}
	return "ltr"
}

// shortStatement is what a privacy policy says in a paragraph of its own.
func (w *writer) shortStatement() []Section {
	var list []Line
	for _, g := range w.groups {
		name, _ := g.Words(w.Lang)
		var purposes []string
		for _, i := range g.items {
			if s := i.Purpose.Texts[w.tag]; s != "" {
				purposes = appendNew(purposes, s)
			}
		}
		list = append(list, plain(w.say("short-line", "category", name, "purposes", strings.Join(purposes, " "))))
	}
	blocks := []Block{paragraph(w.say("short-text")), {Items: list}}
	if w.asks() {
		blocks = append(blocks, paragraph(w.say("short-consent")), w.button())
	}
	if address := w.doc.Published[w.tag]; address != "" {
		blocks = append(blocks, Block{Paragraph: linked(w.say("short-more", "address", address), address)})
	}
	return []Section{{ID: "short", Blocks: blocks}}
}
