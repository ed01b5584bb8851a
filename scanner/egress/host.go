package egress

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxNameLength is the longest host name without its trailing dot
// (RFC 1035 section 2.3.4).
const maxNameLength = 253

var errInvalidHost = errors.New("not a host name or address")

// hostName is a host in its one canonical spelling. For a literal, addr is
// valid and name is its text without brackets.
type hostName struct {
	name string
	addr netip.Addr
}

func literal(addr netip.Addr) hostName {
	addr = addr.Unmap()
	return hostName{name: addr.String(), addr: addr}
}

func (h hostName) isLiteral() bool { return h.addr.IsValid() }

// parseHost reads a host as the URL standard does (host parsing, section 3.5),
// so that every notation of an IPv4 address (0x7f.1, 017700000001, 127.1,
// fullwidth digits, a trailing dot) is the address and never a name.
func parseHost(s string) (hostName, error) {
	if strings.ContainsAny(s, ":[]") {
		return parseIPv6(s)
	}
	name, err := asciiName(s)
	if err != nil {
		return hostName{}, err
	}
	name = strings.TrimSuffix(name, ".")
	if endsInNumber(name) {
		return parseIPv4(name)
	}
	if !validName(name) {
		return hostName{}, fmt.Errorf("%w: %s", errInvalidHost, quote(s))
	}
	return hostName{name: name}, nil
}

// parseIPv6 takes the address with or without brackets. A zone is refused: it
// names an interface of this machine.
func parseIPv6(s string) (hostName, error) {
	inner := s
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		inner = s[1 : len(s)-1]
	}
	addr, err := netip.ParseAddr(inner)
	if err != nil || !addr.Is6() || addr.Zone() != "" {
		return hostName{}, fmt.Errorf("%w: %s", errInvalidHost, quote(s))
	}
	return literal(addr), nil
}

func asciiName(s string) (string, error) {
	if isASCII(s) {
		return strings.ToLower(s), nil
	}
	name, err := idna.Lookup.ToASCII(s)
	if err != nil || !utf8.ValidString(s) {
		return "", fmt.Errorf("%w: %s", errInvalidHost, quote(s))
	}
	return name, nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// endsInNumber is the URL standard's "ends in a number checker": such a host
// is an IPv4 address or an error.
func endsInNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "" {
		return false
	}
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, err := ipv4Number(last)
	return err == nil
}

// ipv4Number reads one part of an IPv4 address: decimal, octal with a leading
// 0, hexadecimal with 0x.
func ipv4Number(part string) (uint64, error) {
	if digits, ok := strings.CutPrefix(part, "0x"); ok {
		if digits == "" {
			return 0, nil
		}
		return strconv.ParseUint(digits, 16, 64)
	}
	if len(part) > 1 && part[0] == '0' {
		return strconv.ParseUint(part, 8, 64)
	}
	return strconv.ParseUint(part, 10, 64)
}

// parseIPv4 is the URL standard's IPv4 parser: one to four parts, the last of
// which fills the bytes that are left.
func parseIPv4(name string) (hostName, error) {
	parts := strings.Split(name, ".")
	if len(parts) > 4 {
		return hostName{}, fmt.Errorf("%w: %s", errInvalidHost, quote(name))
	}
	var value uint64
	for i, part := range parts {
		n, err := ipv4Number(part)
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (4 - i)
		}
		if err != nil || n >= 1<<bits {
			return hostName{}, fmt.Errorf("%w: %s", errInvalidHost, quote(name))
		}
		value = value<<bits | n
	}
	addr := [4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}
	return literal(netip.AddrFrom4(addr)), nil
}

// validName accepts letters, digits, hyphen and underscore: what resolvers look
// up. Anything else could only serve to confuse a log or a proxy.
func validName(name string) bool {
	if name == "" || len(name) > maxNameLength {
		return false
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 || strings.IndexFunc(label, notLabelRune) >= 0 {
			return false
		}
	}
	return true
}

func notLabelRune(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_')
}

// quote makes hostile text printable and short.
func quote(s string) string {
	if len(s) > maxNameLength {
		s = s[:maxNameLength]
	}
	return strconv.QuoteToASCII(s)
}
