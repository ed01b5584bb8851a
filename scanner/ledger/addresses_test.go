package ledger

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

// TestAddresses: the document keeps the addresses of pages as they were asked
// for, and of all others the names of parameters only.
func TestAddresses(t *testing.T) {
	for _, tc := range []struct {
		name, address, want string
	}{
		{"a script", "https://cdn.test/a.js", "https://cdn.test/a.js"},
		{"its parameters", "https://cdn.test/a.js?id=GTM-1&empty=&flag", "https://cdn.test/a.js?id=...&empty=&..."},
		{"a path parameter", "https://cdn.test/a;jsessionid=4711/b.js", "https://cdn.test/a;jsessionid=digest:#/b.js"},
		{"user and fragment", "https://ana:pw@cdn.test/a.js#part", "https://cdn.test/a.js"},
		{"a value of a cookie in the path", "https://cdn.test/a1b2c3d4e5f6g7/a.js", "https://cdn.test/digest:#/a.js"},
		{"a page", "https://x.test/list?page=2", "https://x.test/list?page=2"},
		{"where a page ended", "https://x.test/in?page=2&code=a8f3e0d1c2b7#token=a8f3e0d1c2b7", "https://x.test/in?page=2&code=..."},
		{"no address", "anonymous", "anonymous"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := New(Options{Site: "x.test", Digest: func(string) string { return "#" }})
			l.Begin("none", nil)
			at := At{Page: "none/1"}
			page := scanner.Page{URL: "https://x.test/list?page=2", FinalURL: "https://x.test/in?page=2&code=a8f3e0d1c2b7#token=a8f3e0d1c2b7", Title: "Hello a1b2c3d4e5f6g7"}
			l.Add([]Observation{
				ScriptCookie{At: at, Setter: Setter{URL: tc.address, Initiators: []string{tc.address}}, Via: scanner.ViaDocumentCookie, DocumentURL: "https://x.test/", Raw: "id=a1b2c3d4e5f6g7", ReadBack: true, Count: 1},
				StorageChange{At: at, Setter: Setter{URL: tc.address}, Kind: scanner.LocalStorage, Area: Area{StorageKey: "https://x.test/"}, Key: "k", Action: scanner.Set},
				Request{At: at, URL: "https://y.test/", Initiators: []string{tc.address}},
				Jar{At: at, Cookies: []JarCookie{{Key: Key{Name: "id", Domain: "x.test", HostOnly: true, Path: "/"}, Value: "a1b2c3d4e5f6g7"}}},
			}, &page)
			l.End()
			w := l.Cookies()[0].Writes[0]
			for what, got := range map[string]string{
				"cookie": w.URL, "initiator": w.Initiators[0], "storage": l.Storage()[0].Writes[0].URL, "tracker": l.Trackers()[0].Initiators[0],
			} {
				if got != tc.want {
					t.Errorf("%s: %q, want %q", what, got, tc.want)
				}
			}
			if page.Title != "Hello digest:#" || strings.Contains(page.FinalURL, "a8f3e0d1c2b7") {
				t.Errorf("page: %+v", page)
			}
		})
	}
}

// TestAddressesKept: whoever wants values gets addresses as they were.
func TestAddressesKept(t *testing.T) {
	const address = "https://cdn.test/a.js?id=GTM-1#part"
	l := New(Options{Site: "x.test", KeepValues: true})
	l.Begin("none", []JarCookie{{Key: Key{Name: "given", Domain: "x.test", Path: "/"}, Value: "mine"}})
	l.Add([]Observation{Request{URL: "https://y.test/", Initiators: []string{address}}})
	l.End()
	if got := l.Trackers()[0].Initiators[0]; got != address {
		t.Errorf("%q, want %q", got, address)
	}
	if c := l.Cookies(); len(c) != 1 || c[0].Value != "" {
		t.Errorf("what the user gave is kept: %+v", c)
	}
}
