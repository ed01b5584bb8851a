package policy

import (
	"slices"
	"strings"
)

// items is the section with the tables.
func (w *writer) items() Section {
	blocks := w.tables()
	if slices.ContainsFunc(w.doc.Items, func(i Item) bool { return strings.Contains(i.Name, "*") }) {
		blocks = append([]Block{paragraph(w.say("items-text"))}, blocks...)
	}
	return w.section("items", blocks...)
}

// tables are the categories, each with its explanation and its table.
func (w *writer) tables() []Block {
	var blocks []Block
	for _, g := range w.groups {
		name, about := g.Words(w.Lang)
		blocks = append(blocks, Block{Heading: name})
		if about != "" && w.o.TableOnly { // the page has said it before
			blocks = append(blocks, paragraph(about))
		}
		blocks = append(blocks, Block{Table: w.table(name, g.items)})
	}
	return blocks
}

// table has a row for each item. The category has a column where the groups of
// the taxonomy are others than the categories; the conditions have none where
// only the table is asked for.
func (w *writer) table(category string, items []Item) *Table {
	t := &Table{Caption: w.say("caption", "category", category), Widths: []int{16, 15, 18, 13, 12}}
	for _, key := range []string{"name", "provider", "purpose", "lifetime", "kind"} {
		t.Columns = append(t.Columns, w.Title(key))
	}
	byCategory := w.o.Taxonomy.OneToOne()
	if !byCategory {
		t.Columns, t.Widths = append(t.Columns, w.Title("category")), append(t.Widths, 13)
	}
	if !w.o.TableOnly {
		t.Columns, t.Widths = append(t.Columns, w.say("conditions")), append(t.Widths, 26)
	}
	for _, i := range items {
		provider := Line{{Text: i.Provider, Href: w.vendors[i.Vendor].Policy}}
		row := Row{[]Cell{
			{[]Line{{{Text: i.Name, Code: true}}}},
			{[]Line{provider}},
			{w.purpose(i)},
			{[]Line{plain(w.lifetime(i))}},
			{w.kind(i)},
		}}
		if !byCategory {
			name, _ := w.Category(i.Category)
			row.Cells = append(row.Cells, Cell{[]Line{plain(name)}})
		}
		if !w.o.TableOnly {
			row.Cells = append(row.Cells, Cell{w.conditions(i)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (w *writer) purpose(i Item) []Line {
	var list []Line
	for _, p := range strings.Split(i.Purpose.Texts[w.tag], "\n\n") {
		if p != "" {
			list = append(list, plain(p))
		}
	}
	if len(list) == 0 {
		list = append(list, plain(w.Title("purposeUnknown")))
	}
	return list
}

// lifetime is empty for what stays nowhere.
func (w *writer) lifetime(i Item) string {
	if i.Lifetime == nil && slices.Contains([]string{"pixel", "beacon", "request", "fingerprint"}, i.Kind) {
		return "–"
	}
	return w.duration(i.Lifetime)
}

// kind is what an item is, and whether the website itself sets it.
func (w *writer) kind(i Item) []Line {
	list := []Line{plain(w.Kind(i.Kind))}
	if i.Party != "" {
		list = append(list, plain(w.say(i.Party+"-party")))
	}
	return list
}

// conditions are when something is used, on what basis, and who gets what.
func (w *writer) conditions(i Item) []Line {
	var list []Line
	add := func(s string) { list = append(list, plain(s)) }
	if i.When != "" {
		add(w.say("when-" + i.When))
	}
	for _, b := range i.Basis {
		if b.Jurisdiction == "" {
			add(w.say("basis", "basis", w.basis(b.Value)))
		} else {
			add(w.say("basis-in", "country", w.country(w.facts.regionOf(b.Jurisdiction)), "basis", w.basis(b.Value)))
		}
	}
	if i.ExemptReason != nil {
		if s := i.ExemptReason.Texts[w.tag]; s != "" {
			add(w.say("exempt-reason", "reason", strings.ReplaceAll(s, "\n\n", " ")))
		}
	}
	if l := i.Lifetime; l != nil && l.Refreshed {
		add(w.say("refreshed"))
	} else if l != nil && l.Fixed {
		add(w.say("fixed"))
	}
	if i.Domain != "" {
		add(w.say("domain", "domain", i.Domain))
	}
	if len(i.Data) > 0 {
		var data []string
		for _, d := range i.Data {
			data = append(data, w.data(d))
		}
		add(w.say("data", "data", strings.Join(data, ", ")))
	}
	list = append(list, w.receivers(i)...)
	if i.Retention != nil {
		add(w.say("retention-line", "duration", w.duration(i.Retention)))
	}
	if r := i.Reach; r != nil {
		if r.Login {
			add(w.say("login"))
		}
		if len(r.Paths) > 0 {
			add(w.say("paths", "paths", strings.Join(r.Paths, ", ")))
		}
		if r.Region != "" {
			add(w.say("region", "country", w.country(strings.ToUpper(r.Region))))
		}
	}
	return list
}

// receivers are the recipients, and the countries to which data goes.
func (w *writer) receivers(i Item) []Line {
	var names, transfers []string
	for _, id := range i.Recipients {
		v := w.vendors[id]
		names = append(names, v.Name)
		for _, t := range v.Transfers {
			country := w.country(t.To)
			if t.Mechanism == "" {
				transfers = appendNew(transfers, w.say("transfer-bare", "country", country))
			} else {
				transfers = appendNew(transfers, w.say("transfer", "country", country, "mechanism", w.mechanism(t.Mechanism)))
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	list := []Line{plain(w.say("receivers", "names", strings.Join(names, ", ")))}
	for _, s := range transfers {
		list = append(list, plain(s))
	}
	return list
}

// basis words a legal basis; of an exemption with a reason, the exemption.
func (w *writer) basis(value string) string {
	kind, _, _ := strings.Cut(value, ":")
	return w.say("basis-" + kind)
}

// data words a kind of data that is known; others stand as they are written.
func (w *writer) data(kind string) string {
	if key := dataKey(kind); w.has(key) {
		return w.say(key)
	}
	return kind
}

// dataKey is the key of the words for a kind of data.
func dataKey(kind string) string {
	return "data-" + strings.Join(strings.Fields(strings.ToLower(kind)), "-")
}

// dataKinds are those for which there are words.
func dataKinds(t *text) []string {
	var list []string
	for key := range t.file.Texts {
		if kind, ok := strings.CutPrefix(key, "data-"); ok {
			list = append(list, strings.ReplaceAll(kind, "-", " "))
		}
	}
	slices.Sort(list)
	return list
}
