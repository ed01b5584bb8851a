package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// mostComment is how many bytes of Markdown are written: GitHub takes 65,536
// characters in a comment, and a caller may want to put a line above.
const mostComment = 64000

// mostEvidenceShown is how many observations of one finding a comment tells.
const mostEvidenceShown = 5

// renderComment writes the outcome of a check as a comment on a pull request:
// how it ended, what fails and what to do, the rest folded. What does not fit is
// counted.
func renderComment(w io.Writer, scans []*scanner.Scan, g *Gate) error {
	rows, lacks := g.judged(scans), g.lacks(scans)
	failing := slices.DeleteFunc(slices.Clone(rows), func(r judged) bool { return r.status != gate.AtGate })
	others := slices.DeleteFunc(slices.Clone(rows), func(r judged) bool { return r.status == gate.AtGate })
	m := comment{several: severalSites(scans)}
	of := ""
	if len(scans) > 0 && !m.several {
		of = " of " + markdownText(htmlName(scans[0].Target.Site))
	}
	fmt.Fprintf(&m.markdown, "### Cookie check%s\n\n**%s.**\n", of, outcomeSentence(rows, lacks, g))
	m.list("\nNot seen, though it was to be:\n\n", texts(lackLines(lacks)), mostComment/8)
	m.failing(failing)
	m.list("\nTo do:\n\n", texts(fixLines(failing)), mostComment/4)
	foot := comment{}
	foot.foot(scans)
	m.fold("Evidence, and what would make it wrong", pieces{len(failing), func(i int) string { return detail(failing[i]) }}, (mostComment-foot.Len()-m.Len())*2/3)
	m.fold(fmt.Sprintf("Other findings (%d)", len(others)), pieces{len(others), func(i int) string { return otherLine(others[i]) }}, mostComment-foot.Len()-m.Len())
	m.Write(foot.Bytes())
	if _, err := w.Write(m.Bytes()); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

type comment struct {
	markdown
	several bool // sites
}

func severalSites(scans []*scanner.Scan) bool {
	return slices.ContainsFunc(scans, func(s *scanner.Scan) bool { return s.Target.Site != scans[0].Target.Site })
}

// pieces are n texts, each of which is made when it is asked for.
type pieces struct {
	n  int
	at func(i int) string
}

func texts(list []string) pieces {
	return pieces{len(list), func(i int) string { return list[i] }}
}

// fit writes pieces, in their order, as long as there is room for them and for a
// line about the others, of which it says how many there are.
func (m *comment) fit(p pieces, room int) (left int) {
	const lastLine = 80
	for i := range p.n {
		text := p.at(i)
		if room -= len(text); room < lastLine {
			return p.n - i
		}
		m.WriteString(text)
	}
	return 0
}

// list writes lines under a title, in no more than room bytes.
func (m *comment) list(title string, p pieces, room int) {
	if p.n == 0 {
		return
	}
	m.WriteString(title)
	if left := m.fit(p, room-len(title)); left > 0 {
		fmt.Fprintf(&m.markdown, "- and %d more\n", left)
	}
}

func (m *comment) fold(title string, p pieces, room int) {
	if p.n == 0 {
		return
	}
	const frame = "\n<details>\n<summary></summary>\n\n\n</details>\n"
	fmt.Fprintf(&m.markdown, "\n<details>\n<summary>%s</summary>\n\n", title)
	m.list("", p, room-len(frame)-len(title))
	m.WriteString("\n</details>\n")
}

// failing writes the table of what fails.
func (m *comment) failing(rows []judged) {
	if len(rows) == 0 {
		return
	}
	titles := []string{"Check", "Item", "What was seen", "Where"}
	if m.several {
		titles = append([]string{"Site"}, titles...)
	}
	m.table(titles, nil)
	left := m.fit(pieces{len(rows), func(i int) string { return m.row(rows[i]) }}, mostComment/2-m.Len())
	if left > 0 {
		fmt.Fprintf(&m.markdown, "\nand %d more that fail\n", left)
	}
}

func (m *comment) row(r judged) string {
	cells := []string{mdWord(r.id()), mdCell(htmlName(r.Subject)), mdSentenceCell(r.told()), ""}
	if where := whereWords(r); where != "" {
		cells[3] = mdCell(where)
	}
	if m.several {
		cells = append([]string{mdCell(htmlName(r.scan.Target.Site))}, cells...)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// whereWords is the place in the declaration, or in a page.
func whereWords(r judged) string {
	if r.Declared == nil {
		return ""
	}
	if _, file := placeOf(r.Declared); file {
		return withLine(r.at.file, r.at.line, 0)
	}
	return sentence(joinNonEmpty(", ", r.Declared.Source, r.Declared.Place))
}

func lackLines(lacks []lack) []string {
	var lines []string
	for _, l := range lacks {
		lines = append(lines, "- "+markdownText(htmlName(l.site))+": "+mdSentence(l.text)+"\n")
	}
	return lines
}

// fixLines say once for each check what to do.
func fixLines(rows []judged) []string {
	var order []string
	count := map[string]int{}
	for _, r := range rows {
		line := "**" + mdWord(r.id()) + "**"
		if r.Fix != "" {
			line += " " + mdSentence(sentence(r.Fix))
		}
		if count[line] == 0 {
			order = append(order, line)
		}
		count[line]++
	}
	for i, line := range order {
		times := ""
		if n := count[line]; n > 1 {
			times = fmt.Sprintf(" (%d times)", n)
		}
		order[i] = "- " + line + times + "\n"
	}
	return order
}

func detail(r judged) string {
	var b strings.Builder
	fmt.Fprintf(&b, "- **%s** %s, %s, %s\n", mdWord(r.id()), markdownText(htmlName(r.Subject)), mdWord(string(r.Severity)), mdWord(string(r.Confidence)))
	for _, about := range [][2]string{
		{"declared", r.declaredWords()},
		{"why", r.Why},
		{"wrong if", r.Wrong},
		{"to see it", strings.Join(r.Steps, " ")},
		{"fingerprint", r.Fingerprint},
	} {
		if about[1] != "" {
			fmt.Fprintf(&b, "  - %s: %s\n", about[0], mdSentence(sentence(about[1])))
		}
	}
	for _, e := range r.Evidence[:min(len(r.Evidence), mostEvidenceShown)] {
		b.WriteString("  - seen: " + mdSentence(sentence(evidenceWords(e))) + "\n")
	}
	if more := len(r.Evidence) - mostEvidenceShown; more > 0 {
		fmt.Fprintf(&b, "  - seen %d times more\n", more)
	}
	return b.String()
}

func otherLine(r judged) string {
	text := r.told()
	switch r.status {
	case gate.Known:
		text += "; known from the baseline"
	case gate.Waived:
		text += "; " + sentence(waivedWords(r.Waived))
	case gate.AtGate, gate.Below:
	}
	return fmt.Sprintf("- **%s** %s: %s\n", mdWord(r.id()), mdWord(string(r.Severity)), mdSentence(text))
}

// foot says what was not tested, and what a scan can see.
func (m *comment) foot(scans []*scanner.Scan) {
	var lines, scopes []string
	for _, s := range scans {
		if s.Checks == nil {
			continue
		}
		for _, line := range untested(s) {
			lines = append(lines, "- "+mdSentence(sentence(line))+"\n")
		}
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	m.fold("Not tested, which is not the same as no finding", texts(lines), mostComment/8)
	for _, s := range scans {
		about := ""
		if s.Target.As != "" {
			about = markdownText(s.Target.URL) + " was looked at, standing for " + markdownText(s.Target.As) + ". "
		}
		if s.Checks != nil {
			about += mdSentence(sentence(profileWords(s))) + " "
		}
		scopes = append(scopes, "- "+about+scope(s, mdWord)+" "+limitsOf(s)+"\n")
	}
	m.list("\n", texts(scopes), mostComment/8)
}
