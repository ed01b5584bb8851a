package chrome_test

import (
	"strings"
	"testing"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
)

// TestEverySourceIsNeeded switches each capture source off: what only it sees
// must then be missing from the document. A source that nothing needs would be
// dead weight, and a truth that passes without it would prove nothing.
func TestEverySourceIsNeeded(t *testing.T) {
	cases := []struct {
		name   string
		site   string
		change func(*chrome.Options)
		miss   string // part of a difference that must appear
	}{
		// The browser's log alone would stand in for the headers.
		{"headers", "http", func(o *chrome.Options) { o.Sources.NoHeaders, o.Sources.NoNetLog = true, true }, "- write http"},
		{"hook", "script", func(o *chrome.Options) { o.Sources.NoHook = true }, "- write document.cookie"},
		{"sent", "storage", func(o *chrome.Options) { o.Sources.NoSent = true }, "- sentTo"},
		{"jar", "http", func(o *chrome.Options) { o.Sources.NoJar = true }, "present: want true"},
		{"log", "script", func(o *chrome.Options) { o.Sources.NoNetLog = true }, "ws_first"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, tr := scanSite(t, c.site, process.Shell, c.change)
			found := false
			for _, d := range tr.diff(doc, string(process.Shell)) {
				found = found || strings.Contains(d, c.miss)
			}
			if !found {
				t.Errorf("without %s nothing of the kind %q is missing", c.name, c.miss)
			}
		})
	}
}

// TestAlteredTruthFails alters one row of each kind: the comparison must notice.
func TestAlteredTruthFails(t *testing.T) {
	doc, tr := scanSite(t, "storage", process.Shell, nil)
	same := len(tr.diff(doc, "shell"))
	alter := map[string]func(*truth){
		"cookie lifetime":  func(x *truth) { s := int64(12345); x.Cookies[0].Session = false; x.Cookies[0].StoredSeconds = &s },
		"cookie name":      func(x *truth) { x.Cookies[0].Name += "_" },
		"setter":           func(x *truth) { x.Cookies[0].Writes[0].URL += "?" },
		"trigger":          func(x *truth) { x.Cookies[0].Writes[0].Trigger = "scroll" },
		"missing cookie":   func(x *truth) { x.Cookies = x.Cookies[1:] },
		"storage key":      func(x *truth) { x.Storage[0].Key += "_" },
		"storage presence": func(x *truth) { x.Storage[0].Present = !x.Storage[0].Present },
		"tracker":          func(x *truth) { x.Trackers[0].URL += "x" },
		"host":             func(x *truth) { x.Hosts = append(x.Hosts, "more.test") },
		"page":             func(x *truth) { x.Pages = x.Pages[1:] },
	}
	for name, change := range alter {
		altered := readTruth(t, "../../testdata/sites/storage")
		change(&altered)
		if len(altered.diff(doc, "shell")) <= same {
			t.Errorf("altering %s goes unnoticed", name)
		}
	}
}
