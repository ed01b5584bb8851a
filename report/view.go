package report

import (
	"cmp"
	"slices"

	"cookiescan/scanner"
)

// view is what the formats for people show of a scan: the cookies by what
// became of them, and lookups. Its texts are as in the document.
type view struct {
	look
	scan    *scanner.Scan
	kept    []scanner.Cookie // the site's, stored
	refused []scanner.Cookie // the site's, refused every time
	given   []scanner.Cookie // only the user set them: never counted
	pages   map[string]scanner.Page
}

// newView takes the scan in its one order, whatever order it comes in.
func newView(s *scanner.Scan, l look) view {
	s = s.Sorted()
	v := view{look: l, scan: s, pages: map[string]scanner.Page{}}
	for _, p := range s.Passes {
		for _, page := range p.Pages {
			v.pages[page.ID] = page
		}
	}
	for _, c := range s.Cookies {
		switch {
		case givenByUser(c):
			v.given = append(v.given, c)
		case c.Stored:
			v.kept = append(v.kept, c)
		default:
			v.refused = append(v.refused, c)
		}
	}
	return v
}

func givenByUser(c scanner.Cookie) bool {
	for _, w := range c.Writes {
		if w.Via != scanner.ViaUser {
			return false
		}
	}
	return len(c.Writes) > 0
}

// setting returns the write that a person means by "who set it": the first
// that put a value there, else the first of any kind.
func setting(c scanner.Cookie) scanner.Write {
	for _, w := range c.Writes {
		switch w.Action {
		case scanner.Set, scanner.Change, scanner.Refresh:
			if w.Via != scanner.ViaUser {
				return w
			}
		case scanner.Delete, scanner.Expire, scanner.Evict, scanner.Refused:
		}
	}
	if len(c.Writes) > 0 {
		return c.Writes[0]
	}
	return scanner.Write{Via: scanner.ViaUnknown, Attribution: scanner.NoOne}
}

func firstStorageWrite(i scanner.StorageItem) scanner.StorageWrite {
	if len(i.Writes) > 0 {
		return i.Writes[0]
	}
	return scanner.StorageWrite{Attribution: scanner.NoOne}
}

// trackerRow sums the trackers of one kind and purpose on one host.
type trackerRow struct {
	kind  scanner.TrackerKind
	host  string
	party scanner.Party
	api   string
	count int
	found scanner.Classification
}

// trackerRows leaves out plain requests: the hosts tell them.
func trackerRows(s *scanner.Scan) []trackerRow {
	type key struct {
		kind                         scanner.TrackerKind
		party                        scanner.Party
		host, api, category, purpose string
	}
	var rows []trackerRow
	at := map[key]int{}
	for _, t := range s.Trackers {
		if t.Kind == scanner.RequestTo {
			continue
		}
		row := trackerRow{t.Kind, t.Host, t.Party, t.API, t.Count, classified(t.Classification, t.Host)}
		k := key{row.kind, row.party, row.host, row.api, row.found.Category, row.found.Purpose}
		if i, ok := at[k]; ok {
			rows[i].count += t.Count
			continue
		}
		at[k] = len(rows)
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b trackerRow) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.count, a.count), cmp.Compare(a.host, b.host), cmp.Compare(a.api, b.api), cmp.Compare(a.found.Purpose, b.found.Purpose))
	})
	return rows
}

// contacted returns the third-party hosts that were not refused, by name.
func contacted(s *scanner.Scan) []string {
	var names []string
	for _, h := range s.Hosts {
		if h.Party == scanner.Third && h.Outcome != "refused" {
			names = append(names, h.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// owned puts behind each host whose it is, as far as a request to it is
// classified.
func (v view) owned(hosts []string) []string {
	vendors := v.vendors()
	var list []string
	for _, h := range hosts {
		list = append(list, joinNonEmpty(" ", h, bracketed(vendors[h])))
	}
	return list
}

// vendors names who is behind a host, as far as a request to it is classified.
func (v view) vendors() map[string]string {
	vendors := map[string]string{}
	for _, t := range v.scan.Trackers {
		if t.Classification != nil && vendors[t.Host] == "" {
			vendors[t.Host] = t.Classification.Vendor
		}
	}
	return vendors
}
