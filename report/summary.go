package report

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// Summary is one line about a scan: what was found, on how many pages and
// passes, such as "31 cookies (9 third-party, 2 unclassified), 3 refused, 7
// storage items, 5 third-party hosts; 14 pages, 1 pass (none)". It says so when
// the scan is incomplete or certificate errors were ignored. The text is safe
// for a terminal.
func Summary(s *scanner.Scan) string { return summary(newView(s, look{}), printable) }

// summary quotes what is not our own text with a function of sanitize.go.
func summary(v view, quote func(string) string) string {
	s := v.scan
	third := 0
	for _, c := range v.kept {
		if c.Party == scanner.Third {
			third++
		}
	}
	var b strings.Builder
	b.WriteString(number(len(v.kept), "cookie"))
	var of []string
	if third > 0 {
		of = append(of, fmt.Sprintf("%d third-party", third))
	}
	if n := v.unclassified(); n > 0 {
		of = append(of, fmt.Sprintf("%d unclassified", n))
	}
	if len(of) > 0 {
		b.WriteString(" " + bracketed(strings.Join(of, ", ")))
	}
	if n := len(v.refused); n > 0 {
		fmt.Fprintf(&b, ", %d refused", n)
	}
	fmt.Fprintf(&b, ", %s, %s; %s, %s", number(len(s.Storage), "storage item"),
		number(len(contacted(s)), "third-party host"), number(pagesSeen(s), "page"),
		passWords(s, quote))
	if !complete(s) {
		b.WriteString("; INCOMPLETE")
	}
	if s.Settings.Insecure {
		b.WriteString("; CERTIFICATE ERRORS IGNORED")
	}
	return b.String()
}

// counts says the same of the cookies in the words of a language, without a
// sentence that would need its grammar.
func counts(v view) string {
	third := 0
	for _, c := range v.kept {
		if c.Party == scanner.Third {
			third++
		}
	}
	unknown, _ := v.lang.Category(scanner.Unclassified)
	count := func(name string, n int) string { return name + ": " + v.lang.Number(int64(n)) }
	return strings.Join([]string{
		count(v.lang.Kind("cookie"), len(v.kept)), count(v.lang.Title("third"), third), count(unknown, v.unclassified()),
	}, " · ")
}

// complete distrusts a document that contradicts itself.
func complete(s *scanner.Scan) bool { return s.Complete && len(s.Incomplete) == 0 }

func phases(s *scanner.Scan, quote func(string) string) string {
	var names []string
	for _, p := range made(s) {
		names = append(names, quote(p.Phase))
	}
	return strings.Join(names, ", ")
}

func number(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "s"):
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// insecureWords is the stamp on everything a person reads.
const insecureWords = "CERTIFICATE ERRORS WERE IGNORED (--insecure): whoever stands between could have changed what is shown here."

// scope is one line about what was looked at and what was passed over, and limits
// one about what no scan of this kind sees.
func scope(s *scanner.Scan, quote func(string) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "What this scan could see: %d of %s found (scope %s), %s",
		pagesSeen(s), number(max(s.Coverage.PagesFound, s.Coverage.PagesVisited), "page"),
		quote(s.Settings.Scope), passWords(s, quote))
	if s.Settings.Region != "" {
		b.WriteString(", from " + quote(s.Settings.Region) + " as the operator says")
	}
	if len(s.Coverage.LeftOut) > 0 {
		var left []string
		for _, l := range s.Coverage.LeftOut {
			left = append(left, leftWords(l, quote))
		}
		b.WriteString("; left out: " + strings.Join(left, ", "))
	}
	if c := s.Coverage.Controls; c != nil && slices.ContainsFunc(c.Left, func(l scanner.Left) bool { return l.Reason == "unknown" }) {
		b.WriteString("; not pressed: controls of which nothing says what they do (--interact full)")
	}
	b.WriteString(".")
	return b.String()
}

// leftWords says why pages were left out by design. A reason that is not known
// stands for itself.
func leftWords(l scanner.Left, quote func(string) string) string {
	words := map[string]string{
		"max-pages":    "beyond --max-pages",
		"per-template": "like others that were visited",
		"depth":        "beyond --depth",
		"scope":        "outside the scope",
		"exclude":      "by --include or --exclude",
		"robots":       "forbidden by robots.txt",
		"limit":        "beyond what is kept",
		"duplicate":    "other addresses of visited pages",
		"scheme":       "no web addresses",
	}[l.Reason]
	if words == "" {
		words = "by " + quote(l.Reason)
	}
	return fmt.Sprintf("%d %s", l.Count, words)
}

// limitsAnyway are those of a scan that made the choices and logged in too.
const limitsAnyway = "on pages it did not visit, in other regions, devices or experiments, and what servers do with the data."

// limitsUnrecorded are those of a scan without the recorder.
const limitsUnrecorded = " Without the browser's own log, cookies of WebSocket handshakes and of service workers' scripts may be missed."

// limitsOf leaves out what the passes of a scan did see.
func limitsOf(s *scanner.Scan) string {
	text := choiceLimits(s)
	if !s.Settings.Recorder {
		text += limitsUnrecorded
	}
	return text
}

func choiceLimits(s *scanner.Scan) string {
	login := "a login"
	if hasAccess(s) {
		login = "another login"
	}
	for _, p := range s.Passes {
		if p.Consent != nil && p.Consent.Action != "" && p.Consent.Failure == "" {
			return "It cannot see: what comes only after " + login + " or a form, or after other choices than those made, " + limitsAnyway
		}
	}
	return "It cannot see: what comes only after a consent choice, " + login + " or a form, " + limitsAnyway
}

// hasAccess tells whether the user let the visitor into a closed part.
func hasAccess(s *scanner.Scan) bool {
	return s.Settings.BasicAuth || len(s.Settings.Cookies) > 0 || s.Settings.Steps != ""
}
