package netlog

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestLineReader(t *testing.T) {
	big := strings.Repeat("x", 300<<10) // over the buffer, under the limit
	huge := strings.Repeat("y", 500<<10)
	exact := strings.Repeat("z", 400<<10)
	src := "a\n\n" + big + "\n" + huge + "\nb\n" + exact + "\n" + exact + "z\nc\nno end"
	r := newLineReader(strings.NewReader(src), 400<<10)
	var got []string
	for {
		line, err := r.next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			break
		}
		got = append(got, string(line))
	}
	if want := []string{"a", "", big, "b", exact, "c"}; !slices.Equal(got, want) {
		t.Errorf("%d lines read, want %d", len(got), len(want))
	}
	if r.skipped != 2 || r.bytes != int64(len(src)) {
		t.Errorf("skipped %d lines of %d octets, want 2 of %d", r.skipped, r.bytes, len(src))
	}
}

func TestEventType(t *testing.T) {
	for _, tt := range []struct {
		line string
		want int
		ok   bool
	}{
		{`{"params":{},"phase":1,"source":{"id":3,"type":39},"time":"7","type":564},`, 564, true},
		{`{"time":"7","type":0}`, 0, true},
		{`{"time":"7","type":5},` + "\r", 5, true},
		{`{"params":{"value":"\"type\":9}"},"type":5},`, 5, true},
		{`{"source":{"id":3,"type":39}}`, 0, false},
		{`{"source":{"id":3,"type":39},"time":"7"},`, 0, false},
		{`{"type":},`, 0, false},
		{`{"type":1234567},`, 0, false},
		{``, 0, false},
	} {
		got, ok := eventType([]byte(tt.line))
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("eventType(%q) = %d, %v; want %d, %v", tt.line, got, ok, tt.want, tt.ok)
		}
	}
}

func TestSmallReaders(t *testing.T) {
	for _, tt := range []struct{ got, want any }{
		{unescapeField("%ESCAPED:\u200b Set-Cookie: a=%C3%A4%2541%"), "Set-Cookie: a=ä%41%"},
		{unescapeField("%ESCAPED:\u200b %zz%4"), "%zz%4"},
		{unescapeField("%ESCAPED: a=%41"), "%ESCAPED: a=%41"},
		{statusCode("HTTP/1.1 101 Switching Protocols"), 101},
		{statusCode("HTTP/1.1 200"), 200},
		{statusCode("HTTP/1.1 99999999999999999999"), 0},
		{statusCode("HTTP/0.9"), 0},
		{site("https://a.test"), "https://a.test"},
		{site("not an origin"), ""},
		{site("null"), ""},
		{siteForCookies("SiteForCookies: {site=null; schemefully_same=false}"), ""},
		{siteForCookies("SiteForCookies: {site=https://a.test; schemefully_same=true}"), "https://a.test"},
		{lineName("a"), ""},
		{lineName(" a b =c=d"), "a b"},
		{lineName("x;a=b"), ""},
		{lineName("\xff\xfe=1"), "\ufffd\ufffd"},
		{partitionKey("(none)"), (*PartitionKey)(nil)},
		{*partitionKey("https://a.test, same-site"), PartitionKey{TopLevelSite: "https://a.test"}},
		{*partitionKey("https://a.test with nonce 1, cross-site"), PartitionKey{Opaque: "https://a.test with nonce 1, cross-site"}},
		{newCookie("a", ".b.test", "/"), Cookie{Name: "a", Domain: "b.test", Path: "/"}},
		{newCookie("", "", ""), Cookie{}},
		{requestKind("wss://a.test/", "other"), KindWebSocket},
		{requestKind("https://a.test/", "subframe"), KindSubframe},
	} {
		if tt.got != tt.want {
			t.Errorf("got %#v, want %#v", tt.got, tt.want)
		}
	}
}

func TestBlockedReasons(t *testing.T) {
	for _, tt := range []struct{ status, op, want string }{
		{"INCLUDE, DO_NOT_WARN, NO_EXEMPTION", OpStore, "[]"},
		{"INCLUDE, WARN_THIRD_PARTY_PHASEOUT, NO_EXEMPTION", OpSend, "[]"},
		{"EXCLUDE_SAMESITE_NONE_INSECURE, WARN_SAMESITE_NONE_INSECURE, NO_EXEMPTION", OpStore, "[SameSiteNoneInsecure]"},
		{"EXCLUDE_DOMAIN_MISMATCH, EXCLUDE_INVALID_DOMAIN, DO_NOT_WARN", OpStore, "[InvalidDomain]"},
		{"EXCLUDE_DOMAIN_MISMATCH, DO_NOT_WARN", OpSend, "[DomainMismatch]"},
		{"EXCLUDE_SAMESITE_LAX, WARN_STRICT_CROSS_DOWNGRADE_LAX_SAMESITE", OpSend, "[SchemefulSameSiteLax]"},
		{"EXCLUDE_SAMESITE_UNSPECIFIED_TREATED_AS_LAX, EXCLUDE_USER_PREFERENCES", OpStore, "[SameSiteUnspecifiedTreatedAsLax UserPreferences]"},
		{"EXCLUDE_FAILURE_TO_STORE", OpStore, "[SyntaxError]"},
		{"EXCLUDE_NONCOOKIEABLE_SCHEME", OpStore, "[SchemeNotSupported]"},
		{"EXCLUDE_THIRD_PARTY_BLOCKED_WITHIN_FIRST_PARTY_SET", OpStore, "[ThirdPartyBlockedInFirstPartySet]"},
		{"EXCLUDE_OVERWRITE_HTTP_ONLY", OpStore, "[OverwriteHttpOnly]"},
		{"EXCLUDE_NEW__THING_", OpStore, "[NewThing]"},
	} {
		if got := fmt.Sprint(blockedReasons(tt.status, tt.op)); got != tt.want {
			t.Errorf("blockedReasons(%q, %s) = %s, want %s", tt.status, tt.op, got, tt.want)
		}
	}
}
