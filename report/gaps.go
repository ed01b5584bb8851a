package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// gap is one kind of thing that was planned and not seen.
type gap struct {
	code    scanner.IncompleteCode
	words   string
	count   int
	details []string // the first three, as in the document
}

// gapKind words a code of the document.
type gapKind struct {
	code  scanner.IncompleteCode
	words string
}

// gapKinds lists the codes by their weight.
func gapKinds() []gapKind {
	return []gapKind{
		{scanner.Interrupted, "interrupted"},
		{scanner.BrowserLost, "browser lost"},
		{scanner.StartFailed, "start page not loaded"},
		{scanner.ThirdPartyBlocked, "third-party cookies refused by this browser"},
		{scanner.BotWall, "page of a bot defence in place of the page"},
		{scanner.BannerNotOperated, "consent banner not answered"},
		{scanner.StateNotIsolated, "site knew the visitor's choice in a new profile"},
		{scanner.StepsFailed, "step not done"},
		{scanner.SessionLost, "session lost, so pages may have been seen logged out"},
		{scanner.PassNotDone, "pages of a pass not visited"},
		{scanner.RobotsUnread, "robots.txt failed, so its pages may not be visited"},
		{scanner.PageFailed, "page not loaded"},
		{scanner.PageCrashed, "page crashed"},
		{scanner.PageTimeout, "page ran out of time"},
		{scanner.SnapshotFailed, "store not readable"},
		{scanner.HookSilenced, "script writes not observed"},
		{scanner.ServiceWorkerUnread, "service worker not observed"},
		{scanner.EventsDropped, "more events than are kept"},
		{scanner.RecorderFailed, "browser log not recorded"},
		{scanner.RequestsGuarded, "request to a private address refused"},
		{scanner.SitemapUnread, "sitemap not read"},
	}
}

// gateKinds lists what the gate alone says, of scans that are complete.
func gateKinds() []gapKind {
	return []gapKind{
		{"nothing-seen", "no page at all"},
		{"nothing-met", "another page, or an empty one"},
		{"no-list", "policy not compared"},
	}
}

// gaps groups what is incomplete by its code, the weightiest first. A code
// that is not known stands for itself, before all others.
func gaps(s *scanner.Scan) []gap { return gapsOf(s.Incomplete) }

func gapsOf(incomplete []scanner.Incomplete) []gap {
	kinds := append(gapKinds(), gateKinds()...)
	rank := func(inc scanner.Incomplete) int {
		return slices.IndexFunc(kinds, func(k gapKind) bool { return k.code == inc.Code })
	}
	ordered := slices.Clone(incomplete)
	slices.SortStableFunc(ordered, func(a, b scanner.Incomplete) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Code, b.Code))
	})
	var list []gap
	for i, inc := range ordered {
		if i == 0 || ordered[i-1].Code != inc.Code {
			words := string(inc.Code)
			if r := rank(inc); r >= 0 {
				words = kinds[r].words
			}
			list = append(list, gap{code: inc.Code, words: words})
		}
		list[len(list)-1].add(inc)
	}
	return list
}

func (g *gap) add(inc scanner.Incomplete) {
	g.count++
	if len(g.details) == 3 {
		return
	}
	pass := ""
	if inc.Pass != "" {
		pass = "pass " + inc.Pass
	}
	g.details = append(g.details, joinNonEmpty(": ", joinNonEmpty(", ", inc.Page, pass), inc.Detail))
}

// line is all of it, not yet safe for any output.
func (g gap) line() string {
	text := g.words
	if g.count > 1 {
		text += fmt.Sprintf(", %d times", g.count)
	}
	text = joinNonEmpty(": ", text, strings.Join(g.details, "; "))
	if more := g.count - len(g.details); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// nothingStored says that there is no cookie. A scan that could not look does
// not call a site clean.
func nothingStored(s *scanner.Scan) string {
	if !s.Complete {
		return "No cookie was seen, but not all of the site could be looked at: see INCOMPLETE below."
	}
	return "No cookie was stored."
}
