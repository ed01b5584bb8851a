package report

import (
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
)

// errNoRequests says that a document alone is not enough.
var errNoRequests = errors.New("a HAR is made of the log of a scan, which is in the folder of scan -o DIR")

// errOldLog says that a log was written before requests were kept.
var errOldLog = errors.New("the log of the scan holds no requests, since an earlier version wrote it: scan again")

// The parts of a HTTP Archive, version 1.2
// (https://w3c.github.io/web-performance/specs/HAR/Overview.html). Names with an
// underscore are ours or those that Chromium exports.
type (
	harLog struct {
		Version string     `json:"version"`
		Creator harProgram `json:"creator"`
		Browser harProgram `json:"browser"`
		Pages   []harPage  `json:"pages"`
		Entries []harEntry `json:"entries"`
		Comment string     `json:"comment"`
	}
	harProgram struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	harPage struct {
		Started string         `json:"startedDateTime"`
		ID      string         `json:"id"`
		Title   string         `json:"title"`
		Timings harPageTimings `json:"pageTimings"`
		Comment string         `json:"comment,omitempty"`
	}
	harPageTimings struct {
		OnContentLoad int `json:"onContentLoad"` // -1: not known
		OnLoad        int `json:"onLoad"`
	}
	harEntry struct {
		Page      string        `json:"pageref,omitempty"`
		Started   string        `json:"startedDateTime"`
		Time      int64         `json:"time"`
		Request   harRequest    `json:"request"`
		Response  harResponse   `json:"response"`
		Cache     struct{}      `json:"cache"`
		Timings   harTimings    `json:"timings"`
		Address   string        `json:"serverIPAddress,omitempty"`
		Type      string        `json:"_resourceType,omitempty"`
		Initiator *harInitiator `json:"_initiator,omitempty"`
		ID        string        `json:"_requestId,omitempty"`
		State     string        `json:"_consentState"`
		Trigger   string        `json:"_trigger,omitempty"`
		From      string        `json:"_servedFrom,omitempty"`
	}
	harInitiator struct {
		URL string `json:"url"`
	}
	harPair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	harRequest struct {
		Method      string    `json:"method"`
		URL         string    `json:"url"`
		Version     string    `json:"httpVersion"`
		Cookies     []harPair `json:"cookies"`
		Headers     []harPair `json:"headers"`
		Query       []harPair `json:"queryString"`
		HeadersSize int       `json:"headersSize"` // -1: not known
		BodySize    int       `json:"bodySize"`
	}
	harResponse struct {
		Status      int        `json:"status"`
		StatusText  string     `json:"statusText"`
		Version     string     `json:"httpVersion"`
		Cookies     []harPair  `json:"cookies"`
		Headers     []harPair  `json:"headers"`
		Content     harContent `json:"content"`
		Redirect    string     `json:"redirectURL"`
		HeadersSize int        `json:"headersSize"`
		BodySize    int64      `json:"bodySize"`
		Octets      int64      `json:"_transferSize,omitempty"`
		Error       string     `json:"_error,omitempty"`
	}
	harContent struct {
		Size      int    `json:"size"` // -1: not known
		MediaType string `json:"mimeType"`
	}
	harTimings struct {
		Blocked int   `json:"blocked"` // -1: not known
		DNS     int   `json:"dns"`
		Connect int   `json:"connect"`
		TLS     int   `json:"ssl"`
		Send    int64 `json:"send"`
		Wait    int64 `json:"wait"`
		Receive int64 `json:"receive"`
	}
)

// harComment says what a reader of the archive must not expect.
const harComment = "Made from the log of a scan. Of headers only Set-Cookie is there; bodies, cookies that were sent and what addresses say behind their question mark are not. " +
	"digest:... and <digest:...> stand for values: equal values of one scan have equal digests. Times are by the clock of the machine and hold what the browser itself waited."

// renderHAR writes the requests of all scans as one archive.
func renderHAR(w io.Writer, scans []*scanner.Scan, o Options) error {
	if o.Requests == nil {
		return errNoRequests
	}
	log := harLog{Version: "1.2", Creator: harProgram{"cookiescan", ""}, Browser: harProgram{"", ""}, Pages: []harPage{}, Entries: []harEntry{}, Comment: harComment}
	names := siteNames(scans) // ids of pages are those of one site
	for i, s := range scans {
		requests, err := o.Requests(s)
		if err != nil {
			return err
		}
		if len(requests) == 0 && s.Coverage.PagesVisited > 0 {
			return errOldLog
		}
		if i == 0 {
			name, version, _ := strings.Cut(s.Browser.Product, "/")
			log.Creator.Version, log.Browser = s.Tool.Version, harProgram{name, version}
		}
		log.add(s.Sorted(), requests, names[i])
	}
	return scanner.WriteValue(w, struct {
		Log harLog `json:"log"`
	}{log})
}

func (l *harLog) add(s *scanner.Scan, requests []scanner.Request, prefix string) {
	began := map[string]time.Time{}
	for _, q := range requests {
		if t, known := began[q.Page]; !known || q.Started.Before(t) {
			began[q.Page] = q.Started
		}
	}
	pages := map[string]bool{"": true}
	for _, p := range s.Passes {
		for _, page := range p.Pages {
			started, known := began[page.ID]
			if !known {
				started = s.Started
			}
			pages[page.ID] = true
			l.Pages = append(l.Pages, harPage{
				Started: harTime(started), ID: prefix + page.ID, Title: page.URL,
				Timings: harPageTimings{-1, -1}, Comment: page.Title,
			})
		}
	}
	next := nextHops(requests)
	for i, q := range requests {
		if !pages[q.Page] {
			continue // a visit that is not in the document
		}
		e := harOf(q)
		if q.Page != "" {
			e.Page = prefix + q.Page
		}
		if q.Status >= 300 && q.Status < 400 {
			e.Response.Redirect = next[i]
		}
		l.Entries = append(l.Entries, e)
	}
}

func harOf(q scanner.Request) harEntry {
	e := harEntry{
		Started: harTime(q.Started), Time: q.WaitMs + q.ReceiveMs, Address: q.Address,
		Timings: harTimings{-1, -1, -1, -1, 0, q.WaitMs, q.ReceiveMs},
		Type:    strings.ToLower(q.Type), ID: q.ID, State: q.State, Trigger: string(q.Trigger), From: q.From,
		Request: harRequest{
			Method: q.Method, URL: q.URL, Version: q.Protocol, Cookies: []harPair{}, Headers: []harPair{}, Query: queryOf(q.URL),
			HeadersSize: -1, BodySize: q.BodyOctets,
		},
		Response: harResponse{
			Status: q.Status, Version: q.Protocol, Cookies: []harPair{}, Headers: []harPair{}, Content: harContent{-1, q.MediaType},
			HeadersSize: -1, BodySize: -1, Octets: q.Octets, Error: q.Error,
		},
	}
	if q.Initiator != "" {
		e.Initiator = &harInitiator{q.Initiator}
	}
	for _, line := range q.SetCookie {
		pair, _, _ := strings.Cut(line, ";")
		name, value, named := strings.Cut(pair, "=")
		if !named {
			name, value = "", name
		}
		e.Response.Headers = append(e.Response.Headers, harPair{"Set-Cookie", line})
		e.Response.Cookies = append(e.Response.Cookies, harPair{strings.Trim(name, " \t"), strings.Trim(value, " \t")})
	}
	return e
}

// nextHops are where redirects led: for each request the address of the next one
// with its id.
func nextHops(requests []scanner.Request) []string {
	type hop struct{ page, id string }
	list, later := make([]string, len(requests)), map[hop]string{}
	for i, q := range slices.Backward(requests) {
		list[i] = later[hop{q.Page, q.ID}]
		later[hop{q.Page, q.ID}] = q.URL
	}
	return list
}

func queryOf(address string) []harPair {
	list := []harPair{}
	_, query, _ := strings.Cut(address, "?")
	for param := range strings.SplitSeq(query, "&") {
		if param == "" {
			continue
		}
		name, value, _ := strings.Cut(param, "=")
		list = append(list, harPair{unescaped(name), unescaped(value)})
	}
	return list
}

func unescaped(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// harTime is a time in the form that the archive asks for (ISO 8601).
func harTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
