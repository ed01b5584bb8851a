package chrome_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/chromedp/remote"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/chrome/process/processtest"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// running starts a browser as a user does who lets a program drive it, by the
// line of doctor --switches. It ends with the test.
func running(t *testing.T, engine process.Engine, extra ...string) (address string) {
	t.Helper()
	bin, err := process.Find(t.Context(), process.FindOptions{Engine: engine, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	line, err := process.StartLine(bin, append(identityOf(bin).Switches(engine), extra...))
	if err != nil {
		t.Fatal(err)
	}
	return runLine(t, line)
}

// runLine starts a browser by a line for a shell, at a free port.
func runLine(t *testing.T, line string) (address string) {
	t.Helper()
	b, err := processtest.Run(line)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.End(); err != nil {
			t.Error(err)
		}
	})
	return b.Address
}

func identityOf(bin process.Binary) chrome.Identity {
	return chrome.OrdinaryChrome(bin.Version, chrome.Languages("en-US"))
}

// attach connects to a browser that runs already. The caller closes.
func attach(t *testing.T, address string, flags ...string) (*chrome.Browser, error) {
	t.Helper()
	bin, err := process.Running(t.Context(), "http://"+address, "")
	if err != nil {
		t.Fatal(err)
	}
	return chrome.Start(t.Context(), chrome.Options{Binary: bin, Identity: identityOf(bin), Flags: flags})
}

// attached is attach where it must work.
func attached(t *testing.T, address string, flags ...string) *chrome.Browser {
	t.Helper()
	b, err := attach(t, address, flags...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inside lists what is in a browser: the ids of its targets and contexts. Pages of
// its own may load meanwhile.
func inside(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get("http://" + address + "/json/version") //nolint:noctx // on this machine
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, ws, _ := strings.Cut(string(text), `"webSocketDebuggerUrl": "`)
	ws, _, _ = strings.Cut(ws, `"`)
	conn, err := remote.DialContext(t.Context(), ws)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	ids := idForm.FindAllString(ask(t, conn, "Target.getTargets")+ask(t, conn, "Target.getBrowserContexts"), -1)
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), "\n")
}

// idForm is that of targets and contexts.
var idForm = regexp.MustCompile(`\b[0-9A-F]{32}\b`)

func ask(t *testing.T, conn *remote.Conn, method string) string {
	t.Helper()
	if err := conn.Write(t.Context(), &cdproto.Message{ID: 1, Method: cdproto.MethodType(method)}); err != nil {
		t.Fatal(err)
	}
	var msg cdproto.Message
	if err := conn.Read(t.Context(), &msg); err != nil {
		t.Fatal(err)
	}
	return string(msg.Result)
}

// becomes waits until a browser holds what it held before, within a bound that
// only a failure reaches.
func becomes(t *testing.T, address, want string) {
	t.Helper()
	got := ""
	for range 1200 {
		if got = inside(t, address); got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("left in the browser:\n%s\nbefore:\n%s", got, want)
}

// onlyRecorded are cookies of which nothing but the recorder sees all: those of
// WebSocket handshakes, of a service worker's script, of a shared worker's requests,
// and one that is deleted at once.
var onlyRecorded = map[string][]string{
	"script": {"cs_deleted", "shared_worker_fetch", "sw_script", "ws_first", "ws_refused", "ws_third"},
}

// TestTruthInARunningBrowser wants of a browser that ran before what is wanted of
// one of ours, but for what only the recorder sees.
func TestTruthInARunningBrowser(t *testing.T) {
	for _, c := range []struct {
		engine process.Engine
		site   string
	}{{process.Shell, "http"}, {process.Shell, "script"}, {process.Full, "http"}} {
		engine, site, unseen := c.engine, c.site, onlyRecorded[c.site]
		t.Run(string(engine)+"/"+site, func(t *testing.T) {
			dir := "../../testdata/sites/" + site
			tr, s := readTruth(t, dir), sitehosttest.Serve(t, dir)
			trust := "--ignore-certificate-errors-spki-list=" + s.SPKI()
			address := running(t, engine, trust)
			before := inside(t, address)
			b := attached(t, address, trust)
			doc, err := walk.Run(t.Context(), walkOptions(t, b, s, tr.Start))
			if cerr := b.Close(); err != nil || cerr != nil {
				t.Fatal(errors.Join(err, cerr))
			}
			unread := slices.DeleteFunc(slices.Clone(doc.Incomplete), func(i scanner.Incomplete) bool { return i.Code != scanner.ServiceWorkerUnread })
			if site == "script" && (len(unread) != 1 || unread[0].Page != "" || !strings.Contains(unread[0].Detail, "https://script.test/sw/sw.js ")) {
				t.Errorf("the rows on service workers are %v", unread)
			}
			doc.Incomplete = slices.DeleteFunc(doc.Incomplete, func(i scanner.Incomplete) bool { return i.Code == scanner.ServiceWorkerUnread })
			for _, d := range tr.diff(doc, string(engine)) {
				if !slices.ContainsFunc(unseen, func(name string) bool { return strings.Contains(d, name) }) {
					t.Error(d)
				}
			}
			becomes(t, address, before)
		})
	}
}

// TestRunningBrowserIsLeftAlone ends connections to a browser in which somebody
// has a page open, in order and as kill -9 does.
func TestRunningBrowserIsLeftAlone(t *testing.T) {
	s := sitehosttest.Serve(t, "../../testdata/sites/http")
	address := running(t, process.Shell)
	before := inside(t, address)
	for name, end := range map[string]func(*chrome.Browser){"close": func(*chrome.Browser) {}, "cut": (*chrome.Browser).Cut} {
		t.Run(name, func(t *testing.T) {
			b := attached(t, address)
			leavePage(t, b, s)
			if during := inside(t, address); during == before {
				t.Errorf("nothing is there that could be left: %s", during)
			}
			end(b)
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			becomes(t, address, before)
		})
	}
}

// leavePage opens a page and leaves it open.
func leavePage(t *testing.T, b *chrome.Browser, s *sitehost.Server) {
	t.Helper()
	p, err := b.Open(t.Context(), chrome.ProfileOptions{Egress: toServer(t, s), Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	tab, err := p.NewTab(ctx, "none/1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tab.Load(ctx, "https://http.test/"); err != nil {
		t.Fatal(err)
	}
}

// TestRunningBrowserIsRefused meets browsers with which a scan would see less.
func TestRunningBrowserIsRefused(t *testing.T) {
	bin, err := process.Find(t.Context(), process.FindOptions{Engine: process.Shell, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	plain := bin.Path + " --headless --remote-debugging-port=9222 --user-data-dir=$(mktemp -d)"
	if os.Geteuid() == 0 {
		plain += " --no-sandbox"
	}
	refusedWith(t, runLine(t, plain), process.ErrSwitches, "--disable-site-isolation-trials")

	address := running(t, process.Shell)
	refusedWith(t, address, process.ErrSwitches, "--ignore-certificate-errors-spki-list", "--ignore-certificate-errors-spki-list=x")
	first := attached(t, address)
	refusedWith(t, address, process.ErrInUse, "another program")
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if err := attached(t, address).Close(); err != nil {
		t.Errorf("after the other has ended: %v", err)
	}
}

func refusedWith(t *testing.T, address string, kind error, says string, flags ...string) {
	t.Helper()
	b, err := attach(t, address, flags...)
	if err == nil {
		t.Fatalf("accepted: %v", b.Close())
	}
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), says) {
		t.Errorf("refused with %v, which does not say %q", err, says)
	}
}
