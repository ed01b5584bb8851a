package process

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Bounds of the question for the version of a browser that runs already.
const (
	runningLimit  = 10 * time.Second
	versionAnswer = 64 << 10 // octets
)

// browserPath begins the path of a browser's own DevTools address; its pages
// have others.
const browserPath = "/devtools/browser/"

const addressExample = "write it as http://127.0.0.1:9222, with the port that --remote-debugging-port gave the browser"

// Running asks a browser that runs already for its version. The address is that
// of its DevTools, http://HOST:PORT or ws://HOST:PORT/devtools/browser/ID, with
// a loopback HOST; an empty engine takes either. Errors are *Error: ErrAddress,
// ErrNotFound, ErrNotABrowser, ErrTooOld, ErrWrongEngine.
func Running(ctx context.Context, address string, engine Engine) (Binary, error) {
	u, err := parseRunning(address)
	if err != nil {
		return Binary{}, err
	}
	a, err := askVersion(ctx, u)
	if err != nil {
		return Binary{}, err
	}
	b, err := a.binary(u.Host)
	if err != nil {
		return Binary{}, err
	}
	if engine != "" && b.Engine != engine {
		return Binary{}, fail(ErrWrongEngine, "leave out --engine", "the browser at %s has the %s engine, not the %s engine", u.Host, b.Engine, engine)
	}
	if u.Scheme == "ws" && "ws://"+a.reached+u.Path != b.Running {
		return Binary{}, fail(ErrNotFound, "give it as http://"+u.Host+", which stays the same", "the browser at %s is another one than the address names: it was started anew", u.Host)
	}
	return b, nil
}

// parseRunning checks an address that a person wrote.
func parseRunning(address string) (*url.URL, error) {
	shown := printable(address, 120)
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "ws", "https", "wss"}, u.Scheme) || u.Hostname() == "" || u.User != nil {
		return nil, fail(ErrAddress, addressExample, "%q is no DevTools address", shown)
	}
	if u.Scheme == "https" || u.Scheme == "wss" {
		return nil, fail(ErrAddress, addressExample, "%s is an encrypted address, which DevTools of a browser on this machine do not have", shown)
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fail(ErrAddress, "start one on this machine, with --remote-debugging-port=9222; one in a container must share this machine's network, such as with docker run --network host",
			"%s is not on this machine's loopback, as 127.0.0.1 and localhost are: a browser elsewhere could not reach the way out that cookiescan opens there for each pass", printable(u.Hostname(), 80))
	}
	switch plain := u.Path == "" || u.Path == "/"; {
	case strings.HasPrefix(u.Path, "/devtools/page/"):
		return nil, fail(ErrAddress, "give it as http://"+u.Host, "%s is the address of a page, not of its browser", shown)
	case u.Scheme == "http" && !plain, u.Scheme == "ws" && !strings.HasPrefix(u.Path, browserPath):
		return nil, fail(ErrAddress, addressExample, "%s is no DevTools address of a browser", shown)
	}
	return u, nil
}

// versionOf is the answer of a browser's /json/version.
type versionOf struct {
	Browser   string `json:"Browser"`              // HeadlessChrome/156.0.8078.79
	WebSocket string `json:"webSocketDebuggerUrl"` // made of the Host header that was sent
	reached   string // address and port that answered
}

// askVersion never leaves the loopback, whatever localhost resolves to.
func askVersion(ctx context.Context, u *url.URL) (*versionOf, error) {
	ctx, cancel := context.WithTimeout(ctx, runningLimit)
	defer cancel()
	var a versionOf
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		if at, ok := c.RemoteAddr().(*net.TCPAddr); !ok || !at.IP.IsLoopback() {
			return nil, errors.Join(errors.New("it is not on this machine's loopback"), c.Close())
		}
		a.reached = c.RemoteAddr().String()
		return c, nil
	}
	client := http.Client{
		Transport:     &http.Transport{DialContext: dial, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+u.Host+"/json/version", http.NoBody)
	if err != nil {
		return nil, fail(ErrAddress, addressExample, "%q is no DevTools address", printable(u.Host, 80))
	}
	answer, err := client.Do(q)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return nil, err
		}
		return nil, unreachable(u.Host, err)
	}
	defer answer.Body.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(answer.Body, versionAnswer))
	if err != nil {
		return nil, unreachable(u.Host, err)
	}
	if answer.StatusCode != http.StatusOK || json.Unmarshal(text, &a) != nil {
		return nil, notDevTools(u.Host)
	}
	return &a, nil
}

func unreachable(host string, cause error) error {
	e := fail(ErrNotFound, "start one with the line that `cookiescan doctor --switches` prints", "no browser answers at %s: nothing listens there, or nothing that speaks HTTP", host)
	var timeout net.Error
	if errors.As(cause, &timeout) && timeout.Timeout() {
		e.Message = "what listens at " + host + " does not answer in time"
	}
	e.Cause = cause
	return e
}

func notDevTools(host string) error {
	return fail(ErrNotABrowser, addressExample, "what answers at %s is not DevTools of a Chromium", host)
}

// binary is the browser that answered.
func (a *versionOf) binary(host string) (Binary, error) {
	u, err := url.Parse(a.WebSocket)
	if err != nil || !strings.HasPrefix(u.Path, browserPath) || strings.Trim(u.Path[len(browserPath):], idCharacters) != "" || u.Path == browserPath {
		return Binary{}, notDevTools(host)
	}
	product, version, major, ok := parseVersion(a.Browser)
	engine, known := engineOfProduct(a.Browser)
	switch {
	case !ok || !known:
		return Binary{}, fail(ErrNotABrowser, "use a Chromium, a Chrome or a headless shell", "the browser at %s is not Chromium or Chrome: it says %q", host, printable(a.Browser, 80))
	case major < MinMajor:
		return Binary{}, fail(ErrTooOld, "update it", "the browser at %s is %s %s, but version %d or newer is needed", host, product, version, MinMajor)
	}
	return Binary{Running: "ws://" + a.reached + u.Path, Engine: engine, Product: product, Version: version, Major: major}, nil
}

// idCharacters are those of a browser's id, a UUID.
const idCharacters = "0123456789abcdefABCDEF-"
