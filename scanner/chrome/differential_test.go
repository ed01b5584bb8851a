package chrome

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/storage"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/setcookie"
	"cookiescan/scanner/setcookie/cookietest"
)

// TestSetCookieLikeTheBrowser sends generated Set-Cookie lines to the real
// browser, each into an empty jar, and compares what it stores with what
// scanner/setcookie says it stores.
func TestSetCookieLikeTheBrowser(t *testing.T) {
	lines := cookietest.Headers(400, 20261122)
	host := cookietest.Host
	b, p, tab := openTab(t, rawServer(t, lines))
	if _, err := tab.Load(t.Context(), "http://"+host+cookietest.Path); err != nil {
		t.Fatal(err)
	}
	for i, line := range lines {
		began := time.Now()
		params := storage.ClearCookiesParams{BrowserContextID: p.id}
		if _, err := call(t.Context(), b.root, storage.ClearCookies, params); err != nil {
			t.Fatal(err)
		}
		u := fmt.Sprintf("http://%s%s?line=%d", host, cookietest.Path, i)
		if _, err := tab.evaluate(t.Context(), fmt.Sprintf("fetch(%q).then(() => 1)", u), true); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		jar, err := p.Jar(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(u)
		if err != nil {
			t.Fatal(err)
		}
		want := setcookie.Evaluate([]byte(line), setcookie.Context{URL: at, Now: began})
		if d := differs(want, jar, time.Since(began)); d != "" {
			t.Errorf("line %q: %s", line, d)
		}
	}
}

// differs compares our verdict with the browser's jar, whose clock is up to took
// behind.
func differs(want setcookie.Result, jar []ledger.JarCookie, took time.Duration) string {
	if !want.Stored {
		if len(jar) != 0 {
			return fmt.Sprintf("we refuse it (%v), the browser stores %+v", want.Reasons, jar[0].Key)
		}
		return ""
	}
	if len(jar) != 1 {
		return "we store it, the browser does not"
	}
	j, c := jar[0], want.Cookie
	ours := fmt.Sprint(c.Domain, c.HostOnly, c.Path, c.Secure, c.HTTPOnly, c.SameSite, c.Session)
	theirs := fmt.Sprint(j.Key.Domain, j.Key.HostOnly, j.Key.Path, j.Secure, j.HTTPOnly, j.SameSite, j.Expires.IsZero())
	if ours != theirs {
		return fmt.Sprintf("we say %s, the browser %s", ours, theirs)
	}
	if d := j.Expires.Sub(c.Expires); !c.Session && (d > took+time.Second || d < -time.Second) {
		return fmt.Sprintf("we say it expires %v, the browser %v", c.Expires, j.Expires)
	}
	if strings.ToValidUTF8(c.Name+"="+c.Value, "") != j.Key.Name+"="+j.Value {
		return fmt.Sprintf("we say %q, the browser %q", c.Name+"="+c.Value, j.Key.Name+"="+j.Value)
	}
	return ""
}

// rawServer answers with the line of the request, octet by octet.
func rawServer(t *testing.T, lines []string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n"
		if i, err := strconv.Atoi(r.URL.Query().Get("line")); err == nil {
			head += "Set-Cookie: " + lines[i] + "\r\n"
		}
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if _, err := conn.Write([]byte(head + "\r\nok")); err != nil {
			t.Log(err)
		}
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().(*net.TCPAddr).String()
}

// openTab opens a tab of a fresh profile whose every host is at addr.
func openTab(t *testing.T, addr string) (*Browser, *Profile, *Tab) {
	t.Helper()
	bin, err := process.Find(t.Context(), process.FindOptions{Engine: process.Shell, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Start(t.Context(), Options{Binary: bin, NoRecorder: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	all, err := egress.ParseOverride("*=" + addr)
	if err != nil {
		t.Fatal(err)
	}
	profile, err := b.Open(t.Context(), ProfileOptions{Egress: egress.Options{Resolve: []egress.Override{all}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := profile.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	tab, err := profile.NewTab(t.Context(), "none/1")
	if err != nil {
		t.Fatal(err)
	}
	return b, profile.(*Profile), tab.(*Tab)
}
