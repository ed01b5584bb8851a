package egress

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
)

func TestAddressClassRefuses(t *testing.T) {
	tests := map[string][]string{
		"unspecified":      {"0.0.0.0", "::", "::ffff:0.0.0.0"},
		"this network":     {"0.0.0.1", "0.255.255.255"},
		"loopback":         {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"},
		"private":          {"10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "::ffff:192.168.1.1"},
		"shared":           {"100.64.0.0", "100.127.255.255"},
		"link-local":       {"169.254.0.1", "fe80::1", "febf::1"},
		"metadata":         {"169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"},
		"protocol":         {"192.0.0.1", "192.0.0.255"},
		"documentation":    {"192.0.2.1", "198.51.100.7", "203.0.113.255", "2001:db8::1", "3fff::1"},
		"6to4 relay":       {"192.88.99.1"},
		"benchmarking":     {"198.18.0.1", "198.19.255.255", "2001:2::1"},
		"multicast":        {"224.0.0.1", "239.255.255.255", "ff02::1"},
		"broadcast":        {"255.255.255.255"},
		"reserved":         {"240.0.0.1", "255.255.255.254"},
		"unique local":     {"fc00::1", "fdff::1"},
		"site-local":       {"fec0::1"},
		"compatible":       {"::7f00:1", "::808:808"},
		"local-use NAT64":  {"64:ff9b:1::1"},
		"discard":          {"100::1"},
		"ORCHID":           {"2001:10::1", "2001:20::1"},
		"zone":             {"fe80::1%eth0", "2606:2800:220:1::34%eth0"},
		"way to 127.0.0.1": {"64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::f7f7:f7f7"},
		"way to 10.1.2.3":  {"64:ff9b::a01:203", "2002:a01:203::1", "2001:0:808:808::f5fe:fdfc"},
		"not a global":     {"::ffff:0:127.0.0.1", "4000::1", "1::1", "5f00::1", "64:ff9a::1", "64:ff9b::1:0:0"},
	}
	for class, list := range tests {
		for _, s := range list {
			if got := addressClass(addr(s)); !strings.Contains(got, class) {
				t.Errorf("addressClass(%s) = %q, want %q", s, got, class)
			}
		}
	}
}

func TestAddressClassAllows(t *testing.T) {
	for _, s := range []string{
		"1.1.1.1", "8.8.8.8", publicV4, publicV4b, "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
		"126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
		"191.255.255.255", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
		"223.255.255.255", "::ffff:8.8.8.8", publicV6, "2001:4860:4860::8888", "2a00:1450::1",
		"64:ff9b::808:808", "2002:808:808::1", "2001:0:808:808::f7f7:f7f7",
	} {
		if got := addressClass(addr(s)); got != "" {
			t.Errorf("addressClass(%s) = %q, want public", s, got)
		}
	}
}

// Every spelling of a local host, sent as a SOCKS5 name as Chromium does, is
// refused without a look-up and without a dial.
func TestGuardRefusesEveryNotation(t *testing.T) {
	net := &internet{}
	asked := func(context.Context, string) ([]netip.Addr, error) { return nil, errors.New("was asked") }
	e := listen(t, Options{dialAddr: net.dial, Resolver: resolverFunc(asked)})
	for _, host := range []string{
		"127.0.0.1", "127.0.0.1.", "127.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "0177.1",
		"localhost", "LOCALHOST", "localhost.", "foo.localhost", "a.b.localhost.", "0", "0.0.0.0",
		"[::1]", "::1", "::", "[::ffff:127.0.0.1]", "::ffff:10.0.0.1", "[64:ff9b::7f00:1]", "2002:a00:1::",
		"169.254.169.254", "0xa9fea9fe", "2852039166", "fd00:ec2::254", "10.0.0.1", "10.1", "192.168.1.1",
		"100.64.0.1", "224.0.0.1", "255.255.255.255", "fe80::1", "fe80::1%eth0", "1.2.3.4.5", "256.1", "a b", "",
	} {
		if _, code := connectByName(t, e, host, 80); code != repNotAllowed {
			t.Errorf("%q: reply %#x, want %#x", host, code, repNotAllowed)
		}
	}
	if seen := net.seen(); len(seen) > 0 {
		t.Errorf("dialled %v", seen)
	}
	for _, rec := range e.Hosts() {
		if rec.Outcome != OutcomeRefused || strings.Contains(rec.Detail, "was asked") {
			t.Errorf("%s: %s, %s", rec.Host, rec.Outcome, rec.Detail)
		}
	}
}

func TestGuardJudgesEveryAnswer(t *testing.T) {
	tests := []struct {
		name    string
		answers []string
		want    string // dialled, or a part of the refusal
		refused bool
	}{
		{"private only", []string{"10.0.0.1"}, "its address 10.0.0.1 is a private address", true},
		{"all local", []string{"127.0.0.1", "::1", "fd00::1"}, "loopback", true},
		{"mapped", []string{"::ffff:10.0.0.1"}, "private", true},
		{"mixed, private first", []string{"10.0.0.1", publicV4}, publicV4 + ":443", false},
		{"mixed, public first", []string{publicV4, "127.0.0.1"}, publicV4 + ":443", false},
		{"mapped public", []string{"::ffff:" + publicV4}, publicV4 + ":443", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			net := &internet{server: serve(t, echo)}
			e := listen(t, Options{dialAddr: net.dial, Resolver: fixed(tt.answers...)})
			conn, err := e.DialContext(t.Context(), "tcp", "name.example:443")
			if err == nil {
				conn.Close()
			}
			if tt.refused {
				wantReason(t, err, ReasonGuard)
				if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), tt.want) || len(net.seen()) > 0 {
					t.Errorf("error %v, dialled %v", err, net.seen())
				}
				return
			}
			if got := fmt.Sprint(net.seen()); err != nil || got != "["+tt.want+"]" {
				t.Errorf("dialled %s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

// The name answers with a public address once and with private ones ever after.
// Nothing but the first answer is ever dialled.
func TestGuardRebinding(t *testing.T) {
	answers := 0
	flip := func(context.Context, string) ([]netip.Addr, error) {
		if answers++; answers == 1 {
			return addrs(publicV4), nil
		}
		return addrs("127.0.0.1"), nil
	}
	net := &internet{server: serve(t, echo)}
	e := listen(t, Options{dialAddr: net.dial, Resolver: resolverFunc(flip), ResolveTTL: -1})
	if _, code := connectByName(t, e, "rebind.example", 80); code != repOK {
		t.Fatalf("first: reply %#x", code)
	}
	if _, code := connectByName(t, e, "rebind.example", 80); code != repNotAllowed {
		t.Fatalf("second: reply %#x", code)
	}
	if got := fmt.Sprint(net.seen()); answers != 2 || got != "["+publicV4+":80]" {
		t.Errorf("%d look-ups, dialled %s", answers, got)
	}
	rec, _ := e.Host("rebind.example")
	if rec.Outcome != OutcomeOK || rec.Connections != 1 || rec.Refused != 1 || rec.Reasons[ReasonGuard] != 1 {
		t.Errorf("log %+v", rec)
	}
}

func TestAllowPrivate(t *testing.T) {
	tests := []struct {
		name    string
		options Options
		address string
		want    string // dialled; "" is refused
	}{
		{"lifted for all", Options{AllowPrivate: true}, "10.0.0.1:80", "10.0.0.1:80"},
		{"lifted for localhost", Options{AllowPrivate: true}, "app.localhost:80", "127.0.0.1:80"},
		{"named literal", Options{AllowPrivateFor: []Pattern{{Host: "10.0.0.1"}}}, "10.1:80", "10.0.0.1:80"},
		{"other literal", Options{AllowPrivateFor: []Pattern{{Host: "10.0.0.1"}}}, "10.0.0.2:80", ""},
		{"named host", Options{AllowPrivateFor: []Pattern{{Host: "intra.example"}}, Resolver: fixed("10.9.9.9")}, "intra.example:80", "10.9.9.9:80"},
		{"other host", Options{AllowPrivateFor: []Pattern{{Host: "intra.example"}}, Resolver: fixed("10.9.9.9")}, "evil.example:80", ""},
		{"named port", Options{AllowPrivateFor: []Pattern{{Host: "localhost", Port: 3000}}}, "localhost:3000", "127.0.0.1:3000"},
		{"other port", Options{AllowPrivateFor: []Pattern{{Host: "localhost", Port: 3000}}}, "localhost:22", ""},
		{"override", Options{Resolve: []Override{{Pattern: Pattern{Host: "*.test"}, Addr: addr("127.0.0.1"), ToPort: 8443}}}, "a.b.test:443", "127.0.0.1:8443"},
		{"override keeps the port", Options{Resolve: []Override{{Pattern: Pattern{Host: "shop.test"}, Addr: addr("10.0.0.1")}}}, "shop.test:443", "10.0.0.1:443"},
		{"override of others only", Options{Resolve: []Override{{Pattern: Pattern{Host: "*.test"}, Addr: addr("127.0.0.1")}}}, "127.0.0.1:443", ""},
		{"star takes literals", Options{Resolve: []Override{{Pattern: Pattern{Host: "*"}, Addr: addr("127.0.0.1"), ToPort: 1}}}, "10.0.0.7:443", "127.0.0.1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			net := &internet{server: serve(t, echo)}
			tt.options.dialAddr = net.dial
			conn, err := listen(t, tt.options).DialContext(t.Context(), "tcp", tt.address)
			if tt.want == "" {
				wantReason(t, err, ReasonGuard)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			conn.Close()
			if got := net.seen()[0].String(); got != tt.want {
				t.Errorf("dialled %s, want %s", got, tt.want)
			}
		})
	}
}

// Whatever is allowed, a page does not reach the listener itself.
func TestGuardOwnListener(t *testing.T) {
	e := listen(t, Options{AllowPrivate: true, Resolver: fixed("127.0.0.1")})
	for _, host := range []string{"127.0.0.1", "localhost", "self.example", "0.0.0.0"} {
		if _, code := connectByName(t, e, host, e.self.Port()); code != repNotAllowed {
			t.Errorf("%s: reply %#x", host, code)
		}
	}
}
