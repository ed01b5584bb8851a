package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

// mechanism is one kind of write of a cookie.
type mechanism struct {
	cookie *scanner.Cookie
	write  *scanner.Write
}

// fault is what the mechanics of cookies of one folded name and domain have
// wrong: one cause.
type fault struct {
	pattern, domain string
	own             bool // the site itself wrote one of them
	seen            []mechanism
	names           []string // of them, without duplicates
}

// faults folds the writes that pick takes, in the order of the cookies. What the
// user gave is none of the site's.
func (c *Context) faults(pick func(mechanism) bool) []*fault {
	var list []*fault
	byKey := map[string]*fault{}
	for i := range c.scan.Cookies {
		cookie := &c.scan.Cookies[i]
		for k := range cookie.Writes {
			m := mechanism{cookie, &cookie.Writes[k]}
			if m.write.Via == scanner.ViaUser || !pick(m) {
				continue
			}
			domain, pattern := c.canonical(cookie.Domain), first(m.pattern(), longestName)
			key := domain + "\x00" + pattern
			f := byKey[key]
			if f == nil {
				f = &fault{pattern: pattern, domain: domain}
				byKey[key] = f
				list = append(list, f)
			}
			f.own = f.own || c.bySite(m.write.URL)
			f.seen = append(f.seen, m)
			f.names = appendNew(f.names, first(cookie.Name, longestName))
		}
	}
	return list
}

// mechanics makes one observation of each fault. What others did is for the
// site to know and not to repair: it weighs no more than a note.
func (c *Context) mechanics(did string, pick func(mechanism) bool) []Observation {
	var list []Observation
	for _, f := range c.faults(pick) {
		list = append(list, c.faultObservation(f, did))
	}
	return list
}

func (c *Context) faultObservation(f *fault, did string) Observation {
	o := Observation{
		Kind: "cookie", Subject: f.pattern, Domain: f.domain, Items: f.names, Sure: scanner.SureCertain,
		Message: f.name() + " " + did,
	}
	if !f.own {
		o.Most = asNote
	}
	if w := f.seen[0].write; w.URL != "" {
		o.Message += ", by " + at(w.URL, w.Line)
	}
	for _, m := range f.seen {
		o.Evidence = append(o.Evidence, c.mechanismEvidence(m))
	}
	o.Steps = c.mechanismSteps(f)
	return o
}

func (f *fault) name() string {
	text := f.pattern
	if text == nameless {
		text = "a cookie without a name"
	}
	if len(f.names) > 1 {
		text += fmt.Sprintf(" (%d names)", len(f.names))
	}
	return text
}

func (c *Context) mechanismEvidence(m mechanism) scanner.Evidence {
	w := m.write
	var detail []string
	if w.Action == scanner.Refused {
		detail = append(detail, strings.TrimSpace("refused "+strings.Join(w.Blocked, ", ")))
	} else {
		detail = append(detail, "written")
	}
	if w.Via != "" {
		detail[0] += " by " + string(w.Via)
	}
	for _, x := range w.Faults {
		detail = append(detail, string(x))
	}
	return scanner.Evidence{
		Pass: w.Pass, State: w.State, Page: w.Page, URL: c.pages[w.Page].URL, Trigger: w.Trigger, Item: first(m.cookie.Name, longestName),
		Setter: w.URL, Line: w.Line, Column: w.Column, FirstMs: w.FirstMs, Detail: strings.Join(detail, ", "),
	}
}

func (c *Context) mechanismSteps(f *fault) []string {
	w := f.seen[0].write
	look := fmt.Sprintf("Application, Cookies, %s: look for %s.", f.domain, f.pattern)
	if w.Via == scanner.ViaHTTP {
		look = fmt.Sprintf("Network, %s, Cookies: look for %s.", w.URL, f.pattern)
	}
	return []string{
		"Open a new private window, and in it the developer tools (F12).",
		"Open " + cmp.Or(c.pages[w.Page].URL, c.scan.Target.URL) + ".", look,
	}
}

// bySite tells whether an address is one of the site.
func (c *Context) bySite(address string) bool {
	return address != "" && classify.Site(hostOf(address)) == c.scan.Target.Site
}

func (m mechanism) pattern() string {
	if found := m.cookie.Classification; found != nil && found.Pattern != "" {
		return found.Pattern
	}
	return cmp.Or(m.cookie.Name, nameless)
}

// nameless stands for the name of a cookie that has none.
const nameless = "(no name)"

// stored tells whether the write put a value into the jar.
func (m mechanism) stored() bool { return puts(m.write.Action) && m.write.Proof != scanner.ProofNone }

func (m mechanism) refusedFor(reason string) bool {
	return m.write.Action == scanner.Refused && slices.Contains(m.write.Blocked, reason)
}

func (m mechanism) has(f scanner.Fault) bool { return slices.Contains(m.write.Faults, f) }

// secured tells whether the write came over https: a response by its own
// address, a script by that of the page.
func (c *Context) secured(m mechanism) bool {
	if m.write.Via == scanner.ViaHTTP {
		return strings.HasPrefix(m.write.URL, "https:") || strings.HasPrefix(m.write.URL, "wss:")
	}
	return strings.HasPrefix(cmp.Or(m.write.TopSite, c.pages[m.write.Page].URL), "https:")
}

// sessionPurposes are those of cookies that keep a session or a login.
var sessionPurposes = []string{"keep-session", "keep-login", "remember-login", "single-sign-on"}

// sessions tells whether a rule or the site itself says of a cookie that it keeps
// a session or a login of the site's own. Its name alone is no proof.
func (c *Context) sessions() func(mechanism) bool {
	declared := map[[2]string]bool{} // by name and domain
	for _, i := range c.items {
		if i.kind == "cookie" && i.declared != nil && i.declared.own != nil && slices.Contains(sessionPurposes, i.declared.own.Purpose.Key) {
			declared[[2]string{i.name, c.canonical(i.domain)}] = true
		}
	}
	return func(m mechanism) bool {
		found := m.cookie.Classification
		known := found != nil && (found.Confidence == scanner.Certain || found.Confidence == scanner.Likely) && slices.Contains(sessionPurposes, found.Purpose)
		return m.cookie.Party == scanner.First && (known || declared[[2]string{m.cookie.Name, c.canonical(m.cookie.Domain)}])
	}
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// folded joins observations of one subject: their findings would be one.
func folded(list []Observation) []Observation {
	var out []Observation
	at := map[[3]string]int{}
	for _, o := range list {
		key := [3]string{o.Kind, o.Subject, o.Domain}
		i, ok := at[key]
		if !ok {
			at[key] = len(out)
			out = append(out, o)
			continue
		}
		out[i].Items = append(out[i].Items, o.Items...)
		out[i].Evidence = append(out[i].Evidence, o.Evidence...)
		if o.Most == "" {
			out[i].Most = ""
		}
	}
	return out
}
