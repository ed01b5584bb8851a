package report

import (
	"io"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// renderGitLab writes a code quality report: a list that GitLab compares with
// that of the target branch, so that what the baseline knows stays in and what
// is waived does not. Of entries with one fingerprint it would show the first.
func renderGitLab(w io.Writer, scans []*scanner.Scan, o Options) error {
	g := o.gate()
	list := []gitlabIssue{}
	seen := map[string]bool{}
	add := func(i gitlabIssue, at place) {
		if !seen[i.Fingerprint] {
			seen[i.Fingerprint] = true
			i.Location.Path, i.Location.Lines.Begin = sentence(at.file), max(at.line, 1)
			list = append(list, i)
		}
	}
	start := place{file: repositoryFile(g.Declaration)}
	for _, l := range g.lacks(scans) {
		add(gitlabIssue{
			Description: sentence(joinNonEmpty(": ", l.site, l.text)), Check: l.code, Severity: "blocker",
			Fingerprint: hashOf("incomplete/v1", l.site, l.code),
		}, start)
	}
	for _, row := range g.judged(scans) {
		if row.status == gate.Waived {
			continue
		}
		add(gitlabIssue{
			Description: row.withFix(" "), Check: row.id(), Severity: [...]string{"critical", "major", "info"}[weight(row.Severity)],
			Fingerprint: row.fingerprint(),
		}, row.at)
	}
	return writeReport(w, "the code quality report", list)
}

// gitlabIssue is one entry of a code quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	Check       string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"` // info, minor, major, critical, blocker
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}
