package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// SummarySchemaV1 names the version of the line of JSON that sums a check up.
const SummarySchemaV1 = "cookiescan/summary/v1"

// renderOutcome writes one line of JSON.
func renderOutcome(w io.Writer, scans []*scanner.Scan, o Options) error {
	var wide, line bytes.Buffer
	err := scanner.WriteValue(&wide, outcomeOf(scans, o.gate()))
	if err == nil {
		err = json.Compact(&line, wide.Bytes())
	}
	if err == nil {
		_, err = w.Write(append(bytes.TrimSpace(line.Bytes()), '\n'))
	}
	if err != nil {
		return fmt.Errorf("writing the summary: %w", err)
	}
	return nil
}

// outcome counts findings, each in one of failing, known, waived and below.
// Severities and classes are those of all that are not waived.
type outcome struct {
	Schema     string                   `json:"schema"`
	Outcome    string                   `json:"outcome"` // passed, failed, incomplete
	ExitCode   int                      `json:"exitCode"`
	Failing    int                      `json:"failing"`
	New        *int                     `json:"new,omitempty"` // that the baseline does not know; absent without one
	Known      int                      `json:"known"`
	Waived     int                      `json:"waived"`
	Below      int                      `json:"below"`
	Severities map[scanner.Severity]int `json:"severities"`
	Classes    map[scanner.Class]int    `json:"classes"`
	NotTested  []string                 `json:"notTested"` // ids of checks that at least one scan could not be tested by
	Incomplete []string                 `json:"incomplete"`
	Sites      []outcomeSite            `json:"sites"`
	Unscanned  []Unscanned              `json:"unscanned"`
}

type outcomeSite struct {
	Site       string `json:"site"`
	URL        string `json:"url"`
	Failing    int    `json:"failing"`
	Findings   int    `json:"findings"` // that are not waived
	Incomplete bool   `json:"incomplete"`
	Scope      string `json:"scope"`
}

func outcomeOf(scans []*scanner.Scan, g *Gate) outcome {
	out := outcome{
		Schema: SummarySchemaV1, Outcome: outcomeWord(g.ExitCode), ExitCode: g.ExitCode,
		Severities: map[scanner.Severity]int{scanner.SeverityError: 0, scanner.SeverityWarning: 0, scanner.SeverityNote: 0},
		Classes:    map[scanner.Class]int{scanner.ClassContract: 0, scanner.ClassLaw: 0, scanner.ClassHygiene: 0, scanner.ClassUnable: 0},
		NotTested:  []string{}, Incomplete: []string{}, Sites: []outcomeSite{}, Unscanned: []Unscanned{},
	}
	rows, lacks := g.judged(scans), g.lacks(scans)
	for _, s := range scans {
		out.Sites = append(out.Sites, siteOf(s, rows, lacks))
		if s.Checks != nil {
			for _, u := range s.Checks.NotTested {
				out.NotTested = append(out.NotTested, htmlName(u.ID))
			}
		}
	}
	fresh := 0
	for _, row := range rows {
		switch row.status {
		case gate.AtGate:
			out.Failing++
		case gate.Known:
			out.Known++
		case gate.Waived:
			out.Waived++
			continue
		case gate.Below:
			out.Below++
		}
		if !g.Baseline[row.Fingerprint] {
			fresh++
		}
		out.Severities[scanner.Severity(levelOf(row.Severity))]++
		if _, ok := out.Classes[row.Class]; ok {
			out.Classes[row.Class]++
		}
	}
	if g.Baseline != nil {
		out.New = &fresh
	}
	for _, l := range lacks {
		out.Incomplete = append(out.Incomplete, htmlName(l.code))
	}
	for _, u := range g.Unscanned {
		out.Unscanned = append(out.Unscanned, Unscanned{Site: sentence(u.Site), Reason: sentence(u.Reason)})
	}
	for _, list := range []*[]string{&out.NotTested, &out.Incomplete} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return out
}

// siteOf is the part of one scan.
func siteOf(s *scanner.Scan, rows []judged, lacks []lack) outcomeSite {
	site := outcomeSite{
		Site: htmlName(s.Target.Site), URL: sentence(s.Target.URL), Scope: scopeOf(s),
		Incomplete: slices.ContainsFunc(lacks, func(l lack) bool { return l.scan == s }),
	}
	for _, row := range rows {
		if row.scan != s || row.status == gate.Waived {
			continue
		}
		site.Findings++
		if row.status == gate.AtGate {
			site.Failing++
		}
	}
	return site
}

func outcomeWord(code int) string {
	switch code {
	case 0:
		return "passed"
	case 1:
		return "failed"
	}
	return "incomplete"
}

// outcomeSentence says in one sentence how a check ended. All its words are ours.
func outcomeSentence(rows []judged, lacks []lack, g *Gate) string {
	n := map[gate.Status]int{}
	below := map[scanner.Severity]int{}
	until := ""
	for _, row := range rows {
		n[row.status]++
		switch {
		case row.status == gate.Below:
			below[scanner.Severity(levelOf(row.Severity))]++
		case row.status == gate.Waived && row.Waived != nil && (until == "" || row.Waived.Expires < until):
			if _, err := time.Parse(time.DateOnly, row.Waived.Expires); err == nil {
				until = row.Waived.Expires
			}
		}
	}
	var text string
	switch {
	case n[gate.AtGate] == 1:
		text = "1 finding fails the check"
	case n[gate.AtGate] > 1:
		text = fmt.Sprintf("%d findings fail the check", n[gate.AtGate])
	case outcomeWord(g.ExitCode) == "incomplete", len(lacks) > 0:
		text = "Not all could be seen, so the check cannot say that nothing is wrong"
	case n[gate.Below] > 0:
		text = "Nothing that fails was found in the tested scope"
	default:
		text = "No finding in the tested scope"
	}
	var light, besides []string
	for _, severity := range []scanner.Severity{scanner.SeverityError, scanner.SeverityWarning, scanner.SeverityNote} {
		if below[severity] > 0 {
			light = append(light, number(below[severity], string(severity)))
		}
	}
	if len(light) > 0 {
		besides = append(besides, strings.Join(light, " and ")+" below the gate")
	}
	if n[gate.Known] > 0 {
		besides = append(besides, fmt.Sprintf("%d known from the baseline", n[gate.Known]))
	}
	if n[gate.Waived] > 0 {
		words := fmt.Sprintf("%d waived", n[gate.Waived])
		if until != "" {
			words += " until " + until
		}
		besides = append(besides, words)
	}
	return joinNonEmpty(" ", text, bracketed(strings.Join(besides, ", ")))
}
