package process

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const runningAnswer = `{"Browser": "HeadlessChrome/156.0.8078.79", "webSocketDebuggerUrl": "ws://elsewhere.test:1/devtools/browser/81b1b42c-ff7c"}`

// devTools is a server that answers as a browser's DevTools do.
func devTools(t *testing.T, status int, answer string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path != "/json/version" {
			t.Errorf("%s is asked for", q.URL.Path)
		}
		if status == http.StatusFound {
			w.Header().Set("Location", "http://127.0.0.1:1/")
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	t.Cleanup(s.Close)
	return s
}

// TestRunning wants the browser's own address at the place that was named,
// whatever host the answer names.
func TestRunning(t *testing.T) {
	s := devTools(t, http.StatusOK, runningAnswer)
	at := s.Listener.Addr().String()
	want := Binary{Running: "ws://" + at + "/devtools/browser/81b1b42c-ff7c", Engine: Shell, Product: "HeadlessChrome", Version: "156.0.8078.79", Major: 156}
	for _, address := range []string{"http://" + at, "http://" + at + "/", "http://" + strings.Replace(at, "127.0.0.1", "localhost", 1), "ws://" + at + "/devtools/browser/81b1b42c-ff7c"} {
		if got, err := Running(t.Context(), address, ""); err != nil || got != want {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	if _, err := Running(t.Context(), "ws://"+at+"/devtools/browser/00000000-0000", ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("another browser's address: %v", err)
	}
	if _, err := Running(t.Context(), "http://"+at, Full); !errors.Is(err, ErrWrongEngine) {
		t.Errorf("the other engine: %v", err)
	}
}

func TestRunningRefusesAddresses(t *testing.T) {
	for address, says := range map[string]string{
		"":                                  "no DevTools address",
		"9222":                              "no DevTools address",
		"127.0.0.1:9222":                    "no DevTools address",
		"localhost:9222":                    "no DevTools address",
		"file:///etc/passwd":                "no DevTools address",
		"http://":                           "no DevTools address",
		"http://a:b@127.0.0.1":              "no DevTools address",
		"https://127.0.0.1:1":               "encrypted",
		"wss://127.0.0.1:1/x":               "encrypted",
		"http://192.0.2.1:9222":             "not on this machine's loopback",
		"http://chrome:9222":                "not on this machine's loopback",
		"http://localhost.test":             "not on this machine's loopback",
		"ws://127.0.0.1:1/devtools/page/5D": "address of a page",
		"ws://127.0.0.1:1":                  "no DevTools address of a browser",
		"ws://127.0.0.1:1/session":          "no DevTools address of a browser",
		"http://127.0.0.1:1/json/list":      "no DevTools address of a browser",
	} {
		_, err := Running(t.Context(), address, "")
		if !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", address, err, says)
			continue
		}
		if hint := hintOf(err); hint == "" {
			t.Errorf("%q: no hint", address)
		}
	}
}

func hintOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Hint()
	}
	return ""
}

// TestRunningRefusesAnswers meets what is no browser, or none that can be used.
func TestRunningRefusesAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
		want   error
	}{
		"no JSON":         {200, "<html>", ErrNotABrowser},
		"a list":          {200, "[]", ErrNotABrowser},
		"status":          {404, runningAnswer, ErrNotABrowser},
		"redirect":        {302, runningAnswer, ErrNotABrowser},
		"no address":      {200, `{"Browser": "Chrome/156.0.1.1"}`, ErrNotABrowser},
		"address of page": {200, `{"Browser": "Chrome/156.0.1.1", "webSocketDebuggerUrl": "ws://x/devtools/page/1"}`, ErrNotABrowser},
		"odd address":     {200, `{"Browser": "Chrome/156.0.1.1", "webSocketDebuggerUrl": "ws://x/devtools/browser/../page/1"}`, ErrNotABrowser},
		"without id":      {200, `{"Browser": "Chrome/156.0.1.1", "webSocketDebuggerUrl": "ws://x/devtools/browser/"}`, ErrNotABrowser},
		"other product":   {200, `{"Browser": "Edg/156.0.1.1", "webSocketDebuggerUrl": "ws://x/devtools/browser/1"}`, ErrNotABrowser},
		"node":            {200, `{"Browser": "node.js/v24.1.0", "webSocketDebuggerUrl": "ws://x/devtools/browser/1"}`, ErrNotABrowser},
		"old":             {200, `{"Browser": "Chrome/119.0.6045.105", "webSocketDebuggerUrl": "ws://x/devtools/browser/1"}`, ErrTooOld},
		"too long":        {200, strings.Repeat(" ", versionAnswer) + runningAnswer, ErrNotABrowser},
	} {
		s := devTools(t, c.status, c.answer)
		if _, err := Running(t.Context(), s.URL, ""); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestRunningUnreachable(t *testing.T) {
	const at = "http://127.0.0.1:1" // a port that nobody is given
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Running(ctx, at, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if _, err := Running(t.Context(), at, ""); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "no browser answers") {
		t.Errorf("nothing listens: %v", err)
	}
}

// FuzzVersionAnswer wants of any answer an error, or an address on the machine
// that was asked.
func FuzzVersionAnswer(f *testing.F) {
	f.Add("HeadlessChrome/156.0.8078.79", "ws://127.0.0.1:9222/devtools/browser/81b1b42c-ff7c")
	f.Add("Chrome/1", "ws://x/devtools/browser/?a#b")
	f.Fuzz(func(t *testing.T, browser, address string) {
		a := versionOf{Browser: browser, WebSocket: address, reached: "127.0.0.1:9222"}
		b, err := a.binary("127.0.0.1:9222")
		if err == nil && (strings.Trim(strings.TrimPrefix(b.Running, "ws://127.0.0.1:9222"+browserPath), idCharacters) != "" || b.Major < MinMajor) {
			t.Errorf("%q, %q: %+v", browser, address, b)
		}
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("%q: %q", browser, err)
		}
	})
}
