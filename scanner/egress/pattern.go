package egress

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Pattern names hosts: one exact host or literal, "*.suffix" (every name below
// suffix, at any depth, not suffix itself) or "*" (everything, literals too).
type Pattern struct {
	// Host is lower case, punycode, without trailing dot and brackets.
	Host string
	// Port limits the pattern to one port; 0 is every port.
	Port uint16
}

// ParsePattern reads HOST or HOST:PORT. An IPv6 address with a port needs
// brackets: [::1]:8080.
func ParsePattern(s string) (Pattern, error) {
	host, port, err := splitPort(s)
	if err != nil {
		return Pattern{}, err
	}
	host, err = patternHost(host)
	if err != nil {
		return Pattern{}, err
	}
	return Pattern{Host: host, Port: port}, nil
}

func patternHost(s string) (string, error) {
	if s == "*" {
		return s, nil
	}
	suffix, wild := strings.CutPrefix(s, "*.")
	if strings.Contains(suffix, "*") {
		return "", fmt.Errorf("%s: a star stands alone or for the first labels (*.example.com)", quote(s))
	}
	host, err := parseHost(suffix)
	if err != nil {
		return "", err
	}
	if wild && host.isLiteral() {
		return "", fmt.Errorf("%s: a star cannot stand before an address", quote(s))
	}
	if wild {
		return "*." + host.name, nil
	}
	return host.name, nil
}

func (p Pattern) matches(host hostName, port uint16) bool {
	if p.Port != 0 && p.Port != port {
		return false
	}
	if p.Host == "*" {
		return true
	}
	if suffix, wild := strings.CutPrefix(p.Host, "*"); wild {
		return !host.isLiteral() && len(host.name) > len(suffix) && strings.HasSuffix(host.name, suffix)
	}
	return p.Host == host.name
}

// String is the form that ParsePattern reads.
func (p Pattern) String() string { return joinPort(p.Host, p.Port) }

// Override sends the hosts of a pattern to an address of the user's choice, in
// place of DNS. The guard does not judge that address.
type Override struct {
	Pattern
	Addr netip.Addr
	// ToPort replaces the port; 0 keeps the one asked for.
	ToPort uint16
}

// ParseOverride reads HOST[:PORT]=ADDR[:PORT], the value of --resolve. HOST is
// as for ParsePattern; ADDR is an IP address, never a name.
func ParseOverride(s string) (Override, error) {
	left, right, ok := strings.Cut(s, "=")
	if !ok {
		return Override{}, fmt.Errorf("override %s: want HOST=ADDR[:PORT], for example *.test=127.0.0.1:8443", quote(s))
	}
	pattern, err := ParsePattern(left)
	if err != nil {
		return Override{}, fmt.Errorf("override %s: %w", quote(s), err)
	}
	addr, port, err := parseAddr(right)
	if err != nil {
		return Override{}, fmt.Errorf("override %s: %w", quote(s), err)
	}
	return Override{Pattern: pattern, Addr: addr, ToPort: port}, nil
}

// String is the form that ParseOverride reads.
func (o Override) String() string {
	return o.Pattern.String() + "=" + joinPort(o.Addr.String(), o.ToPort)
}

// parseAddr is stricter than parseHost: a user who writes 127.1 on the right
// side has more likely mistyped.
func parseAddr(s string) (netip.Addr, uint16, error) {
	text, port, err := splitPort(s)
	if err != nil {
		return netip.Addr{}, 0, err
	}
	if inner, ok := strings.CutPrefix(text, "["); ok {
		text = strings.TrimSuffix(inner, "]")
	}
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return netip.Addr{}, 0, fmt.Errorf("%s is not an IP address; names are not looked up here", quote(text))
	}
	return addr.Unmap(), port, nil
}

// splitPort cuts an optional port. More than one colon without brackets is an
// IPv6 address without port.
func splitPort(s string) (host string, port uint16, err error) {
	colon := strings.LastIndexByte(s, ':')
	bracket := strings.HasPrefix(s, "[")
	bare := !bracket && strings.Count(s, ":") != 1
	if s == "" {
		return "", 0, errors.New("empty host")
	}
	if bare || bracket && strings.HasSuffix(s, "]") {
		return s, 0, nil
	}
	n, err := strconv.ParseUint(s[colon+1:], 10, 16)
	if err != nil || n == 0 {
		return "", 0, fmt.Errorf("%s is not a port (1 to 65535)", quote(s[colon+1:]))
	}
	if bracket && !strings.HasSuffix(s[:colon], "]") {
		return "", 0, fmt.Errorf("%w: %s", errInvalidHost, quote(s))
	}
	return s[:colon], uint16(n), nil
}

func joinPort(host string, port uint16) string {
	if port == 0 {
		return host
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + strconv.Itoa(int(port))
}
