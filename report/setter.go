package report

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// setter says who wrote something, in parts that can be shortened on their own.
type setter struct {
	lead string // such as "response of"; all there is when nobody is known
	note string // behind it, when nobody is known
	host string
	path string // with leading slash
	line string // such as ":3"
}

func (v view) cookieSetter(c scanner.Cookie) setter {
	w := setting(c)
	lead := ""
	switch {
	case w.Via == scanner.ViaUser:
		return setter{lead: "given by you"}
	case w.Via == scanner.ViaUnknown:
		return setter{lead: "unknown", note: "(seen in the jar)"}
	case w.Attribution == scanner.NoOne || w.URL == "":
		return setter{lead: "unknown"}
	case w.Context == scanner.InWebSocket:
		lead = "WebSocket"
	case w.Via == scanner.ViaHTTP:
		lead = "response of"
	case w.URL == v.pages[w.Page].FinalURL, w.URL == v.pages[w.Page].URL: // of a page that went on elsewhere
		lead = "inline in"
	}
	return located(w.Attribution, lead, w.URL, w.Line)
}

func storageSetter(i scanner.StorageItem) setter {
	w := firstStorageWrite(i)
	if w.Attribution == scanner.NoOne || w.URL == "" {
		return setter{lead: "unknown", note: "(seen in the store)"}
	}
	return located(w.Attribution, "", w.URL, w.Line)
}

func located(sure scanner.Attribution, lead, raw string, line int) setter {
	if sure == scanner.Inferred {
		lead = joinNonEmpty(" ", "probably", lead)
	}
	s := setter{lead: lead, host: raw}
	if u, err := url.Parse(raw); err == nil && u.Host != "" {
		s.host, s.path = u.Host, u.EscapedPath()
	}
	if line > 0 {
		s.line = ":" + strconv.Itoa(line)
	}
	return s
}

// place is the address without what comes before it.
func (s setter) place() string { return s.host + s.path + s.line }

// sanitized makes each part safe with a function of sanitize.go.
func (s setter) sanitized(clean func(string) string) setter {
	return setter{clean(s.lead), clean(s.note), clean(s.host), clean(s.path), clean(s.line)}
}

func (s setter) width(way int) int {
	switch {
	case s.host == "":
		return text{s.lead, s.note}.width(way)
	case way == oneLine || s.path == "/":
		return width(s.full())
	}
	return max(width(joinNonEmpty(" ", s.lead, s.host)), width(s.path+s.line))
}

// show shortens what tells least first: folders, then the words before the
// host, then the middles.
func (s setter) show(limit, way int) string {
	switch {
	case s.host == "":
		return text{s.lead, s.note}.show(limit, way)
	case width(s.full()) <= limit:
		return s.full()
	case way == oneLine || s.path == "/":
		s = s.withoutFolders()
		if width(s.full()) > limit {
			s.lead = shortLead(s.lead)
		}
		return shorten(s.full(), limit)
	}
	head, tail := joinNonEmpty(" ", s.lead, s.host), s.path+s.line
	if width(head) > limit {
		head = joinNonEmpty(" ", shortLead(s.lead), s.host)
	}
	if width(tail) > limit {
		tail = s.withoutFolders().path + s.line
	}
	return shorten(head, limit) + "\n" + shorten(tail, limit)
}

func (s setter) full() string { return joinNonEmpty(" ", s.lead, s.place()) }

func (s setter) withoutFolders() setter {
	if strings.Count(s.path, "/") > 1 {
		s.path = "/…/" + path.Base(s.path)
	}
	return s
}

func shortLead(lead string) string {
	return strings.NewReplacer("response of", "HTTP", "WebSocket", "WS", "inline in", "inline", "probably", "prob.").Replace(lead)
}
