package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"cookiescan/classify/declaration/register"
	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// Gate is what check decided about the scans that are rendered. The zero value
// is a check in which nothing fails, without a declaration.
type Gate struct {
	Compared    []string               // names and addresses of all that the site declares
	Declaration string                 // the file that findings point at, relative to the root of the repository; empty: cookies.yaml
	Text        []byte                 // what is in it; nil: there is none yet
	Draft       register.DraftOptions  // for what is to be added to it
	Statuses    [][]gate.Status        // of the findings of each scan, in their order
	Unseen      [][]scanner.Incomplete // of each scan, what may not stay unseen; without it all that is incomplete
	Baseline    map[string]bool        // fingerprints of what was there before; nil: not compared
	Unscanned   []Unscanned
	ExitCode    int
}

// Unscanned is a site of which there is no scan.
type Unscanned struct {
	Site   string `json:"site"`
	Reason string `json:"reason"`
}

// declarationName is where findings are shown that no file is about.
const declarationName = "cookies.yaml"

// judged is a finding with its scan and what the gate made of it.
type judged struct {
	*scanner.Finding
	scan   *scanner.Scan
	status gate.Status
	at     place
}

// place is a position in a file of the repository.
type place struct {
	file         string // relative, with slashes
	line, column int    // from 1; column 0: the whole line
}

func (o Options) gate() *Gate {
	if o.Gate == nil {
		return &Gate{}
	}
	return o.Gate
}

// judged lists the findings of all scans: what fails, then what weighs most.
func (g *Gate) judged(scans []*scanner.Scan) []judged {
	undeclared := place{file: repositoryFile(g.Declaration), line: lineOfEntries(g.Text)}
	var list []judged
	for i, s := range scans {
		for j := range s.Findings {
			f := &s.Findings[j]
			row := judged{Finding: f, scan: s, status: g.status(i, j, f), at: undeclared}
			if at, ok := placeOf(f.Declared); ok {
				row.at = at
			}
			list = append(list, row)
		}
	}
	statuses := []gate.Status{gate.AtGate, gate.Known, gate.Below, gate.Waived}
	slices.SortStableFunc(list, func(a, b judged) int {
		return cmp.Or(
			cmp.Compare(slices.Index(statuses, a.status), slices.Index(statuses, b.status)),
			cmp.Compare(weight(a.Severity), weight(b.Severity)))
	})
	return list
}

// weight is less for what is heavier.
func weight(s scanner.Severity) int {
	switch s {
	case scanner.SeverityError:
		return 0
	case scanner.SeverityWarning:
		return 1
	case scanner.SeverityNote:
	}
	return 2
}

func (g *Gate) status(scan, finding int, f *scanner.Finding) gate.Status {
	if scan < len(g.Statuses) && finding < len(g.Statuses[scan]) {
		return g.Statuses[scan][finding]
	}
	if f.Waived != nil {
		return gate.Waived
	}
	return gate.Below
}

// placeOf is where a declaration says something, if that is a file.
func placeOf(d *scanner.Declared) (place, bool) {
	if d == nil || d.Source == "" || strings.Contains(d.Source, "://") || printable(d.Source) != d.Source {
		return place{}, false
	}
	return place{file: repositoryFile(d.Source), line: max(d.Line, 1), column: max(d.Column, 0)}, true
}

// repositoryFile is how a repository names a file. Of one outside of the folder
// the last part has to do: services refuse absolute paths.
func repositoryFile(name string) string {
	if name == "" || printable(name) != name {
		return declarationName
	}
	name = path.Clean(filepath.ToSlash(name))
	if path.IsAbs(name) || filepath.IsAbs(name) || name == ".." || strings.HasPrefix(name, "../") {
		name = path.Base(name)
	}
	if name == "." || name == ".." || name == "/" {
		return declarationName
	}
	return name
}

// lineOfEntries is where the entries of a cookies.yaml begin: what is not
// declared has no line of its own.
func lineOfEntries(text []byte) int {
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		if strings.HasPrefix(line, "entries:") {
			return n
		}
	}
	return 1
}

// fingerprint tells findings apart also in documents that have none.
func (j judged) fingerprint() string {
	if j.Fingerprint != "" {
		return bounded(j.Fingerprint, 64)
	}
	return hashOf("report/v1", j.ID, j.scan.Target.Site, j.Kind, j.Subject, j.Domain)
}

func hashOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// id is that of the check. Readers need one, whatever a document holds.
func (j judged) id() string { return cmp.Or(htmlName(j.ID), "unknown") }

// title is the check and the item in a line.
func (j judged) title() string { return joinNonEmpty(" ", j.id(), htmlName(j.Subject)) }

// told is what was observed, with what a second look said.
func (j judged) told() string {
	return cmp.Or(sentence(joinNonEmpty("; ", j.Message, confirmedWords(*j.Finding))), j.title())
}

// withFix is that and what to do, in two sentences.
func (j judged) withFix(between string) string {
	text := j.told()
	if j.Fix == "" {
		return text
	}
	if between == " " {
		text = strings.TrimSuffix(text, ".") + "."
	}
	return text + between + "To do: " + sentence(j.Fix)
}

// declaredWords are what the site itself says about it, and where.
func (j judged) declaredWords() string {
	d := j.Declared
	if d == nil || d.Text == "" {
		return ""
	}
	where := joinNonEmpty(", ", d.Source, d.Place)
	if _, file := placeOf(d); file {
		where = withLine(j.at.file, j.at.line, 0)
	}
	return joinNonEmpty(", ", d.Text, joinNonEmpty(" in ", d.Entry, where))
}

// waivedWords say until when a finding does not count, and why.
func waivedWords(w *scanner.Waiver) string {
	if w == nil {
		return "waived"
	}
	return joinNonEmpty(": ", joinNonEmpty(" ", "waived until", w.Expires), joinNonEmpty(", ", w.Reason, w.Kind, w.Owner))
}

// sentence makes a text safe for a line, and short enough that no site fills a
// report.
func sentence(s string) string { return htmlText(s) }

// scopeOf is the line about scope and limits that every output carries.
func scopeOf(s *scanner.Scan) string { return scope(s, plainWord) + " " + limitsOf(s) }

// lack is one kind of thing that was planned and could not be seen.
type lack struct {
	scan             *scanner.Scan // nil: of a site that was not scanned
	site, code, text string
}

// lacks are what keeps a check from saying that nothing is wrong.
func (g *Gate) lacks(scans []*scanner.Scan) []lack {
	var list []lack
	for i, s := range scans {
		unseen := s.Incomplete
		if i < len(g.Unseen) {
			unseen = g.Unseen[i]
		}
		for _, gap := range gapsOf(unseen) {
			list = append(list, lack{scan: s, site: s.Target.Site, code: cmp.Or(sentence(string(gap.code)), "incomplete"), text: cmp.Or(sentence(gap.line()), "not seen")})
		}
		if !s.Complete && len(s.Incomplete) == 0 {
			list = append(list, lack{scan: s, site: s.Target.Site, code: "incomplete", text: "the scan is not complete, and does not say why"})
		}
	}
	for _, u := range g.Unscanned {
		list = append(list, lack{site: u.Site, code: "not-scanned", text: sentence(joinNonEmpty(": ", "not scanned", u.Reason))})
	}
	return list
}
