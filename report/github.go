package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cookiescan/scanner"
)

// mostAnnotations is how many errors, warnings and notices each GitHub shows of
// one step.
const mostAnnotations = 10

// renderGitHub writes workflow commands: one annotation for each finding that is
// neither waived nor known, what fails first. What GitHub would not show is
// counted in one line.
func renderGitHub(w io.Writer, scans []*scanner.Scan, o Options) error {
	g := o.gate()
	a := annotations{left: map[string]int{"error": mostAnnotations, "warning": mostAnnotations, "notice": mostAnnotations}}
	for _, l := range g.lacks(scans) {
		a.add("error", place{}, "not seen: "+l.code, sentence(joinNonEmpty(": ", l.site, l.text)))
	}
	hidden := map[Status]int{}
	for _, row := range g.judged(scans) {
		if row.status == Waived || row.status == Known {
			hidden[row.status]++
			continue
		}
		a.add([...]string{"error", "warning", "notice"}[weight(row.Severity)], row.at, row.title(), row.withFix("\n"))
	}
	a.end(hidden)
	if _, err := w.Write(a.Bytes()); err != nil {
		return fmt.Errorf("writing annotations: %w", err)
	}
	return nil
}

type annotations struct {
	bytes.Buffer
	left map[string]int // by command
	more [3]int         // that were left out
}

func (a *annotations) add(command string, at place, title, text string) {
	if a.left[command] == 0 {
		a.more[map[string]int{"error": 0, "warning": 1, "notice": 2}[command]]++
		return
	}
	a.left[command]--
	var properties []string
	if at.file != "" {
		properties = append(properties, "file="+workflowProperty(at.file), fmt.Sprintf("line=%d", max(at.line, 1)))
		if at.column > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", at.column))
		}
	}
	properties = append(properties, "title="+workflowProperty(title))
	fmt.Fprintf(a, "::%s %s::%s\n", command, strings.Join(properties, ","), workflowData(text))
}

// end counts what no annotation shows.
func (a *annotations) end(hidden map[Status]int) {
	var parts []string
	for i, noun := range []string{"error", "warning", "note"} {
		if a.more[i] > 0 {
			parts = append(parts, number(a.more[i], noun))
		}
	}
	text := ""
	if len(parts) > 0 {
		text = "More than annotations can show: " + strings.Join(parts, ", ") + "."
	}
	if h := hiddenWords(hidden); h != "" {
		text = joinNonEmpty(" ", text, "Not shown: "+h+".")
	}
	if text != "" {
		a.WriteString(text + "\n")
	}
}

// hiddenWords count the findings that do not fail for a reason.
func hiddenWords(n map[Status]int) string {
	var parts []string
	if n[Known] > 0 {
		parts = append(parts, fmt.Sprintf("%d known from the baseline", n[Known]))
	}
	if n[Waived] > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", n[Waived]))
	}
	return strings.Join(parts, ", ")
}
