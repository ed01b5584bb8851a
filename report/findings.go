package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// Verdict is one sentence about what the checks found, such as "4 items
// classified as needing consent were written before a choice (3 confirmed, 1 to
// review); 1 was written after reject; 15 of 15 pages, from DE, logged out". It
// is empty for a scan that was not judged. The text is safe for a terminal.
func Verdict(s *scanner.Scan) string { return verdict(s, printable) }

// verdict quotes what is not our own text with a function of sanitize.go.
func verdict(s *scanner.Scan, quote func(string) string) string {
	if s.Checks == nil {
		return ""
	}
	var parts []string
	if len(s.Findings) == 0 {
		parts = append(parts, "no finding in the tested scope")
	}
	if part := beforeChoice(s); part != "" {
		parts = append(parts, part)
	}
	if part := afterReject(s); part != "" {
		parts = append(parts, part)
	}
	return strings.Join(append(parts, circumstances(s, quote)), "; ")
}

// beforeChoice counts what the checks B001 and B002 report.
func beforeChoice(s *scanner.Scan) string {
	found := ofChecks(s, "B001", "B002")
	n := countItems(found)
	switch {
	case !tested(s, "B001"):
		return untestedWords(s, "B001", "before a choice")
	case n == 0 && blind(s, "none"):
		return "before a choice: no page could be loaded"
	case n == 0 && len(s.Findings) == 0:
		return ""
	case n == 0:
		return "nothing classified as needing consent was written before a choice"
	}
	return fmt.Sprintf("%s classified as needing consent %s written before a choice %s", number(n, "item"), wasWere(n), bracketed(sureness(found)))
}

// afterReject counts what the check B005 reports of stored items by what
// happened to them: the gravest counts.
func afterReject(s *scanner.Scan) string {
	if !tested(s, "B005") {
		if met := noBanner(s); met != nil && met.Detail != "" {
			return "no consent banner was found, but " + met.Detail
		} else if met != nil {
			return "no consent banner was found, so there was nothing to refuse"
		}
		return untestedWords(s, "B005", "after reject")
	}
	var written, sent, begun, there int
	for _, f := range ofChecks(s, "B005") {
		switch n := countItems([]scanner.Finding{f}); {
		case f.Kind == "tracker":
		case slices.ContainsFunc(f.Evidence, func(e scanner.Evidence) bool { return e.Item != "" && e.Receiver == "" && !e.Straddles }):
			written += n
		case slices.ContainsFunc(f.Evidence, func(e scanner.Evidence) bool { return e.Receiver != "" }):
			sent += n
		case slices.ContainsFunc(f.Evidence, func(e scanner.Evidence) bool { return e.Straddles }):
			begun += n
		default:
			there += n
		}
	}
	var parts []string
	for _, p := range []struct {
		n     int
		words string
	}{{written, "written after"}, {sent, "still sent after"}, {begun, "begun before and written after"}, {there, "still there after"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s %s reject", p.n, wasWere(p.n), p.words))
		}
	}
	if len(parts) == 0 && blind(s, "reject") {
		return "after reject: no page could be loaded"
	}
	if len(parts) == 0 && len(s.Findings) > 0 {
		return "none was written after reject"
	}
	return strings.TrimSpace(strings.Join(parts, ", ") + " " + bracketed(confirmedItems(ofChecks(s, "B005"))))
}

// noBanner is what the pass reject says if it met no banner.
func noBanner(s *scanner.Scan) *scanner.Consent {
	for _, p := range s.Passes {
		if p.Phase == "reject" && p.Consent != nil && p.Consent.Failure == scanner.NoBanner {
			return p.Consent
		}
	}
	return nil
}

// circumstances are what a count means nothing without.
func circumstances(s *scanner.Scan, quote func(string) string) string {
	found := max(s.Coverage.PagesFound, s.Coverage.PagesVisited)
	text := fmt.Sprintf("%d of %s", pagesSeen(s), number(found, "page"))
	if s.Settings.Region != "" {
		text += ", from " + quote(s.Settings.Region)
	}
	if hasAccess(s) {
		return text + ", with access that you gave"
	}
	return text + ", logged out"
}

func tested(s *scanner.Scan, id string) bool { return slices.Contains(s.Checks.Tested, id) }

// untestedWords says that a check was not tested, and nothing of one that the
// profile does not have.
func untestedWords(s *scanner.Scan, id, what string) string {
	for _, u := range s.Checks.NotTested {
		if u.ID == id {
			return what + ": not tested"
		}
	}
	return ""
}

func ofChecks(s *scanner.Scan, ids ...string) []scanner.Finding {
	var list []scanner.Finding
	for _, f := range s.Findings {
		if slices.Contains(ids, f.ID) && f.Waived == nil {
			list = append(list, f)
		}
	}
	return list
}

func countItems(list []scanner.Finding) int {
	n := 0
	for _, f := range list {
		n += max(len(f.Items), 1)
	}
	return n
}

// sureness counts items by how sure it is that they are rightly reported. A
// second look in an ordinary browser says more than any rule.
func sureness(list []scanner.Finding) string {
	words := []string{"confirmed", "certain", "likely", "to review", "not seen again"}
	counts := map[string]int{}
	for _, f := range list {
		word := map[scanner.Sureness]string{scanner.SureCertain: "certain", scanner.SureLikely: "likely"}[f.Confidence]
		switch {
		case f.Confirmed == scanner.ConfirmedYes:
			word = "confirmed"
		case f.Confirmed == scanner.ConfirmedNo:
			word = "not seen again"
		case word == "":
			word = "to review"
		}
		counts[word] += countItems([]scanner.Finding{f})
	}
	var parts []string
	for _, word := range words {
		if counts[word] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[word], word))
		}
	}
	return strings.Join(parts, ", ")
}

// confirmedItems counts items by what a second look said of them; it is empty
// where there was none.
func confirmedItems(list []scanner.Finding) string {
	var parts []string
	for _, c := range []struct {
		said  scanner.Confirmation
		words string
	}{
		{scanner.ConfirmedYes, "confirmed"}, {scanner.ConfirmedNo, "not seen again"}, {scanner.ConfirmedImpossible, "not possible to look for again"},
	} {
		n := 0
		for _, f := range list {
			if f.Confirmed == c.said {
				n += countItems([]scanner.Finding{f})
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, c.words))
		}
	}
	return strings.Join(parts, ", ")
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// findingsTitle counts findings by severity.
func findingsTitle(s *scanner.Scan) string {
	var parts []string
	for _, severity := range []scanner.Severity{scanner.SeverityError, scanner.SeverityWarning, scanner.SeverityNote} {
		n := 0
		for _, f := range s.Findings {
			if f.Severity == severity {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, number(n, string(severity)))
		}
	}
	return "Findings" + strings.TrimRight(" "+bracketed(strings.Join(parts, ", ")), " ")
}

// untested groups what was not tested by the reason.
func untested(s *scanner.Scan) []string {
	var order []string
	ids := map[string][]string{}
	for _, u := range s.Checks.NotTested {
		if ids[u.Reason] == nil {
			order = append(order, u.Reason)
		}
		ids[u.Reason] = append(ids[u.Reason], u.ID)
	}
	var list []string
	for _, reason := range order {
		list = append(list, ranges(ids[reason])+": "+reason)
	}
	return list
}

// ranges lists ids of checks, of which three or more that follow each other
// are written as "U001 to U012".
func ranges(ids []string) string {
	var parts []string
	for i := 0; i < len(ids); {
		k := i
		for k+1 < len(ids) && follows(ids[k], ids[k+1]) {
			k++
		}
		if k-i >= 2 {
			parts = append(parts, ids[i]+" to "+ids[k])
			i = k + 1
			continue
		}
		parts = append(parts, ids[i])
		i++
	}
	return strings.Join(parts, ", ")
}

// follows tells whether b is the next number of the family of a.
func follows(a, b string) bool {
	if a == "" || b == "" || a[0] != b[0] {
		return false
	}
	m, err := strconv.Atoi(a[1:])
	n, err2 := strconv.Atoi(b[1:])
	return err == nil && err2 == nil && n == m+1
}

// profileWords says under which profile and by which checks a scan was judged.
func profileWords(s *scanner.Scan) string {
	text := "Judged under the profile " + s.Checks.Profile
	if !s.Checks.Chosen {
		text += ", which nobody chose: no law weighs more than a warning. --profile chooses one"
	}
	kept := keptRuleset(s)
	if kept != "" {
		kept = "Kept to the ruleset " + kept + ": what is new in it or later is a note."
	}
	return joinNonEmpty(" ", text+".", kept, secondLookWords(s))
}

// keptRuleset is the ruleset that was kept to, empty if it is that of the program.
func keptRuleset(s *scanner.Scan) string {
	if s.Checks == nil || s.Checks.Kept == s.Checks.Ruleset {
		return ""
	}
	return s.Checks.Kept
}

// secondLookWords says how findings were looked for again.
func secondLookWords(s *scanner.Scan) string {
	look := s.SecondLook
	if look == nil {
		return ""
	}
	n := 0
	for _, v := range look.Visits {
		n += len(v.Findings)
	}
	text := number(n, "finding") + " looked for again"
	if look.Browser.Product != "" {
		text += " with " + look.Browser.Product
	}
	text += fmt.Sprintf(" on %s, in real time and unwatched", number(len(look.Visits), "page"))
	if look.Detail != "" {
		text += "; " + look.Detail
	}
	return text + "."
}

// aboutFinding is what a finding says besides its message.
func aboutFinding(f scanner.Finding) [][2]string {
	return [][2]string{
		{"why", f.Why}, {"wrong if", f.Wrong}, {"to do", f.Fix}, {"to see it", strings.Join(f.Steps, " ")}, {"fingerprint", f.Fingerprint},
	}
}

// confirmedWords marks what a second look said.
func confirmedWords(f scanner.Finding) string {
	switch f.Confirmed {
	case scanner.ConfirmedYes:
		return "confirmed"
	case scanner.ConfirmedNo:
		return "not seen again"
	case scanner.ConfirmedImpossible:
		return "could not be looked for again"
	}
	return ""
}
