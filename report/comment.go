package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

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
	failing := slices.DeleteFunc(slices.Clone(rows), func(r judged) bool { return r.status != AtGate })
	others := rows[len(failing):] // what fails comes first
	m := comment{several: severalSites(scans)}
	of := ""
	if len(scans) > 0 && !m.several {
		of = " of " + markdownText(htmlName(scans[0].Target.Site))
	}
	fmt.Fprintf(&m, "### Cookie check%s\n\n**%s.**\n", of, outcomeSentence(rows, lacks, g))
	m.list("\nNot seen, though it was to be:\n\n", lackLines(lacks), mostComment/8)
	m.failing(failing)
	m.list("\nTo do:\n\n", fixLines(failing), mostComment/4)
	foot := comment{}
	foot.foot(scans)
	m.fold("Evidence, and what would make it wrong", detailLines(failing), (mostComment-foot.Len()-m.Len())*2/3)
	m.fold(fmt.Sprintf("Other findings (%d)", len(others)), otherLines(others), mostComment-foot.Len()-m.Len())
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

// fit keeps pieces, in their order, as long as there is room for them and for
// a line about the others.
func fit(pieces []string, room int) (kept []string, left int) {
	const lastLine = 80
	for i, p := range pieces {
		if room -= len(p); room < lastLine {
			return kept, len(pieces) - i
		}
		kept = append(kept, p)
	}
	return kept, 0
}

// list writes lines under a title, in no more than room bytes.
func (m *comment) list(title string, lines []string, room int) {
	kept, left := fit(lines, room-len(title))
	if len(lines) == 0 {
		return
	}
	m.WriteString(title + strings.Join(kept, ""))
	if left > 0 {
		fmt.Fprintf(m, "- and %d more\n", left)
	}
}

func (m *comment) fold(title string, lines []string, room int) {
	if len(lines) == 0 {
		return
	}
	const frame = "\n<details>\n<summary></summary>\n\n\n</details>\n"
	fmt.Fprintf(m, "\n<details>\n<summary>%s</summary>\n\n", title)
	m.list("", lines, room-len(frame)-len(title))
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
	var lines []string
	for _, r := range rows {
		cells := []string{mdWord(r.ID), mdCell(htmlName(r.Subject)), mdSentenceCell(r.told()), ""}
		if where := whereWords(r); where != "" {
			cells[3] = mdCell(where)
		}
		if m.several {
			cells = append([]string{mdCell(htmlName(r.scan.Target.Site))}, cells...)
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |\n")
	}
	kept, left := fit(lines, mostComment/2-m.Len())
	m.table(titles, nil)
	m.WriteString(strings.Join(kept, ""))
	if left > 0 {
		fmt.Fprintf(m, "\nand %d more that fail\n", left)
	}
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
		line := "**" + mdWord(r.ID) + "**"
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

func detailLines(rows []judged) []string {
	var pieces []string
	for _, r := range rows {
		var b strings.Builder
		fmt.Fprintf(&b, "- **%s** %s, %s, %s\n", mdWord(r.ID), markdownText(htmlName(r.Subject)), mdWord(string(r.Severity)), mdWord(string(r.Confidence)))
		for _, about := range [][2]string{
			{"declared", r.declaredWords()}, {"why", r.Why}, {"wrong if", r.Wrong},
			{"to see it", strings.Join(r.Steps, " ")}, {"fingerprint", r.Fingerprint},
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
		pieces = append(pieces, b.String())
	}
	return pieces
}

func otherLines(rows []judged) []string {
	var lines []string
	for _, r := range rows {
		text := r.told()
		switch r.status {
		case Known:
			text += "; known from the baseline"
		case Waived:
			text += "; " + sentence(waivedWords(r.Waived))
		case AtGate, Below:
		}
		lines = append(lines, fmt.Sprintf("- **%s** %s: %s\n", mdWord(r.ID), mdWord(string(r.Severity)), mdSentence(text)))
	}
	return lines
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
	m.fold("Not tested, which is not the same as no finding", lines, mostComment/8)
	for _, s := range scans {
		profile := ""
		if s.Checks != nil {
			profile = mdSentence(sentence(profileWords(s))) + " "
		}
		scopes = append(scopes, "- "+profile+scope(s, mdWord)+" "+limitsOf(s)+"\n")
	}
	m.list("\n", scopes, mostComment/8)
}
