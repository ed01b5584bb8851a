package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/lifetime"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// found is what scans say about the items of one entry, or of one to be made.
type found struct {
	kind, name, domain string // of the entry
	first              bool   // party
	on                 string // of the last scan
	class              scanner.Classification
	seconds            int64
	session, refreshed bool
	names, domains     []string
	states             []string
	setBy, sentTo      []string
	recipients         []string // ids of the vendors to whom a value was sent, sorted
}

// How much of each is noted: what comes from a site can be without end.
const (
	mostNoted   = 5
	longestNote = 200
)

// item is one observed thing.
type item struct {
	kind, name, domain string
	party              scanner.Party
	class              *scanner.Classification
	states             []string
	setBy, sentTo      []string
	recipients         []string
	seconds            int64
	session, refreshed bool
}

// items are what a scan found to store or to measure, in its order. What the
// browser refused or the user brought is none of the site's, and a request that
// nobody knows to measure says little.
func items(s *scanner.Scan) []item {
	var list []item
	for i := range s.Cookies {
		if c := &s.Cookies[i]; c.Stored && !byUser(c) {
			list = append(list, cookieItem(c))
		}
	}
	for _, x := range s.Storage {
		i := item{
			kind: string(x.Kind), name: x.Key, domain: hostOf(x.Origin), party: x.Party, class: x.Classification, states: x.Phases,
			session: x.Kind == scanner.SessionStorage,
		}
		for _, w := range x.Writes {
			i.setBy = append(i.setBy, withoutQuery(w.URL))
		}
		slices.Sort(i.setBy)
		list = append(list, i)
	}
	for i := range s.Trackers {
		if t := &s.Trackers[i]; measures(t) {
			list = append(list, item{kind: string(t.Kind), domain: t.Host, party: t.Party, class: t.Classification, states: t.Phases})
		}
	}
	return list
}

func cookieItem(c *scanner.Cookie) item {
	i := item{
		kind: "cookie", name: c.Name, domain: c.Domain, party: c.Party, class: c.Classification, states: c.Phases, session: c.Session,
	}
	for _, s := range []*int64{c.Lifetime.StoredSeconds, c.Lifetime.DeclaredSeconds} {
		if s != nil {
			i.seconds = max(i.seconds, *s)
		}
	}
	for _, w := range c.Writes {
		i.setBy = append(i.setBy, withoutQuery(w.URL))
		i.refreshed = i.refreshed || w.Action == scanner.Refresh
	}
	slices.Sort(i.setBy)
	for _, s := range c.SentTo {
		if s.How != "cookie" {
			i.sentTo = append(i.sentTo, s.Host)
		}
	}
	return i
}

func byUser(c *scanner.Cookie) bool {
	return len(c.Writes) > 0 && !slices.ContainsFunc(c.Writes, func(w scanner.Write) bool { return w.Via != scanner.ViaUser })
}

func measures(t *scanner.Tracker) bool {
	known := t.Classification != nil && (t.Classification.Category == scanner.Statistics || t.Classification.Category == scanner.Marketing)
	return known || t.Party == scanner.Third && t.Kind != scanner.RequestTo
}

func withoutQuery(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	return address
}

// collect joins the items of scans: those of one entry of the register, and of
// the others those of one kind, pattern and domain.
func collect(x *Index, scans []*scanner.Scan, vendor func(id string) (Vendor, bool)) (known map[*Entry]*found, fresh []*found) {
	known = map[*Entry]*found{}
	groups := map[[3]string]*found{}
	for _, s := range scans {
		on := s.Finished.UTC().Format("2006-01-02")
		r := receivers{x, behind(s), vendor}
		for _, i := range items(s) {
			i.recipients = r.of(i)
			if list := x.Find(i.kind, i.name, i.domain); len(list) > 0 {
				f := known[list[0]]
				if f == nil {
					f = &found{}
					known[list[0]] = f
				}
				f.add(i, on)
				continue
			}
			f := &found{kind: i.kind, name: patternOf(i), domain: strings.ToLower(i.domain), first: i.party == scanner.First}
			switch {
			case f.first:
				f.domain = Site
			case !hostForm.MatchString(f.domain): // an address in brackets
				f.domain = ""
			}
			if f.domain == "" && !stores(f.kind) {
				continue
			}
			k := [3]string{group(f.kind), f.name, f.domain}
			if groups[k] == nil {
				groups[k] = f
				fresh = append(fresh, f)
			}
			groups[k].add(i, on)
		}
	}
	return known, fresh
}

func (f *found) add(i item, on string) {
	o := &found{
		on: on, seconds: i.seconds, session: i.session, refreshed: i.refreshed, names: []string{i.name}, domains: []string{i.domain},
		states: i.states, setBy: i.setBy, sentTo: i.sentTo, recipients: i.recipients, class: *cmp.Or(i.class, &scanner.Classification{Category: scanner.Unclassified}),
	}
	f.absorb(o)
}

// absorb takes in what was found elsewhere.
func (f *found) absorb(o *found) {
	f.on = max(f.on, o.on)
	if heavier(o.class, f.class) {
		f.class = o.class
	}
	f.seconds = max(f.seconds, o.seconds)
	f.session, f.refreshed = f.session || o.session, f.refreshed || o.refreshed
	note(&f.names, o.names)
	note(&f.domains, o.domains)
	note(&f.states, o.states)
	note(&f.setBy, o.setBy)
	note(&f.sentTo, o.sentTo)
	f.recipients = append(f.recipients, o.recipients...)
	slices.Sort(f.recipients)
	f.recipients = slices.Compact(f.recipients)
}

// heavier puts a category that needs more care before another.
func heavier(a, b scanner.Classification) bool {
	rank := func(c scanner.Classification) int {
		return slices.Index([]string{"", scanner.Unclassified, scanner.Necessary, scanner.Preferences, scanner.Statistics, scanner.Marketing}, c.Category)
	}
	return rank(a) > rank(b)
}

func note(list *[]string, more []string) {
	for _, s := range more {
		if s != "" && len(s) <= longestNote && len(*list) < mostNoted && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
}

// longestKept is how much of a name is kept before a star stands for the rest.
const longestKept = 200

// patternOf is the name of an entry for an item: the pattern of its
// classification if it says what names of ours say.
func patternOf(i item) string {
	if group(i.kind) == "request" || i.kind == "fingerprint" {
		return ""
	}
	if i.class != nil && i.class.Pattern != i.name && strings.Contains(i.class.Pattern, "*") {
		for _, text := range []string{i.class.Pattern, strings.ReplaceAll(i.class.Pattern, "?", "*")} {
			if n, err := ParseName(text); err == nil && n.IsPattern() && n.Match(i.name) && len(text) <= longestKept {
				return text
			}
		}
	}
	if len(i.name) > longestKept {
		return EscapeName(strings.ToValidUTF8(i.name[:longestKept], "")) + "*"
	}
	return EscapeName(i.name)
}

// observed is the block that init notes beside an entry.
func (f *found) observed(l *wording) []pair {
	list := pairsOf(
		pair{"on", quoted(f.on)}, pair{"category", quoted(f.class.Category)}, pair{"confidence", quoted(f.class.Confidence)},
		pair{"purpose", quoted(f.class.Purpose)}, pair{"vendor", quoted(f.class.Vendor)}, pair{"lifetime", f.lifetime(l)},
		pair{"states", quotedList(f.states)}, pair{"domains", quotedList(f.domains)}, pair{"names", quotedList(f.names)},
		pair{"setBy", quotedList(f.setBy)}, pair{"sentTo", quotedList(f.sentTo)},
	)
	list[0].value = f.on // a date needs no quotes
	return list
}

// wording writes lifetimes so that they are read back.
type wording struct {
	english *words.Lang
	reader  *lifetime.Reader
}

func (f *found) lifetime(l *wording) string {
	text := ""
	switch {
	case f.kind != "" && !stores(f.kind):
		return ""
	case f.seconds > 0:
		text = quoted(l.duration(f.seconds))
	case f.session:
		text = "session"
	case f.kind == "cookie" || f.kind == "":
		return ""
	default:
		text = "until-cleared"
	}
	if f.refreshed {
		return "{value: " + text + ", refreshed: true}"
	}
	return text
}

// duration is a number of seconds in words, within one in a hundred: 180 days are
// no six months.
func (l *wording) duration(seconds int64) string {
	text := strings.ReplaceAll(l.english.Duration(seconds), ",", "")
	if off := l.reader.Read(text, "en").Seconds - seconds; off*100 <= seconds && -off*100 <= seconds {
		return text
	}
	for _, unit := range []struct {
		name   string
		length int64
	}{{"days", 86400}, {"hours", 3600}, {"minutes", 60}} {
		if seconds%unit.length == 0 && seconds > unit.length {
			return fmt.Sprintf("%d %s", seconds/unit.length, unit.name)
		}
	}
	return fmt.Sprintf("%d seconds", seconds)
}
