package crawl

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// normalHost is a host as browsers write it; false if no name or address can
// be so (URL standard, host parsing).
func normalHost(host string) (string, bool) {
	if inner, ok := strings.CutPrefix(host, "["); ok {
		addr, err := netip.ParseAddr(strings.TrimSuffix(inner, "]"))
		return "[" + addr.String() + "]", err == nil && addr.Is6() && addr.Zone() == "" && strings.HasSuffix(inner, "]")
	}
	name, ok := asciiName(unescape(host))
	if !ok {
		return "", false
	}
	name = strings.TrimSuffix(name, ".")
	if endsInNumber(name) {
		return ipv4(name)
	}
	bad := name == "" || strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".") || strings.Contains(name, "..")
	return name, !bad && !strings.ContainsFunc(name, forbidden)
}

// asciiName is a name in lower case and in ASCII.
func asciiName(host string) (string, bool) {
	if !strings.ContainsFunc(host, func(r rune) bool { return r > unicode.MaxASCII }) {
		return strings.ToLower(host), true
	}
	// Not strict: names with underscores exist. ToASCII also lowers the case.
	profile := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false), idna.BidiRule())
	ascii, err := profile.ToASCII(host)
	return ascii, err == nil
}

// forbidden tells the code points that no host may have (URL standard).
func forbidden(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"#%/:;,<>?@[\\]^`{|}&='()!$+", r)
}

// endsInNumber tells the names that can only be IPv4 addresses.
func endsInNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	_, err := ipv4Number(last)
	return err == nil || last != "" && strings.Trim(last, "0123456789") == ""
}

// ipv4 reads the notations of an address that browsers know: 127.1, 0x7f.0.0.1,
// 2130706433.
func ipv4(name string) (string, bool) {
	parts := strings.Split(name, ".")
	if len(parts) > 4 {
		return "", false
	}
	var address uint64
	for i, p := range parts {
		n, err := ipv4Number(p)
		last := i == len(parts)-1
		switch {
		case err != nil, !last && n > 255, last && n >= 1<<(8*(5-len(parts))):
			return "", false
		case last:
			address |= n
		default:
			address |= n << (8 * (3 - i))
		}
	}
	return netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}).String(), true
}

func ipv4Number(s string) (uint64, error) {
	switch {
	case s == "0x" || s == "0X":
		return 0, nil
	case strings.HasPrefix(s, "0x"), strings.HasPrefix(s, "0X"):
		return strconv.ParseUint(s[2:], 16, 40)
	case len(s) > 1 && s[0] == '0':
		return strconv.ParseUint(s[1:], 8, 40)
	}
	return strconv.ParseUint(s, 10, 40)
}

// normalPort is ":port", or nothing for the scheme's own.
func normalPort(scheme, port string) (string, bool) {
	if port == "" {
		return "", true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case err != nil || n == 0:
		return "", false
	case scheme == "http" && n == 80, scheme == "https" && n == 443:
		return "", true
	}
	return ":" + strconv.FormatUint(n, 10), true
}
