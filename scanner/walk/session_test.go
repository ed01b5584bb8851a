package walk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

// member is a site behind a log-in: pages send those who are not logged in to
// /login, and /login sends on whom the steps have logged in.
type member struct {
	in    bool
	opens int // log-ins that succeed, all of them if negative
}

func (m *member) turns(path string) string {
	if path == "/login" && m.in {
		return "/account"
	}
	if !m.in {
		return "/login"
	}
	return path
}

// logIn is a script that logs in by one key; what it expects is an address.
func logIn(t *testing.T, expect string) *steps.Script {
	t.Helper()
	text := `{"steps": [{"type": "navigate", "url": "https://x.test/login"}, {"type": "keyDown", "key": "Enter"}]}`
	s, err := steps.Read("login.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if expect != "" {
		s.Steps = append(s.Steps, steps.Step{Number: 3, Line: 1, Kind: steps.Expect, URL: "https://x.test" + expect})
	}
	return s
}

// memberSite has a page that ends the session as often as it is asked to.
func memberSite(m *member, ends int) *fakeBrowser {
	return &fakeBrowser{turns: m.turns, pages: map[string]fakePage{
		"/": {links: []string{"/a", "/b"}},
		"/login": {at: func(station string) {
			if station == "key Enter" && m.opens != 0 {
				m.in, m.opens = true, m.opens-1
			}
		}},
		"/a": {at: func(station string) {
			if station == "load" && ends > 0 {
				m.in, ends = false, ends-1
			}
		}},
		"/b": {},
	}}
}

// visits writes the pages of a pass as "source path -> final path".
func visits(p scanner.Pass) []string {
	var out []string
	for _, page := range p.Pages {
		path := func(address string) string { return strings.TrimPrefix(address, "https://x.test") }
		out = append(out, fmt.Sprintf("%s %s -> %s", page.Source, path(page.URL), path(page.FinalURL)))
	}
	return out
}

func notesOf(doc *scanner.Scan) []string {
	var out []string
	for _, n := range doc.Notes {
		out = append(out, n.Code+" "+strings.TrimPrefix(n.Page, "https://x.test"))
	}
	return out
}

func withSteps(b *fakeBrowser, script *steps.Script) walk.Options {
	o := options(b)
	o.Workers, o.Steps = 1, script
	return o
}

// TestSession: the steps come after the first page, which is then looked at
// once more. A session that ends is begun again, once, and what was turned away
// is seen again.
func TestSession(t *testing.T) {
	signed := []string{"start / -> /login", "steps /login -> /account", "again / -> /"}
	members := []string{"link /a -> /a", "link /b -> /b", "control /account -> /account"}
	turned := []string{"link /a -> /login", "link /b -> /login", "control /account -> /login"}
	probe := []string{"steps /account -> /account"}
	lost := []string{"steps /account -> /login"}
	anew := []string{"steps /login -> /account"}
	again := []string{"again /a -> /a", "again /b -> /b", "again /account -> /account"}
	endedAgain := []string{"again /a -> /login", "again /b -> /login", "again /account -> /login"}
	for _, c := range []struct {
		name   string
		ends   int
		expect string
		pages  [][]string
		notes  []string
		rows   []string
	}{
		{"lasts", 0, "/account", [][]string{signed, members, probe}, nil, nil},
		{"ends once", 1, "/account", [][]string{signed, turned, lost, anew, again, probe}, []string{"session-renewed /a"}, nil},
		{"ends once, without a probe", 1, "", [][]string{signed, turned, anew, again}, []string{"session-renewed /a"}, nil},
		{"ends again", 2, "/account", [][]string{signed, turned, lost, anew, endedAgain, lost}, []string{"session-renewed /a"}, []string{
			"session-lost none /a: the session that the steps began was lost twice; this page and those after it may have been seen logged out",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := memberSite(&member{opens: -1}, c.ends)
				doc := run(t.Context(), t, withSteps(b, logIn(t, c.expect)))
				var pages []string
				for _, p := range c.pages {
					pages = append(pages, p...)
				}
				want(t, "pages", visits(doc.Passes[0]), pages...)
				want(t, "notes", notesOf(doc), c.notes...)
				want(t, "incomplete", rows(doc), c.rows...)
				if doc.Coverage.PagesVisited != 4 {
					t.Errorf("%d pages were visited", doc.Coverage.PagesVisited)
				}
			})
		})
	}
}

// TestStepsFail: a pass whose steps fail ends there, and nobody tries once more:
// accounts are locked after a few attempts.
func TestStepsFail(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*fakeBrowser)
		row    string
	}{
		{"wrong password", func(*fakeBrowser) {}, "step 3 (line 1, expect): the page is https://x.test/login, not https://x.test/account"},
		{"no such page", func(b *fakeBrowser) {
			b.answer = func(path string) (int, string) { return 200 + 204*strings.Count(path, "login"), "" }
		}, "step 1 (line 1, open): the server answered with status 404 (not found) in place of the page"},
		{"crash", func(b *fakeBrowser) {
			b.pages["/login"] = fakePage{errs: map[string]error{"key Enter": walk.ErrCrashed}}
		}, "step 2 (line 1, key): the page crashed"},
		{"hangs", func(b *fakeBrowser) { b.pages["/login"] = fakePage{hangs: "load"} }, "step 1 (line 1, open): the page used up its time"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := memberSite(&member{}, 0)
				c.change(b)
				o := withSteps(b, logIn(t, "/account"))
				o.Phases = []string{"none", "gpc"}
				began := time.Now()
				doc := run(t.Context(), t, o)
				want(t, "incomplete", rows(doc), "steps-failed none /login: "+c.row, "pass-not-done gpc : the steps failed in a pass before")
				want(t, "pages", visits(doc.Passes[0])[:1], "start / -> /login")
				want(t, "log-ins", b.calls("load /login"), "load /login")
				if took := time.Since(began); took > time.Minute {
					t.Errorf("it took %v", took)
				}
			})
		})
	}
}

// TestStepsLost: with the browser the pass is lost, but nobody failed to log in.
func TestStepsLost(t *testing.T) {
	b := memberSite(&member{opens: -1}, 0)
	login := b.pages["/login"]
	inner, times := login.at, 0
	login.at = func(station string) {
		if inner(station); station == "key Enter" && times == 0 {
			times++
			b.mu.Lock()
			defer b.mu.Unlock()
			b.lost = walk.ErrLost
		}
	}
	login.errs = map[string]error{}
	b.pages["/login"] = login
	o := withSteps(b, logIn(t, "/account"))
	o.Phases = []string{"none", "gpc"}
	doc := run(t.Context(), t, o)
	want(t, "incomplete", rows(doc), "browser-lost none /login: the browser is gone")
	want(t, "pages of the next pass", pages(doc.Passes[1]), "/", "/login", "/", "/a", "/b", "/account", "/account")
}

// TestLogOutLinks are not followed by a visitor who has logged in.
func TestLogOutLinks(t *testing.T) {
	b := memberSite(&member{opens: -1}, 0)
	b.pages["/"] = fakePage{links: []string{"/a", "/x"}, contents: walk.Contents{Links: []string{"https://x.test/bye"}, Names: []string{"Abmelden", "A", "X"}}}
	b.pages["/a"] = fakePage{links: []string{"/user/logout", "/b"}}
	doc := run(t.Context(), t, withSteps(b, logIn(t, "/account")))
	want(t, "pages", pages(doc.Passes[0]), "/", "/login", "/", "/a", "/x", "/account", "/b", "/account")
	want(t, "notes", notesOf(doc), "logout-not-followed /", "logout-not-followed /a")
}

// TestLogout: a page tells how the steps logged out there, and what answers of
// the site, not those of others, named in Clear-Site-Data.
func TestLogout(t *testing.T) {
	clears := func(page, address, header string) ledger.Observation {
		return ledger.Response{At: ledger.At{Page: page}, Setter: ledger.Setter{URL: address}, ClearSiteData: header}
	}
	button, err := consent.ParseWay("button")
	if err != nil {
		t.Fatal(err)
	}
	press := func(target string) steps.Step {
		return steps.Step{Kind: steps.Press, Ways: []consent.Way{button}, Target: target}
	}
	script := func(list ...steps.Step) *steps.Script { return &steps.Script{Steps: list} }
	open := func(path string) steps.Step { return steps.Step{Kind: steps.Open, URL: "https://x.test" + path} }
	for _, c := range []struct {
		name   string
		script *steps.Script
		seen   []ledger.Observation
		logout string
		clears []string
	}{
		{"log-in", script(open("/login")), nil, "", nil},
		{"address", script(open("/account/logout")), nil, "https://x.test/account/logout", nil},
		{"press", script(open("/account"), press(`button "Log out"`)), nil, `button "Log out"`, nil},
		{"press by selector", script(open("/account"), press(`"#nav .logout"`)), nil, `"#nav .logout"`, nil},
		{"press of something else", script(open("/account"), press(`button "Orders"`)), nil, "", nil},
		{"press that fails", script(open("/account"), steps.Step{Kind: steps.Press, Target: `button "Log out"`}), nil, "", nil},
		{"cleared", script(open("/logout")), []ledger.Observation{
			clears("none/2", "https://auth.x.test/end", `"storage", "cookies", "cookies"`), clears("none/2", "https://x.test/", `"cache", "other", storage`),
		}, "https://x.test/logout", []string{"cache", "cookies", "storage"}},
		{"cleared elsewhere", script(open("/logout")), []ledger.Observation{
			clears("none/2", "https://other.test/", `"*"`), clears("none/1", "https://x.test/", `"*"`),
		}, "https://x.test/logout", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				address := c.script.Steps[0].URL
				b := &fakeBrowser{pages: map[string]fakePage{"/": {}, strings.TrimPrefix(address, "https://x.test"): {seen: walk.Seen{Observations: c.seen}}}}
				doc := run(t.Context(), t, withSteps(b, c.script))
				p := doc.Passes[0].Pages[1]
				if p.URL != address || p.Source != "steps" || p.Logout != c.logout || !slices.Equal(p.ClearSiteData, c.clears) {
					t.Errorf("%+v", p)
				}
			})
		})
	}
}
