package html_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/chrome/process"
	"cookiescan/testdata/platforms"
)

// goldens are the reports of package report; what they show is tested there.
const goldens = "../../testdata/golden"

// tab is a report in a browser, with what it asked for and complained of.
type tab struct {
	*testing.T
	ctx      context.Context
	mu       sync.Mutex
	requests []string
	problems []string
}

// startBrowser returns the context of a headless shell for this test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	b, err := process.Find(t.Context(), process.FindOptions{Engine: "shell", Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	o := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(b.Path), chromedp.WindowSize(1280, 900), chromedp.WSURLReadTimeout(5*time.Minute)) //nolint:gocritic // a new slice
	if os.Geteuid() == 0 {
		o = append(o, chromedp.NoSandbox)
	}
	alloc, cancel := chromedp.NewExecAllocator(t.Context(), o...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// open opens a report from disk in a tab of its own, after what is to be set up
// before it.
func open(t *testing.T, browser context.Context, name string, before ...func(*tab)) *tab {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(goldens, name))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	page := &tab{T: t, ctx: ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, page.listen); err != nil {
		t.Fatal(err)
	}
	call(page, network.Enable, network.EnableParams{})
	call(page, log.Enable, cdp.Empty{})
	for _, f := range before {
		f(page)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+path)); err != nil {
		t.Fatal(err)
	}
	return page
}

func (p *tab) listen(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *log.EventEntryAdded:
		p.problems = append(p.problems, e.Entry.Text)
	case *runtime.EventExceptionThrown:
		p.problems = append(p.problems, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.problems = append(p.problems, fmt.Sprint("console ", e.Type))
	}
}

// quiet finds what the page asked for beyond itself, and complaints, of which
// the Content Security Policy's are some.
func (p *tab) quiet() {
	p.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, r := range p.requests {
		if i > 0 && !strings.HasPrefix(r, "data:") {
			p.Errorf("the report asks for %s", r)
		}
	}
	for _, text := range p.problems {
		p.Errorf("the browser says: %s", text)
	}
}

func eval[T any](p *tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

func scheme(name string) func(*tab) {
	return func(p *tab) {
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
	}
}

func narrow(p *tab) {
	p.Helper()
	if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(320, 800)); err != nil {
		p.Fatal(err)
	}
}

func TestReportsInBrowser(t *testing.T) {
	browser := startBrowser(t)
	for _, name := range []string{"audited.html", "audited.de.html", "hostile.html", "small.html", "two-sites.html"} {
		t.Run(name, func(t *testing.T) {
			wide := open(t, browser, name)
			if moved := eval[float64](wide, shifts); moved > 0 {
				t.Errorf("the layout shifts by %v while the report loads", moved)
			}
			wide.quiet()
			small := open(t, browser, name, narrow)
			if over := eval[float64](small, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("at 320 pixels the page is %v too wide", over)
			}
			small.quiet()
		})
	}
	t.Run("filter and sort", func(t *testing.T) { filterAndSort(open(t, browser, "audited.html")) })
	t.Run("without script", func(t *testing.T) {
		p := open(t, browser, "audited.html", func(p *tab) {
			call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		})
		p.quiet()
		if !eval[bool](p, `[...document.querySelectorAll(".filters")].every(f => f.offsetHeight === 0)`) {
			t.Error("filters are offered that do nothing")
		}
		if !eval[bool](p, `[...document.querySelectorAll(".cookies tbody tr")].every(r => r.offsetHeight > 0)`) {
			t.Error("a row is hidden")
		}
	})
}

// shifts sums the layout shifts so far.
const shifts = `new Promise((done) => {
	let sum = 0;
	new PerformanceObserver((l) => l.getEntries().forEach((e) => sum += e.value)).observe({type: "layout-shift", buffered: true});
	setTimeout(() => done(sum), 300);
})`

func filterAndSort(p *tab) {
	const names = `[...document.querySelectorAll(".cookies tbody:not([hidden]) tr:not(.group):not([hidden]) th code")].map(e => e.textContent).join(" ")`
	type step struct{ do, want string }
	const set = `(s, v) => { const e = document.querySelector(".filters " + s); e.value = v; e.dispatchEvent(new Event("input", {bubbles: true})); }`
	all := eval[string](p, names)
	for _, s := range []step{
		{`(` + set + `)("input", "adnet")`, "_ad_* uid uid_sync"},
		{`(` + set + `)("select[data-column='2']", "third")`, "uid uid_sync"},
		{`(` + set + `)("input", "")`, "__Host-pay player visitor lb uid uid_sync tm_debug consent chat"},
		{`(` + set + `)("select[data-group]", "Marketing")`, "uid uid_sync tm_debug consent"},
		{`document.querySelector(".cookies thead th:nth-child(1) button").click()`, "consent tm_debug uid uid_sync"},
		{`document.querySelector(".cookies thead th:nth-child(1) button").click()`, "uid_sync uid tm_debug consent"},
		{`document.querySelector(".cookies thead th:nth-child(4) button").click()`, "tm_debug uid_sync uid consent"},
		{`(` + set + `)("select[data-group]", ""); (` + set + `)("select[data-column='6']", "reject")`, "__Host-pay"},
	} {
		eval[any](p, s.do)
		if got := eval[string](p, names); got != s.want {
			p.Errorf("%s shows\n%s, want\n%s", s.do, got, s.want)
		}
	}
	if got := eval[string](p, `document.querySelector(".filters output").textContent`); !strings.HasPrefix(got, "1 of ") {
		p.Errorf("what is said of the rows shown: %q", got)
	}
	eval[any](p, `(`+set+`)("select[data-column='2']", ""); (`+set+`)("select[data-column='6']", "")`)
	if got := eval[string](p, names); len(strings.Fields(got)) != len(strings.Fields(all)) {
		p.Errorf("without a filter %s is shown, want all of %s", got, all)
	}
	if got := eval[string](p, `[...document.querySelectorAll("[aria-sort]")].map(e => e.textContent + " " + e.ariaSort).join()`); got != "Lifetime ascending" {
		p.Errorf("sorted by %q", got)
	}
	p.quiet()
}

// axe-core finds nothing, in light and in dark, wide and narrow.
func TestAccessibility(t *testing.T) {
	axe, err := os.ReadFile(platforms.File(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	browser := startBrowser(t)
	for _, name := range []string{"audited.html", "audited.de.html", "hostile.html", "two-sites.html"} {
		for _, colours := range []string{"light", "dark"} {
			t.Run(name+" "+colours, func(t *testing.T) {
				runAxe(open(t, browser, name, scheme(colours)), string(axe))
			})
		}
	}
	t.Run("narrow", func(t *testing.T) { runAxe(open(t, browser, "audited.html", narrow), string(axe)) })
}

func runAxe(p *tab, axe string) {
	p.Helper()
	eval[any](p, axe+"; 0")
	found := eval[[]string](p, `document.querySelectorAll("details").forEach((d) => d.open = true); axe.run({resultTypes: ["violations"]}).then((r) =>
		r.violations.map((v) => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(" | ")))`)
	for _, v := range found {
		p.Error(v)
	}
}

// call sends a command of the browser's protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.Fatal(err)
	}
}
