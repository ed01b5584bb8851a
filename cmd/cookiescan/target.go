package main

import (
	"context"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"cookiescan/scanner/crawl"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/setcookie"
)

// target is one site to scan.
type target struct {
	site   string   // eTLD+1, or the host where there is none
	starts []string // normalised, in the order given
}

var schemeForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// targets sorts start addresses by site, in the order given. note is told what
// was assumed.
func targets(args []string, note func(format string, args ...any)) ([]target, error) {
	var list []target
	for _, arg := range args {
		address, site, err := startAddress(arg, note)
		if err != nil {
			return nil, err
		}
		i := 0
		for i < len(list) && list[i].site != site {
			i++
		}
		if i == len(list) {
			list = append(list, target{site: site})
		}
		list[i].starts = append(list[i].starts, address)
	}
	return list, nil
}

// startAddress reads an address as people type it. What may hold a password is
// not quoted in errors.
func startAddress(arg string, note func(format string, args ...any)) (address, site string, err error) {
	u, err := parseAddress(arg)
	if err != nil {
		return "", "", err
	}
	if !schemeForm.MatchString(strings.TrimSpace(arg)) {
		note("%s: https is assumed", u.Host)
	}
	address, ok := crawl.Normalize(u.String())
	if !ok {
		return "", "", usage(addressHint, "%.100q is not the address of a page", arg)
	}
	return address, setcookie.Site(hostOf(address)), nil
}

const addressHint = "an address looks like https://www.example.com/"

func parseAddress(arg string) (*url.URL, error) {
	text := strings.TrimSpace(arg)
	if !schemeForm.MatchString(text) {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	switch {
	case strings.Contains(arg, "@") && (err != nil || u.User != nil):
		return nil, usage("give them with --basic-auth, best from the environment: COOKIESCAN_BASIC_AUTH", "an address holds a user name or password, which would end up in the report")
	case err != nil:
		return nil, usage(addressHint, "%.100q is not an address", arg)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, usage("only http and https addresses can be scanned", "%.100q: nothing can be scanned by %s", arg, u.Scheme)
	}
	host, err := egress.ParsePattern(bracketed(u.Hostname()))
	if err != nil || strings.Contains(host.Host, "*") {
		return nil, usage(addressHint, "%.100q has no host that can be scanned", arg)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, usage(addressHint, "%.100q: there is no port %s", arg, port)
		}
		u.Host = bracketed(host.Host) + ":" + port
	} else {
		u.Host = bracketed(host.Host)
	}
	return u, nil
}

// bracketed is a host as it is written in an address.
func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// hostOf is the host of a normalised address, IPv6 in brackets.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return bracketed(u.Hostname())
}

// endpoint is host, without brackets, and port of a normalised address.
func endpoint(address string) (host string, port uint16) {
	u, err := url.Parse(address)
	if err != nil {
		return "", 0
	}
	if n, err := strconv.ParseUint(u.Port(), 10, 16); err == nil {
		return u.Hostname(), uint16(n)
	}
	if u.Scheme == "http" {
		return u.Hostname(), 80
	}
	return u.Hostname(), 443
}

// covers tells whether a pattern names a host and port.
func covers(p egress.Pattern, host string, port uint16) bool {
	if p.Port != 0 && p.Port != port {
		return false
	}
	if suffix, wild := strings.CutPrefix(p.Host, "*"); wild {
		return suffix == "" || strings.HasSuffix(host, suffix)
	}
	return p.Host == host
}

// origins are the start addresses' own origins, which the user's credentials
// may reach. An http site that moves its visitors to https stays the same.
func (t target) origins() []string {
	var list []string
	seen := map[string]bool{}
	add := func(origin string) {
		if !seen[origin] {
			seen[origin] = true
			list = append(list, origin)
		}
	}
	for _, start := range t.starts {
		u, err := url.Parse(start)
		if err != nil {
			continue
		}
		add(u.Scheme + "://" + u.Host)
		if u.Scheme == "http" && u.Port() == "" {
			add("https://" + u.Host)
		}
	}
	return list
}

// private lists the start hosts that the user named by a private address or by
// a name that leads to private addresses only: what was asked for by name may
// be reached, at that port only. A host of --resolve needs no leave.
func (t target) private(ctx context.Context, o *networkOptions) []egress.Pattern {
	var list []egress.Pattern
	for _, start := range t.starts {
		host, port := endpoint(start)
		if o.allowPrivate || o.overridden(host, port) {
			continue
		}
		if isLocalName(host) || o.egress.Upstream == nil && resolvesToPrivate(ctx, host) {
			list = append(list, egress.Pattern{Host: host, Port: port})
		}
	}
	return list
}

// isLocalName is a name or a literal that says by itself that it is local.
func isLocalName(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return isPrivate(a)
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// sharedSpace is that of carriers and of many cluster networks (RFC 6598).
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

func isPrivate(a netip.Addr) bool {
	a = a.Unmap()
	return !a.IsGlobalUnicast() || a.IsPrivate() || sharedSpace.Contains(a)
}

// resolvesToPrivate is false for a name without an address too: the scan will
// say why.
func resolvesToPrivate(ctx context.Context, host string) bool {
	ctx, cancel := context.WithTimeout(ctx, egress.DefaultDialTimeout)
	defer cancel()
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return false
	}
	for _, a := range addrs {
		if !isPrivate(a) {
			return false
		}
	}
	return len(addrs) > 0
}
