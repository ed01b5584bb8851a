package checks

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
)

// Visit is a page that is looked at again, for all findings that it serves.
type Visit struct {
	URL      string
	Phases   []string      // passes to make over it, the page alone
	Wait     time.Duration // what the page is given, in real time, to do it again
	Findings []string      // their fingerprints
}

const (
	// longestWait bounds what a page gets: longer than most visitors stay.
	longestWait = 15 * time.Second
	// waitMargin is what an ordinary browser may take longer than the scan's own.
	waitMargin = 2 * time.Second
	// usualWait is for what nobody timed, and for what follows a choice.
	usualWait = 10 * time.Second
	// bannerWait is for what is about the banner, which is waited for on its own.
	bannerWait = 2 * time.Second
	// mostVisits bounds the pages that are looked at again.
	mostVisits = 20
)

// Again plans the second looks at the findings of a judged scan that are worth
// one (Confirmable). Few pages serve all. Findings that no visit serves cannot
// be looked for again: they rest on what only scrolling or using the page
// brought, or on what came later than a second look waits.
func Again(doc *scanner.Scan) []Visit {
	var list []Visit
	for _, f := range doc.Findings {
		if !Confirmable(f) {
			continue
		}
		need := needsAgain(f, doc)
		at := slices.IndexFunc(list, func(v Visit) bool {
			return slices.ContainsFunc(need, func(n Visit) bool { return n.URL == v.URL })
		})
		if at < 0 && len(need) > 0 && len(list) < mostVisits {
			at = len(list)
			list = append(list, Visit{URL: need[0].URL})
		}
		if at < 0 {
			continue
		}
		v := &list[at]
		n := need[slices.IndexFunc(need, func(n Visit) bool { return n.URL == v.URL })]
		v.Wait = max(v.Wait, n.Wait)
		v.Findings = append(v.Findings, f.Fingerprint)
		for _, phase := range n.Phases {
			if !slices.Contains(v.Phases, phase) {
				v.Phases = append(v.Phases, phase)
			}
		}
	}
	for _, v := range list {
		slices.SortStableFunc(v.Phases, func(a, b string) int { return slices.Index(inOrder, a) - slices.Index(inOrder, b) })
	}
	return list
}

// inOrder is that of passes: the one without a choice says whether there is a
// banner to answer.
var inOrder = []string{"none", "accept", "reject", "close", "withdraw", "return", "gpc"}

// needsAgain lists the pages on which a finding could be seen again, the one that
// takes least time first.
func needsAgain(f scanner.Finding, doc *scanner.Scan) []Visit {
	phases := phasesAgain(f)
	wait := usualWait
	if f.Kind == "dialog" && f.ID != "D001" {
		wait = bannerWait
	}
	var list, choices []Visit
	beyond := false
	for _, e := range f.Evidence {
		v := Visit{URL: cmp.Or(e.URL, doc.Target.URL), Phases: phases, Wait: wait}
		least, most, timed := due(e)
		switch {
		case !written(e):
			if e.Receiver != "" || f.Kind == "dialog" {
				list = append(list, v)
			}
		case least > longestWait:
			beyond = true
		default:
			v.Wait = min(most+waitMargin, longestWait)
			if timed {
				list = append(list, v)
			} else {
				choices = append(choices, v)
			}
		}
	}
	if !beyond { // else what followed a choice came as late as what was timed
		list = append(list, choices...)
	}
	if len(list) == 0 && !beyond {
		list = []Visit{{URL: doc.Target.URL, Phases: phases, Wait: wait}}
	}
	slices.SortStableFunc(list, func(a, b Visit) int { return cmp.Compare(a.Wait, b.Wait) })
	return list
}

// written tells evidence of a write from that of a request or of words.
func written(e scanner.Evidence) bool { return e.Item != "" && e.Receiver == "" }

// due bounds the page time at which a write comes. Timers are seen at the
// beginning of the step in which they fire, and a step is at most as long as the
// page is old, and a second. timed is false if nobody knows: the time of a choice
// is none of the page.
func due(e scanner.Evidence) (least, most time.Duration, timed bool) {
	first := time.Duration(e.FirstMs) * time.Millisecond
	switch e.Trigger {
	case scanner.OnLoad:
		return first, first + time.Second, true
	case scanner.OnTimer:
		if first > 0 {
			return first, 2*first + time.Second, true
		}
		return 0, longestWait - waitMargin, true
	case scanner.OnScroll, scanner.OnInteraction, scanner.OnPageHide: // which a second look does not do
		return longestWait + 1, longestWait + 1, true
	case scanner.OnChoice:
	}
	return 0, usualWait - waitMargin, false
}

// phasesAgain are the passes that show what a finding is about: those that its
// check needs, and else those that it was seen in.
func phasesAgain(f scanner.Finding) []string {
	var seen []string
	for _, e := range f.Evidence {
		if phase, _, _ := strings.Cut(cmp.Or(e.Pass, e.State), "#"); phase != "" && !slices.Contains(seen, phase) {
			seen = append(seen, phase)
		}
	}
	if f.ID == "D003" {
		return []string{"accept", "reject"} // to be compared
	}
	check, _ := Lookup(f.ID)
	var needed []string
	for _, set := range check.Needs {
		phases := []string{}
		for _, n := range set {
			if phase, ok := n.phase(); ok {
				phases = append(phases, phase)
			}
		}
		if len(needed) == 0 || !slices.ContainsFunc(needed, func(p string) bool { return slices.Contains(seen, p) }) {
			needed = phases
		}
	}
	if len(needed) > 0 {
		return needed
	}
	return append(seen, "none")[:1]
}

// SeenAgain says what a second look showed of a finding. again is that look: a
// judged scan of one page (Visit), made by a browser that nothing watched, which
// waited so long.
func SeenAgain(f scanner.Finding, again *scanner.Scan, waited time.Duration) scanner.Confirmation {
	untested := again.Checks == nil || slices.ContainsFunc(again.Checks.NotTested, func(u scanner.Untested) bool { return u.ID == f.ID })
	for _, g := range again.Findings {
		switch {
		case g.Fingerprint != f.Fingerprint, leaving(g) && !leaving(f):
			// What is stored as the page goes is another thing under the same name.
		case active(f) && !active(g):
			// It is there, but was before the choice: whether it was written or
			// sent after it, a look from outside cannot tell.
			return scanner.ConfirmedImpossible
		default:
			return scanner.ConfirmedYes
		}
	}
	if untested || len(again.Incomplete) > 0 || slices.ContainsFunc(f.Evidence, written) && !waitedFor(f, waited) {
		return scanner.ConfirmedImpossible
	}
	return scanner.ConfirmedNo
}

// waitedFor tells whether one of the writes of a finding would have come again.
func waitedFor(f scanner.Finding, waited time.Duration) bool {
	return slices.ContainsFunc(f.Evidence, func(e scanner.Evidence) bool {
		_, most, _ := due(e)
		return written(e) && most <= waited
	})
}

// leaving tells a finding about what was written only when a page was left.
func leaving(f scanner.Finding) bool {
	found := false
	for _, e := range f.Evidence {
		if written(e) {
			if e.Trigger != scanner.OnPageHide {
				return false
			}
			found = true
		}
	}
	return found
}

// active tells a finding about something that was written or sent from one
// about something that is merely there.
func active(f scanner.Finding) bool {
	return slices.ContainsFunc(f.Evidence, func(e scanner.Evidence) bool { return e.Item != "" || e.Receiver != "" })
}

// Adopt gives what a second look met the classification that the scan gave it:
// who wrote something, by which many rules know it, a look from outside does not
// see.
func Adopt(again, doc *scanner.Scan) {
	for i := range again.Cookies {
		c := &again.Cookies[i]
		adopt(&c.Classification, c.Name, doc.Cookies, func(o *scanner.Cookie) (string, *scanner.Classification, bool) {
			return o.Name, o.Classification, o.Domain == c.Domain
		})
	}
	for i := range again.Storage {
		s := &again.Storage[i]
		adopt(&s.Classification, s.Key, doc.Storage, func(o *scanner.StorageItem) (string, *scanner.Classification, bool) {
			return o.Key, o.Classification, o.Kind == s.Kind && o.Origin == s.Origin
		})
	}
}

// adopt takes the classification of the item with the same name, or else of one
// whose pattern the name follows.
func adopt[T any](to **scanner.Classification, name string, list []T, of func(*T) (string, *scanner.Classification, bool)) {
	var alike *scanner.Classification
	for i := range list {
		other, found, same := of(&list[i])
		switch {
		case !same || found == nil:
		case other == name:
			*to = found
			return
		case alike == nil && follows(name, found.Pattern):
			alike = found
		}
	}
	if alike != nil {
		*to = alike
	}
}

// follows tells whether a name has the parts of a pattern in their order; a star
// stands for anything.
func follows(name, pattern string) bool {
	start, rest, ok := strings.Cut(pattern, "*")
	if !ok || !strings.HasPrefix(name, start) {
		return false
	}
	name = name[len(start):]
	for ok {
		var part string
		if part, rest, ok = strings.Cut(rest, "*"); !ok {
			return strings.HasSuffix(name, part)
		}
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}
