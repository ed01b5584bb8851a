package main

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"cookiescan/scanner/egress"
)

func TestTargetsGroupBySite(t *testing.T) {
	var notes []string
	got, err := targets([]string{
		"Example.com", "https://www.example.com/a?b#c", "http://other.co.uk:80", "https://shop.other.co.uk/", "localhost:8080", "[::1]:9000/x", "https://M\u00fcller.de.", "10.0.0.7",
	}, func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) })
	if err != nil {
		t.Fatal(err)
	}
	want := []target{
		{"example.com", []string{"https://example.com/", "https://www.example.com/a?b"}},
		{"other.co.uk", []string{"http://other.co.uk/", "https://shop.other.co.uk/"}},
		{"localhost", []string{"https://localhost:8080/"}},
		{"[::1]", []string{"https://[::1]:9000/x"}},
		{"xn--mller-kva.de", []string{"https://xn--mller-kva.de/"}},
		{"10.0.0.7", []string{"https://10.0.0.7/"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if len(notes) != 4 {
		t.Errorf("https was assumed for %q, want four addresses", notes)
	}
}

func TestOriginsFollowTheMoveToTLS(t *testing.T) {
	tg := target{starts: []string{"http://a.test/", "https://a.test/x", "http://a.test:8080/", "https://b.test:8443/"}}
	want := []string{"http://a.test", "https://a.test", "http://a.test:8080", "https://b.test:8443"}
	if got := tg.origins(); !reflect.DeepEqual(got, want) {
		t.Errorf("origins are %v, want %v", got, want)
	}
}

func TestPrivateTargets(t *testing.T) {
	tg := target{starts: []string{
		"https://127.0.0.1/", "http://[::1]:8080/", "https://192.168.1.4:8443/", "https://8.8.8.8/", "http://localhost/", "https://x.localhost/", "https://staging.test/",
	}}
	o := networkOptions{resolve: []string{"staging.test=127.0.0.1:8443"}}
	if err := o.check(); err != nil {
		t.Fatal(err)
	}
	want := []egress.Pattern{{Host: "127.0.0.1", Port: 443}, {Host: "::1", Port: 8080}, {Host: "192.168.1.4", Port: 8443}, {Host: "localhost", Port: 80}, {Host: "x.localhost", Port: 443}}
	if got := tg.private(t.Context(), &o); !reflect.DeepEqual(got, want) {
		t.Errorf("private are %v, want %v", got, want)
	}
	o.allowPrivate = true
	if got := tg.private(t.Context(), &o); got != nil {
		t.Errorf("with everything allowed private are %v, want none", got)
	}
}

func TestIsPrivate(t *testing.T) {
	for addr, want := range map[string]bool{
		"10.1.2.3": true, "172.16.0.1": true, "100.64.0.1": true, "169.254.1.1": true, "::1": true, "fe80::1": true, "fd00::1": true, "::ffff:10.0.0.1": true, "0.0.0.0": true,
		"8.8.8.8": false, "172.32.0.1": false, "2606:4700::1111": false, "100.128.0.1": false,
	} {
		if got := isPrivate(netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: private is %v, want %v", addr, got, want)
		}
	}
}

// TestOverriddenIsThatOfTheWayOut keeps the matching of --resolve in step with
// the way out, which decides.
func TestOverriddenIsThatOfTheWayOut(t *testing.T) {
	for _, c := range []struct {
		resolve, host string
		port          uint16
		want          bool
	}{
		{"a.test=127.0.0.1", "a.test", 443, true},
		{"a.test=127.0.0.1", "www.a.test", 443, false},
		{"*.a.test=127.0.0.1", "www.a.test", 443, true},
		{"*.a.test=127.0.0.1", "a.test", 443, false},
		{"*=127.0.0.1", "a.test", 443, true},
		{"a.test:8443=127.0.0.1", "a.test", 8443, true},
		{"a.test:8443=127.0.0.1", "a.test", 443, false},
	} {
		o := networkOptions{resolve: []string{c.resolve}}
		if err := o.check(); err != nil {
			t.Fatal(err)
		}
		if got := o.overridden(c.host, c.port); got != c.want {
			t.Errorf("%s names %s:%d: %v, want %v", c.resolve, c.host, c.port, got, c.want)
		}
	}
}

func TestAddressErrorsKeepPasswords(t *testing.T) {
	for _, arg := range []string{"https://u:hunter2@a.test", "u:hunter2@a.test", "https://u:hunter2@a b", "u:hunter2@%zz"} {
		_, err := targets([]string{arg}, func(string, ...any) {})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: error %v, want one without the password", arg, err)
		}
	}
}
