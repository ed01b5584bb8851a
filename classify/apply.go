package classify

import (
	"net/url"
	"slices"
	"strings"

	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// Apply classifies everything in a scan and notes the version of the rules. An
// earlier classification is replaced. Requests to the site itself are left
// alone unless a rule knows them.
func Apply(doc *scanner.Scan, db *rules.DB, o Options) error {
	c, err := New(db, o)
	if err != nil {
		return err
	}
	c.Scan(doc)
	return nil
}

// Applied tells whether a scan has been classified.
func Applied(doc *scanner.Scan) bool {
	return doc.Tool.Rules != "" || slices.ContainsFunc(doc.Cookies, func(c scanner.Cookie) bool { return c.Classification != nil })
}

// Scan does as Apply does.
func (c *Classifier) Scan(doc *scanner.Scan) {
	doc.Tool.Rules = c.db.Version()
	for i := range doc.Cookies {
		cookie := &doc.Cookies[i]
		cookie.Classification = c.best(cookieItem(cookie, doc.Target.Site), cookieSetters(cookie))
	}
	for i := range doc.Storage {
		item := &doc.Storage[i]
		item.Classification = c.best(storageItem(item, doc.Target.Site), storageSetters(item))
		if item.Kind == scanner.ServiceWorker {
			item.Classification.Pattern = item.Key
		}
	}
	for i := range doc.Trackers {
		tracker := &doc.Trackers[i]
		tracker.Classification = c.tracker(tracker, doc.Target.Site)
	}
	for i := range doc.Hosts {
		doc.Hosts[i].Classification = c.alias(&doc.Hosts[i], doc.Target.Site)
	}
	foldSiblings(doc)
}

// alias classifies the names behind a host of the site, as if pages had sent
// their requests to them, the first that counts: a tracker's name can be an alias
// itself, of the network that it rents. It is nil for names of the site and of
// nobody known.
func (c *Classifier) alias(h *scanner.Host, site string) *scanner.Classification {
	var best *scanner.Classification
	for _, name := range Behind(h) {
		if Site(name) == site {
			continue
		}
		found := c.tracker(&scanner.Tracker{Kind: scanner.RequestTo, Host: name, URL: "https://" + name + "/", Party: scanner.Third}, site)
		switch {
		case found.Category == scanner.Unclassified:
		case found.Category == scanner.Statistics || found.Category == scanner.Marketing:
			return found
		case best == nil:
			best = found
		}
	}
	return best
}

// Behind are the names behind a host that is an alias, the canonical one last.
func Behind(h *scanner.Host) []string {
	if h.CanonicalName == "" {
		return nil
	}
	return append(slices.Clone(h.Aliases), h.CanonicalName)
}

// setter is who wrote something.
type setter struct {
	host     string
	byHeader bool
}

// best classifies an item by the setter that a rule speaks most clearly for,
// else by the first.
func (c *Classifier) best(i Item, setters []setter) *scanner.Classification {
	best, level := i, rules.Level(-1)
	for _, s := range setters {
		i.Setter, i.ByHeader = s.host, s.byHeader
		if m := c.db.Match(i.query()); m.Level > level {
			best, level = i, m.Level
		}
	}
	return c.Item(best)
}

func cookieItem(c *scanner.Cookie, site string) Item {
	i := Item{
		Kind: rules.Cookie, Name: c.Name, Domain: c.Domain, Party: string(c.Party), Site: site,
		Session: c.Session, HTTPOnly: c.HTTPOnly, Value: c.Value, ValueSize: max(c.Size-len(c.Name), 0),
	}
	if c.Lifetime.StoredSeconds != nil {
		i.Seconds = *c.Lifetime.StoredSeconds
	}
	values := map[string]string{}
	for _, w := range c.Writes {
		if w.Action == scanner.Set && values[w.Pass] == "" {
			values[w.Pass] = w.ValueDigest
		}
	}
	i.Individual = individual(values)
	return i
}

func storageItem(s *scanner.StorageItem, site string) Item {
	i := Item{Kind: rules.Kind(s.Kind), Name: s.Key, Domain: originHost(s.Origin), Party: string(s.Party), Site: site}
	if i.Kind == kindWorker {
		i.Name = "" // the scope of a service worker is no name
	}
	return i
}

// individual tells whether a first value is another in each pass, each of which
// has a fresh profile.
func individual(values map[string]string) bool {
	seen := map[string]bool{}
	for _, v := range values {
		if v == "" || seen[v] {
			return false
		}
		seen[v] = true
	}
	return len(seen) > 1
}

// cookieSetters are the hosts of the scripts and responses that put a value
// there and are known, in the order of the writes.
func cookieSetters(c *scanner.Cookie) []setter {
	var list []setter
	for _, w := range c.Writes {
		switch w.Action {
		case scanner.Set, scanner.Change, scanner.Refresh, scanner.Refused:
			list = add(list, w.Via != scanner.ViaUser, w.Attribution, w.URL, w.Via == scanner.ViaHTTP)
		case scanner.Delete, scanner.Expire, scanner.Evict:
		}
	}
	return list
}

func storageSetters(s *scanner.StorageItem) []setter {
	var list []setter
	for _, w := range s.Writes {
		list = add(list, true, w.Attribution, w.URL, false)
	}
	return list
}

// mostSetters are looked at for one item.
const mostSetters = 8

func add(list []setter, counts bool, sure scanner.Attribution, raw string, byHeader bool) []setter {
	s := setter{originHost(raw), byHeader}
	if !counts || sure == scanner.NoOne || s.host == "" || slices.Contains(list, s) || len(list) == mostSetters {
		return list
	}
	return append(list, s)
}

// originHost is the host of an address, or of what a blob was made by.
func originHost(raw string) string {
	u, err := url.Parse(strings.TrimPrefix(raw, "blob:"))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func (c *Classifier) tracker(t *scanner.Tracker, site string) *scanner.Classification {
	i := Item{Kind: rules.Kind(t.Kind), Domain: t.Host, Party: string(t.Party), Site: site}
	if u, err := url.Parse(t.URL); err == nil {
		i.Path = u.EscapedPath()
	}
	if found := c.byRule(i); found != nil || t.Party == scanner.First {
		return withPattern(found, t.Host)
	}
	if found := c.byVendor(i); found != nil {
		return withPattern(found, t.Host)
	}
	return withPattern(&scanner.Classification{
		Category: scanner.Unclassified, Confidence: scanner.NotClassified, Basis: "no rule knows its host",
	}, t.Host)
}

// withPattern puts the host in the place of a name.
func withPattern(found *scanner.Classification, host string) *scanner.Classification {
	if found != nil {
		found.Pattern = host
	}
	return found
}
