package chrome_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// truth is what a fixture site stores, written by hand from what it serves.
type truth struct {
	Start      []string          `json:"start"`
	Flags      []string          `json:"flags"`
	Scope      string            `json:"scope"`
	Pages      []string          `json:"pages"`
	Hosts      []string          `json:"hosts"`
	HostsFull  []string          `json:"hostsFull"`
	Incomplete []truthIncomplete `json:"incomplete"`
	Cookies    []truthCookie     `json:"cookies"`
	Storage    []truthStorage    `json:"storage"`
	Trackers   []truthTracker    `json:"trackers"`
}

type truthIncomplete struct{ Code, Page string }

type truthCookie struct {
	Mechanism       string                `json:"mechanism"`
	Name            string                `json:"name"`
	Domain          string                `json:"domain"`
	HostOnly        bool                  `json:"hostOnly"`
	Path            string                `json:"path"`
	PartitionKey    *scanner.PartitionKey `json:"partitionKey"`
	Party           string                `json:"party"`
	Stored          bool                  `json:"stored"`
	Present         bool                  `json:"present"`
	Session         bool                  `json:"session"`
	DeclaredSeconds *int64                `json:"declaredSeconds"`
	StoredSeconds   *int64                `json:"storedSeconds"`
	HTTPOnly        *bool                 `json:"httpOnly"`
	Secure          *bool                 `json:"secure"`
	SameSite        *string               `json:"sameSite"`
	Writes          []truthWrite          `json:"writes"`
	SentTo          []truthSent           `json:"sentTo"`
	Engines         []string              `json:"engines"`
}

type truthWrite struct {
	Via             string    `json:"via"`
	Action          string    `json:"action"`
	Trigger         string    `json:"trigger"`
	Context         string    `json:"context"`
	URL             string    `json:"url"`
	Page            string    `json:"page"`
	Line            int       `json:"line"`
	Frame           []string  `json:"frame"`
	Initiators      []string  `json:"initiators"`
	Blocked         *[]string `json:"blocked"`
	DeclaredSeconds *int64    `json:"declaredSeconds"`
	StoredSeconds   *int64    `json:"storedSeconds"`
	Attribution     string    `json:"attribution"`
	Engines         []string  `json:"engines"`
}

type truthSent struct {
	Host    string   `json:"host"`
	How     string   `json:"how"`
	Form    string   `json:"form"`
	Engines []string `json:"engines"`
}

type truthStorage struct {
	Mechanism, Kind, Origin, TopSite, Bucket, Key, Party string
	Size                                                 int // 0 is any
	Present                                              bool
	Writes                                               []truthStorageWrite
	Engines                                              []string
}

type truthStorageWrite struct {
	Via, Action, Trigger, Page, URL string
	Line                            int
	Attribution                     string
	Engines                         []string
}

type truthTracker struct {
	Mechanism, Kind, URL, API, Host, Party, Page string
	Engines                                      []string
}

func readTruth(t testing.TB, dir string) truth {
	t.Helper()
	return readTruthOf[truth](t, dir)
}

// readTruthOf reads the truth.json of a site, in the form that its test gives it.
func readTruthOf[T any](t testing.TB, dir string) (tr T) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&tr); err != nil {
		t.Fatalf("%s: %v", dir, err)
	}
	return tr
}

// secondsSlack is how far lifetimes may be off that follow from dates, which
// are written in whole seconds.
const secondsSlack = 3

// diff compares a document with the truth, both ways. Each line is one
// difference: "-" is in the truth only, "+" in the document only.
func (tr truth) diff(doc *scanner.Scan, engine string) []string {
	c := comparer{truth: tr, doc: doc, engine: engine, pages: map[string]string{}}
	for _, p := range doc.Passes {
		for _, page := range p.Pages {
			c.pages[page.ID] = page.URL
		}
	}
	c.lists()
	c.cookies()
	c.storage()
	c.trackers()
	return c.out
}

type comparer struct {
	truth  truth
	doc    *scanner.Scan
	engine string
	pages  map[string]string
	out    []string
}

func (c *comparer) say(format string, args ...any) {
	c.out = append(c.out, fmt.Sprintf(format, args...))
}

func (c *comparer) here(engines []string) bool {
	return len(engines) == 0 || slices.Contains(engines, c.engine)
}

func (c *comparer) lists() {
	var pages, hosts []string
	for _, p := range c.doc.Passes[0].Pages {
		pages = append(pages, p.URL)
	}
	// In which order is the crawl's to prove.
	c.same("page", c.truth.Pages, pages)
	for _, h := range c.doc.Hosts {
		hosts = append(hosts, h.Name)
	}
	want := slices.Clone(c.truth.Hosts)
	slices.Sort(want)
	if !slices.Equal(hosts, want) {
		c.say("hosts: want %v, have %v", want, hosts)
	}
	var have, wantRows []truthIncomplete
	for _, i := range c.doc.Incomplete {
		have = append(have, truthIncomplete{string(i.Code), i.Page})
	}
	wantRows = c.truth.Incomplete
	for _, row := range wantRows {
		if i := slices.Index(have, row); i >= 0 {
			have = slices.Delete(have, i, i+1)
			continue
		}
		c.say("- incomplete %s %s", row.Code, row.Page)
	}
	for _, row := range have {
		i := slices.IndexFunc(c.doc.Incomplete, func(i scanner.Incomplete) bool { return string(i.Code) == row.Code && i.Page == row.Page })
		c.say("+ incomplete %s %s: %s", row.Code, row.Page, c.doc.Incomplete[i].Detail)
	}
}

// same compares lists whose order does not matter.
func (c *comparer) same(what string, want, have []string) {
	for _, w := range want {
		i := slices.Index(have, w)
		if i < 0 {
			c.say("- %s %s", what, w)
			continue
		}
		have = slices.Delete(have, i, i+1)
	}
	for _, h := range have {
		c.say("+ %s %s", what, h)
	}
}

func cookieID(name, domain string, hostOnly bool, path string, k *scanner.PartitionKey) string {
	id := fmt.Sprintf("%s @ %s host-only=%v %s", name, domain, hostOnly, path)
	if k != nil {
		id += fmt.Sprintf(" partition=%s/%v", k.TopLevelSite, k.HasCrossSiteAncestor)
	}
	return id
}

func (c *comparer) cookies() {
	have := map[string]scanner.Cookie{}
	for _, k := range c.doc.Cookies {
		have[cookieID(k.Name, k.Domain, k.HostOnly, k.Path, k.PartitionKey)] = k
	}
	for _, want := range c.truth.Cookies {
		if !c.here(want.Engines) || !slices.ContainsFunc(want.Writes, func(w truthWrite) bool { return c.here(w.Engines) }) {
			continue
		}
		id := cookieID(want.Name, want.Domain, want.HostOnly, want.Path, want.PartitionKey)
		k, ok := have[id]
		if !ok {
			c.say("- cookie %s (%s)", id, want.Mechanism)
			continue
		}
		delete(have, id)
		c.cookie(id, want, k)
	}
	for id, k := range have {
		c.say("+ cookie %s stored=%v %v", id, k.Stored, writesText(k.Writes))
	}
}

func (c *comparer) cookie(id string, want truthCookie, k scanner.Cookie) {
	is := func(what string, want, have any) {
		if fmt.Sprint(want) != fmt.Sprint(have) {
			c.say("  cookie %s: %s: want %v, have %v", id, what, want, have)
		}
	}
	is("party", want.Party, k.Party)
	is("stored", want.Stored, k.Stored)
	is("present", want.Present, len(k.Present) > 0)
	if want.Stored {
		is("session", want.Session, k.Session)
		c.near(id, "declared", want.DeclaredSeconds, k.Lifetime.DeclaredSeconds)
		c.near(id, "stored seconds", want.StoredSeconds, k.Lifetime.StoredSeconds)
		if want.HTTPOnly != nil {
			is("httpOnly", *want.HTTPOnly, k.HTTPOnly)
		}
		if want.Secure != nil {
			is("secure", *want.Secure, k.Secure)
		}
		if want.SameSite != nil {
			is("sameSite", *want.SameSite, k.SameSite)
		}
	}
	c.writes(id, want.Writes, k.Writes)
	if want.SentTo != nil {
		c.sentTo(id, want.SentTo, k.SentTo)
	}
}

func (c *comparer) near(id, what string, want, have *int64) {
	if want == nil || have == nil {
		if want != have {
			c.say("  cookie %s: %s: want %s, have %s", id, what, secondsText(want), secondsText(have))
		}
		return
	}
	if d := *want - *have; d > secondsSlack || d < -secondsSlack {
		c.say("  cookie %s: %s: want %d, have %d", id, what, *want, *have)
	}
}

func secondsText(s *int64) string {
	if s == nil {
		return "none"
	}
	return fmt.Sprint(*s)
}

func (c *comparer) writes(id string, want []truthWrite, have []scanner.Write) {
	rest := slices.Clone(have)
	for _, w := range want {
		if !c.here(w.Engines) {
			continue
		}
		i := slices.IndexFunc(rest, func(h scanner.Write) bool { return c.sameWrite(w, h) })
		if i < 0 {
			c.say("  cookie %s: - write %s", id, truthWriteText(w))
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, h := range rest {
		c.say("  cookie %s: + write %s page=%s", id, writesText([]scanner.Write{h}), c.pages[h.Page])
	}
}

func (c *comparer) sameWrite(w truthWrite, h scanner.Write) bool {
	ok := w.Via == string(h.Via) && w.Action == string(h.Action) && w.URL == h.URL
	// Nobody writes an end: it has no page, trigger or context of its own.
	if w.Action != "expire" && w.Action != "evict" {
		ok = ok && w.Trigger == string(h.Trigger) && w.Context == string(h.Context) && w.Page == c.pages[h.Page]
	}
	ok = ok && (w.Line == 0 || w.Line == h.Line) && (w.Attribution == "" || w.Attribution == string(h.Attribution))
	ok = ok && (w.Frame == nil || slices.Equal(w.Frame, h.Frame)) && (w.Initiators == nil || slices.Equal(w.Initiators, h.Initiators))
	ok = ok && (w.Blocked == nil || slices.Equal(*w.Blocked, h.Blocked) || len(*w.Blocked) == 0 && len(h.Blocked) == 0)
	return ok && nearSeconds(w.DeclaredSeconds, h.Lifetime.DeclaredSeconds) && nearSeconds(w.StoredSeconds, h.Lifetime.StoredSeconds)
}

func nearSeconds(want, have *int64) bool {
	if want == nil {
		return true
	}
	return have != nil && *want-*have <= secondsSlack && *have-*want <= secondsSlack
}

func truthWriteText(w truthWrite) string {
	s := fmt.Sprintf("%s %s %s %s %s:%d page=%s", w.Via, w.Action, w.Trigger, w.Context, w.URL, w.Line, w.Page)
	if w.Initiators != nil {
		s += fmt.Sprintf(" by %v", w.Initiators)
	}
	if w.Frame != nil {
		s += fmt.Sprintf(" in %v", w.Frame)
	}
	if w.Blocked != nil {
		s += fmt.Sprintf(" blocked %v", *w.Blocked)
	}
	return s + fmt.Sprintf(" %s %s/%s", w.Attribution, secondsText(w.DeclaredSeconds), secondsText(w.StoredSeconds))
}

func writesText(list []scanner.Write) string {
	var out []string
	for _, w := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s %s:%d by %v in %v blocked %v %s %s/%s proof=%s x%d", w.Via, w.Action, w.Trigger, w.Context, w.URL, w.Line,
			w.Initiators, w.Frame, w.Blocked, w.Attribution, secondsText(w.Lifetime.DeclaredSeconds), secondsText(w.Lifetime.StoredSeconds), w.Proof, w.Count))
	}
	return strings.Join(out, " | ")
}

func (c *comparer) sentTo(id string, want []truthSent, have []scanner.SentTo) {
	rest := slices.Clone(have)
	for _, w := range want {
		if !c.here(w.Engines) {
			continue
		}
		i := slices.IndexFunc(rest, func(h scanner.SentTo) bool { return h.Host == w.Host && h.How == w.How && h.Form == w.Form })
		if i < 0 {
			c.say("  cookie %s: - sentTo %v", id, w)
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, h := range rest {
		if h.How != "cookie" {
			c.say("  cookie %s: + sentTo %v", id, h)
		}
	}
}

func (c *comparer) storage() {
	have := map[string]scanner.StorageItem{}
	for _, s := range c.doc.Storage {
		have[fmt.Sprint(s.Kind, " ", s.Origin, " in ", s.TopSite, " ", s.Bucket, " ", s.Key)] = s
	}
	for _, w := range c.truth.Storage {
		if !c.here(w.Engines) {
			continue
		}
		id := fmt.Sprint(w.Kind, " ", w.Origin, " in ", w.TopSite, " ", w.Bucket, " ", w.Key)
		s, ok := have[id]
		if !ok {
			c.say("- storage %s (%s)", id, w.Mechanism)
			continue
		}
		delete(have, id)
		if w.Party != string(s.Party) || w.Present != (len(s.Present) > 0) {
			c.say("  storage %s: want %s present=%v, have %s %v", id, w.Party, w.Present, s.Party, s.Present)
		}
		if w.Size != 0 && w.Size != s.Size {
			c.say("  storage %s: want %d octets, have %d", id, w.Size, s.Size)
		}
		c.storageWrites(id, w.Writes, s.Writes)
	}
	for id, s := range have {
		c.say("+ storage %s %+v", id, s.Writes)
	}
}

func (c *comparer) storageWrites(id string, want []truthStorageWrite, have []scanner.StorageWrite) {
	rest := slices.Clone(have)
	for _, w := range want {
		if !c.here(w.Engines) {
			continue
		}
		i := slices.IndexFunc(rest, func(h scanner.StorageWrite) bool {
			return w.Via == h.Via && w.Action == string(h.Action) && w.Trigger == string(h.Trigger) && w.Page == c.pages[h.Page] && w.URL == h.URL &&
				(w.Line == 0 || w.Line == h.Line) && (w.Attribution == "" || w.Attribution == string(h.Attribution))
		})
		if i < 0 {
			c.say("  storage %s: - write %+v", id, w)
			continue
		}
		rest = slices.Delete(rest, i, i+1)
	}
	for _, h := range rest {
		c.say("  storage %s: + write %s %s %s %s:%d %s page=%s", id, h.Via, h.Action, h.Trigger, h.URL, h.Line, h.Attribution, c.pages[h.Page])
	}
}

func (c *comparer) trackers() {
	have := map[string][]string{}
	for _, t := range c.doc.Trackers {
		id := fmt.Sprint(t.Kind, " ", t.URL, " ", t.API, " ", t.Host, " ", t.Party)
		for _, p := range t.Pages {
			have[id] = append(have[id], c.pages[p])
		}
	}
	for _, w := range c.truth.Trackers {
		if !c.here(w.Engines) {
			continue
		}
		id := fmt.Sprint(w.Kind, " ", w.URL, " ", w.API, " ", w.Host, " ", w.Party)
		pages, ok := have[id]
		switch {
		case !ok:
			c.say("- tracker %s (%s)", id, w.Mechanism)
		case !slices.Contains(pages, w.Page):
			c.say("  tracker %s: want page %s, have %v", id, w.Page, pages)
		}
		delete(have, id)
	}
	for id, pages := range have {
		c.say("+ tracker %s on %v", id, pages)
	}
}
