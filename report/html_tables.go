package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/report/html"
	"cookiescan/scanner"
)

// column is a column with a title from the words of the language.
func (l look) htmlColumn(key string) html.Column {
	return html.Column{Title: l.lang.Title(key), Local: true}
}

func one(item html.Item) html.Cell { return html.Cell{Items: []html.Item{item}} }

func textCell(s string) html.Cell { return one(html.Item{Text: htmlName(s)}) }

func localCell(s string) html.Cell { return one(html.Item{Text: s, Local: true}) }

func numberCell(n int) html.Cell {
	sorted := int64(n)
	return html.Cell{Items: []html.Item{{Text: fmt.Sprint(n)}}, Sort: &sorted}
}

// nameCell is what identifies a row. Several items with one pattern show how
// many they are.
func nameCell(e entry) html.Cell {
	return one(html.Item{Text: htmlName(e.name()), Code: true, Note: e.times()})
}

func (h htmlSite) providerCell(e entry) html.Cell {
	who, place := e.provider(h.scan.Target.Site)
	return one(html.Item{Text: htmlName(who), Note: joinNonEmpty(" ", htmlName(place), e.note)})
}

// purposeCell says below the purpose what it depends on, and with --evidence
// when the item was first seen and why it is classified so.
func (h htmlSite) purposeCell(e entry) html.Cell {
	note := htmlText(e.found.Condition)
	if h.evidence {
		seen := ""
		if e.trigger != "" {
			seen = "first seen: " + joinNonEmpty(" ", htmlName(e.trigger), htmlName(e.on))
		}
		note = joinNonEmpty("; ", seen, joinNonEmpty(": ", htmlName(e.found.Confidence), htmlText(e.found.Basis)), note)
	}
	return one(html.Item{Text: h.purpose(e.found, e.place, htmlName), Local: true, Note: note})
}

func setterCell(s setter) html.Cell {
	s = s.sanitized(htmlName)
	if s.host == "" {
		return one(html.Item{Text: joinNonEmpty(" ", s.lead, s.note)})
	}
	return one(html.Item{Text: joinNonEmpty(" ", s.lead, s.host), Note: s.path + s.line})
}

func phasesCell(phases []string) html.Cell {
	c := html.Cell{Inline: true}
	for _, p := range phases {
		c.Items = append(c.Items, html.Item{Text: htmlName(p)})
	}
	return c
}

func (h htmlSite) cookieTable() html.Table {
	t := html.Table{
		Class: "cookies", Caption: h.lang.CookiesOf(htmlName(h.scan.Target.Site)), Local: true, Bare: true, Filter: true,
		Columns: []html.Column{
			h.htmlColumn("name"), h.htmlColumn("provider"), h.htmlColumn("party"), h.htmlColumn("lifetime"), h.htmlColumn("purpose"),
			h.htmlColumn("setBy"),
		},
	}
	t.Columns[2].Pick = true
	several := len(made(h.scan)) > 1
	if several {
		t.Columns = append(t.Columns, h.htmlColumn("passes"))
		t.Columns[6].Pick = true
	}
	for _, g := range h.cookies {
		rows := html.Group{Category: g.category(), Text: htmlText(g.text), Count: g.items}
		for _, e := range g.entries {
			if e.found.Confidence == scanner.ByInference {
				t.Note = "What is marked (" + h.lang.Confidence(scanner.ByInference) + ") rests on indirect signs only."
			}
			seconds := e.life.seconds
			cells := []html.Cell{
				nameCell(e), h.providerCell(e), localCell(htmlName(h.party(e.party))),
				{Items: []html.Item{{Text: e.life.stored, Local: true, Note: e.life.differs}}, Sort: &seconds},
				h.purposeCell(e), setterCell(e.setter),
			}
			if several {
				cells = append(cells, phasesCell(e.phases))
			}
			rows.Rows = append(rows.Rows, html.Row{Cells: cells})
		}
		t.Groups = append(t.Groups, rows)
	}
	return t
}

func (h htmlSite) storageTable() html.Table {
	t := html.Table{
		Class: "storage", Caption: h.lang.Title("storage"), Local: true, Bare: true, Filter: true,
		Columns: []html.Column{
			h.htmlColumn("name"), h.htmlColumn("kind"), h.htmlColumn("provider"), h.htmlColumn("party"), h.htmlColumn("purpose"), h.htmlColumn("setBy"),
		},
	}
	t.Columns[1].Pick, t.Columns[3].Pick = true, true
	for _, g := range h.look.groups(h.storageEntries()) {
		rows := html.Group{Category: g.category(), Text: htmlText(g.text), Count: g.items}
		for _, e := range g.entries {
			rows.Rows = append(rows.Rows, html.Row{Cells: []html.Cell{
				nameCell(e), localCell(htmlName(h.lang.Kind(e.kind))), h.providerCell(e), localCell(htmlName(h.party(e.party))),
				h.purposeCell(e), setterCell(e.setter),
			}})
		}
		t.Groups = append(t.Groups, rows)
	}
	return t
}

func (h htmlSite) refusedTable() html.Table {
	t := html.Table{
		Class: "refused", Caption: "Refused by the browser", Note: "The site tried to set these, and no visitor with this browser has them.",
		Columns: []html.Column{h.htmlColumn("name"), h.htmlColumn("domain"), h.htmlColumn("setBy"), {Title: "Why"}},
	}
	var rows []html.Row
	for _, c := range h.refused {
		rows = append(rows, html.Row{Cells: []html.Cell{
			one(html.Item{Text: htmlName(nameWords(c.Name)), Code: true}), textCell(where(c)), setterCell(h.cookieSetter(c)), textCell(refusal(c)),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

func (h htmlSite) trackerTable() html.Table {
	t := html.Table{Class: "trackers", Caption: h.lang.Title("trackers"), Local: true, Filter: true}
	for _, key := range []string{"kind", "host", "party", "count", "category", "purpose"} {
		t.Columns = append(t.Columns, h.htmlColumn(key))
	}
	t.Columns[1] = html.Column{Title: "Host"}
	t.Columns[0].Pick, t.Columns[4].Pick, t.Columns[3].Number = true, true, true
	var rows []html.Row
	for _, r := range trackerRows(h.scan) {
		group, _ := h.taxonomy.Of(r.found.Category, r.found.Purpose).Words(h.lang)
		rows = append(rows, html.Row{Cells: []html.Cell{
			one(html.Item{Text: htmlName(h.lang.Kind(string(r.kind))), Local: true, Note: htmlName(r.api)}), textCell(r.host),
			localCell(htmlName(h.party(r.party))), numberCell(r.count),
			one(html.Item{Text: htmlName(group), Local: true, Category: categoryKey(r.found)}),
			localCell(h.purpose(r.found, r.host, htmlName)),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

func (h htmlSite) hostTable() html.Table {
	t := html.Table{
		Class: "hosts", Caption: "Third-party hosts", Filter: true, Note: "Every host of others that the pages contacted, whether it stored something or not.",
		Columns: []html.Column{{Title: "Host"}, h.htmlColumn("provider"), {Title: "Requests", Number: true}, {Title: "Outcome", Pick: true}, h.htmlColumn("passes")},
	}
	t.Columns[4].Pick = true
	var rows []html.Row
	for _, host := range h.scan.Hosts {
		if host.Party != scanner.Third {
			continue
		}
		rows = append(rows, html.Row{Cells: []html.Cell{
			textCell(host.Name), textCell(h.vendor[host.Name]), numberCell(host.Requests),
			one(html.Item{Text: htmlName(host.Outcome), Note: htmlName(host.Reason)}), phasesCell(host.Phases),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

// receiver is a host that got values.
type receiver struct {
	host  string
	third bool
	items []html.Item
	at    map[string]int // by the name of an item
	how   []map[string]bool
	in    []string
}

// mostReceived is how many names are shown for one host.
const mostReceived = 40

// receivers are the hosts of others that got a cookie's value, and any host
// that got one outside of the Cookie header.
func (h htmlSite) receivers() html.Table {
	t := html.Table{
		Class: "receivers", Caption: "Who receives which identifier", Bare: true,
		Note:    "Values that left the browser: in the Cookie header, in an address or in the body of a request. The site's own hosts get their cookies with each request and are not listed for that.",
		Columns: []html.Column{{Title: "Receiver"}, {Title: "Cookies, and how their value was sent"}, h.htmlColumn("passes")},
	}
	var rows []html.Row
	for _, r := range h.received() {
		items := r.items
		for i := range items {
			items[i].Note = strings.Join(sortedKeys(r.how[i]), ", ")
		}
		if more := len(items) - mostReceived; more > 0 {
			items = append(items[:mostReceived:mostReceived], html.Item{Text: fmt.Sprintf("and %d more", more)})
		}
		who := h.vendor[r.host]
		if !r.third {
			who = "the site itself"
		}
		rows = append(rows, html.Row{Cells: []html.Cell{
			one(html.Item{Text: htmlName(r.host), Note: htmlName(who)}), {Items: items}, phasesCell(r.in),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

func (h htmlSite) received() []*receiver {
	party := map[string]scanner.Party{}
	for _, host := range h.scan.Hosts {
		party[host.Name] = host.Party
	}
	third := func(host string) bool {
		if p, known := party[host]; known {
			return p == scanner.Third
		}
		return host != h.scan.Target.Site && !strings.HasSuffix(host, "."+h.scan.Target.Site)
	}
	by := map[string]*receiver{}
	for _, g := range h.cookies {
		for _, e := range g.entries {
			for _, c := range e.cookies {
				for _, sent := range c.SentTo {
					if isThird := third(sent.Host); isThird || sent.How != "cookie" {
						if by[sent.Host] == nil {
							by[sent.Host] = &receiver{host: sent.Host, third: isThird, at: map[string]int{}}
						}
						by[sent.Host].add(e, sent)
					}
				}
			}
		}
	}
	list := make([]*receiver, 0, len(by))
	for _, host := range sortedKeys(by) {
		list = append(list, by[host])
	}
	slices.SortStableFunc(list, func(a, b *receiver) int {
		if a.third != b.third {
			return map[bool]int{true: -1, false: 1}[a.third]
		}
		return cmp.Compare(len(b.items), len(a.items))
	})
	return list
}

func (r *receiver) add(e entry, sent scanner.SentTo) {
	name := e.name() + " " + e.place
	i, known := r.at[name]
	if !known {
		i = len(r.items)
		r.at[name] = i
		r.items = append(r.items, html.Item{Text: htmlName(e.name()), Code: true, Category: categoryKey(e.found)})
		r.how = append(r.how, map[string]bool{})
	}
	r.how[i][sentWords(sent)] = true
	if !slices.Contains(r.in, sent.State) {
		r.in = append(r.in, sent.State)
	}
}

// sentWords says how a value was sent.
func sentWords(s scanner.SentTo) string {
	words := map[string]string{"cookie": "as cookie", "url": "in an address", "body": "in a body"}[s.How]
	if words == "" {
		words = htmlName(s.How)
	}
	if s.Form != "" && s.Form != "plain" {
		words += " " + bracketed(htmlName(s.Form))
	}
	return words
}
