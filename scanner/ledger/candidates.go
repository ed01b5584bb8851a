package ledger

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/setcookie"
)

// effect is what a candidate write means to do.
type effect int

const (
	sets effect = iota
	deletes
	clears // Clear-Site-Data
)

// candidate is a write that was attempted. Whether it took effect the evidence
// decides at the end of the pass.
type candidate struct {
	at       At
	setter   Setter
	via      scanner.Via
	key      Key
	kind     effect
	value    string
	lifetime scanner.Lifetime
	expires  time.Time // as expected, zero: session
	secure   bool
	httpOnly bool
	sameSite string
	priority string
	blocked  []string // the browser's reasons
	model    []string // reasons by RFC 6265bis, where the browser gives none
	faults   []scanner.Fault
	readBack bool
	count    int
	jarred   *JarCookie // the user's own: put there, not asked for
	early    *JarCookie // a look at the jar that had it before it was reported
}

// response takes the Set-Cookie and Clear-Site-Data headers of a response.
func (l *Ledger) response(o Response) {
	u, err := url.Parse(o.Setter.URL)
	if err != nil {
		return
	}
	var written []*candidate
	for _, line := range o.SetCookie {
		ctx := setcookie.Context{URL: u, Now: o.Time, Date: o.Date}
		res := setcookie.Evaluate([]byte(line.Raw), ctx)
		if res.Cookie.Name == "" && res.Cookie.Value == "" && len(line.Blocked) == 0 {
			continue // nothing that a browser would take for a cookie
		}
		c := l.candidate(o.At, o.Setter, scanner.ViaHTTP, res, o.PartitionKey)
		c.blocked, c.faults = line.Blocked, faultsOf(line.Raw, ctx)
		l.blocked = l.blocked || slices.ContainsFunc(line.Blocked, byPreference)
		written = append(written, c)
	}
	repeated(written)
	for _, c := range written {
		l.propose(c)
	}
	if t := o.Clears(); slices.Contains(t, "cookies") || slices.Contains(t, "*") {
		l.clear(o, u)
	}
}

func faultsOf(raw string, ctx setcookie.Context) []scanner.Fault {
	var list []scanner.Fault
	for _, f := range setcookie.Faults([]byte(raw), ctx) {
		list = append(list, scanner.Fault(f))
	}
	return list
}

// repeated marks cookies of one name that one response sets (RFC 6265bis
// section 4.1.1). To delete one of another domain or path beside is no fault.
func repeated(written []*candidate) {
	count := map[string]int{}
	for _, c := range written {
		if c.kind == sets {
			count[c.key.Name]++
		}
	}
	for _, c := range written {
		if c.kind == sets && count[c.key.Name] > 1 {
			c.faults = append(c.faults, scanner.NameRepeated)
		}
	}
}

// byPreference tells the reasons that are the browser's settings and not the
// cookie's fault.
func byPreference(reason string) bool {
	return reason == "UserPreferences" || strings.HasPrefix(reason, "ThirdParty")
}

// clearTypes are the types of data that browsers know in a Clear-Site-Data
// header (Clear Site Data, section 3.1, and what Chromium added).
var clearTypes = []string{"*", "cache", "clientHints", "cookies", "executionContexts", "prefetchCache", "prerenderCache", "storage"}

// Clears lists what the response's Clear-Site-Data header names, sorted, "*" for
// all. Types that no browser knows, or that lack their quotes, are not in it.
func (o Response) Clears() []string {
	var list []string
	// DevTools joins repeated headers by line breaks.
	for part := range strings.FieldsFuncSeq(o.ClearSiteData, func(r rune) bool { return r == ',' || r == '\n' }) {
		quoted := strings.TrimSpace(part)
		for _, t := range clearTypes {
			if quoted == `"`+t+`"` && !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	}
	slices.Sort(list)
	return list
}

// clear proposes the deletion of every cookie of the registrable domain, but
// for those of other partitions than the response's.
func (l *Ledger) clear(o Response, u *url.URL) {
	site := setcookie.Site(u.Hostname())
	for k, t := range l.tracks {
		other := k.Partition != "" && o.PartitionKey != nil && k.Partition != o.PartitionKey.TopLevelSite
		if setcookie.Site(k.Domain) == site && !other {
			t.add(event{candidate: &candidate{at: o.At, setter: o.Setter, via: scanner.ViaClearSiteData, key: k, kind: clears, count: 1}})
		}
	}
}

// script takes a write by document.cookie or cookieStore. Expires is judged by
// the page's own clock, which virtual time lets run ahead.
func (l *Ledger) script(o ScriptCookie) {
	// The address of a blob: document names the origin behind it.
	u, err := url.Parse(strings.TrimPrefix(o.DocumentURL, "blob:"))
	if err != nil {
		return
	}
	ctx := setcookie.Context{URL: u, Now: o.PageTime, Script: true, TopLevelSite: o.TopSite}
	if crossSite(o.Frame) {
		ctx.SameSite = setcookie.ContextCrossSite
	}
	var res setcookie.Result
	if o.Store != nil {
		res = setcookie.EvaluateCookieStore(setcookie.CookieStoreOptions{
			Name: o.Store.Name, Value: o.Store.Value, Domain: o.Store.Domain, Path: o.Store.Path,
			Expires: o.Store.ExpiresMs, MaxAge: o.Store.MaxAge, SameSite: o.Store.SameSite, Partitioned: o.Store.Partitioned,
		}, ctx)
		res.Deletes = res.Deletes || o.Store.Delete
	} else {
		res = setcookie.Evaluate([]byte(o.Raw), ctx)
	}
	if res.Cookie.Name == "" && res.Cookie.Value == "" && !res.Deletes {
		return
	}
	var key *scanner.PartitionKey
	if k := res.Cookie.PartitionKey; k != nil {
		key = &scanner.PartitionKey{TopLevelSite: k.TopLevelSite, HasCrossSiteAncestor: k.HasCrossSiteAncestor}
	}
	c := l.candidate(o.At, o.Setter, o.Via, res, key)
	if o.Store == nil {
		c.faults = faultsOf(o.Raw, ctx)
	}
	c.readBack, c.count = o.ReadBack, max(1, o.Count)
	l.propose(c)
}

// crossSite tells whether a frame has an ancestor of another site, itself
// included.
func crossSite(frame []string) bool {
	if len(frame) == 0 {
		return false
	}
	top := schemefulSite(frame[0])
	for _, o := range frame[1:] {
		if schemefulSite(o) != top {
			return true
		}
	}
	return false
}

func schemefulSite(origin string) string {
	u, err := url.Parse(origin)
	if err != nil {
		return origin
	}
	return setcookie.SchemefulSite(u)
}

func (l *Ledger) candidate(at At, by Setter, via scanner.Via, res setcookie.Result, partition *scanner.PartitionKey) *candidate {
	k := res.Cookie
	c := &candidate{
		at: at, setter: by, via: via, value: k.Value, secure: k.Secure, httpOnly: k.HTTPOnly,
		sameSite: string(k.SameSite), priority: string(k.Priority), expires: k.Expires, count: 1,
	}
	c.key = Key{Name: strings.ToValidUTF8(k.Name, "\uFFFD"), Domain: k.Domain, HostOnly: k.HostOnly, Path: k.Path}
	if k.Partitioned && partition != nil {
		c.key.Partition, c.key.CrossSite = partition.TopLevelSite, partition.HasCrossSiteAncestor
	}
	c.lifetime = scanner.Lifetime{DeclaredSeconds: k.DeclaredSeconds, Raw: k.LifetimeRaw}
	if !k.Session {
		stored := k.StoredSeconds
		c.lifetime.StoredSeconds = &stored
	}
	// A refused deletion is no deletion to Evaluate, and yet no wish to set.
	if res.Deletes || !k.Session && k.StoredSeconds == 0 && !k.Expires.After(time.Unix(0, 0)) {
		c.kind = deletes
	}
	for _, r := range res.Reasons {
		c.model = append(c.model, string(r))
	}
	return c
}

// propose files a candidate under its identity.
func (l *Ledger) propose(c *candidate) {
	if strings.ContainsRune(c.key.Name, '\uFFFD') {
		l.odd[c.key] = true
	}
	l.track(c.key).add(event{candidate: c})
	if c.kind == sets {
		l.needles.add(c.value, c.key)
	}
}
