// Package diff compares two scans of a site: which cookies, storage items and
// trackers came, went or changed, which findings did, and before all that, what
// one of the scans saw and the other did not, since absence from what was not
// seen is no proof. It compares documents and shows nothing.
package diff

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
)

// SchemaV1 names the version of a comparison as JSON.
const SchemaV1 = "cookiescan/diff/v1"

// Result is what differs between the scan A and the scan B.
type Result struct {
	Schema     string      `json:"schema"`
	A          Side        `json:"a"`
	B          Side        `json:"b"`
	Coverage   []Coverage  `json:"coverage"`   // what only one of them saw
	Conditions []Condition `json:"conditions"` // how differently they were made
	Items      []Item      `json:"items"`
	Findings   []Finding   `json:"findings"`
}

// Side is one of the scans.
type Side struct {
	Site       string    `json:"site"`
	URL        string    `json:"url"`
	Started    time.Time `json:"started"`
	Complete   bool      `json:"complete"`
	Incomplete int       `json:"incomplete"` // things that were planned and not seen
	Judged     bool      `json:"judged"`     // checks ran
}

// Coverage is something that one scan saw and the other did not.
type Coverage struct {
	What  What     `json:"what"`
	Pass  string   `json:"pass,omitempty"`
	Less  string   `json:"less"` // a or b: the one that did not see it
	Count int      `json:"count"`
	Pages []string `json:"pages,omitempty"` // addresses, at most 20, sorted
}

// What is a kind of Coverage.
type What string

// The kinds.
const (
	PassMissing What = "pass"       // the pass was not done
	PagesUnseen What = "pages"      // pages of the pass were not visited, or not seen to their end
	Unfinished  What = "incomplete" // the scan itself says that something was not seen
)

// Condition is a setting, a version or a place that differs.
type Condition struct {
	Name string `json:"name"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// How is what became of something from A to B.
type How string

// The ways.
const (
	Added   How = "added"
	Gone    How = "gone"
	Changed How = "changed"
)

// Item is a cookie, a storage item or a tracker that differs. Generated names
// of one pattern are one item.
type Item struct {
	How    How      `json:"how"`
	Kind   string   `json:"kind"` // cookie, a kind of storage or of tracker
	Name   string   `json:"name"`
	Place  string   `json:"place"`           // domain and path, origin, or host
	Top    string   `json:"top,omitempty"`   // partition
	Proven bool     `json:"proven"`          // of what came or went: the other scan looked where it was
	Facts  []Change `json:"facts,omitempty"` // of what changed: what differs; else what is known of it
}

// Change is a fact in both scans; of what came or went one of the lists is empty.
type Change struct {
	Fact string   `json:"fact"`
	A    []string `json:"a"`
	B    []string `json:"b"`
}

// Finding is a finding that differs.
type Finding struct {
	How     How              `json:"how"`
	ID      string           `json:"id"`
	Subject string           `json:"subject"`
	Domain  string           `json:"domain,omitempty"`
	A       scanner.Severity `json:"a,omitempty"` // severity
	B       scanner.Severity `json:"b,omitempty"`
	Message string           `json:"message"`
	Proven  bool             `json:"proven"` // the other scan could have found it
}

// Differs tells whether anything of the site differs.
func (r *Result) Differs() bool { return len(r.Items)+len(r.Findings) > 0 }

// Undecided tells whether nothing can be said: a scan is incomplete, and no
// difference is proven.
func (r *Result) Undecided() bool {
	if r.A.Complete && r.B.Complete {
		return false
	}
	return !slices.ContainsFunc(r.Items, func(i Item) bool { return i.Proven }) &&
		!slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Proven })
}

// Compare compares two scans.
func Compare(a, b *scanner.Scan) *Result {
	sa, sb := newSeen(a), newSeen(b)
	r := &Result{
		Schema: SchemaV1, A: sideOf(a), B: sideOf(b), Conditions: conditions(a, b),
		Coverage: append(less("b", sa, sb), less("a", sb, sa)...), Items: []Item{}, Findings: []Finding{},
	}
	r.items(sa, sb)
	r.findings(sa, sb)
	return r
}

func sideOf(s *scanner.Scan) Side {
	return Side{s.Target.Site, s.Target.URL, s.Started.UTC(), s.Complete, len(s.Incomplete), s.Checks != nil}
}

// conditions lists what differs in how the scans were made.
func conditions(a, b *scanner.Scan) []Condition {
	out := []Condition{}
	add := func(name, x, y string) {
		if x != y {
			out = append(out, Condition{name, x, y})
		}
	}
	x, y := a.Settings, b.Settings
	add("site", a.Target.Site, b.Target.Site)
	add("start addresses", strings.Join(a.Target.URLs, " "), strings.Join(b.Target.URLs, " "))
	add("version of cookiescan", a.Tool.Version, b.Tool.Version)
	add("rules", a.Tool.Rules, b.Tool.Rules)
	add("browser", a.Browser.Product, b.Browser.Product)
	add("engine", a.Browser.Engine, b.Browser.Engine)
	add("user agent", a.Browser.UserAgent, b.Browser.UserAgent)
	add("language", x.AcceptLanguage, y.AcceptLanguage)
	add("time zone", x.Timezone, y.Timezone)
	add("region", x.Region, y.Region)
	add("proxy", x.Proxy, y.Proxy)
	add("interact", x.Interact, y.Interact)
	add("scope", x.Scope, y.Scope)
	add("profile", profileOf(a), profileOf(b))
	return out
}

func profileOf(s *scanner.Scan) string {
	if s.Checks == nil {
		return ""
	}
	return s.Checks.Profile
}

// seen is a scan with what is looked up in it.
type seen struct {
	*scanner.Scan
	passes map[string]map[string]bool // phase to the addresses of pages that were seen to their end
	pages  map[string]string          // id to address
}

func newSeen(s *scanner.Scan) *seen {
	out := &seen{s, map[string]map[string]bool{}, map[string]string{}}
	for _, p := range s.Passes {
		if p.Consent != nil && p.Consent.Failure != "" && len(p.Pages) == 0 {
			continue // there was nothing to answer
		}
		urls := out.passes[p.Phase]
		if urls == nil {
			urls = map[string]bool{}
			out.passes[p.Phase] = urls
		}
		for _, page := range p.Pages {
			out.pages[page.ID] = page.URL
			if page.Error == "" {
				urls[page.URL] = true
			}
		}
	}
	return out
}

// maxPages bounds the addresses that are listed.
const maxPages = 20

// less lists what a scan did not see of what the other saw.
func less(name string, more, fewer *seen) []Coverage {
	out := []Coverage{}
	if n := len(fewer.Incomplete); n > 0 {
		out = append(out, Coverage{What: Unfinished, Less: name, Count: n})
	}
	for _, p := range more.Passes {
		urls, done := more.passes[p.Phase]
		other, there := fewer.passes[p.Phase]
		if !done {
			continue
		}
		if !there {
			out = append(out, Coverage{What: PassMissing, Pass: p.Phase, Less: name, Count: 1})
			continue
		}
		var unseen []string
		for u := range urls {
			if !other[u] {
				unseen = append(unseen, u)
			}
		}
		if n := len(unseen); n > 0 {
			slices.Sort(unseen)
			out = append(out, Coverage{What: PagesUnseen, Pass: p.Phase, Less: name, Count: n, Pages: unseen[:min(n, maxPages)]})
		}
	}
	return out
}

// saw tells whether a scan looked where the other one met something: at every
// page that is named, in the same pass, or at everything if none is.
func (s *seen) saw(g *group, other *seen) bool {
	if len(g.pages) == 0 {
		return s.Complete && slices.ContainsFunc(g.phases, func(p string) bool { return s.passes[p] != nil })
	}
	for _, id := range g.pages {
		phase, _, _ := strings.Cut(id, "/")
		if !s.passes[phase][other.pages[id]] {
			return false
		}
	}
	return true
}

func (r *Result) items(a, b *seen) {
	both := func(phase string) bool { return a.passes[phase] != nil && b.passes[phase] != nil }
	ga, gb := groups(a.Scan, both), groups(b.Scan, both)
	for key, g := range ga {
		h := gb[key]
		if h == nil {
			r.Items = append(r.Items, g.item(Gone, b.saw(g, a)))
			continue
		}
		if facts := changes(g, h); len(facts) > 0 {
			i := g.item(Changed, true)
			i.Facts = facts
			r.Items = append(r.Items, i)
		}
	}
	for key, h := range gb {
		if ga[key] == nil {
			r.Items = append(r.Items, h.item(Added, a.saw(h, b)))
		}
	}
	slices.SortFunc(r.Items, func(x, y Item) int {
		return cmp.Or(order(x.How)-order(y.How), rank(x.Kind)-rank(y.Kind), strings.Compare(x.Kind, y.Kind),
			strings.Compare(x.Place, y.Place), strings.Compare(x.Name, y.Name), strings.Compare(x.Top, y.Top))
	})
}

func order(h How) int { return slices.Index([]How{Added, Gone, Changed}, h) }

// rank puts cookies first, storage next, trackers last.
func rank(kind string) int {
	switch scanner.TrackerKind(kind) {
	case scanner.Pixel, scanner.Beacon, scanner.Fingerprint, scanner.RequestTo:
		return 2
	}
	if kind == "cookie" {
		return 0
	}
	return 1
}

func (r *Result) findings(a, b *seen) {
	if a.Checks == nil || b.Checks == nil {
		return
	}
	x, y := byFingerprint(a.Findings), byFingerprint(b.Findings)
	for key, f := range x {
		g, there := y[key]
		switch {
		case !there:
			r.Findings = append(r.Findings, Finding{Gone, f.ID, f.Subject, f.Domain, f.Severity, "", f.Message, b.Complete && tested(b, f.ID)})
		case f.Severity != g.Severity:
			r.Findings = append(r.Findings, Finding{Changed, g.ID, g.Subject, g.Domain, f.Severity, g.Severity, g.Message, true})
		}
	}
	for key, g := range y {
		if _, there := x[key]; !there {
			r.Findings = append(r.Findings, Finding{Added, g.ID, g.Subject, g.Domain, "", g.Severity, g.Message, a.Complete && tested(a, g.ID)})
		}
	}
	slices.SortFunc(r.Findings, func(x, y Finding) int {
		return cmp.Or(order(x.How)-order(y.How), strings.Compare(x.ID, y.ID), strings.Compare(x.Domain, y.Domain),
			strings.Compare(x.Subject, y.Subject), strings.Compare(x.Message, y.Message))
	})
}

func tested(s *seen, id string) bool { return slices.Contains(s.Checks.Tested, id) }

// byFingerprint leaves out what could not be checked: that is about the scan,
// and stands under its coverage.
func byFingerprint(list []scanner.Finding) map[string]scanner.Finding {
	out := map[string]scanner.Finding{}
	for _, f := range list {
		if f.Class != scanner.ClassUnable {
			out[f.Fingerprint] = f
		}
	}
	return out
}
