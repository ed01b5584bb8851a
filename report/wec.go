package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/url"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// The files of an inspection by the Website Evidence Collector of the European
// Data Protection Supervisor (https://code.europa.eu/EDPS/website-evidence-collector,
// version 2.1), with the fields that its templates and the Website Auditing Tool
// of the EDPB read. What a scan does not look at is an empty list or null.
type (
	wecInspection struct {
		Title      string                          `json:"title"`
		Task       wecTask                         `json:"task_description"`
		Start      string                          `json:"uri_ins"`
		First      []string                        `json:"uri_refs"`
		End        string                          `json:"uri_dest"`
		Redirects  []string                        `json:"uri_redirects"`
		Secure     wecSecure                       `json:"secure_connection"`
		TestSSL    *struct{}                       `json:"testSSL"` // never made
		Host       string                          `json:"host"`
		Script     wecScript                       `json:"script"`
		Local      map[string]map[string]wecStored `json:"localStorage"` // by origin and key
		Cookies    []wecCookie                     `json:"cookies"`
		Beacons    []wecBeacon                     `json:"beacons"`
		Links      wecLinks                        `json:"links"`
		Forms      []string                        `json:"unsafeForms"`
		Browser    wecBrowser                      `json:"browser"`
		History    []string                        `json:"browsing_history"`
		Hosts      wecHosts                        `json:"hosts"`
		WebSockets map[string][]string             `json:"websockets"`
		Started    string                          `json:"start_time"`
		Ended      string                          `json:"end_time"`
	}
	// wecTask is free text of whoever makes an inspection.
	wecTask struct {
		Tool  string `json:"tool"`
		State string `json:"consentState"`
		Scope string `json:"scope"`
		Note  string `json:"note"`
	}
	wecSecure struct {
		HTTPS     bool     `json:"https_support"`
		Redirect  bool     `json:"https_redirect"`
		Redirects []string `json:"redirects"`
	}
	wecScript struct {
		Host        string            `json:"host"`
		Version     wecVersion        `json:"version"`
		Arguments   string            `json:"cmd_args"`
		Environment map[string]string `json:"environment"`
	}
	wecVersion struct {
		Package string  `json:"npm"`
		Commit  *string `json:"commit"`
	}
	wecStored struct {
		Value  *string `json:"value"` // never kept
		First  bool    `json:"firstPartyStorage"`
		Log    *wecLog `json:"log,omitempty"`
		Digest string  `json:"valueDigest,omitempty"`
	}
	wecCookie struct {
		Name         string   `json:"name"`
		Value        *string  `json:"value"` // null: not kept
		Domain       string   `json:"domain"`
		Path         string   `json:"path"`
		Expires      *int     `json:"expires,omitempty"`     // -1: session
		Days         *float64 `json:"expiresDays,omitempty"` // as the browser stored it
		Size         int      `json:"size"`
		HTTPOnly     bool     `json:"httpOnly"`
		Secure       bool     `json:"secure"`
		Session      bool     `json:"session"`
		SameSite     string   `json:"sameSite,omitempty"`
		PartitionKey string   `json:"partitionKey,omitempty"`
		Log          *wecLog  `json:"log,omitempty"`
		First        bool     `json:"firstPartyStorage"`
		Digest       string   `json:"valueDigest,omitempty"`
	}
	wecLog struct {
		Stack    []wecFrame `json:"stack"`
		Type     string     `json:"type,omitempty"`
		Location string     `json:"location,omitempty"`
	}
	wecFrame struct {
		File   string `json:"fileName"`
		Line   int    `json:"lineNumber,omitempty"`
		Column int    `json:"columnNumber,omitempty"`
		Source string `json:"source"`
	}
	wecBeacon struct {
		URL    string    `json:"url"`
		Query  *struct{} `json:"query"` // never kept
		Filter string    `json:"filter"`
		List   string    `json:"listName"`
		Log    wecLog    `json:"log"`
		Count  int       `json:"occurrances"`
	}
	wecLinks struct {
		First    []string `json:"firstParty"`
		Third    []string `json:"thirdParty"`
		Social   []string `json:"social"`
		Keywords []string `json:"keywords"`
	}
	wecBrowser struct {
		Name      string            `json:"name"`
		Version   string            `json:"version"`
		UserAgent string            `json:"user_agent"`
		Platform  wecPlatform       `json:"platform"`
		Headers   map[string]int    `json:"extra_headers"`
		Cookies   map[string]string `json:"preset_cookies"`
	}
	wecPlatform struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	wecParties struct {
		First []string `json:"firstParty"`
		Third []string `json:"thirdParty"`
	}
	wecHosts struct {
		Requests wecParties `json:"requests"`
		Beacons  wecParties `json:"beacons"`
		Cookies  wecParties `json:"cookies"`
		Local    wecParties `json:"localStorage"`
		Links    wecParties `json:"links"`
		CSP      wecParties `json:"contentSecurityPolicy"`
	}
)

const wecNote = "Converted from a scan by another tool. Not looked at: links to other sites, forms, websockets, TLS, security policies. " +
	"Values are not kept. Beacons are pixels and beacons by what they are and by the rules of that tool, not by a filter list."

// wecFiles makes an inspection of each pass, which is one consent state: the
// collector knows no more than one.
func wecFiles(scans []*scanner.Scan, o Options) ([]File, error) {
	var files []File
	folders := siteNames(scans)
	for i, s := range scans {
		v := newView(s, look{})
		passes := made(v.scan)
		var phases []string
		for _, p := range passes {
			phases = append(phases, p.Phase)
		}
		for j, name := range folderNames(phases) {
			more, err := v.wecPass(folders[i]+name, passes[j], s, o)
			if err != nil {
				return nil, err
			}
			files = append(files, more...)
		}
	}
	return files, nil
}

func (v view) wecPass(folder string, p scanner.Pass, s *scanner.Scan, o Options) ([]File, error) {
	inspection := v.inspection(p)
	var files []File
	add := func(name string, write func(io.Writer) error) error {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			return err
		}
		files = append(files, File{folder + name, b.Bytes()})
		return nil
	}
	err := errors.Join(
		add("inspection.json", func(w io.Writer) error { return scanner.WriteValue(w, inspection) }),
		add("inspection.yml", func(w io.Writer) error { return writeYAML(w, inspection) }),
		add("cookies.yml", func(w io.Writer) error { return writeYAML(w, inspection.Cookies) }),
		add("local-storage.yml", func(w io.Writer) error { return writeYAML(w, inspection.Local) }),
		add("beacons.yml", func(w io.Writer) error { return writeYAML(w, inspection.Beacons) }),
	)
	if err != nil || o.Requests == nil {
		return files, err
	}
	only := *s
	only.Passes = []scanner.Pass{p}
	o.Requests = ofPass(o.Requests, s, p.Phase)
	err = add("requests.har", func(w io.Writer) error { return renderHAR(w, []*scanner.Scan{&only}, o) })
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errOldLog) {
		err = nil // the document came without its log
	}
	return files, err
}

// ofPass lists the requests of one pass.
func ofPass(all func(*scanner.Scan) ([]scanner.Request, error), s *scanner.Scan, phase string) func(*scanner.Scan) ([]scanner.Request, error) {
	return func(*scanner.Scan) ([]scanner.Request, error) {
		list, err := all(s)
		return slices.DeleteFunc(slices.Clone(list), func(q scanner.Request) bool { return q.Pass != phase }), err
	}
}

// siteNames tells what is of several scans apart: the name of each site with a
// slash. One scan needs none.
func siteNames(scans []*scanner.Scan) []string {
	if len(scans) < 2 {
		return make([]string, len(scans))
	}
	var sites []string
	for _, s := range scans {
		sites = append(sites, s.Target.Site)
	}
	return folderNames(sites)
}

// folderNames makes of names those of folders, with a slash; a name that is
// there before gets a number.
func folderNames(names []string) []string {
	list, seen := make([]string, len(names)), map[string]bool{}
	for i, name := range names {
		folder := fileName(name)
		for n := 2; seen[folder]; n++ {
			folder = fmt.Sprintf("%s-%d", fileName(name), n)
		}
		seen[folder] = true
		list[i] = folder + "/"
	}
	return list
}

// fileName makes a name of the document fit for a folder.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '-' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, s)
	return cmp.Or(strings.TrimLeft(s[:min(len(s), 100)], "."), "_")
}

func (v view) inspection(p scanner.Pass) wecInspection {
	s := v.scan
	product, version, _ := strings.Cut(s.Browser.Product, "/")
	w := wecInspection{
		Title: "Website Evidence Collection", Start: s.Target.URL, First: s.Target.URLs, End: s.Target.URL, Redirects: []string{}, Host: hostnameOf(s.Target.URL),
		Task:   wecTask{joinNonEmpty(" ", s.Tool.Name, s.Tool.Version), p.Phase, scope(s, printable) + " " + limitsOf(s), wecNote},
		Secure: wecSecure{Redirects: []string{}},
		Script: wecScript{Version: wecVersion{Package: joinNonEmpty(" ", s.Tool.Name, s.Tool.Version)}, Environment: map[string]string{}},
		Local:  map[string]map[string]wecStored{}, Cookies: []wecCookie{}, Beacons: []wecBeacon{}, Forms: []string{}, History: []string{},
		Links: wecLinks{[]string{}, []string{}, []string{}, []string{}}, WebSockets: map[string][]string{},
		Browser: wecBrowser{Name: product, Version: version, UserAgent: s.Browser.UserAgent, Headers: map[string]int{}, Cookies: map[string]string{}},
		Started: harTime(s.Started), Ended: harTime(s.Finished),
	}
	for i, page := range p.Pages {
		w.History = append(w.History, page.URL)
		if i == 0 && page.FinalURL != "" {
			w.End = page.FinalURL
		}
	}
	w.Secure.HTTPS = strings.HasPrefix(w.End, "https://")
	w.Secure.Redirect = w.Secure.HTTPS && strings.HasPrefix(w.Start, "http://")
	v.wecCookies(&w, p.Phase)
	v.wecStorage(&w, p.Phase)
	v.wecBeacons(&w, p.Phase)
	for _, h := range s.Hosts {
		if slices.Contains(h.Phases, p.Phase) && h.Outcome != "refused" {
			w.Hosts.Requests.add(h.Name, h.Party)
		}
	}
	for _, l := range []*wecParties{&w.Hosts.Requests, &w.Hosts.Beacons, &w.Hosts.Cookies, &w.Hosts.Local, &w.Hosts.Links, &w.Hosts.CSP} {
		l.tidy()
	}
	return w
}

func (l *wecParties) add(host string, party scanner.Party) {
	if party == scanner.First {
		l.First = append(l.First, host)
	} else {
		l.Third = append(l.Third, host)
	}
}

func (l *wecParties) tidy() {
	for _, list := range []*[]string{&l.First, &l.Third} {
		slices.Sort(*list)
		*list = append([]string{}, slices.Compact(*list)...)
	}
}

func (v view) wecCookies(w *wecInspection, phase string) {
	for _, c := range v.kept {
		if !slices.Contains(c.Phases, phase) && !slices.Contains(c.Present, phase) {
			continue
		}
		cookie := wecCookie{
			Name: c.Name, Domain: c.Domain, Path: c.Path, Size: c.Size, HTTPOnly: c.HTTPOnly, Secure: c.Secure, Session: c.Session,
			SameSite: c.SameSite, First: c.Party == scanner.First, Digest: c.ValueDigest, Log: v.wecCookieLog(c, phase),
		}
		if c.PartitionKey != nil {
			cookie.PartitionKey = c.PartitionKey.TopLevelSite
		}
		if c.Value != "" {
			cookie.Value = &c.Value
		}
		if n := c.Lifetime.StoredSeconds; n != nil {
			days := math.Round(float64(*n)/864) / 100
			cookie.Days = &days
		} else if c.Session {
			never := -1
			cookie.Expires = &never
		}
		w.Cookies = append(w.Cookies, cookie)
		w.Hosts.Cookies.add(c.Domain, c.Party)
	}
}

// wecCookieLog is the first write of a pass, if its setter is known.
func (v view) wecCookieLog(c scanner.Cookie, phase string) *wecLog {
	for _, write := range c.Writes {
		if write.Pass != phase || write.URL == "" || write.Via == scanner.ViaUser {
			continue
		}
		kind := "Cookie.JS"
		if write.Via == scanner.ViaHTTP {
			kind = "Cookie.HTTP"
		}
		return &wecLog{wecStack(write.URL, write.Line, write.Column, string(write.Via), write.Initiators), kind, v.pageURL(write.Page)}
	}
	return nil
}

// wecStack has the setter and who loaded it, innermost first.
func wecStack(address string, line, column int, how string, initiators []string) []wecFrame {
	stack := []wecFrame{{address, line, column, joinNonEmpty(": ", how, address)}}
	for _, i := range initiators {
		stack = append(stack, wecFrame{File: i, Source: "loaded by: " + i})
	}
	return stack
}

func (v view) wecStorage(w *wecInspection, phase string) {
	for _, i := range v.scan.Storage {
		if i.Kind != scanner.LocalStorage || !slices.Contains(i.Phases, phase) && !slices.Contains(i.Present, phase) {
			continue
		}
		if w.Local[i.Origin] == nil {
			w.Local[i.Origin] = map[string]wecStored{}
		}
		stored := wecStored{First: i.Party == scanner.First}
		for _, write := range i.Writes {
			if write.Pass == phase && write.URL != "" {
				stored.Digest = write.ValueDigest
				stored.Log = &wecLog{wecStack(write.URL, write.Line, write.Column, write.Via, write.Initiators), "Storage.LocalStorage", v.pageURL(write.Page)}
				break
			}
		}
		w.Local[i.Origin][i.Key] = stored
		w.Hosts.Local.add(hostnameOf(i.Origin), i.Party)
	}
}

func (v view) wecBeacons(w *wecInspection, phase string) {
	for _, t := range v.scan.Trackers {
		if t.Kind != scanner.Pixel && t.Kind != scanner.Beacon || !slices.Contains(t.Phases, phase) {
			continue
		}
		filter := string(t.Kind)
		if t.Classification != nil && t.Classification.Rule != "" {
			filter = t.Classification.Rule
		}
		w.Beacons = append(w.Beacons, wecBeacon{
			URL: t.URL, Filter: filter, List: "cookiescan", Log: wecLog{Stack: wecStack(t.URL, 0, 0, string(t.Kind), t.Initiators)}, Count: t.Count,
		})
		w.Hosts.Beacons.add(t.Host, t.Party)
	}
	slices.SortStableFunc(w.Beacons, func(a, b wecBeacon) int { return cmp.Compare(b.Count, a.Count) })
}

func hostnameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
