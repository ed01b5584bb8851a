//go:build linux

package process

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
)

func engines() []Engine { return []Engine{Shell, Full} }

func TestStartAndClose(t *testing.T) {
	for _, e := range engines() {
		t.Run(string(e), func(t *testing.T) {
			temp := tempDir(t)
			b := find(t, e)
			p := start(t, Options{Binary: b, TempDir: temp})
			if p.Binary().Engine != e || !strings.Contains(p.Hello().Product, b.Version) {
				t.Errorf("binary %+v says of itself %+v", p.Binary(), p.Hello())
			}
			info, err := os.Stat(filepath.Dir(p.ProfileDir()))
			if err != nil || info.Mode().Perm() != 0o700 || !strings.HasPrefix(info.Name(), "cookiescan-") {
				t.Errorf("folder %v, %v", info, err)
			}
			all := browsersIn(temp)
			outside := alive(func(pid, _, pgrp int, _, _ string) bool { return slices.Contains(all, pid) && pgrp != p.PID() })
			if !slices.Contains(all, p.PID()) {
				t.Errorf("processes %v do not hold the browser %d", describe(all), p.PID())
			}
			// The full browser's crash handlers leave the group.
			if e == Shell && len(outside) > 0 {
				t.Errorf("outside the group: %v", describe(outside))
			}
			if err := p.Close(t.Context()); err != nil {
				t.Error(err)
			}
			select {
			case <-p.Exited():
			default:
				t.Error("Exited is open after Close")
			}
			if err := p.Err(); err != nil {
				t.Errorf("Err after Close = %v", err)
			}
		})
	}
}

// TestEngineIsWhatTheBrowserSays is the case of a renamed binary.
func TestEngineIsWhatTheBrowserSays(t *testing.T) {
	b := find(t, Shell)
	b.Engine = Full
	if got := start(t, Options{Binary: b}).Binary().Engine; got != Shell {
		t.Errorf("engine = %s, want shell", got)
	}
}

func TestCrashIsReported(t *testing.T) {
	for _, e := range engines() {
		t.Run(string(e), func(t *testing.T) {
			p := start(t, Options{Binary: find(t, e)})
			_, w := p.Pipe()
			fmt.Fprint(w, `{"id":1,"method":"Browser.crash"}`+"\x00")
			select {
			case <-p.Exited():
			case <-testContext(t).Done():
				t.Fatal("Exited was not closed")
			}
			if err := p.Err(); !errors.Is(err, ErrExited) || !strings.Contains(err.Error(), "crashed") {
				t.Errorf("Err = %v", err)
			}
		})
	}
}

// TestSandboxForRoot: root is told why, anybody else gets the sandbox.
func TestSandboxForRoot(t *testing.T) {
	temp, off := tempDir(t), false
	p, err := Start(testContext(t), Options{Binary: find(t, Shell), TempDir: temp, NoSandbox: &off})
	if os.Geteuid() != 0 {
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Close(t.Context()); err != nil {
			t.Error(err)
		}
	} else if !errors.Is(err, ErrExited) || !strings.Contains(err.Error(), "root cannot have the sandbox") {
		t.Errorf("Start: %v", err)
	}
	assertNothingLeft(t, temp)
}

func TestTenAtOnce(t *testing.T) {
	temp, b := tempDir(t), find(t, Shell)
	ctx := testContext(t)
	var g errgroup.Group
	for range 10 {
		g.Go(func() error {
			p, err := Start(ctx, Options{Binary: b, TempDir: temp})
			if err != nil {
				return err
			}
			return p.Close(ctx)
		})
	}
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
	assertNothingLeft(t, temp)
}

func TestLongTemporaryFolder(t *testing.T) {
	for _, e := range engines() {
		t.Run(string(e), func(t *testing.T) {
			temp := filepath.Join(t.TempDir(), strings.Repeat("long'name $(x) ", 8))
			if err := os.Mkdir(temp, 0o700); err != nil {
				t.Fatal(err)
			}
			start(t, Options{Binary: find(t, e), TempDir: temp})
		})
	}
}

// thirdParty serves a page at http://site.test whose image and frame come from
// http://localhost, another site, and want to store cookies. It gives the
// switch that makes site.test reachable.
func thirdParty(t *testing.T) (flag, page string) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<img src="http://localhost%s/cookie"><iframe src="http://localhost%s/frame"></iframe>`, port, port)
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Set-Cookie", "third=1; SameSite=None; Secure")
	})
	mux.HandleFunc("/frame", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "frame")
	})
	return "--host-resolver-rules=MAP site.test 127.0.0.1", "http://site.test" + port + "/"
}

func cookieNames(c *client, browserContext string) []string {
	var jar struct{ Cookies []struct{ Name string } }
	c.call("", "Storage.getCookies", map[string]any{"browserContextId": browserContext}, &jar)
	var names []string
	for _, cookie := range jar.Cookies {
		names = append(names, cookie.Name)
	}
	return names
}

// TestThirdPartyCookiesAndFrames: in both engines third-party cookies land in
// the jar and a frame of another site is in the page's own process.
func TestThirdPartyCookiesAndFrames(t *testing.T) {
	for _, e := range engines() {
		t.Run(string(e), func(t *testing.T) {
			flag, page := thirdParty(t)
			c := newClient(t, start(t, Options{Binary: find(t, e), Flags: []string{flag}}))
			session, browserContext := c.open()
			c.call(session, "Target.setAutoAttach", map[string]any{"autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true}, nil)
			c.load(session, page)
			for _, event := range c.events {
				if event.Method == "Target.attachedToTarget" {
					t.Errorf("a target of its own: %s", event.Params)
				}
			}
			if got := cookieNames(c, browserContext); !slices.Contains(got, "third") {
				t.Errorf("jar = %v, want the third-party cookie", got)
			}
			var value struct{ Result struct{ Value bool } }
			c.call(session, "Runtime.evaluate", map[string]any{"expression": "navigator.webdriver"}, &value)
			if value.Result.Value {
				t.Error("navigator.webdriver is true")
			}
		})
	}
}

// TestPreferencesReachTheBrowser shows that the preference is what lets the full
// browser store third-party cookies, and that Options.Preferences win.
func TestPreferencesReachTheBrowser(t *testing.T) {
	flag, page := thirdParty(t)
	block := map[string]any{"profile": map[string]any{"cookie_controls_mode": 1, "block_third_party_cookies": true}}
	c := newClient(t, start(t, Options{Binary: find(t, Full), Flags: []string{flag}, Preferences: block}))
	session, browserContext := c.open()
	c.load(session, page)
	if got := cookieNames(c, browserContext); slices.Contains(got, "third") {
		t.Errorf("jar = %v although third-party cookies were blocked", got)
	}
}

func BenchmarkStart(b *testing.B) {
	for _, e := range engines() {
		b.Run(string(e), func(b *testing.B) {
			binary, temp := find(b, e), tempDir(b)
			for b.Loop() {
				p, err := Start(b.Context(), Options{Binary: binary, TempDir: temp})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if err := p.Close(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

func BenchmarkStartAndClose(b *testing.B) {
	for _, e := range engines() {
		b.Run(string(e), func(b *testing.B) {
			binary, temp := find(b, e), tempDir(b)
			for b.Loop() {
				p, err := Start(b.Context(), Options{Binary: binary, TempDir: temp})
				if err != nil {
					b.Fatal(err)
				}
				if err := p.Close(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
