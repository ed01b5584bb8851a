package report

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"cookiescan/classify/checks"
	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// renderJUnit writes a suite for each scan, in the form that Jenkins, GitLab
// and others read: a case for each finding, and for each check without one. What
// fails is a failure, what is waived, known or not tested is skipped, and what
// could not be seen is an error.
func renderJUnit(w io.Writer, scans []*scanner.Scan, o Options) error {
	g := o.gate()
	rows, lacks := g.judged(scans), g.lacks(scans)
	all := junitSuites{Name: "cookiescan"}
	named := map[string]int{}
	for _, s := range scans {
		suite := junitSuite{Name: "cookiescan " + sentence(s.Target.Site), Time: "0"}
		if named[suite.Name]++; named[suite.Name] > 1 { // readers join suites of one name
			suite.Name += fmt.Sprintf(" (%d)", named[suite.Name])
		}
		if !s.Started.IsZero() {
			suite.Timestamp = s.Started.UTC().Format("2006-01-02T15:04:05")
			suite.Time = fmt.Sprintf("%.3f", max(s.Finished.Sub(s.Started), 0).Round(time.Millisecond).Seconds())
		}
		suite.Properties = []junitProperty{{"scope", scopeOf(s)}}
		suite.checks(s, rows)
		for _, l := range lacks {
			if l.scan == s {
				suite.add(junitCase{Name: "seen: " + l.code, Errors: []junitResult{resultOf(l.code, l.text, "")}})
			}
		}
		all.add(suite)
	}
	if len(g.Unscanned) > 0 {
		suite := junitSuite{Name: "cookiescan", Time: "0"}
		for _, l := range lacks[len(lacks)-len(g.Unscanned):] {
			suite.add(junitCase{Name: joinNonEmpty(" ", "scanned:", sentence(l.site)), Errors: []junitResult{resultOf(l.code, l.text, "")}})
		}
		all.add(suite)
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", "  ")
	err := enc.Encode(all)
	if err == nil {
		out.WriteString("\n")
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing JUnit XML: %w", err)
	}
	return nil
}

// The elements of JUnit XML that are written. There is no schema of it that all
// readers share; these and their attributes are in all of them.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}

	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Timestamp  string          `xml:"timestamp,attr,omitempty"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}

	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}

	junitCase struct {
		Name     string        `xml:"name,attr"`
		Class    string        `xml:"classname,attr"`
		File     string        `xml:"file,attr,omitempty"`
		Time     string        `xml:"time,attr"`
		Skipped  *junitSkipped `xml:"skipped"`
		Errors   []junitResult `xml:"error"`
		Failures []junitResult `xml:"failure"`
		Out      *junitOut     `xml:"system-out"`
	}

	junitResult struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",cdata"`
	}

	junitOut struct {
		Text string `xml:",cdata"`
	}

	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
)

func resultOf(kind, message, text string) junitResult {
	return junitResult{Message: sentence(message), Type: sentence(kind), Text: text}
}

// checks adds the cases of one scan.
func (j *junitSuite) checks(s *scanner.Scan, rows []judged) {
	found := map[string]bool{}
	for _, row := range rows {
		if row.scan != s {
			continue
		}
		found[row.ID] = true
		name := joinNonEmpty(" ", row.title(), bracketed(joinNonEmpty(", ", htmlName(row.Kind), htmlName(row.Domain))))
		c := junitCase{Name: name, File: sentence(row.at.file)}
		switch {
		case row.status == gate.Waived:
			c.Skipped = &junitSkipped{sentence(waivedWords(row.Waived))}
		case row.status == gate.Known:
			c.Skipped = &junitSkipped{"known from the baseline"}
		case row.status != gate.AtGate:
			c.Out = &junitOut{junitText(row)}
		case row.Class == scanner.ClassUnable:
			c.Errors = []junitResult{resultOf(row.id(), row.told(), junitText(row))}
		default:
			c.Failures = []junitResult{resultOf(row.id(), row.told(), junitText(row))}
		}
		j.add(c)
	}
	if s.Checks == nil {
		return
	}
	for _, id := range s.Checks.Tested {
		if !found[id] {
			j.add(junitCase{Name: checkName(id)})
		}
	}
	for _, u := range s.Checks.NotTested {
		j.add(junitCase{Name: checkName(u.ID), Skipped: &junitSkipped{"not tested: " + sentence(u.Reason)}})
	}
}

// checkName is a check for a person.
func checkName(id string) string {
	c, _ := checks.Lookup(id)
	return joinNonEmpty(" ", cmp.Or(htmlName(id), "unknown"), c.Title)
}

func junitText(row judged) string {
	text := fmt.Sprintf("\n%s, %s, %s\n%s\n", sentence(string(row.Severity)), sentence(string(row.Class)), sentence(string(row.Confidence)), row.told())
	text += fmt.Sprintf("at: %s:%d\n", sentence(row.at.file), row.at.line)
	for _, about := range append([][2]string{{"declared", row.declaredWords()}}, aboutFinding(*row.Finding)...) {
		if about[1] != "" {
			text += about[0] + ": " + sentence(about[1]) + "\n"
		}
	}
	for _, e := range row.Evidence {
		text += "seen: " + sentence(evidenceWords(e)) + "\n"
	}
	return text
}

func (j *junitSuite) add(c junitCase) {
	c.Class, c.Time = j.Name, "0"
	j.Tests++
	j.Failures += len(c.Failures)
	j.Errors += len(c.Errors)
	if c.Skipped != nil {
		j.Skipped++
	}
	j.Cases = append(j.Cases, c)
}

func (all *junitSuites) add(s junitSuite) {
	all.Tests += s.Tests
	all.Failures += s.Failures
	all.Errors += s.Errors
	all.Suites = append(all.Suites, s)
}
