package sitehost

import (
	"net/http"
	"testing"

	"github.com/coder/websocket"
)

func TestWebsocket(t *testing.T) {
	s := yamlSite(t, `
routes:
- path: /echo
  headers: ["Set-Cookie: a=1", "X-Host: {{host}}"]
  websocket: {headers: ["Set-Cookie: b={{host}}"], send: [hello, again], echo: true}
- {path: /bye, websocket: {send: [x], close: true}}
- {path: /quiet, websocket: {}}
- {path: /auth, basicAuth: {user: u, password: p}, websocket: {}}
`)
	for _, base := range []string{"wss://ws.test", "ws://ws.test"} {
		c, resp, err := websocket.Dial(t.Context(), base+"/echo", &websocket.DialOptions{
			HTTPClient: client(t, s, false), Subprotocols: []string{"v2", "v1"},
			HTTPHeader: http.Header{"Origin": {"https://elsewhere.test"}},
		})
		if err != nil {
			t.Fatalf("%s: %v", base, err)
		}
		equal(t, "cookies", len(resp.Header["Set-Cookie"]), 2)
		equal(t, "cookie of the 101", resp.Header["Set-Cookie"][1], "b=ws.test")
		equal(t, "route's header", resp.Header.Get("X-Host"), "ws.test")
		equal(t, "subprotocol", c.Subprotocol(), "v2")
		if err := c.Write(t.Context(), websocket.MessageText, []byte("ping")); err != nil {
			t.Fatalf("writing: %v", err)
		}
		for _, want := range []string{"hello", "again", "ping"} {
			_, data, err := c.Read(t.Context())
			if err != nil {
				t.Fatalf("reading: %v", err)
			}
			equal(t, "message", string(data), want)
		}
		if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
			t.Errorf("closing: %v", err)
		}
	}

	c, _, err := websocket.Dial(t.Context(), "wss://ws.test/bye", &websocket.DialOptions{HTTPClient: client(t, s, false)})
	if err != nil {
		t.Fatalf("bye: %v", err)
	}
	if _, data, err := c.Read(t.Context()); err != nil || string(data) != "x" {
		t.Errorf("bye: got %q, %v", data, err)
	}
	_, _, err = c.Read(t.Context())
	equal(t, "close code", websocket.CloseStatus(err), websocket.StatusNormalClosure)

	// Left open: Close of the server has to end it.
	c, _, err = websocket.Dial(t.Context(), "wss://ws.test/quiet", &websocket.DialOptions{HTTPClient: client(t, s, false)})
	if err != nil {
		t.Fatalf("quiet: %v", err)
	}
	defer func() { _ = c.CloseNow() }()

	equal(t, "no upgrade", get(t, s, "https://ws.test/echo").status, 426)
	equal(t, "no upgrade sets nothing", get(t, s, "https://ws.test/echo").header.Get("Set-Cookie"), "")
	equal(t, "auth", get(t, s, "https://ws.test/auth").status, 401)
	s.Close()
}
