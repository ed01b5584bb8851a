package report

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"

	"cookiescan/classify/checks"
	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// mostResults is how many results of a run GitHub takes; of more it takes none.
const mostResults = 25000

// renderSARIF writes one run of SARIF 2.1.0 over all scans: GitHub refuses two
// runs of one tool and category in a file. Results stand in the declaration,
// since it refuses addresses of pages as well.
func renderSARIF(w io.Writer, scans []*scanner.Scan, o Options) error {
	run, err := sarifRunOf(scans, o.gate())
	if err != nil {
		return fmt.Errorf("writing SARIF: %w", err)
	}
	return writeReport(w, "SARIF", sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// writeReport writes a value as JSON in one piece.
func writeReport(w io.Writer, name string, value any) error {
	var out bytes.Buffer
	err := scanner.WriteValue(&out, value)
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

func sarifRunOf(scans []*scanner.Scan, g *Gate) (sarifRun, error) {
	run := sarifRun{
		Tool:        sarifTool{Driver: sarifDriver{Name: "cookiescan", Rules: []sarifRule{}}},
		Automation:  sarifAutomation{ID: automation(scans)},
		Invocations: []sarifInvocation{},
		Results:     []sarifResult{},
		ColumnKind:  "unicodeCodePoints",
	}
	if len(scans) > 0 {
		run.Tool.Driver.Version = sentence(scans[0].Tool.Version)
	}
	rows := g.judged(scans)
	left := max(len(rows)-mostResults, 0)
	index := map[string]int{}
	for _, row := range rows[:len(rows)-left] {
		id := row.id()
		if _, ok := index[id]; !ok {
			rule, err := sarifRuleOf(id, row)
			if err != nil {
				return run, err
			}
			index[id] = len(run.Tool.Driver.Rules)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule)
		}
		run.Results = append(run.Results, sarifResultOf(row, index[id], g))
	}
	run.Invocations = append(run.Invocations, sarifInvocationOf(scans, g, left))
	return run, nil
}

// automation is the category under which GitHub compares a run with earlier
// ones: what stands before the last slash.
func automation(scans []*scanner.Scan) string {
	parts := []string{"cookiescan"}
	if len(scans) > 0 {
		same := func(f func(*scanner.Scan) string) {
			first := f(scans[0])
			for _, s := range scans {
				if f(s) != first {
					return
				}
			}
			if first != "" {
				parts = append(parts, url.PathEscape(htmlName(first)))
			}
		}
		same(func(s *scanner.Scan) string { return s.Target.Site })
		same(func(s *scanner.Scan) string {
			if s.Checks == nil {
				return ""
			}
			return s.Checks.Profile
		})
	}
	return strings.Join(parts, "/") + "/"
}

// sarifRuleOf is the page of a check. A check of another version has none: its
// finding knows what there is to say.
func sarifRuleOf(id string, row judged) (sarifRule, error) {
	rule := sarifRule{
		ID: id, Short: sarifText{Text: sarifMessage(id)}, Full: sarifText{Text: sarifMessage(row.Why)},
		Help: helpOf(row.Why, row.Wrong, row.Fix, nil), Default: sarifConfiguration{Level: levelOf(row.Severity)},
		Properties: sarifRuleProperties{Tags: []string{"privacy", sentence(string(row.Class))}, Problem: problemOf(row.Severity)},
	}
	check, ok := checks.Lookup(row.ID)
	if !ok {
		return rule, nil
	}
	page, err := check.Page()
	if err != nil {
		return rule, err
	}
	heaviest := scanner.SeverityNote
	_, kept := checks.RulesetOf(row.scan)
	for _, p := range checks.Profiles() {
		if level := check.Levels.In(p); !check.New(kept) && level != checks.Off && weight(level) < weight(heaviest) {
			heaviest = level
		}
	}
	rule.Name, rule.Short.Text, rule.Full.Text = camel(check.Slug), sarifMessage(page.Title), sarifMessage(page.What)
	rule.Help = helpOf(page.Why, page.Wrong, page.Fix, check.Sources)
	rule.Default.Level, rule.Properties.Problem = levelOf(heaviest), problemOf(heaviest)
	rule.Properties.Since = check.Since.String()
	return rule, nil
}

// camel makes BeforeChoice of before_choice, as names of rules are written.
func camel(slug string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(slug, "_") {
		b.WriteString(strings.ToUpper(part[:min(len(part), 1)]) + part[min(len(part), 1):])
	}
	return b.String()
}

func helpOf(why, wrong, fix string, sources []checks.Source) sarifHelp {
	var text, markdown []string
	add := func(title, words string) {
		if words != "" {
			text = append(text, title+": "+sentence(words))
			markdown = append(markdown, "**"+title+"**\n\n"+mdSentence(sentence(words)))
		}
	}
	add("Why it matters", why)
	add("What would make it wrong", wrong)
	add("What to do", fix)
	var list []string
	for _, s := range sources {
		list = append(list, "- "+mdSentence(readWords(s))+" <"+s.Address+">")
	}
	if len(list) > 0 {
		markdown = append(markdown, "**Sources**\n\n"+strings.Join(list, "\n"))
	}
	return sarifHelp{Text: sarifMessage(strings.Join(text, " ")), Markdown: sarifBraces(strings.Join(markdown, "\n\n"))}
}

func sarifResultOf(row judged, rule int, g *Gate) sarifResult {
	r := sarifResult{
		Rule: row.id(), Index: rule, Level: levelOf(row.Severity), Message: sarifText{Text: sarifMessage(row.withFix("\n"))},
		Locations: []sarifLocation{{
			Physical: sarifPhysical{
				Artifact: sarifArtifact{URI: fileURI(row.at.file)},
				Region:   sarifRegion{Line: max(row.at.line, 1), Column: row.at.column},
			},
			Logical: []sarifLogical{{
				Name: htmlName(row.Subject), Full: sentence(joinNonEmpty("/", row.scan.Target.Site, row.Domain, row.Kind, row.Subject)), Kind: htmlName(row.Kind),
			}},
		}},
		// The second is the only one that GitHub compares. Its upload action would
		// make it of the line, which all that is not declared share; it says that
		// it would have made another one (codeql-action issue 4052) and keeps this.
		Fingerprints: map[string]string{"cookiescan/v1": row.fingerprint(), "primaryLocationLineHash": row.fingerprint() + ":1"},
		Properties: sarifProperties{
			Site: htmlName(row.scan.Target.Site), Class: htmlName(string(row.Class)), Confidence: htmlName(string(row.Confidence)),
			Status: string(row.status), Declared: sentence(row.declaredWords()), Evidence: []string{},
		},
	}
	for _, e := range row.Evidence {
		r.Properties.Evidence = append(r.Properties.Evidence, sentence(evidenceWords(e)))
	}
	if g.Baseline != nil {
		r.Baseline = "new"
		if g.Baseline[row.Fingerprint] {
			r.Baseline = "unchanged"
		}
	}
	if row.status == gate.Waived {
		r.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: sarifMessage(sentence(waivedWords(row.Waived)))}}
	}
	return r
}

// sarifInvocationOf says whether enough was seen, and what was not.
func sarifInvocationOf(scans []*scanner.Scan, g *Gate, left int) sarifInvocation {
	v := sarifInvocation{Successful: true, ExitCode: g.ExitCode, Notifications: []sarifNotification{}}
	notify := func(level, id, text string) {
		v.Notifications = append(v.Notifications, sarifNotification{
			Level: level, Descriptor: sarifReference{ID: sentence(id)}, Message: sarifText{Text: sarifMessage(sentence(text))},
		})
	}
	for _, l := range g.lacks(scans) {
		v.Successful = false
		notify("error", l.code, joinNonEmpty(": ", l.site, l.text))
	}
	if left > 0 {
		notify("warning", "too-many-results", fmt.Sprintf("%d more findings are left out, since no more than %d are taken", left, mostResults))
	}
	for _, s := range scans {
		notify("note", "scope", s.Target.Site+": "+scopeOf(s))
		if s.Checks != nil {
			for _, u := range s.Checks.NotTested {
				notify("note", u.ID, fmt.Sprintf("%s: %s was not tested: %s", s.Target.Site, u.ID, u.Reason))
			}
		}
		v.span(s)
	}
	return v
}

// span widens the time to that of a scan.
func (v *sarifInvocation) span(s *scanner.Scan) {
	start, end := s.Started.UTC(), s.Finished.UTC()
	if !start.IsZero() && (v.Start == nil || start.Before(*v.Start)) {
		v.Start = &start
	}
	if !end.IsZero() && (v.End == nil || end.After(*v.End)) {
		v.End = &end
	}
}

// fileURI is a relative reference (RFC 3986 section 4.2) to a file.
func fileURI(file string) string { return (&url.URL{Path: file}).String() }

func levelOf(s scanner.Severity) string { return [...]string{"error", "warning", "note"}[weight(s)] }

// problemOf is the severity that GitHub shows of what is no security matter.
func problemOf(s scanner.Severity) string {
	return [...]string{"error", "warning", "recommendation"}[weight(s)]
}
