package chrome_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
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

const hostileDir = "../../testdata/sites/hostile"

// hostileBudget is the real time of one page: enough for every page that ends,
// and what the others cost. Pages that are given less get no less patience in each
// part, so it is the most that costs nothing.
const hostileBudget = 30 * time.Second

// TestHostile walks over pages that hang, loop, flood and fail: each may end
// itself, none the scan, and no cookie is lost. Most of its time is waiting.
func TestHostile(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			tr := readTruth(t, hostileDir)
			s := sitehosttest.Serve(t, hostileDir)
			door := lockedDoor(t)
			b := startBrowser(t, engine, s, hostileBrowser(door))
			doc, err := walk.Run(t.Context(), hostileOptions(t, b, s, door, tr.Start))
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tr.diff(doc, string(engine)) {
				t.Error(d)
			}
			checkNotes(t, doc)
			checkSentences(t, doc)
			validate(t, doc)
		})
	}
}

// boundedMemory bounds what a page may take of this machine's memory.
func boundedMemory(o *chrome.Options) {
	o.Flags = append(o.Flags, "--js-flags=--max-old-space-size=256")
	o.MemoryLimit = 2 << 30
}

// checkNotes looks for what was met and handled.
func checkNotes(t *testing.T, doc *scanner.Scan) {
	t.Helper()
	have := map[string]int{}
	for _, n := range doc.Notes {
		u, _ := strings.CutPrefix(n.Page, "https://hostile.test")
		have[strings.TrimSpace(u+" "+n.Code+" "+n.Detail)] += n.Count
	}
	for _, want := range []struct {
		note  string
		count int
	}{
		{"/dialogs.html dialog alert", 2},
		{"/dialogs.html dialog confirm", 1},
		{"/dialogs.html dialog prompt", 1},
		{"/download.bin download", 1},
		{"/nothing no-content", 1},
		{"/popups.html popup", 30},
		{"/overlay.html scroll-limit scrolled 0 CSS pixels, the page goes on", 1},
		{"/image.html no-load-event", 1},
		{"/stylesheet.html not-drawn", 1},
	} {
		if have[want.note] != want.count {
			t.Errorf("note %q: want %d, have %d", want.note, want.count, have[want.note])
		}
	}
}

// checkSentences wants details that a person understands: no command names.
func checkSentences(t *testing.T, doc *scanner.Scan) {
	t.Helper()
	for _, i := range doc.Incomplete {
		for _, word := range []string{"Emulation.", "Page.", "Runtime.", "Target.", "Input.", "context "} {
			if i.Detail == "" || strings.Contains(i.Detail, word) {
				t.Errorf("%s of %s: %q is no sentence for a person", i.Code, i.Page, i.Detail)
			}
		}
	}
}

// breakScan scans a start page, a page that calls trigger while it loads, and a
// last page, one after the other.
func breakScan(ctx context.Context, t *testing.T, engine process.Engine, trigger func()) *scanner.Scan {
	t.Helper()
	s := sitehosttest.Serve(t, hostileDir)
	b := startBrowser(t, engine, s, nil)
	var once sync.Once
	at := listen(t, func(c net.Conn) {
		once.Do(trigger)
		readAll(c)
	})
	o := walkOptions(t, b, s, []string{"https://hostile.test/breaks.html"})
	o.Workers = 1
	o.Open = opener(b, egress.Options{Resolve: []egress.Override{override(t, "trigger.hostile.test="+at), override(t, "*="+s.Addr())}})
	doc, err := walk.Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	checkSentences(t, doc)
	validate(t, doc)
	return doc
}

// TestRendererKilled ends the process of one page: the pages after it are seen.
func TestRendererKilled(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			doc := breakScan(t.Context(), t, engine, func() { kill(t, "--type=renderer") })
			wantRows(t, doc, scanner.PageCrashed, "https://hostile.test/broken.html")
			wantPages(t, doc, "/breaks.html", "/broken.html", "/last.html")
			wantCookies(t, doc, "before_break", "breaks", "last", "last_late")
		})
	}
}

// TestBrowserKilled ends the browser in the middle: what was seen is returned.
func TestBrowserKilled(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			doc := breakScan(t.Context(), t, engine, func() { kill(t, "--remote-debugging-pipe") })
			wantRows(t, doc, scanner.BrowserLost, "https://hostile.test/broken.html")
			wantPages(t, doc, "/breaks.html", "/broken.html")
			// Whether the report of the broken page's script arrives before
			// the end is a matter of luck.
			doc.Cookies = slices.DeleteFunc(doc.Cookies, func(c scanner.Cookie) bool { return c.Name == "before_break" })
			wantCookies(t, doc, "breaks")
			if doc.Complete || doc.Coverage.PagesFound != 3 || len(doc.Coverage.LeftOut) != 0 {
				t.Errorf("complete %v, coverage %+v", doc.Complete, doc.Coverage)
			}
		})
	}
}

// TestInterrupted ends the scan in the middle, as Ctrl-C does.
func TestInterrupted(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			doc := breakScan(ctx, t, engine, interrupt)
			wantRows(t, doc, scanner.Interrupted, "")
			wantPages(t, doc, "/breaks.html", "/broken.html")
			wantCookies(t, doc, "before_break", "breaks")
		})
	}
}

// TestGuard scans a page with two third parties: the one with a private address
// is refused, the one that the user sent to a loopback address is not.
func TestGuard(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, hostileDir)
			b := startBrowser(t, engine, s, nil)
			o := walkOptions(t, b, s, []string{"https://hostile.test/private.html"})
			o.Open = opener(b, egress.Options{
				Resolver: private{},
				Resolve:  []egress.Override{override(t, "hostile.test="+s.Addr()), override(t, "local.test="+s.Addr())},
			})
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			wantRows(t, doc, scanner.RequestsGuarded, "")
			wantCookies(t, doc, "local")
			have := map[string]string{}
			for _, h := range doc.Hosts {
				have[h.Name] = h.Outcome + " " + h.Reason
			}
			want := map[string]string{"hostile.test": "ok ", "local.test": "ok ", "inside.test": "refused guard"}
			if !maps.Equal(have, want) {
				t.Errorf("hosts: want %v, have %v", want, have)
			}
			if n := asked(s, "inside.test"); n != 0 {
				t.Errorf("%d requests reached the private address", n)
			}
		})
	}
}

// TestInward scans a page of a public site that calls private, loopback and
// link-local addresses by every notation and by every kind of request, and a
// page that redirects there. All are refused, each host has its row.
func TestInward(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, hostileDir)
			b := startBrowser(t, engine, s, nil)
			o := walkOptions(t, b, s, []string{"https://hostile.test/inward.html"})
			o.Open = opener(b, egress.Options{Resolver: private{}, Resolve: []egress.Override{override(t, "hostile.test="+s.Addr())}})
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			wantCookies(t, doc, "inward", "inward_page", "inward_redirect")
			checkSentences(t, doc)
			validate(t, doc)
			checkInward(t, doc)
		})
	}
}

// inwardHosts are the hosts of that page as the browser writes them: it reads
// every notation of an address itself, and a mapped one is the address in it.
var inwardHosts = []string{
	"0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.168.7.7", "192.168.7.8",
	"224.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::", "fd00:ec2::254", "fd00::1", "fe80::1",
	"foo.localhost", "inside.test", "localhost", "mixed.inside.test", "sheet.inside.test", "turn.inside.test", "worker.inside.test",
}

func checkInward(t *testing.T, doc *scanner.Scan) {
	t.Helper()
	refused := map[string]bool{}
	for _, h := range doc.Hosts {
		if h.Name == "hostile.test" {
			continue
		}
		refused[h.Name] = true
		if h.Outcome != "refused" || h.Reason != "guard" || len(h.Addresses) > 0 {
			t.Errorf("%s: %+v", h.Name, h)
		}
	}
	if want := slices.Sorted(slices.Values(inwardHosts)); !slices.Equal(slices.Sorted(maps.Keys(refused)), want) {
		t.Errorf("refused hosts: want %v, have %v", want, slices.Sorted(maps.Keys(refused)))
	}
	rows := 0
	for _, i := range doc.Incomplete {
		switch {
		case i.Code == scanner.RequestsGuarded:
			rows++
		case i.Code != scanner.PageFailed || i.Page != "https://hostile.test/inward-page":
			t.Errorf("incomplete: %+v", i)
		}
	}
	if rows != len(refused) {
		t.Errorf("%d hosts were refused, %d rows say so", len(refused), rows)
	}
}

// private resolves every name to a private address.
type private struct{}

func (private) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("10.1.2.3")}, nil
}

func asked(s *sitehost.Server, host string) int {
	n := 0
	for _, r := range s.Requests() {
		if r.Host == host {
			n++
		}
	}
	return n
}

func wantRows(t *testing.T, doc *scanner.Scan, code scanner.IncompleteCode, page string) {
	t.Helper()
	if len(doc.Incomplete) != 1 || doc.Incomplete[0].Code != code || doc.Incomplete[0].Page != page {
		t.Errorf("incomplete: want only %s of %q, have %+v", code, page, doc.Incomplete)
	}
}

func wantPages(t *testing.T, doc *scanner.Scan, want ...string) {
	t.Helper()
	var have []string
	for _, p := range doc.Passes[0].Pages {
		have = append(have, strings.TrimPrefix(p.URL, "https://hostile.test"))
	}
	if !slices.Equal(have, want) {
		t.Errorf("pages: want %v, have %v", want, have)
	}
}

// wantCookies wants exactly these to be stored, sorted by name.
func wantCookies(t *testing.T, doc *scanner.Scan, want ...string) {
	t.Helper()
	var have []string
	for _, c := range doc.Cookies {
		if c.Stored {
			have = append(have, c.Name)
		}
	}
	slices.Sort(have)
	if !slices.Equal(have, want) {
		t.Errorf("stored cookies: want %v, have %v", want, have)
	}
}

// kill ends those processes of this run's browsers whose command line has the
// switch, and no children of the browser if it is the browser's own.
func kill(t *testing.T, option string) {
	killed := 0
	for _, pid := range descendants(os.Getpid()) {
		line := commandLine(pid)
		if !slices.Contains(line, option) || option != "--type=renderer" && slices.ContainsFunc(line, isChild) {
			continue
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err == nil {
			killed++
		}
	}
	if killed == 0 {
		t.Errorf("found no process with %s", option)
	}
}

func isChild(arg string) bool { return strings.HasPrefix(arg, "--type=") }

// commandLine is split at the separators that Chromium's children overwrite
// with spaces.
func commandLine(pid int) []string {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil {
		return nil
	}
	return strings.FieldsFunc(string(b), func(r rune) bool { return r == 0 || r == ' ' })
}

// descendants lists the children of a process and theirs.
func descendants(root int) []int {
	children := map[int][]int{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		// "PID (NAME) STATE PPID ...": the name may hold anything.
		_, rest, _ := strings.Cut(string(b[bytes.LastIndexByte(b, ')')+1:]), " ")
		if fields := strings.Fields(rest); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(f)))
			children[parent] = append(children[parent], pid)
		}
	}
	var out []int
	for next := children[root]; len(next) > 0; {
		pid := next[0]
		out = append(out, pid)
		next = append(next[1:], children[pid]...)
	}
	return out
}

// hostileBrowser trusts the locked door's key too.
func hostileBrowser(door *httptest.Server) func(*chrome.Options) {
	sum := sha256.Sum256(door.Certificate().RawSubjectPublicKeyInfo)
	return func(o *chrome.Options) {
		o.Flags[0] += "," + base64.StdEncoding.EncodeToString(sum[:])
		boundedMemory(o)
	}
}

// lockedDoor is a server that lets in only those who show a certificate.
func lockedDoor(t testing.TB) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.TLS = &tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// hostileOptions sends some hosts elsewhere: to a server whose certificate is
// not trusted, one that wants a certificate, one that closes every connection,
// one that never says a word, and one that talks nonsense.
func hostileOptions(t testing.TB, b *chrome.Browser, s *sitehost.Server, door *httptest.Server, start []string) walk.Options {
	t.Helper()
	other := sitehosttest.Serve(t, hostileDir)
	out := egress.Options{Resolve: []egress.Override{
		override(t, "badcert.hostile.test="+other.Addr()),
		override(t, "empty.hostile.test="+listen(t, func(c net.Conn) { readSome(c) })),
		override(t, "mute.hostile.test="+listen(t, func(c net.Conn) { readAll(c) })),
		override(t, "nonsense.hostile.test="+listen(t, func(c net.Conn) {
			readSome(c)
			_, _ = c.Write([]byte("\x00\xff\x16 no answer of any kind\r\n\r\n"))
		})),
		override(t, "door.hostile.test="+door.Listener.Addr().String()),
		override(t, "*="+s.Addr()),
	}}
	o := walkOptions(t, b, s, start)
	o.Workers, o.PageTimeout, o.MaxPages, o.PerTemplate = 2, hostileBudget, 200, -1
	// Its routes lead to itself.
	o.Bounds.Exclude = []*regexp.Regexp{regexp.MustCompile(`/pushstate\.html\?`)}
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
	ctx, end := context.WithCancel(t.Context())
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
