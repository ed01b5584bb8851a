package chrome_test

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

const roughDir = "../../testdata/sites/rough"

// roughBudget is the real time of one page: enough for every page that ends,
// and what the others cost.
const roughBudget = 10 * time.Second

// TestRough walks over pages that hang, crash, loop and flood: each may end
// itself, none the scan, and no cookie is lost.
func TestRough(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			tr := readTruth(t, roughDir)
			s := sitehosttest.Serve(t, roughDir)
			b := startBrowser(t, engine, s, nil)
			o := roughOptions(t, b, s, tr.Start)
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tr.diff(doc, string(engine)) {
				t.Error(d)
			}
			for _, p := range doc.Passes[0].Pages {
				t.Log(p.DurationMs, p.URL, p.FinalURL, p.Status, p.Title, p.Error)
			}
			for _, n := range doc.Notes {
				t.Log(n)
			}
			for _, n := range doc.Incomplete {
				t.Log(n)
			}
		})
	}
}

// roughOptions sends three hosts elsewhere: one to a server whose certificate
// is not trusted, one to a server that closes every connection, one to a
// server that never says a word.
func roughOptions(t testing.TB, b *chrome.Browser, s *sitehost.Server, start []string) walk.Options {
	t.Helper()
	other := sitehosttest.Serve(t, roughDir)
	out := egress.Options{Resolve: []egress.Override{
		override(t, "badcert.rough.test="+other.Addr()),
		override(t, "empty.rough.test="+listen(t, func(c net.Conn) { readSome(c) })),
		override(t, "mute.rough.test="+listen(t, func(c net.Conn) { readAll(c) })),
		override(t, "*="+s.Addr()),
	}}
	o := walkOptions(t, b, s, start)
	o.Workers, o.PageTimeout = 4, roughBudget
	o.Open = opener(b, out)
	return o
}

func opener(b *chrome.Browser, out egress.Options) func(context.Context, string) (walk.Profile, error) {
	return func(ctx context.Context, _ string) (walk.Profile, error) {
		return b.Open(ctx, chrome.ProfileOptions{Egress: out})
	}
}

func override(t testing.TB, rule string) egress.Override {
	t.Helper()
	o, err := egress.ParseOverride(rule)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// listen serves every connection by handle and closes it. It ends with the
// test.
func listen(t testing.TB, handle func(net.Conn)) string {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	ctx, end := context.WithCancel(context.Background())
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				stop := context.AfterFunc(ctx, func() { c.Close() })
				defer stop()
				defer c.Close()
				handle(c)
			})
		}
	})
	t.Cleanup(func() {
		end()
		l.Close()
		all.Wait()
	})
	return l.Addr().String()
}

// readSome reads what comes at once: closing unread data would be a reset.
func readSome(c net.Conn) {
	buf := make([]byte, 64<<10)
	_, _ = c.Read(buf)
}

// readAll reads until the client leaves.
func readAll(c net.Conn) {
	buf := make([]byte, 4<<10)
	for {
		if _, err := c.Read(buf); err != nil {
			return
		}
	}
}

var _ = scanner.PageFailed
var _ = process.Shell
