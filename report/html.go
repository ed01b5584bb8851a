package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"cookiescan/report/html"
	"cookiescan/scanner"
)

// renderHTML writes one file for a browser, all sites in it.
func renderHTML(w io.Writer, scans []*scanner.Scan, o Options) error {
	doc, err := htmlDocument(scans, o)
	if err != nil {
		return err
	}
	return html.Render(w, doc)
}

func htmlDocument(scans []*scanner.Scan, o Options) (html.Document, error) {
	l, err := newLook(o)
	if err != nil {
		return html.Document{}, err
	}
	doc := html.Document{Lang: l.lang.Tag()}
	var names []string
	pictures := shown(o.Pictures)
	if len(scans) > 1 {
		pictures = nil // of which site they are is not known
	}
	for i, s := range scans {
		site := newHTMLSite(newView(s, l), fmt.Sprintf("s%d", i+1), pictures).site()
		site.Number = i + 1
		doc.Sites = append(doc.Sites, site)
		names = append(names, site.Name)
	}
	doc.Title = htmlName("Cookies: " + strings.Join(names, ", "))
	return doc, nil
}

// shown are the pictures that can be shown.
func shown(pictures map[string][]byte) map[string][]byte {
	kept := maps.Clone(pictures)
	maps.DeleteFunc(kept, func(_ string, data []byte) bool { return !html.IsPicture(data) })
	return kept
}

// htmlSite is what the parts of one site's report are made of.
type htmlSite struct {
	view
	id       string
	pictures map[string][]byte
	cookies  []group
	vendor   map[string]string // by host
}

func newHTMLSite(v view, id string, pictures map[string][]byte) htmlSite {
	return htmlSite{view: v, id: id, pictures: pictures, cookies: v.look.groups(v.cookieEntries()), vendor: v.vendors()}
}

func (h htmlSite) site() html.Site {
	s := h.scan
	site := html.Site{
		ID: h.id, Name: htmlName(s.Target.Site), Title: h.lang.CookiesOf(htmlName(s.Target.Site)),
		Subtitle: h.subtitle(), Outcome: htmlText(summary(h.view, htmlName)), Alarms: h.alarms(), Strips: h.strips(),
		Cookies: h.cookieTable(), Matrix: h.matrix(), Timeline: h.timeline(), Graph: h.graph(),
		Receivers: h.receivers(), Refused: h.refusedTable(), Storage: h.storageTable(),
		Trackers: h.trackerTable(), Hosts: h.hostTable(), Findings: h.findings(), Pages: h.pageTable(),
		Passes: h.passTable(), Facts: h.facts(), Scope: htmlText(scope(s, htmlName)), Limits: limitsOf(s),
		Pictures: h.pictureList(), Categories: h.categories(),
	}
	switch {
	case len(h.kept) > 0:
	case complete(s):
		site.Nothing = nothingStored(s)
	default:
		site.Nothing = "No cookie was seen, but not all of the site could be looked at: see INCOMPLETE above."
	}
	site.Todos, site.TodoNote = h.todos()
	if s.Checks != nil {
		site.Counts, site.Outcome = site.Outcome, htmlText(verdict(s, htmlName))
		site.Judged = htmlText(profileWords(s))
		for _, line := range untested(s) {
			site.NotTested = append(site.NotTested, htmlText(line))
		}
	}
	return site
}

func (h htmlSite) subtitle() []html.Item {
	s := h.scan
	items := []html.Item{
		{Text: htmlName(s.Target.URL), Href: htmlLink(s.Target.URL)},
		{Text: s.Started.UTC().Format("2006-01-02 15:04 UTC")},
		{Text: htmlName(s.Browser.Product)},
	}
	if s.Target.As != "" {
		items = append(items, html.Item{Text: "standing for " + htmlName(s.Target.As)})
	}
	return items
}

func (h htmlSite) alarms() []html.Alarm {
	var list []html.Alarm
	if h.scan.Settings.Insecure {
		list = append(list, html.Alarm{Text: insecureWords})
	}
	if complete(h.scan) {
		return list
	}
	alarm := html.Alarm{Text: "INCOMPLETE: what follows was planned and not seen. Nothing can be concluded from what is absent."}
	for _, g := range gaps(h.scan) {
		text := g.words
		if g.count > 1 {
			text += fmt.Sprintf(", %d times", g.count)
		}
		text += ": " + strings.Join(g.details, "; ")
		if more := g.count - len(g.details); more > 0 {
			text += fmt.Sprintf("; and %d more", more)
		}
		alarm.Items = append(alarm.Items, htmlText(text))
	}
	return append(list, alarm)
}

// categoryKey is a category of ours, whatever a document holds: it chooses a
// colour.
func categoryKey(c scanner.Classification) string {
	switch c.Category {
	case scanner.Necessary, scanner.Preferences, scanner.Statistics, scanner.Marketing:
		return c.Category
	}
	return scanner.Unclassified
}

// category is the category of a group of the taxonomy: that of what is in it.
func (g group) category() html.Category {
	return html.Category{Key: categoryKey(g.entries[0].found), Name: htmlName(g.name)}
}

func (h htmlSite) categories() []html.Category {
	var list []html.Category
	for _, g := range h.cookies {
		list = append(list, g.category())
	}
	return list
}

// strips count the cookies that were met in each pass.
func (h htmlSite) strips() []html.Strip {
	if len(h.kept) == 0 {
		return nil
	}
	var list []html.Strip
	for _, p := range made(h.scan) {
		strip := html.Strip{State: phaseWords(p.Phase)}
		for _, g := range h.cookies {
			n := 0
			for _, e := range g.entries {
				for _, c := range e.cookies {
					if slices.Contains(c.Phases, p.Phase) || slices.Contains(c.Present, p.Phase) {
						n++
					}
				}
			}
			if n > 0 {
				strip.Parts = append(strip.Parts, html.Part{Category: g.category(), Count: n})
				strip.Total += n
			}
		}
		list = append(list, strip)
	}
	return list
}

// phaseWords is a consent state for a reader who does not know the names.
func phaseWords(phase string) string {
	words := map[string]string{
		"none": "No choice made", "accept": "Accepted", "reject": "Refused", "gpc": "Privacy signal (GPC)",
		"withdraw": "Accepted, then withdrawn", "close": "Banner closed", "return": "On a later visit",
	}[phase]
	if words == "" {
		return htmlName(phase)
	}
	return words
}

// matrix tells for each cookie what happened in each pass's consent state.
func (h htmlSite) matrix() html.Matrix {
	var m html.Matrix
	for _, p := range made(h.scan) {
		m.States = append(m.States, html.State{Name: htmlName(p.Phase), Words: phaseWords(p.Phase)})
	}
	found := h.findingsByMark()
	for _, g := range h.cookies {
		rows := html.MatrixGroup{Category: g.category()}
		for _, e := range g.entries {
			row := html.MatrixRow{Name: htmlName(e.name()), Note: e.times(), Place: htmlName(e.place)}
			for _, p := range made(h.scan) {
				row.Marks = append(row.Marks, markOf(e, p.Phase, found))
			}
			rows.Rows = append(rows.Rows, row)
		}
		m.Groups = append(m.Groups, rows)
	}
	return m
}

// markKey is a cookie's name in a consent state.
type markKey struct{ phase, name string }

func markOf(e entry, phase string, found map[markKey][]html.Ref) html.Mark {
	var m html.Mark
	for _, c := range e.cookies {
		m.Written = m.Written || slices.Contains(c.Phases, phase)
		m.Present = m.Present || slices.Contains(c.Present, phase)
		m.Sent = m.Sent || slices.ContainsFunc(c.SentTo, func(s scanner.SentTo) bool { return s.State == phase })
		for _, ref := range found[markKey{phase, c.Name}] {
			if !slices.Contains(m.Findings, ref) && len(m.Findings) < 3 {
				m.Findings = append(m.Findings, ref)
			}
		}
	}
	return m
}

// findingsByMark are the errors and warnings about cookies, by where they show
// in the matrix. It is about consent, which good practice is not.
func (h htmlSite) findingsByMark() map[markKey][]html.Ref {
	found := map[markKey][]html.Ref{}
	for i, f := range h.scan.Findings {
		if f.Kind != "cookie" || f.Class == scanner.ClassHygiene || f.Waived != nil || f.Severity == scanner.SeverityNote {
			continue
		}
		for _, e := range f.Evidence {
			phase := e.State
			if phase == "" {
				phase = e.Pass
			}
			ref := html.Ref{Anchor: h.findingAnchor(i), Text: htmlName(f.ID)}
			if key := (markKey{phase, e.Item}); !slices.Contains(found[key], ref) {
				found[key] = append(found[key], ref)
			}
		}
	}
	return found
}

// timeline puts the cookies that live longest first.
func (h htmlSite) timeline() []html.Life {
	var list []html.Life
	for _, g := range h.cookies {
		for _, e := range g.entries {
			l := html.Life{
				Category: categoryKey(e.found), Name: htmlName(e.name()), Note: e.times(),
				Words: joinNonEmpty(" ", e.life.stored, e.life.differs),
			}
			for _, c := range e.cookies {
				l.Stored = longer(l.Stored, c.Lifetime.StoredSeconds)
				l.Declared = longer(l.Declared, c.Lifetime.DeclaredSeconds)
				l.Session = l.Session || c.Session
			}
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(a, b html.Life) int {
		return cmp.Or(cmp.Compare(secondsOr(b.Stored, -1), secondsOr(a.Stored, -1)), cmp.Compare(secondsOr(b.Declared, -1), secondsOr(a.Declared, -1)))
	})
	return list
}

func secondsOr(n *int64, otherwise int64) int64 {
	if n == nil {
		return otherwise
	}
	return *n
}

func longer(a, b *int64) *int64 {
	if a == nil || b != nil && *b > *a {
		return b
	}
	return a
}

// pictureList has the screenshots in the order of their keys.
func (h htmlSite) pictureList() []html.Picture {
	var list []html.Picture
	for _, key := range slices.Sorted(maps.Keys(h.pictures)) {
		list = append(list, html.Picture{Anchor: h.pictureAnchor(key), Caption: "Screenshot: " + htmlName(key), Data: h.pictures[key]})
	}
	return list
}
