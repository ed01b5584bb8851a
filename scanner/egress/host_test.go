package egress

import (
	"strings"
	"testing"
)

func TestParseHost(t *testing.T) {
	tests := []struct{ in, want string }{
		{"example.com", "example.com"},
		{"EXAMPLE.com.", "example.com"},
		{"_dmarc.example.com", "_dmarc.example.com"},
		{"bücher.example", "xn--bcher-kva.example"},
		{"xn--bcher-kva.example", "xn--bcher-kva.example"},
		{"\uff45xample.com", "example.com"}, // fullwidth e
		{"localhost", "localhost"},
		{"1.2.3.4a", "1.2.3.4a"},
		{"0xg.example", "0xg.example"},
		{"127.0.0.1", "127.0.0.1"},
		{"127.0.0.1.", "127.0.0.1"},
		{"127.1", "127.0.0.1"},
		{"127.0.1", "127.0.0.1"},
		{"0x7f.1", "127.0.0.1"},
		{"0X7F.0.0.0X1", "127.0.0.1"},
		{"0x7f000001", "127.0.0.1"},
		{"2130706433", "127.0.0.1"},
		{"017700000001", "127.0.0.1"},
		{"0177.0.0.01", "127.0.0.1"},
		{"\uff11\uff12\uff17.0.0.1", "127.0.0.1"}, // fullwidth digits
		{"127。0。0。1", "127.0.0.1"},
		{"0", "0.0.0.0"},
		{"0x", "0.0.0.0"},
		{"1.0x", "1.0.0.0"},
		{"0xg", "0xg"},
		{"4294967295", "255.255.255.255"},
		{"10.65535", "10.0.255.255"},
		{"::1", "::1"},
		{"[::1]", "::1"},
		{"[0:0:0:0:0:0:0:1]", "::1"},
		{"::ffff:127.0.0.1", "127.0.0.1"},
		{"[::ffff:7f00:1]", "127.0.0.1"},
		{"[2001:DB8::1]", "2001:db8::1"},
	}
	for _, tt := range tests {
		got, err := parseHost(tt.in)
		if err != nil || got.name != tt.want {
			t.Errorf("parseHost(%q) = %q, %v; want %q", tt.in, got.name, err, tt.want)
		}
	}
}

func TestParseHostErrors(t *testing.T) {
	tests := []string{
		"", ".", "..", "a..b", ".a", "a b", "a\x00b", "a\nb", "a/b", "a@b", "a%2eb", "exämple\xff.com",
		"256.256.256.256", "1.2.3.4.5", "1.08", "0x1.09", "1..2", "4294967296", "10.0.0.256", "127.0.0.1..",
		"99999999999999999999999", "example.1", "example.0x1",
		"fe80::1%eth0", "[fe80::1%25eth0]", "[127.0.0.1]", "[::1", "::1]", "[]", "1:2",
		strings.Repeat("a", 64) + ".com", strings.Repeat("a.", 127) + "com",
	}
	for _, in := range tests {
		if got, err := parseHost(in); err == nil {
			t.Errorf("parseHost(%q) = %q, want an error", in, got.name)
		}
	}
}

func FuzzParseHost(f *testing.F) {
	for _, s := range []string{"example.com.", "0x7f.1", "017700000001", "[::1]", "bücher.de", "127.0.0.1", "a..b", "0x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		host, err := parseHost(s)
		if err != nil {
			return
		}
		again, err := parseHost(host.name)
		if err != nil || again != host {
			t.Fatalf("%q became %v, and that %v, %v", s, host, again, err)
		}
		if !host.isLiteral() && !validName(host.name) {
			t.Fatalf("%q became the invalid name %q", s, host.name)
		}
	})
}
