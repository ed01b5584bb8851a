package chrome_test

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/setcookie"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

var engines = []process.Engine{process.Shell, process.Full}

// startBrowser starts a browser that trusts the server's key. It ends with the
// test.
func startBrowser(t testing.TB, engine process.Engine, s *sitehost.Server, change func(*chrome.Options)) *chrome.Browser {
	t.Helper()
	bin, err := process.Find(t.Context(), process.FindOptions{Engine: engine, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	o := chrome.Options{Binary: bin, Identity: chrome.OrdinaryChrome(bin.Version, chrome.Languages("en-US")), Flags: []string{"--ignore-certificate-errors-spki-list=" + s.SPKI()}}
	if change != nil {
		change(&o)
	}
	b, err := chrome.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// toServer sends every host to the fixture server.
func toServer(t testing.TB, s *sitehost.Server) egress.Options {
	t.Helper()
	o, err := egress.ParseOverride("*=" + s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	return egress.Options{Resolve: []egress.Override{o}}
}

// walkOptions are those of the command's defaults.
func walkOptions(t testing.TB, b *chrome.Browser, s *sitehost.Server, start []string) walk.Options {
	t.Helper()
	u, err := url.Parse(start[0])
	if err != nil {
		t.Fatal(err)
	}
	return walk.Options{
		Start: start, Site: setcookie.Site(u.Hostname()), Phases: []string{"none"}, MaxPages: 50, Depth: -1, Workers: 2,
		Bounds:      crawl.Bounds{Scope: crawl.ScopeDomain},
		PageTimeout: time.Minute, Settle: 45 * time.Second, Now: time.Now,
		Open: func(ctx context.Context, _ string) (walk.Profile, error) {
			return b.Open(ctx, chrome.ProfileOptions{Egress: toServer(t, s)})
		},
	}
}

// scanSite scans a fixture site as the command would.
func scanSite(t testing.TB, name string, engine process.Engine, change func(*chrome.Options)) (*scanner.Scan, truth) {
	t.Helper()
	dir := "../../testdata/sites/" + name
	if name == "demosite" {
		dir = "../../cmd/cookiescan/demosite"
	}
	tr := readTruth(t, dir)
	s := sitehosttest.Serve(t, dir)
	b := startBrowser(t, engine, s, change)
	o := walkOptions(t, b, s, tr.Start)
	if i := slices.Index(tr.Flags, "--max-pages"); i >= 0 {
		n, err := strconv.Atoi(tr.Flags[i+1])
		if err != nil {
			t.Fatal(err)
		}
		o.MaxPages = n
	}
	doc, err := walk.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return doc, tr
}

var sites = []string{"http", "refuse", "time", "script", "storage", "attack", "scroll", "demosite"}

// openProfile opens an empty profile, which is closed at the end of the test.
func openProfile(t *testing.T, b *chrome.Browser, s *sitehost.Server) walk.Profile {
	t.Helper()
	p, err := b.Open(t.Context(), chrome.ProfileOptions{Egress: toServer(t, s)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return p
}

// openTab loads an address as the first page of a profile.
func openTab(t *testing.T, p walk.Profile, address string) walk.Tab {
	t.Helper()
	tab, err := p.NewTab(t.Context(), "none/1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Load(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestTruth(t *testing.T) {
	for _, engine := range engines {
		for _, site := range sites {
			t.Run(string(engine)+"/"+site, func(t *testing.T) {
				doc, tr := scanSite(t, site, engine, nil)
				for _, d := range tr.diff(doc, string(engine)) {
					t.Error(d)
				}
				validate(t, doc)
			})
		}
	}
}

// validate checks a document against the published schema.
func validate(t *testing.T, doc *scanner.Scan) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(scanner.JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("scan.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("scan.json")
	if err != nil {
		t.Fatal(err)
	}
	doc.Tool = scanner.Tool{Name: "cookiescan", Version: "0"}
	doc.Browser = scanner.Browser{Product: "p", UserAgent: "u", Engine: "shell"}
	doc.Settings.Scope, doc.Settings.Engine = "domain", "shell"
	var b bytes.Buffer
	if err := scanner.WriteJSON(&b, doc); err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
}
