package checks

import (
	"cmp"
	"slices"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// Need is something without which a check can see nothing.
type Need string

// What a check can need. The first are passes; those that answer the banner
// count only if it was answered as they ask.
const (
	PassNone     Need = "none"
	PassAccept   Need = "accept"
	PassReject   Need = "reject"
	PassWithdraw Need = "withdraw"
	PassClose    Need = "close"
	PassGPC      Need = "gpc"
	PassReturn   Need = "return"

	Rules    Need = "rules"    // what was seen is classified
	Look     Need = "look"     // somebody looked for a banner
	Banner   Need = "banner"   // and found one
	Controls Need = "controls" // whose controls were read
	Contrast Need = "contrast" // and the contrast of their texts measured
	Behind   Need = "behind"   // and what can be read behind it was looked at
	Refusal  Need = "refusal"  // or at least looked through for a way to refuse
	Signals  Need = "signals"  // what the page says to others was read
	GPCFile  Need = "gpc-file" // the file was asked for
	Names    Need = "names"    // the names of hosts were resolved here
	LogOut   Need = "log-out"  // the user's steps log out

	Declared Need = "declaration" // something is declared, by a register or a page
	Register Need = "register"    // the site's own declaration is given
	Previous Need = "previous"    // and as it was before its last change
	Policy   Need = "policy"      // a published policy is given
	Links    Need = "links"       // somebody followed the links of the policies
	Whole    Need = "whole"       // every scan of the run saw all pages, before a choice and after acceptance
)

// phase is the pass that is needed, if it is one.
func (n Need) phase() (string, bool) {
	return string(n), slices.Contains([]Need{PassNone, PassAccept, PassReject, PassWithdraw, PassClose, PassGPC, PassReturn}, n)
}

// missing says why a need is not met, empty if it is.
func (c *Context) missing(n Need) string {
	if phase, ok := n.phase(); ok {
		return c.missingPass(phase)
	}
	ok, why := true, ""
	switch n {
	case Rules:
		ok, why = c.classified(), "what was seen is not classified"
	case Look:
		ok, why = len(c.looks) > 0, "nobody looked for a consent banner"
	case Banner:
		ok, why = len(c.banners) > 0, "no consent banner was found"
		if len(c.looks) > 0 && every(c.looks, func(l look) bool { return !l.page.Loaded() }) {
			why = "no page on which a consent banner was looked for could be loaded"
		}
	case Controls:
		ok = slices.ContainsFunc(c.banners, func(l look) bool { return len(l.consent.Buttons) > 0 })
		why = "the controls of a banner were not read"
	case Contrast:
		ok = slices.ContainsFunc(c.banners, func(l look) bool {
			return slices.ContainsFunc(l.consent.Buttons, func(b scanner.ConsentButton) bool { return b.Contrast > 0 })
		})
		why = "the contrast of the banner's controls was not measured"
	case Behind:
		ok = slices.ContainsFunc(c.banners, func(l look) bool { return l.consent.BlocksPage != nil })
		why = "whether the page can be read behind the banner was not looked at"
	case Refusal:
		ok = slices.ContainsFunc(c.banners, look.withoutRefusal)
		why = "nobody looked for a way to refuse"
	case Signals:
		ok = slices.ContainsFunc(c.looks, func(l look) bool { return l.consent.Signals != nil })
		why = "what the page says about consent to others was not read"
	case GPCFile:
		ok, why = c.gpcFile()
	case Names:
		ok, why = c.scan.Settings.Proxy == "", "the names of hosts were resolved by the proxy"
	case LogOut:
		ok = slices.ContainsFunc(c.scan.Passes, func(p scanner.Pass) bool { return slices.ContainsFunc(p.Pages, logsOut) })
		why = "no steps log out"
	case Links:
		ok, why = c.options.Links != nil, "nobody followed the links"
	case Whole:
		ok, why = every(c.scans(), whole), "not all pages were seen, before a choice and after acceptance"
	case Declared, Register, Previous, Policy:
		ok, why = c.declares(n)
	case PassNone, PassAccept, PassReject, PassWithdraw, PassClose, PassGPC, PassReturn:
	}
	if ok {
		return ""
	}
	return why
}

// declares tells whether what a need asks for is declared, and else why not.
// Where nothing is, that is the one reason for every check of a declaration.
func (c *Context) declares(n Need) (ok bool, why string) {
	o := c.options
	switch {
	case o.Register == nil && len(o.Published) == 0:
		return false, "no declaration was given"
	case n == Declared:
		return c.view.given(), "no table or list of cookies was found in what is published"
	case n == Policy:
		return len(o.Published) > 0, "no published policy was given"
	case n == Previous:
		return o.Register != nil && o.Previous != nil, "no earlier version of the declaration was given"
	}
	return o.Register != nil, "only what is published was given, and no cookies.yaml"
}

// gpcFile tells whether the site answered a request for the file, and else why
// nothing can be said of it.
func (c *Context) gpcFile() (ok bool, why string) {
	switch g := c.gpc(); {
	case g == nil || g.File == nil:
		return false, "/.well-known/gpc.json was not asked for"
	case g.File.Status == 0:
		return false, "/.well-known/gpc.json could not be read: " + g.File.Problem
	}
	return true, ""
}

func (c *Context) missingPass(phase string) string {
	for _, p := range c.scan.Passes {
		if p.Phase != phase || len(p.Pages) == 0 {
			continue
		}
		if !answers(phase) || p.Consent != nil && p.Consent.Failure == "" && p.Consent.Action != "" {
			return ""
		}
		return "the banner was not answered in the pass " + phase + reasonOf(p.Consent)
	}
	return "the pass " + phase + " was not made"
}

// answers tells whether a pass makes a choice.
func answers(phase string) bool {
	return slices.Contains([]string{"accept", "reject", "withdraw", "close"}, phase)
}

func reasonOf(c *scanner.Consent) string {
	if c == nil {
		return ""
	}
	switch c.Failure {
	case scanner.NoBanner:
		return ": none was found"
	case scanner.NoReopen:
		return ": nothing opens the choice again"
	case scanner.NoReject:
		return ": it offers no such way"
	case scanner.NotOperated:
		return ": " + cmp.Or(c.Detail, noEffect)
	case scanner.BannerElsewhere:
		return ": a consent platform is loaded and shows nothing here"
	}
	return ""
}

func (c *Context) classified() bool {
	return len(c.items)+len(c.scan.Trackers) == 0 || classify.Applied(c.scan) ||
		slices.ContainsFunc(c.items, func(i *item) bool { return i.found.Category != scanner.Unclassified })
}

// untested is nil when one whole set of needs is met, and else what is missing
// of the set that misses least.
func (c *Context) untested(check Check) *scanner.Untested {
	var best *scanner.Untested
	least := 0
	for _, set := range check.Needs {
		u := scanner.Untested{ID: check.ID}
		n := 0
		for _, need := range set {
			why := c.missing(need)
			if why == "" {
				continue
			}
			n++
			if u.Reason == "" {
				u.Reason = why
			}
			if phase, ok := need.phase(); ok {
				u.Needs = append(u.Needs, phase)
			}
		}
		if n == 0 {
			return nil
		}
		if best == nil || n < least {
			best, least = &u, n
		}
	}
	return best
}

// Words says what a need is.
func (n Need) Words() string {
	if phase, ok := n.phase(); ok {
		return "the pass " + phase
	}
	switch n {
	case Rules:
		return "a classified scan"
	case Look:
		return "a look for a banner"
	case Banner:
		return "a banner"
	case Controls:
		return "its controls"
	case Contrast:
		return "the contrast of its controls"
	case Behind:
		return "a look at what it lies over"
	case Refusal:
		return "a look for a way to refuse"
	case Signals:
		return "the signals of the page"
	case GPCFile:
		return "a request for gpc.json"
	case Names:
		return "a scan without a proxy"
	case LogOut:
		return "steps that log out"
	case Declared:
		return "a declaration"
	case Register:
		return "a cookies.yaml"
	case Previous:
		return "its earlier version"
	case Policy:
		return "a published policy"
	case Links:
		return "a look at the links"
	case Whole:
		return "scans of all pages"
	case PassNone, PassAccept, PassReject, PassWithdraw, PassClose, PassGPC, PassReturn:
	}
	return string(n)
}
