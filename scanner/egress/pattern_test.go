package egress

import (
	"strings"
	"testing"
)

func TestParseOverride(t *testing.T) {
	tests := []struct{ in, want string }{
		{"shop.test=127.0.0.1", "shop.test=127.0.0.1"},
		{"*.test=127.0.0.1:8443", "*.test=127.0.0.1:8443"},
		{"*=127.0.0.1:8443", "*=127.0.0.1:8443"},
		{"*:443=127.0.0.1:8443", "*:443=127.0.0.1:8443"},
		{"Shop.TEST.:443=10.0.0.1", "shop.test:443=10.0.0.1"},
		{"bücher.test=::1", "xn--bcher-kva.test=::1"},
		{"shop.test=[::1]:8443", "shop.test=[::1]:8443"},
		{"shop.test=[::1]", "shop.test=::1"},
		{"[::1]:80=127.0.0.1:81", "[::1]:80=127.0.0.1:81"},
		{"::1=127.0.0.1", "::1=127.0.0.1"},
		{"0x7f.1=10.0.0.1", "127.0.0.1=10.0.0.1"},
		{"shop.test=::ffff:10.0.0.1", "shop.test=10.0.0.1"},
	}
	for _, tt := range tests {
		got, err := ParseOverride(tt.in)
		if err != nil || got.String() != tt.want {
			t.Errorf("ParseOverride(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestParseOverrideErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", "want HOST=ADDR[:PORT]"},
		{"shop.test", "want HOST=ADDR[:PORT], for example"},
		{"shop.test:443:127.0.0.1", "want HOST=ADDR[:PORT]"},
		{"=127.0.0.1", "empty host"},
		{"shop.test=", "empty host"},
		{"shop.test=localhost", `"localhost" is not an IP address; names are not looked up here`},
		{"shop.test=127.1", `"127.1" is not an IP address`},
		{"shop.test=127.0.0.1:0", `"0" is not a port (1 to 65535)`},
		{"shop.test=127.0.0.1:65536", `"65536" is not a port`},
		{"shop.test=127.0.0.1:https", `"https" is not a port`},
		{"shop.test=127.0.0.1:", `"" is not a port`},
		{"shop.test=fe80::1%eth0", "is not an IP address"},
		{"shop.test=[::1", "not a host name or address"},
		{"shop.test=[::1]x:80", "not a host name or address"},
		{"shop.test:x=127.0.0.1", `"x" is not a port`},
		{"*shop.test=127.0.0.1", "a star stands alone or for the first labels"},
		{"a.*.test=127.0.0.1", "a star stands alone or for the first labels"},
		{"*.=127.0.0.1", "not a host name or address"},
		{"*.127.0.0.1=127.0.0.1", "a star cannot stand before an address"},
		{"https://shop.test=127.0.0.1", "is not a port"},
		{"a b=127.0.0.1", "not a host name or address"},
	}
	for _, tt := range tests {
		_, err := ParseOverride(tt.in)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("ParseOverride(%q): %v, want %q", tt.in, err, tt.want)
		}
	}
}

func TestPatternMatches(t *testing.T) {
	tests := []struct {
		pattern, host string
		port          uint16
		want          bool
	}{
		{"shop.test", "shop.test", 80, true},
		{"shop.test", "SHOP.test.", 80, true},
		{"shop.test", "www.shop.test", 80, false},
		{"shop.test:443", "shop.test", 80, false},
		{"shop.test:443", "shop.test", 443, true},
		{"*.test", "shop.test", 80, true},
		{"*.test", "a.b.test", 80, true},
		{"*.test", "test", 80, false},
		{"*.test", "attest", 80, false},
		{"*.test:1", "a.test", 2, false},
		{"*", "anything.example", 80, true},
		{"*", "10.0.0.1", 80, true},
		{"*:443", "x.example", 80, false},
		{"127.0.0.1", "0x7f.1", 80, true},
		{"[::1]:80", "::1", 80, true},
	}
	for _, tt := range tests {
		host, err := parseHost(tt.host)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustPattern(t, tt.pattern).matches(host, tt.port); got != tt.want {
			t.Errorf("%s matches %s:%d = %v", tt.pattern, tt.host, tt.port, got)
		}
	}
}

func TestFirstOverrideWins(t *testing.T) {
	o := Options{Resolve: []Override{
		mustOverride(t, "cdn.test:443=10.0.0.1"),
		mustOverride(t, "cdn.test=10.0.0.2"),
		mustOverride(t, "*=10.0.0.3"),
	}}
	tests := []struct {
		host string
		port uint16
		want string
	}{{"cdn.test", 443, "10.0.0.1"}, {"cdn.test", 80, "10.0.0.2"}, {"www.test", 443, "10.0.0.3"}}
	for _, tt := range tests {
		got, ok := o.override(newTarget(tt.host, tt.port))
		if !ok || got.Addr.String() != tt.want {
			t.Errorf("%s:%d goes to %v, want %s", tt.host, tt.port, got, tt.want)
		}
	}
}

func FuzzParseOverride(f *testing.F) {
	for _, s := range []string{
		"*.test=127.0.0.1:8443", "[::1]:80=[::1]:81", "*=::1", "a:1=1.1.1.1", "bücher.de=1.1.1.1", "=", "*.=1", "a=[::1]x:80",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o, err := ParseOverride(s)
		if err != nil {
			return
		}
		again, err := ParseOverride(o.String())
		if err != nil || again != o {
			t.Fatalf("%q is %v; its text %q is %v, %v", s, o, o.String(), again, err)
		}
	})
}
