package egress

import (
	"net/netip"
	"strings"
)

// block is a range that no public site lives in, with the words for it.
type block struct {
	prefix netip.Prefix
	class  string
}

// blockedIPv4 follows the IANA special-purpose registry (RFC 6890).
var blockedIPv4 = []block{
	{netip.MustParsePrefix("0.0.0.0/32"), "an unspecified address"},
	{netip.MustParsePrefix("0.0.0.0/8"), "an address of this network (RFC 791)"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private address (RFC 1918)"},
	{netip.MustParsePrefix("100.100.100.200/32"), "a cloud metadata address"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a shared address (RFC 6598)"},
	{netip.MustParsePrefix("127.0.0.0/8"), "a loopback address"},
	{netip.MustParsePrefix("168.63.129.16/32"), "a cloud metadata address"}, // Azure; in public space
	{netip.MustParsePrefix("169.254.169.254/32"), "a cloud metadata address"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address (RFC 3927)"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private address (RFC 1918)"},
	{netip.MustParsePrefix("192.0.0.192/32"), "a cloud metadata address"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a protocol assignment (RFC 6890)"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a documentation address (RFC 5737)"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a 6to4 relay address (RFC 7526)"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private address (RFC 1918)"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a benchmarking address (RFC 2544)"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a documentation address (RFC 5737)"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a documentation address (RFC 5737)"},
	{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
	{netip.MustParsePrefix("255.255.255.255/32"), "the broadcast address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address (RFC 1112)"},
}

// blockedIPv6 only names what is refused: outside globalIPv6 all is.
var blockedIPv6 = []block{
	{netip.MustParsePrefix("::/128"), "an unspecified address"},
	{netip.MustParsePrefix("::1/128"), "a loopback address"},
	{netip.MustParsePrefix("::/96"), "an IPv4-compatible address (RFC 4291)"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "a local-use NAT64 address (RFC 8215)"},
	{netip.MustParsePrefix("100::/64"), "a discard address (RFC 6666)"},
	{netip.MustParsePrefix("2001:2::/48"), "a benchmarking address (RFC 5180)"},
	{netip.MustParsePrefix("2001:10::/28"), "an ORCHID (RFC 4843)"},
	{netip.MustParsePrefix("2001:20::/28"), "an ORCHID (RFC 7343)"},
	{netip.MustParsePrefix("2001:db8::/32"), "a documentation address (RFC 3849)"},
	{netip.MustParsePrefix("3fff::/20"), "a documentation address (RFC 9637)"},
	{netip.MustParsePrefix("fd00:ec2::254/128"), "a cloud metadata address"},
	{netip.MustParsePrefix("fd20:ce::254/128"), "a cloud metadata address"},
	{netip.MustParsePrefix("fc00::/7"), "a unique local address (RFC 4193)"},
	{netip.MustParsePrefix("fe80::/10"), "a link-local address (RFC 4291)"},
	{netip.MustParsePrefix("fec0::/10"), "a site-local address (RFC 3879)"},
	{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
}

var (
	globalIPv6 = netip.MustParsePrefix("2000::/3") // RFC 4291 section 2.4
	nat64      = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour  = netip.MustParsePrefix("2002::/16")
	teredo     = netip.MustParsePrefix("2001::/32")
)

// addressClass says in words why an address is not public, or "" if it is.
// An IPv6 address that leads to an IPv4 address is judged by that too.
func addressClass(addr netip.Addr) string {
	if addr.Zone() != "" {
		return "an address with a zone"
	}
	addr = addr.Unmap()
	if addr.Is4() {
		return classIn(blockedIPv4, addr)
	}
	for _, inner := range embeddedIPv4(addr) {
		if class := classIn(blockedIPv4, inner); class != "" {
			return "a way to " + inner.String() + ", " + class
		}
	}
	if class := classIn(blockedIPv6, addr); class != "" {
		return class
	}
	if !globalIPv6.Contains(addr) && !nat64.Contains(addr) {
		return "not a global unicast address (RFC 4291)"
	}
	return ""
}

func classIn(blocks []block, addr netip.Addr) string {
	for _, b := range blocks {
		if b.prefix.Contains(addr) {
			return b.class
		}
	}
	return ""
}

// embeddedIPv4 returns the IPv4 addresses that a translator or tunnel would
// take out of addr: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo's server and its
// client with inverted bits (RFC 4380 section 4).
func embeddedIPv4(addr netip.Addr) []netip.Addr {
	b := addr.As16()
	switch {
	case nat64.Contains(addr):
		return []netip.Addr{netip.AddrFrom4([4]byte(b[12:16]))}
	case sixToFour.Contains(addr):
		return []netip.Addr{netip.AddrFrom4([4]byte(b[2:6]))}
	case teredo.Contains(addr):
		client := [4]byte{^b[12], ^b[13], ^b[14], ^b[15]}
		return []netip.Addr{netip.AddrFrom4([4]byte(b[4:8])), netip.AddrFrom4(client)}
	}
	return nil
}

// isLocalhost follows RFC 6761 section 6.3: these names never reach a resolver.
func isLocalhost(name string) bool {
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// localSuffixes are top-level names that exist on local networks only:
// RFC 6762 section 3 and appendix G, RFC 8375, and what /etc/hosts ships with.
var localSuffixes = []string{
	".local", ".home.arpa", ".internal", ".intranet", ".private", ".corp", ".home", ".lan", ".localdomain",
}

// localName reports a name that cannot belong to a public site. It is needed
// only where somebody else resolves; otherwise the address tells.
func localName(name string) bool {
	if !strings.Contains(name, ".") {
		return true
	}
	for _, suffix := range localSuffixes {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}
