package chrome

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/storage"

	"cookiescan/scanner/ledger"
)

// keyOf is the identity of a cookie as CDP shows it: a host-only cookie has a
// domain without leading dot (Chromium, CanonicalCookie::IsHostCookie).
func keyOf(name, domain, path string, partition *network.CookiePartitionKey) ledger.Key {
	k := ledger.Key{Name: name, Domain: strings.TrimPrefix(domain, "."), HostOnly: !strings.HasPrefix(domain, "."), Path: path}
	if partition != nil {
		k.Partition, k.CrossSite = partition.TopLevelSite, partition.HasCrossSiteAncestor
	}
	return k
}

// readJar reads all cookies of a browser context.
func readJar(ctx context.Context, root *session, id cdp.BrowserContextID) ([]ledger.JarCookie, error) {
	res, err := call(ctx, root, storage.GetCookies, storage.GetCookiesParams{BrowserContextID: id})
	if err != nil {
		return nil, err
	}
	out := make([]ledger.JarCookie, 0, len(res.Cookies))
	for _, c := range res.Cookies {
		j := ledger.JarCookie{
			Key: keyOf(c.Name, c.Domain, c.Path, c.PartitionKey), Value: c.Value, Secure: c.Secure, HTTPOnly: c.HTTPOnly,
			SameSite: string(c.SameSite), Priority: string(c.Priority),
		}
		if !c.Session && c.Expires >= 0 {
			sec, frac := math.Modf(c.Expires)
			j.Expires = time.Unix(int64(sec), int64(frac*1e9)).UTC()
		}
		out = append(out, j)
	}
	return out, nil
}
