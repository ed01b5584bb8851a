package main

import (
	"net/url"

	"github.com/spf13/pflag"

	"cookiescan/scanner/egress"
)

// networkOptions say how the hosts are reached and whom to trust.
type networkOptions struct {
	resolve      []string
	proxy        string
	allowPrivate bool
	caCert       string
	insecure     bool
	trustSPKI    string

	egress egress.Options // after check
}

func (o *networkOptions) addFlags(f *pflag.FlagSet) {
	f.StringSliceVar(&o.resolve, "resolve", nil, "reach a host at an address of your choice in place of DNS, `HOST=ADDR` or HOST=ADDR:PORT, such as '*.shop.test=127.0.0.1:8443'; repeatable")
	f.StringVar(&o.proxy, "proxy", "", "go through the proxy at this `URL`: http, https, socks5 or socks5h")
	f.BoolVar(&o.allowPrivate, "allow-private", false, "let pages reach private addresses; without it they can reach only the host that you name yourself")
	f.StringVar(&o.caCert, "ca-cert", "", "trust the authorities in this PEM `FILE`: the certificates of the start addresses' hosts are checked against them in full; it cannot vouch for hosts that only show up during the scan")
	f.BoolVar(&o.insecure, "insecure", false, "ignore certificate errors; every report will say so")
	f.StringVar(&o.trustSPKI, "trust-spki", "", "trust the key with this base64 SHA-256 (fixtures)")
	f.Lookup("trust-spki").Hidden = true
}

func (o *networkOptions) check() error {
	if o.insecure && o.caCert != "" {
		return usage("leave one of them out", "--insecure ignores certificates and --ca-cert checks them: they exclude each other")
	}
	o.egress = egress.Options{AllowPrivate: o.allowPrivate}
	for _, r := range o.resolve {
		override, err := egress.ParseOverride(r)
		if err != nil {
			return usage("the form is HOST=ADDR[:PORT], such as shop.test=127.0.0.1:8443", "--resolve: %w", err)
		}
		o.egress.Resolve = append(o.egress.Resolve, override)
	}
	if o.proxy == "" {
		return nil
	}
	// A proxy's address may hold a password: it is never quoted.
	u, err := url.Parse(o.proxy)
	if err != nil || u.Host == "" || !proxyScheme(u.Scheme) {
		return usage("the form is http://HOST:PORT; also https, socks5, socks5h", "--proxy: this is not the address of a proxy")
	}
	o.egress.Upstream = u
	return nil
}

func proxyScheme(s string) bool {
	return s == "http" || s == "https" || s == "socks5" || s == "socks5h"
}

// overridden tells whether --resolve names the address of a host and port.
func (o *networkOptions) overridden(host string, port uint16) bool {
	for _, r := range o.egress.Resolve {
		if covers(r.Pattern, host, port) {
			return true
		}
	}
	return false
}

// proxyShown is the proxy without its password, for the document.
func (o *networkOptions) proxyShown() string {
	if o.egress.Upstream == nil {
		return ""
	}
	u := *o.egress.Upstream
	u.User = nil
	return u.String()
}
