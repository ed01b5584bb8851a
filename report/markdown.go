package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"cookiescan/scanner"
)

// longestMarkdown is how many columns of a text are shown: a storage key can
// be megabytes.
const longestMarkdown = 160

// renderMarkdown writes GitHub Flavored Markdown: a heading for each site and
// the same tables as on a terminal. Of a check it is a comment on a pull request.
func renderMarkdown(w io.Writer, scans []*scanner.Scan, o Options) error {
	if o.Gate != nil {
		return renderComment(w, scans, o.Gate)
	}
	l, err := newLook(o)
	if err != nil {
		return err
	}
	var m markdown
	for i, s := range scans {
		if i > 0 {
			m.WriteString("\n")
		}
		m.site(newView(s, l))
	}
	if _, err := w.Write(m.Bytes()); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

type markdown struct{ bytes.Buffer }

func (m *markdown) site(v view) {
	s := v.scan
	fmt.Fprintf(m, "## %s\n\n", v.lang.CookiesOf(markdownText(s.Target.Site)))
	fmt.Fprintf(m, "%s, %s, %s\n", markdownText(s.Target.URL), s.Started.UTC().Format("2006-01-02 15:04 UTC"), markdownText(s.Browser.Product))
	if s.Target.As != "" {
		fmt.Fprintf(m, "\nStanding for %s\n", markdownText(s.Target.As))
	}
	if s.Settings.Insecure {
		fmt.Fprintf(m, "\n**%s**\n", insecureWords)
	}
	m.cookies(v)
	m.refused(v)
	m.storage(v)
	m.trackers(v)
	m.findings(v)
	m.bottom(v)
}

// table writes a table whose cells are safe already.
func (m *markdown) table(titles []string, rows [][]string) {
	m.WriteString("\n| " + strings.Join(titles, " | ") + " |\n|" + strings.Repeat(" --- |", len(titles)) + "\n")
	for _, row := range rows {
		m.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
}

func mdCell(s string) string { return markdownCell(shorten(printable(s), longestMarkdown)) }

func (m *markdown) cookies(v view) {
	if len(v.kept) == 0 {
		m.WriteString("\n" + nothingStored(v.scan) + "\n")
		return
	}
	m.groups(v, "###", v.cookieEntries(), false)
}

func (m *markdown) storage(v view) {
	if len(v.scan.Storage) == 0 {
		return
	}
	fmt.Fprintf(m, "\n### %s\n", v.lang.Title("storage"))
	m.groups(v, "####", v.storageEntries(), true)
}

// groups writes a heading and a table for each group, with the evidence.
func (m *markdown) groups(v view, level string, list []entry, withKind bool) {
	keys := []string{"name", "kind", "provider", "party", "lifetime", "purpose", "setBy", "firstSeen"}
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "kind" && !withKind || k == "firstSeen" && withKind })
	keys = append(keys, v.passKeys()...)
	m.list(listing{v.look, v.scan.Target.Site, keys, withKind}, level, list)
	if text := legend(keys); text != "" {
		m.WriteString("\n" + text + "\n")
	}
}

func (m *markdown) list(l listing, level string, list []entry) {
	var titles []string
	for _, key := range l.keys {
		if phase, ok := phaseOf(key); ok {
			titles = append(titles, mdWord(phase))
			continue
		}
		titles = append(titles, l.lang.Title(key))
	}
	if l.evidence {
		titles = append(titles, "Why")
	}
	for _, g := range l.groups(list) {
		fmt.Fprintf(m, "\n%s %s (%d)\n", level, mdProse(g.name), g.items)
		if g.text != "" && !l.bare {
			m.WriteString("\n" + mdProse(g.text) + "\n")
		}
		var rows [][]string
		for _, e := range g.entries {
			rows = append(rows, l.markdownRow(e))
		}
		m.table(titles, rows)
	}
}

func (l listing) markdownRow(e entry) []string {
	cells := l.markdownCells(e)
	var row []string
	for _, key := range l.keys {
		if phase, ok := phaseOf(key); ok {
			row = append(row, e.passMark(phase))
			continue
		}
		row = append(row, cells[key])
	}
	if l.evidence {
		row = append(row, mdProse(joinNonEmpty(": ", e.found.Confidence, e.found.Basis)))
	}
	return row
}

// markdownCells are the cells of a row by the keys of their columns.
func (l listing) markdownCells(e entry) map[string]string {
	who, place := e.provider(l.site)
	provider := ""
	if who != "" {
		provider = mdCell(who)
	}
	if e.found.Vendor != "" {
		provider = mdProse(who)
	}
	if place != "" {
		provider += " (" + mdCell(place) + ")"
	}
	provider = joinNonEmpty(" ", provider, e.note)
	on := e.on
	if page, ok := strings.CutPrefix(on, "on "); ok {
		on = "on " + mdCell(page)
	}
	name := "(no name)"
	if shown := e.name(); shown != name {
		name = mdCell(shown)
	}
	return map[string]string{
		"name": joinNonEmpty(" ", name, e.times()), "kind": mdProse(l.lang.Kind(e.kind)), "provider": provider,
		"party": mdProse(l.party(e.party)), "lifetime": joinNonEmpty(" ", e.life.stored, e.life.differs),
		"purpose": l.purpose(e.found, e.place, mdProse), "setBy": mdSetter(e.setter),
		"firstSeen": joinNonEmpty(" ", mdWord(e.trigger), on), "passes": mdWord(strings.Join(e.phases, ", ")),
	}
}

// mdProse shows a name or a sentence as it is if nothing in it could be markup
// inside a line, else as foreign text.
func mdProse(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,;=-'’()+!?„“”«»–·", r) {
			return mdCell(s)
		}
	}
	if s == "" || s != printable(s) || strings.Contains(strings.ToLower(s), "www") || strings.TrimSpace(s) != s {
		return mdCell(s)
	}
	return s
}

// mdWord shows our own words as they are, and what only claims to be such (a
// document can hold anything) as foreign text: what has only these characters
// cannot be markup inside a line.
func mdWord(s string) string {
	for _, r := range s {
		plain := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" ,;=-", r)
		if !plain {
			return mdCell(s)
		}
	}
	return s
}

func mdName(name string) string {
	if name == "" {
		return "(no name)"
	}
	return mdCell(nameWords(name))
}

func mdSetter(s setter) string {
	if s.host == "" {
		return joinNonEmpty(" ", s.lead, s.note)
	}
	return joinNonEmpty(" ", s.lead, mdCell(s.place()))
}

func (m *markdown) refused(v view) {
	if len(v.refused) == 0 {
		return
	}
	m.WriteString("\n### Refused by the browser\n")
	var rows [][]string
	for _, c := range v.refused {
		rows = append(rows, []string{mdName(c.Name), mdCell(where(c)), mdSetter(v.cookieSetter(c)), mdWord(refusal(c))})
	}
	m.table([]string{"Name", "Domain", "Set by", "Why"}, rows)
}

func (m *markdown) trackers(v view) {
	if trackers := trackerRows(v.scan); len(trackers) > 0 {
		fmt.Fprintf(m, "\n### %s\n", v.lang.Title("trackers"))
		var rows [][]string
		for _, r := range trackers {
			kind := mdProse(v.lang.Kind(string(r.kind)))
			if r.api != "" {
				kind += " (" + mdWord(r.api) + ")"
			}
			name, _ := v.taxonomy.Of(r.found.Category, r.found.Purpose).Words(v.lang)
			rows = append(rows, []string{kind, mdCell(r.host), mdProse(v.party(r.party)), strconv.Itoa(r.count), mdProse(name), v.purpose(r.found, r.host, mdProse)})
		}
		var titles []string
		for _, key := range []string{"kind", "host", "party", "count", "category", "purpose"} {
			titles = append(titles, v.lang.Title(key))
		}
		m.table(titles, rows)
	}
	if hosts := contacted(v.scan); len(hosts) > 0 {
		m.WriteString("\nThird-party hosts: " + mdTexts(v.owned(hosts)) + "\n")
	}
}

func mdTexts(list []string) string {
	var shown []string
	for _, s := range list {
		shown = append(shown, markdownText(shorten(printable(s), longestMarkdown)))
	}
	return strings.Join(shown, ", ")
}

func (m *markdown) bottom(v view) {
	s := v.scan
	if len(v.given) > 0 {
		var names []string
		for _, c := range v.given {
			names = append(names, nameWords(c.Name))
		}
		m.WriteString("\nGiven by you, not counted: " + mdTexts(names) + "\n")
	}
	if !v.english() {
		fmt.Fprintf(m, "\n**%s**\n", counts(v))
	}
	fmt.Fprintf(m, "\n**%s**\n", summary(v, mdWord))
	if text := verdict(s, mdWord); text != "" {
		fmt.Fprintf(m, "\n**%s**\n", text)
	}
	if !complete(s) {
		m.WriteString("\n**INCOMPLETE: what follows was planned and not seen. Nothing can be concluded from what is absent above.**\n\n")
		for _, g := range gaps(s) {
			m.gap(g)
		}
	}
	fmt.Fprintf(m, "\n%s %s\n", scope(s, mdWord), limitsOf(s))
}

func (m *markdown) gap(g gap) {
	fmt.Fprintf(m, "- %s", mdWord(g.words))
	if g.count > 1 {
		fmt.Fprintf(m, ", %d times", g.count)
	}
	m.WriteString(": " + mdTexts(g.details))
	if more := g.count - len(g.details); more > 0 {
		fmt.Fprintf(m, " and %d more", more)
	}
	m.WriteString("\n")
}
