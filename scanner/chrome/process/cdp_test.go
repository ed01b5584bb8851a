//go:build linux

package process

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"testing"
	"time"
)

// client is as much of DevTools as these tests need: one call at a time.
type client struct {
	t  *testing.T
	r  *bufio.Reader
	w  io.Writer
	id int
	// events are those that came meanwhile.
	events []message
}

type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

func newClient(t *testing.T, p *Process) *client {
	t.Helper()
	r, w := p.Pipe()
	if err := p.r.SetReadDeadline(time.Now().Add(limit)); err != nil {
		t.Fatal(err)
	}
	return &client{t: t, r: bufio.NewReader(r), w: w}
}

func (c *client) read() message {
	c.t.Helper()
	text, err := c.r.ReadBytes(0)
	if err != nil {
		c.t.Fatalf("reading from the browser: %v; events so far: %s", err, c.seen())
	}
	var m message
	if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
		c.t.Fatal(err)
	}
	return m
}

func (c *client) seen() []string {
	var names []string
	for _, e := range c.events {
		names = append(names, e.Method+string(e.Params))
	}
	return names
}

// call sends a command and decodes its result. An empty session is the browser.
func (c *client) call(session, method string, params map[string]any, result any) {
	c.t.Helper()
	c.id++
	command := map[string]any{"id": c.id, "method": method, "params": params}
	if session != "" {
		command["sessionId"] = session
	}
	text, err := json.Marshal(command)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(c.w, "%s\x00", text); err != nil {
		c.t.Fatalf("writing to the browser: %v", err)
	}
	for {
		m := c.read()
		if m.ID != c.id {
			c.events = append(c.events, m)
			continue
		}
		if m.Error != nil {
			c.t.Fatalf("%s: %s", method, m.Error)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				c.t.Fatal(err)
			}
		}
		return
	}
}

// open makes a tab in a browser context of its own.
func (c *client) open() (session, browserContext string) {
	c.t.Helper()
	var made struct{ BrowserContextID, TargetID, SessionID string }
	c.call("", "Target.createBrowserContext", nil, &made)
	c.call("", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": made.BrowserContextID}, &made)
	c.call("", "Target.attachToTarget", map[string]any{"targetId": made.TargetID, "flatten": true}, &made)
	return made.SessionID, made.BrowserContextID
}

// load navigates and waits for the load event.
func (c *client) load(session, url string) {
	c.t.Helper()
	c.call(session, "Page.enable", nil, nil)
	c.events = nil
	var reply struct{ ErrorText string }
	c.call(session, "Page.navigate", map[string]any{"url": url}, &reply)
	if reply.ErrorText != "" {
		c.t.Fatalf("loading %s: %s", url, reply.ErrorText)
	}
	for _, e := range c.events {
		if e.Method == "Page.loadEventFired" {
			return
		}
	}
	for {
		m := c.read()
		c.events = append(c.events, m)
		if m.Method == "Page.loadEventFired" {
			return
		}
	}
}
