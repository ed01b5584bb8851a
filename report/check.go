package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// WriteCheck writes the page of a check: for a person, or as JSON if format is
// json.
func WriteCheck(w io.Writer, format string, c checks.Check, o Options) error {
	page, err := c.Page()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if format == "json" {
		err = scanner.WriteValue(&out, checkJSONOf(c, page))
	} else {
		t := newTerminal(o)
		t.check(c, page)
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing the page of check %s: %w", c.ID, err)
	}
	return nil
}

func (t *terminal) check(c checks.Check, page checks.Page) {
	t.WriteString(t.bold(shorten(page.Title, t.width)) + "\n")
	rows := [][2]string{
		{"what", page.What},
		{"why", page.Why},
		{"wrong if", page.Wrong},
		{"to do", page.Fix},
		{"class", classWords(c.Class)},
		{"severity", severityWords(c)},
		{"needs", needWords(c)},
		{"since", sinceWords(c)},
	}
	for _, row := range rows {
		if row[1] != "" {
			t.WriteString(wrap(fmt.Sprintf("%-10s", row[0]), row[1], t.width))
		}
	}
	for i, s := range c.Sources {
		name := ""
		if i == 0 {
			name = "sources"
		}
		t.WriteString(wrap(fmt.Sprintf("%-10s", name), sourceWords(s), t.width))
	}
	t.WriteString("\n")
	for _, example := range page.Examples {
		t.WriteString(wrap("- ", strings.ReplaceAll(example, "`", ""), t.width))
	}
}

func classWords(c scanner.Class) string {
	switch c {
	case scanner.ClassContract:
		return "contract: contradicts what the site itself says, no law needed"
	case scanner.ClassLaw:
		return "law: under the profile that --profile chooses; without it no more than a warning"
	case scanner.ClassHygiene:
		return "hygiene: good practice, at most a warning"
	case scanner.ClassUnable:
		return "unable: something could not be checked"
	}
	return string(c)
}

// severityWords groups the profiles by severity.
func severityWords(c checks.Check) string {
	var parts []string
	for _, severity := range []scanner.Severity{scanner.SeverityError, scanner.SeverityWarning, scanner.SeverityNote, checks.Off} {
		var in []string
		for _, p := range checks.Profiles() {
			if c.Levels.In(p) == severity {
				in = append(in, string(p))
			}
		}
		word := string(severity)
		if severity == checks.Off {
			word = "not checked"
		}
		if len(in) > 0 {
			parts = append(parts, word+" ("+strings.Join(in, ", ")+")")
		}
	}
	return strings.Join(parts, ", ") + "; less if it is not certain"
}

// sinceWords says which rulesets have a check.
func sinceWords(c checks.Check) string {
	text := "ruleset " + c.Since.String()
	if c.New(checks.Current) {
		text += ", that of this version: no more than a note until the next"
	}
	return text
}

// needWords says what a check cannot do without.
func needWords(c checks.Check) string {
	var sets []string
	for _, set := range c.Needs {
		var names []string
		for _, n := range set {
			names = append(names, n.Words())
		}
		if len(names) > 0 {
			sets = append(sets, strings.Join(names, ", "))
		}
	}
	return strings.Join(sets, "; or ")
}

// sourceWords cites a source with where it counts and whether it was read.
func sourceWords(s checks.Source) string {
	where := ""
	if s.Profiles != nil {
		var names []string
		for _, p := range s.Profiles {
			names = append(names, string(p))
		}
		where = " [" + strings.Join(names, ", ") + "]"
	}
	return fmt.Sprintf("%s%s %s", readWords(s), where, s.Address)
}

func readWords(s checks.Source) string {
	read := "read " + s.Verified
	if s.Verified == checks.Unverified {
		read = "unverified"
	}
	return fmt.Sprintf("%s (%s, %s)", s.Text, s.Kind, read)
}

// checkJSON is a check for programs.
type checkJSON struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Class    scanner.Class     `json:"class"`
	Since    string            `json:"since"`    // ruleset that first has it, such as 2026.11
	Severity map[string]string `json:"severity"` // by profile; a profile that does not have it is absent
	Needs    [][]string        `json:"needs"`    // one whole set is needed
	What     string            `json:"what"`
	Why      string            `json:"why"`
	Wrong    string            `json:"wrong"`
	Fix      string            `json:"fix"`
	Examples []string          `json:"examples"`
	Sources  []sourceJSON      `json:"sources"`
}

type sourceJSON struct {
	Text     string   `json:"text"`
	Address  string   `json:"address"`
	Verified string   `json:"verified"` // full-date, or unverified
	Kind     string   `json:"kind"`
	Profiles []string `json:"profiles,omitempty"`
}

func checkJSONOf(c checks.Check, page checks.Page) checkJSON {
	j := checkJSON{
		ID: c.ID, Title: c.Title, Class: c.Class, Since: c.Since.String(), Severity: map[string]string{}, Needs: [][]string{},
		What: page.What, Why: page.Why, Wrong: page.Wrong, Fix: page.Fix, Examples: page.Examples, Sources: []sourceJSON{},
	}
	for _, p := range checks.Profiles() {
		if level := c.Levels.In(p); level != checks.Off {
			j.Severity[string(p)] = string(level)
		}
	}
	for _, set := range c.Needs {
		names := []string{}
		for _, n := range set {
			names = append(names, string(n))
		}
		j.Needs = append(j.Needs, names)
	}
	for _, s := range c.Sources {
		source := sourceJSON{Text: s.Text, Address: s.Address, Verified: s.Verified, Kind: string(s.Kind)}
		for _, p := range s.Profiles {
			source.Profiles = append(source.Profiles, string(p))
		}
		j.Sources = append(j.Sources, source)
	}
	return j
}
