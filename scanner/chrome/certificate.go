package chrome

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"net/url"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"

	"cookiescan/scanner/walk"
)

// Bounds of what is kept of certificates: a page can contact any number of
// hosts, and a certificate can name any number of them.
const (
	maxCertificates     = 2000
	maxCertificateNames = 50
)

// certificates are those that the hosts of a pass showed.
type certificates struct {
	mu     sync.Mutex
	byHost map[string]walk.Certificate
}

// take keeps the first certificate of a host.
func (c *certificates) take(r *network.Response) {
	if r == nil || r.SecurityDetails == nil {
		return
	}
	d := r.SecurityDetails
	host := hostOf(r.URL)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.byHost[host]; known || len(c.byHost) >= maxCertificates {
		return
	}
	if c.byHost == nil {
		c.byHost = map[string]walk.Certificate{}
	}
	c.byHost[host] = walk.Certificate{
		Protocol: d.Protocol, Subject: d.SubjectName, Issuer: d.Issuer,
		Names:     d.SanList[:min(len(d.SanList), maxCertificateNames)],
		NotBefore: dateOf(d.ValidFrom), NotAfter: dateOf(d.ValidTo),
	}
}

// dateOf is zero for what JSON cannot hold: years beyond 9999.
func dateOf(t cdp.TimeSinceEpoch) time.Time {
	const beyond = 253402300800 // the year 10000
	if s := t.Float64(); s > -beyond/8 && s < beyond {
		return time.Unix(int64(s), 0).UTC()
	}
	return time.Time{}
}

// lacks tells whether the fingerprint of a host's certificate is wanted.
func (c *certificates) lacks(host string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	known, ok := c.byHost[host]
	return ok && known.SHA256 == ""
}

func (c *certificates) fingerprint(host string, der []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.byHost[host]; ok {
		sum := sha256.Sum256(der)
		known.SHA256 = hex.EncodeToString(sum[:])
		c.byHost[host] = known
	}
}

// Certificates are those that hosts showed in this pass, by host.
func (p *Profile) Certificates() map[string]walk.Certificate {
	p.certificates.mu.Lock()
	defer p.certificates.mu.Unlock()
	return maps.Clone(p.certificates.byHost)
}

// readCertificate asks for the certificate itself, which the browser has for
// what a tab shows only: once for each host. Without it the rest is still
// known.
func (t *Tab) readCertificate(ctx context.Context, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || !t.profile.certificates.lacks(u.Hostname()) {
		return
	}
	got, err := call(ctx, t.view.sess, network.GetCertificate, network.GetCertificateParams{Origin: "https://" + u.Host})
	if err != nil || len(got.TableNames) == 0 {
		return
	}
	if der, err := base64.StdEncoding.DecodeString(got.TableNames[0]); err == nil {
		t.profile.certificates.fingerprint(u.Hostname(), der)
	}
}
