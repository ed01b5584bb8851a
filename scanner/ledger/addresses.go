package ledger

import (
	"net/url"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// cut stands in the document where an address had a value. It is no digest:
// two scans of a site agree on it, and counters against caches make no rows.
const cut = "..."

// visit takes values out of what the document says of pages. The address that
// was asked for stays whole: it says what was looked at.
func (l *Ledger) visit(pages []*scanner.Page) {
	for _, p := range pages {
		l.visited[p.URL] = p.URL
	}
	for _, p := range pages {
		p.Title = l.text(p.Title)
		if p.FinalURL != "" && l.visited[p.FinalURL] == "" {
			l.visited[p.FinalURL] = l.ended(p.FinalURL, p.URL)
		}
		p.FinalURL = l.visited[p.FinalURL]
	}
}

// ended is the address at which a page ended: without user, without a fragment
// that is no route, and without the values that were added on the way and tell
// visitors apart.
func (l *Ledger) ended(address, asked string) string {
	u, err := url.Parse(address)
	if l.o.KeepValues || err != nil || u.Host == "" {
		return l.text(address)
	}
	_, query, _ := strings.Cut(asked, "?")
	query, _, _ = strings.Cut(query, "#")
	given := strings.Split(query, "&")
	out := l.without(u, func(param, value string) string {
		plain, err := url.QueryUnescape(value)
		if slices.Contains(given, param) || err == nil && !telling(plain) {
			return l.text(value)
		}
		return cut
	})
	if f := u.EscapedFragment(); strings.HasPrefix(f, "/") || strings.HasPrefix(f, "!") {
		out += "#" + l.text(f)
	}
	return out
}

// text is a text of the site with digests in the place of the values of cookies
// that the pass has met so far.
func (l *Ledger) text(text string) string {
	if l.o.KeepValues {
		return text
	}
	return l.withoutKnown(text)
}

// address is the address of a script or a request for the document: with the
// names of its parameters and not their values. That of a page is as there.
func (l *Ledger) address(address string) string {
	if page := l.visited[address]; page != "" {
		return page
	}
	u, err := url.Parse(address)
	if l.o.KeepValues || err != nil || u.Host == "" {
		return l.text(address)
	}
	return l.without(u, func(string, string) string { return cut })
}

func (l *Ledger) addresses(list []string) []string {
	list = slices.Clone(list)
	for i, a := range list {
		list[i] = l.address(a)
	}
	return list
}

func (l *Ledger) setter(by Setter) Setter {
	by.URL, by.Initiators = l.address(by.URL), l.addresses(by.Initiators)
	return by
}

// learn indexes the values in the jar before anything is filed: addresses may
// hold them.
func (l *Ledger) learn(seen []Observation) {
	for _, o := range seen {
		if jar, ok := o.(Jar); ok {
			for _, c := range jar.Cookies {
				l.needles.add(c.Value, l.known(c.Key))
			}
		}
	}
}
