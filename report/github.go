package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// mostAnnotations is how many errors, warnings and notices each GitHub shows of
// one step.
const mostAnnotations = 10

// renderGitHub writes workflow commands: one annotation for each finding that is
// neither waived nor known, what fails first. The last lines say how the check
// ended, how many more there are than GitHub shows, and what was looked at. They
// hold words of ours only: the runner looks for commands of an older form
// anywhere in a line.
func renderGitHub(w io.Writer, scans []*scanner.Scan, o Options) error {
	g := o.gate()
	a := annotations{count: map[string]int{}}
	rows, lacks := g.judged(scans), g.lacks(scans)
	for _, l := range lacks {
		a.add("error", place{}, "not seen: "+l.code, sentence(joinNonEmpty(": ", l.site, l.text)))
	}
	for _, row := range rows {
		if row.status == gate.Waived || row.status == gate.Known {
			continue
		}
		a.add([...]string{"error", "warning", "notice"}[weight(row.Severity)], row.at, row.title(), row.withFix("\n"))
	}
	a.WriteString(joinNonEmpty(" ", outcomeSentence(rows, lacks, g)+".", a.rest()) + "\n")
	for _, s := range scans {
		a.WriteString(scopeOf(s) + "\n")
	}
	if _, err := w.Write(a.Bytes()); err != nil {
		return fmt.Errorf("writing annotations: %w", err)
	}
	return nil
}

type annotations struct {
	bytes.Buffer
	count map[string]int // by command, with those that are left out
}

func (a *annotations) add(command string, at place, title, text string) {
	if a.count[command]++; a.count[command] > mostAnnotations {
		return
	}
	var properties []string
	if at.file != "" {
		properties = append(properties, "file="+workflowProperty(at.file), fmt.Sprintf("line=%d", max(at.line, 1)))
		if at.column > 0 {
			properties = append(properties, fmt.Sprintf("col=%d", at.column))
		}
	}
	properties = append(properties, "title="+workflowProperty(title))
	a.WriteString("::" + command + " " + strings.Join(properties, ",") + "::" + workflowData(text) + "\n")
}

// rest counts what no annotation shows.
func (a *annotations) rest() string {
	var parts []string
	for _, command := range []string{"error", "warning", "notice"} {
		if more := a.count[command] - mostAnnotations; more > 0 {
			parts = append(parts, number(more, command))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "More than annotations can show: " + strings.Join(parts, ", ") + "."
}
