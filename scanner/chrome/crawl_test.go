package chrome_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// fetchFrom gets robots.txt and sitemaps from the fixture server.
func fetchFrom(t testing.TB, s *sitehost.Server) walk.Fetch {
	t.Helper()
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(s.CAPEM()) {
		t.Fatal("the fixture server has no authority")
	}
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, s.Addr())
		},
	}
	return func(ctx context.Context, address string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, err
		}
		return (&http.Client{Transport: transport}).Do(req)
	}
}

// TestCrawl walks over a site whose pages are found in every way that there is,
// with controls that must be pressed and others that must not.
func TestCrawl(t *testing.T) {
	const dir = "../../testdata/sites/crawl"
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			tr := readTruth(t, dir)
			s := sitehosttest.Serve(t, dir)
			o := walkOptions(t, startBrowser(t, engine, s, nil), s, tr.Start)
			o.Interact, o.Fetch = control.Safe, fetchFrom(t, s)
			doc, err := walk.Run(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range tr.diff(doc, string(engine)) {
				t.Error(d)
			}
			validate(t, doc)
			c := doc.Coverage
			if !slices.Equal(c.Forbidden, []string{"https://crawl.test/private/no.html"}) {
				t.Errorf("forbidden: %v", c.Forbidden)
			}
			if len(c.Sitemaps) != 3 || c.Controls.Pressed == 0 {
				t.Errorf("sitemaps %+v, controls %+v", c.Sitemaps, c.Controls)
			}
			for _, r := range s.Requests() {
				if strings.HasPrefix(r.Path, "/submit") || r.Host == "other.test" {
					t.Errorf("asked for %s%s", r.Host, r.Path)
				}
			}
		})
	}
}
