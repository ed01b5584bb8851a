package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// longestMarkdown is how many columns of a text are shown: a storage key can
// be megabytes.
const longestMarkdown = 160

// renderMarkdown writes GitHub Flavored Markdown: a heading for each site and
// the same tables as on a terminal.
func renderMarkdown(w io.Writer, scans []*scanner.Scan, _ Options) error {
	var m markdown
	for i, s := range scans {
		if i > 0 {
			m.WriteString("\n")
		}
		m.site(newView(s))
	}
	if _, err := w.Write(m.Bytes()); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

type markdown struct{ bytes.Buffer }

func (m *markdown) site(v view) {
	s := v.scan
	fmt.Fprintf(m, "## Cookies of %s\n\n", markdownText(s.Target.Site))
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
	titles := []string{"Name", "Domain", "Party", "Set by", "First seen", "Lifetime"}
	several := len(v.scan.Passes) > 1
	if several {
		titles = append(titles, "Passes")
	}
	var rows [][]string
	for _, c := range v.kept {
		row := v.markdownCells(c)
		if several {
			row = append(row, mdWord(strings.Join(c.Phases, ", ")))
		}
		rows = append(rows, row)
	}
	m.table(titles, rows)
}

func (v view) markdownCells(c scanner.Cookie) []string {
	trigger, on := v.firstSeen(c)
	if page, ok := strings.CutPrefix(on, "on "); ok {
		on = "on " + mdCell(page)
	}
	stored, differs := lifetimeWords(c)
	return []string{
		mdName(c.Name), joinNonEmpty(" ", mdCell(where(c)), partitionWords(c)), mdWord(string(c.Party)), mdSetter(v.cookieSetter(c)),
		joinNonEmpty(" ", mdWord(trigger), on), joinNonEmpty(" ", stored, differs),
	}
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

func (m *markdown) storage(v view) {
	if len(v.scan.Storage) == 0 {
		return
	}
	m.WriteString("\n### Other storage\n")
	var rows [][]string
	for _, i := range v.scan.Storage {
		rows = append(rows, []string{mdName(i.Key), mdWord(string(i.Kind)), mdCell(i.Origin), mdWord(string(i.Party)), mdSetter(storageSetter(i))})
	}
	m.table([]string{"Key", "Kind", "Origin", "Party", "Set by"}, rows)
}

func (m *markdown) trackers(v view) {
	if trackers := trackerRows(v.scan); len(trackers) > 0 {
		m.WriteString("\n### Pixels, beacons and fingerprinting\n")
		var rows [][]string
		for _, r := range trackers {
			kind := mdWord(string(r.kind))
			if r.api != "" {
				kind += " (" + mdWord(r.api) + ")"
			}
			rows = append(rows, []string{kind, mdCell(r.host), mdWord(string(r.party)), strconv.Itoa(r.count)})
		}
		m.table([]string{"Kind", "Host", "Party", "Count"}, rows)
	}
	if hosts := contacted(v.scan); len(hosts) > 0 {
		m.WriteString("\nThird-party hosts: " + mdTexts(hosts) + "\n")
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
	fmt.Fprintf(m, "\n**%s**\n", summary(v, mdWord))
	if !complete(s) {
		m.WriteString("\n**INCOMPLETE: what follows was planned and not seen. Nothing can be concluded from what is absent above.**\n\n")
		for _, g := range gaps(s) {
			m.gap(g)
		}
	}
	fmt.Fprintf(m, "\n%s %s\n", scope(s, mdWord), limits)
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
