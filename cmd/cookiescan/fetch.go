package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner/walk"
)

const (
	maxRedirects = 5 // RFC 9309 section 2.3.1.2
	fetchTime    = 15 * time.Second
)

// fetcher gets robots.txt, sitemaps and gpc.json by the way that pages take,
// with the user's headers for the target's own origins only.
func (o *scanOptions) fetcher(dial dialer, userAgent string, t target, keys []string) (walk.Fetch, error) {
	trust := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: o.network.insecure} //nolint:gosec // only when the user asked for it, and every report says so
	if o.network.caCert != "" {
		roots, err := authorities(o.network.caCert)
		if err != nil {
			return nil, err
		}
		trust.RootCAs = roots
	}
	if o.network.trustSPKI != "" {
		trust.InsecureSkipVerify = true
		trust.VerifyConnection = onlyKeys(keys)
	}
	client := &http.Client{
		Transport: &ownHeaders{
			next:    &http.Transport{DialContext: dial, TLSClientConfig: trust, ForceAttemptHTTP2: true, DisableKeepAlives: true, ResponseHeaderTimeout: fetchTime},
			options: o, origins: t.origins(), userAgent: userAgent,
		},
		CheckRedirect: func(_ *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
	return func(ctx context.Context, address string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return nil, fmt.Errorf("fetching %s: %w", address, err)
		}
		return client.Do(req)
	}, nil
}

// onlyKeys trusts servers by the hash of their key, as the browser is told to.
func onlyKeys(keys []string) func(tls.ConnectionState) error {
	return func(s tls.ConnectionState) error {
		sum := sha256.Sum256(s.PeerCertificates[0].RawSubjectPublicKeyInfo)
		if slices.Contains(keys, base64.StdEncoding.EncodeToString(sum[:])) {
			return nil
		}
		return errors.New("the key is not a trusted one")
	}
}

// ownHeaders adds the user's headers, cookies and credentials to requests for
// the target's own origins, hop by hop.
type ownHeaders struct {
	next      http.RoundTripper
	options   *scanOptions
	origins   []string
	userAgent string
}

func (h *ownHeaders) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("User-Agent", h.userAgent)
	if slices.Contains(h.origins, req.URL.Scheme+"://"+req.URL.Host) {
		secrets := h.options.secret.secrets
		for _, s := range secrets.Headers {
			req.Header.Set(s.Name, s.Value)
		}
		for _, c := range secrets.Cookies {
			req.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
		}
		if user, password, ok := strings.Cut(secrets.BasicAuth, ":"); ok {
			req.SetBasicAuth(user, password)
		}
	}
	return h.next.RoundTrip(req)
}
