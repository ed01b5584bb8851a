package scanner

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const scansDir = "../testdata/scans"

var update = flag.Bool("update", false, "write the scans in testdata again")

// The scans in testdata are what the formats are tested with: they are built
// here, since a document of thirty cookies is easier to keep right as code.
func TestFixturesAreCurrent(t *testing.T) {
	for name, s := range map[string]*Scan{
		"small.json": smallScan(), "typical.json": typicalScan(), "hostile.json": hostileScan(), "consent.json": consentScan(),
	} {
		var got bytes.Buffer
		if err := WriteJSON(&got, s); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(scansDir, name)
		if *update {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs from what its builder makes: run go test ./scanner -update and look at the change", name)
		}
	}
}

func digest(s string) string {
	sum := sha256.Sum256([]byte("fixture " + s))
	return hex.EncodeToString(sum[:8])
}

func seconds(n int64) *int64 { return &n }

const (
	minute int64 = 60
	hour         = 60 * minute
	day          = 24 * hour
	year         = 365 * day
)

func maxAge(n int64, raw string) Lifetime {
	return Lifetime{DeclaredSeconds: seconds(n), StoredSeconds: seconds(min(n, 400*day)), Raw: raw}
}

// write is a write at load on a first page of the pass without a choice.
func write(via Via, url string, line int) Write {
	w := Write{
		Pass: "none", State: "none", Trigger: OnLoad, Page: "none/1", TopSite: "https://shop.test",
		Frame: []string{"https://www.shop.test"}, Context: InDocument, Via: via, URL: url, Line: line,
		Initiators: []string{"https://www.shop.test/"}, Action: Set, Proof: ProofJar, Attribution: Exact,
		Count: 1, FirstMs: 120,
	}
	if line > 0 {
		w.Column = 17
		w.Proof = ProofReadback
	}
	return w
}

func header(url string) Write                  { return write(ViaHTTP, url, 0) }
func script(url string, line int) Write        { return write(ViaDocumentCookie, url, line) }
func (w Write) with(change func(*Write)) Write { change(&w); return w }
func (w Write) on(page string, trigger Trigger) Write {
	w.Page, w.Trigger = page, trigger
	return w
}

// cookie derives from its writes what the ledger would.
func cookie(name, domain string, life Lifetime, writes ...Write) Cookie {
	c := Cookie{
		Name: name, Domain: domain, Path: "/", Party: Third, Session: life.StoredSeconds == nil,
		Lifetime: life, Priority: "Medium", Size: len(name) + 24, ValueDigest: digest(name), SameSite: "Lax",
		HostOnly: strings.HasPrefix(domain, "www."),
	}
	if domain == "shop.test" || strings.HasSuffix(domain, ".shop.test") {
		c.Party = First
	} else {
		c.SameSite, c.Secure = "None", true
	}
	for _, w := range writes {
		c.Stored = c.Stored || w.Proof != ProofNone
		c.HTTPOnly = c.HTTPOnly || w.HTTPOnly
		w.Secure, w.SameSite, w.Size, w.ValueDigest = c.Secure, c.SameSite, c.Size, c.ValueDigest
		if w.Lifetime.Raw == "" && w.Lifetime.StoredSeconds == nil {
			w.Lifetime = life
		}
		c.Writes = append(c.Writes, w)
		if !slices.Contains(c.Phases, w.State) {
			c.Phases = append(c.Phases, w.State)
		}
		if w.Page != "" && !slices.Contains(c.Pages, w.Page) {
			c.Pages = append(c.Pages, w.Page)
		}
	}
	if c.Stored {
		c.Present = c.Phases
	}
	c.PageCount = len(c.Pages)
	return c
}

func (c Cookie) with(change func(*Cookie)) Cookie { change(&c); return c }

const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

// emptyScan is a scan of www.shop.test without anything seen.
func emptyScan() *Scan {
	started := time.Date(2026, 11, 22, 9, 14, 3, 0, time.UTC)
	return &Scan{
		Schema: SchemaV1, Tool: Tool{Name: "cookiescan", Version: "0.1.0"},
		Browser: Browser{Product: "HeadlessChrome/156.0.8078.79", UserAgent: chrome, Engine: "shell"},
		Target:  Target{URL: "https://www.shop.test/", URLs: []string{"https://www.shop.test/"}, Site: "shop.test"},
		Started: started, Finished: started.Add(11400 * time.Millisecond), Complete: true,
		Settings: Settings{
			Phases: []string{"none"}, MaxPages: 50, Depth: -1, Scope: "host", Workers: 4,
			TimeoutMs: 300_000, PageTimeoutMs: 60_000, SettleMs: 45_000, Engine: "shell", UserAgent: chrome,
			AcceptLanguage: "en-GB,en;q=0.9", Locale: "en-GB", Recorder: true,
		},
	}
}

func page(id, path, title string) Page {
	p := Page{ID: id, URL: "https://www.shop.test" + path, Status: 200, Title: title, Source: "link", Depth: 1, DurationMs: 740}
	p.FinalURL = p.URL
	if path == "/" {
		p.Source, p.Depth = "start", 0
	}
	return p
}

// smallScan is a site with one cookie, and the full engine.
func smallScan() *Scan {
	s := emptyScan()
	s.Browser.Engine, s.Settings.Engine, s.Browser.Product = "full", "full", "Chrome/156.0.8078.79"
	s.Coverage = Coverage{PagesVisited: 1, PagesFound: 1}
	s.Passes = []Pass{{Phase: "none", Pages: []Page{page("none/1", "/", "Shop")}, Cookies: 1}}
	s.Hosts = []Host{{Name: "www.shop.test", Party: First, Addresses: []string{"192.0.2.10"}, Requests: 3, Outcome: "ok", Phases: []string{"none"}}}
	s.Cookies = []Cookie{cookie("session", "www.shop.test", Lifetime{},
		header("https://www.shop.test/").with(func(w *Write) { w.HTTPOnly = true }))}
	return s
}
