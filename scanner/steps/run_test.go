package steps

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cookiescan/scanner/consent"
)

// fakePage is a page of a few elements, one below the other.
type fakePage struct {
	url      string
	elements []consent.Node // below the document; a frame's have Frame 1
	framed   string         // the address of frame 1
	at       time.Duration  // page time so far
	appears  time.Duration  // page time at which the elements are there
	slow     time.Duration  // what a look at it takes, in real time
	hit      consent.Hit    // of every click, where it is set
	noFocus  bool
	refuses  bool // fields and lists
	lost     error
	log      []string
}

func (p *fakePage) say(format string, args ...any) {
	p.log = append(p.log, fmt.Sprintf(format, args...))
}

func (p *fakePage) Snapshot(context.Context) (*consent.Snapshot, error) {
	time.Sleep(p.slow) // the clock of a synctest bubble
	s := &consent.Snapshot{Width: 1000, Height: 800, Frames: []consent.Frame{{ID: "top", URL: p.url}}}
	s.Nodes = []consent.Node{{ID: 1, Parent: -1, Tag: consent.TagDocument}}
	if p.framed != "" {
		s.Frames = append(s.Frames, consent.Frame{ID: "framed", URL: p.framed, Root: 2})
		owner := element(50, "iframe", "")
		owner.Style.Laid, owner.Style.Opacity = true, 1
		s.Nodes = append(s.Nodes, owner, consent.Node{ID: 2, Frame: 1, Parent: 1, Tag: consent.TagDocument})
	}
	for _, n := range p.elements {
		if p.at < p.appears {
			break
		}
		if n.Frame == 1 {
			n.Parent = 2
		}
		at := len(s.Nodes)
		n.Style.Laid, n.Style.Opacity = n.Box.W > 0, 1
		text := n.Text
		n.Text = ""
		s.Nodes = append(s.Nodes, n)
		if text != "" {
			s.Nodes = append(s.Nodes, consent.Node{ID: n.ID + 100, Frame: n.Frame, Parent: at, Tag: consent.TagText, Text: text, Box: n.Box, Style: n.Style})
		}
	}
	s.Link()
	return s, p.lost
}

func (p *fakePage) Evaluate(context.Context, string, bool, string) (json.RawMessage, error) {
	return nil, nil
}
func (p *fakePage) Screenshot(context.Context) ([]byte, error)                   { return nil, nil }
func (p *fakePage) At(context.Context, float64, float64) (consent.NodeID, error) { return 0, nil }
func (p *fakePage) ClickStart(ctx context.Context, id consent.NodeID) (consent.Hit, error) {
	return p.Click(ctx, id)
}

func (p *fakePage) Click(_ context.Context, id consent.NodeID) (consent.Hit, error) {
	p.say("click %d", id)
	if p.hit != (consent.Hit{}) {
		return p.hit, nil
	}
	return consent.Hit{Done: true}, nil
}

func (p *fakePage) Wait(_ context.Context, d time.Duration) error {
	p.at += d
	return nil
}

func (p *fakePage) Fill(_ context.Context, id consent.NodeID, value string) (bool, error) {
	p.say("fill %d %s", id, value)
	return !p.refuses, nil
}

func (p *fakePage) Choose(_ context.Context, id consent.NodeID, value string) (bool, error) {
	p.say("choose %d %s", id, value)
	return !p.refuses, nil
}

func (p *fakePage) Focus(_ context.Context, id consent.NodeID) (bool, error) {
	p.say("focus %d", id)
	return !p.noFocus, nil
}

func (p *fakePage) Key(_ context.Context, k KeyCode, up bool) error {
	p.say("key %q up=%t", k.Key, up)
	return nil
}

// element is one of a fake page.
func element(id consent.NodeID, tag, text string, attributes ...string) consent.Node {
	n := consent.Node{ID: id, Tag: tag, Text: text, Attr: map[string]string{}, Box: consent.Box{X: 1, Y: 10 * float64(id), W: 50, H: 9}}
	for i := 0; i+1 < len(attributes); i += 2 {
		n.Attr[attributes[i]] = attributes[i+1]
	}
	return n
}

func onPage(elements ...consent.Node) *fakePage {
	return &fakePage{url: "https://www.example.com/login?token=secret", elements: elements}
}

// do does steps of a file, whose first one opens the page.
func do(t *testing.T, p *fakePage, text string) (*Hand, error) {
	t.Helper()
	s, err := Read("f", []byte("steps:\n  - open: https://www.example.com/login\n"+text))
	if err == nil {
		err = s.Fetch(func(string) string { return "secret" })
	}
	if err != nil {
		t.Fatal(err)
	}
	h := &Hand{Page: p, Hosts: s.Hosts}
	return h, h.Do(t.Context(), s.Steps)
}

func TestHand(t *testing.T) {
	hidden := element(5, "input", "", "type", "checkbox", "id", "stay")
	hidden.Box = consent.Box{}
	on := element(6, "input", "", "type", "checkbox", "id", "on")
	on.Checked = true
	form := []consent.Node{
		element(3, "input", "", "id", "user"), element(4, "button", "Log in"), hidden, on,
		element(7, "label", "Stay", "for", "stay"), element(8, "select", "", "id", "country"),
	}
	inFrame := element(9, "input", "", "id", "card")
	inFrame.Frame = 1
	for _, c := range []struct {
		name, steps string
		page        *fakePage
		log         string // what was done, between bars
		fails       string
	}{
		{"fill", `  - fill: {selector: "#user", env: U}`, onPage(form...), "fill 3 secret", ""},
		{"press", `  - press: {role: button, name: "Log in"}`, onPage(form...), "click 4", ""},
		{"select", `  - select: {selector: "#country", value: DE}`, onPage(form...), "choose 8 DE", ""},
		{"fill a list", `  - fill: {selector: "#country", value: DE}`, onPage(form...), "choose 8 DE", ""},
		{"check by the label", `  - check: {selector: "#stay"}`, onPage(form...), "click 7", ""},
		{"checked already", `  - check: {selector: "#on"}`, onPage(form...), "", ""},
		{"switch off", `  - check: {selector: "#on", on: false}`, onPage(form...), "click 6", ""},
		{"covered", `  - press: {role: button, name: "Log in"}`, &fakePage{url: "https://www.example.com/", elements: form, hit: consent.Hit{Top: 3}}, `click 4|focus 4|key "Enter" up=false|key "Enter" up=true`, ""},
		{"covered checkbox", `  - check: {selector: "#stay"}`, &fakePage{url: "https://www.example.com/", elements: form, hit: consent.Hit{Top: 3}}, `click 7|focus 5|key " " up=false|key " " up=true`, ""},
		{
			"covered for the keyboard too", `  - press: {role: button, name: "Log in"}`,
			&fakePage{url: "https://www.example.com/", elements: form, hit: consent.Hit{Top: 3}, noFocus: true},
			"click 4|focus 4", `step 2 (line 3, press): input#user lies over button "Log in"`,
		},
		{"gone", `  - press: {selector: button}`, &fakePage{url: "https://www.example.com/", elements: form, hit: consent.Hit{Gone: true}}, "click 4", `step 2 (line 3, press): "button" went away before it was pressed`},
		{"missing", `  - press: {selector: "#none"}`, onPage(form...), "", `step 2 (line 3, press): there is no "#none" to be seen on https://www.example.com/login`},
		{"refused", `  - fill: {selector: "#user", env: U}`, &fakePage{url: "https://www.example.com/", elements: form, refuses: true}, "fill 3 secret", `step 2 (line 3, fill): "#user" takes no input`},
		{"no such entry", `  - select: {selector: "#country", env: U}`, &fakePage{url: "https://www.example.com/", elements: form, refuses: true}, "choose 8 secret", `step 2 (line 3, select): "#country" is no list with this entry`},
		{
			"another site", `  - fill: {selector: "#user", env: U}`,
			&fakePage{url: "https://evil.test/login?x=secret", elements: form}, "",
			"step 2 (line 3, fill): the field is on https://evil.test/login, which the file does not name; with hosts: [evil.test] it is given values too",
		},
		{
			"a frame of another site", `  - fill: {selector: "#card", env: U}`,
			&fakePage{url: "https://www.example.com/", framed: "https://pay.test/", elements: []consent.Node{inFrame}}, "",
			"step 2 (line 3, fill): the field is on https://pay.test, which the file does not name; with hosts: [pay.test] it is given values too",
		},
		{"a frame of its own", `  - fill: {selector: "#card", env: U}`, &fakePage{url: "https://www.example.com/", framed: "about:srcdoc", elements: []consent.Node{inFrame}}, "fill 9 secret", ""},
		{"late", `  - press: {selector: button}`, &fakePage{url: "https://www.example.com/", elements: form, appears: 8 * time.Second}, "click 4", ""},
		{"too late", `  - press: {selector: button}`, &fakePage{url: "https://www.example.com/", elements: form, appears: 20 * time.Second}, "", `step 2 (line 3, press): there is no "button" to be seen on https://www.example.com`},
		{"address", `  - wait: {url: "https://www.example.com/*"}`, onPage(), "", ""},
		{"another address", `  - expect: {url: "https://www.example.com/account"}`, onPage(), "", "step 2 (line 3, expect): the page is https://www.example.com/login, not https://www.example.com/account"},
		{"text", `  - wait: {text: "log IN"}`, onPage(form...), "", ""},
		{"no text", `  - wait: {text: Welcome}`, onPage(form...), "", `step 2 (line 3, wait): there is no text "Welcome" to be seen on https://www.example.com/login`},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, err := do(t, c.page, c.steps)
				said := ""
				if err != nil {
					said = err.Error()
				}
				if have := strings.Join(c.page.log, "|"); have != c.log || said != c.fails || strings.Contains(said, "secret") {
					t.Errorf("did %s, want %s\nsaid %s\nwant %s", have, c.log, said, c.fails)
				}
			})
		})
	}
}

// TestSlowMachine: a page has as much of its own time to show what a step is about
// where each look at it takes longer than the patience, and no more of it where a
// look takes none. Real time passes at least as long: servers take that.
func TestSlowMachine(t *testing.T) {
	for _, slow := range []time.Duration{0, 3 * time.Second} {
		for appears, want := range map[time.Duration]bool{time.Second: true, 1200 * time.Millisecond: false} {
			synctest.Test(t, func(t *testing.T) {
				p := onPage(element(3, "button", "Go"))
				p.slow, p.appears = slow, appears
				w, err := consent.ParseWay("button")
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				h := &Hand{Page: p, Patience: time.Second}
				err = h.Do(t.Context(), []Step{{Kind: Expect, Ways: []consent.Way{w}}})
				if took := time.Since(began); (err == nil) != want || took < time.Second {
					t.Errorf("looks of %v, there after %v: %v after %v", slow, appears, err, took)
				}
			})
		}
	}
}

// TestHandRemembers: where the expected step held, which hosts were met, what
// was done.
func TestHandRemembers(t *testing.T) {
	p := onPage(element(3, "button", "Go"))
	h, err := do(t, p, "  - press: {selector: button}\n  - expect: {text: Go}\n")
	if err != nil || h.Probe != p.url || !slices.Equal(h.Seen, []string{"www.example.com"}) || h.At.Number != 3 {
		t.Errorf("%v, probe %q, seen %q, at %v", err, h.Probe, h.Seen, h.At)
	}
	p.hit = consent.Hit{Top: 3}
	if h, err = do(t, p, "  - press: {selector: button}\n"); err != nil || !slices.Equal(h.ByKey, []string{`button "Go" lies over "button"`}) {
		t.Errorf("%v, by key %q", err, h.ByKey)
	}
	p.lost = errors.New("the browser is gone")
	var failed *Failure
	if _, err = do(t, p, "  - press: {selector: button}\n"); !errors.Is(err, p.lost) || errors.As(err, &failed) {
		t.Errorf("%v is no failure of a step", err)
	}
}

func TestCount(t *testing.T) {
	two := []consent.Node{element(3, "a", "One", "href", "/1"), element(4, "a", "Two", "href", "/2")}
	for _, c := range []struct {
		count Count
		want  bool
	}{
		{Count{}, true}, {Count{"==", 2}, true}, {Count{"==", 1}, false}, {Count{">=", 1}, true}, {Count{">=", 3}, false}, {Count{"<=", 2}, true}, {Count{"<=", 1}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, err := consent.ParseWay("a")
			if err != nil {
				t.Fatal(err)
			}
			st := Step{Kind: Expect, Ways: []consent.Way{w}, Count: c.count}
			if err := (&Hand{Page: onPage(two...)}).Do(t.Context(), []Step{st}); (err == nil) != c.want {
				t.Errorf("%v: %v", c.count, err)
			}
		})
	}
}

func TestKeyOf(t *testing.T) {
	for name, want := range map[string]KeyCode{
		"Enter": {"Enter", "Enter", 13, "\r"}, "\r": {"Enter", "Enter", 13, "\r"}, "Space": {Key: " ", Text: " "}, "ä": {Key: "ä", Text: "ä"},
		"F13": {}, "": {}, "\x00": {}, "\xff": {}, "ab": {},
	} {
		if k, ok := KeyOf(name); k != want || ok != (want != KeyCode{}) {
			t.Errorf("%q: %v", name, k)
		}
	}
}
