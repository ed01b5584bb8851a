package chrome_test

import (
	"context"
	"strings"
	"testing"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestIdentity looks at every request of a site with frames, pop-ups and all
// kinds of workers: each must come from the same ordinary browser, and with
// GPC each must say so.
func TestIdentity(t *testing.T) {
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			s := sitehosttest.Serve(t, "../../testdata/sites/script")
			var id chrome.Identity
			b := startBrowser(t, engine, s, func(o *chrome.Options) {
				id = chrome.OrdinaryChrome(o.Binary.Version, chrome.Languages("de-DE"))
				o.Identity = id
			})
			o := walkOptions(t, b, s, []string{"https://script.test/"})
			o.Open = func(ctx context.Context, _ string) (walk.Profile, error) {
				return b.Open(ctx, chrome.ProfileOptions{Egress: toServer(t, s), ExtraHeaders: map[string]string{"Sec-GPC": "1"}})
			}
			if _, err := walk.Run(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			for _, r := range s.Requests() {
				checkIdentity(t, r, id)
			}
		})
	}
}

func checkIdentity(t *testing.T, r sitehost.Request, id chrome.Identity) {
	t.Helper()
	for name, values := range r.Header {
		if strings.Contains(strings.Join(values, " "), "Headless") {
			t.Errorf("%s: %s gives the headless engine away: %v", r.URL(), name, values)
		}
	}
	if ua := r.Header.Get("User-Agent"); ua != id.UserAgent {
		t.Errorf("%s: user agent %q", r.URL(), ua)
	}
	if al := r.Header.Get("Accept-Language"); al != id.AcceptLanguage() {
		t.Errorf("%s: Accept-Language %q, want %q", r.URL(), al, id.AcceptLanguage())
	}
	if r.Header.Get("Sec-GPC") != "1" && r.Header.Get("Upgrade") == "" {
		t.Errorf("%s: no Sec-GPC", r.URL())
	}
}
