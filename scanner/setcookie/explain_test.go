package setcookie

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExplainJSON(t *testing.T) {
	e := Explain([]byte("__Host-id=a b; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=63072000"), contextAt(t, ordinaryURL))
	got, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"stored":true,"reason":"","name":"__Host-id","value":"a b","domain":"home.example.org","hostOnly":true,"path":"/",` +
		`"secure":true,"httpOnly":true,"sameSite":"Lax","partitioned":false,"session":false,"maxAgeSeconds":34560000,` +
		`"notes":["Max-Age capped at 400 days (34560000 seconds)."]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	session, err := json.Marshal(Explain([]byte("a=b; SameSite=Lax"), contextAt(t, ordinaryURL)))
	if err != nil || !strings.Contains(string(session), `"session":true,"maxAgeSeconds":null,"notes":[]`) {
		t.Errorf("session cookie: %s, %v", session, err)
	}
}

func TestExplainReason(t *testing.T) {
	tests := []struct {
		line   string
		reason Reason
	}{
		{"a=b", ""},
		{"a=b; SameSite=None", SameSiteNoneInsecure},
		{"a=b; Domain=other.org; SameSite=None", InvalidDomain},
		{"a=b; Max-Age=0", Expired},
		{"a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", Expired},
		{"", NoCookieContent},
	}
	for _, tt := range tests {
		e := Explain([]byte(tt.line), contextAt(t, ordinaryURL))
		if e.Reason != tt.reason || e.Stored != (tt.reason == "") {
			t.Errorf("Explain(%q) = %v %q, want %q", tt.line, e.Stored, e.Reason, tt.reason)
		}
		if tt.reason != "" && (len(e.Notes) == 0 || e.Notes[0] != tt.reason.Explain()) {
			t.Errorf("Explain(%q) notes = %q, want the reason's sentence first", tt.line, e.Notes)
		}
	}
	if e := Explain([]byte("a=b; Max-Age=-5"), contextAt(t, ordinaryURL)); *e.MaxAgeSeconds != 0 {
		t.Errorf("deletion: maxAgeSeconds = %d, want 0", *e.MaxAgeSeconds)
	}
}

func TestExplainNotes(t *testing.T) {
	tests := []struct{ line, url, note string }{
		{"lone", ordinaryURL, "The cookie has no name"},
		{"a=b; Path=/" + strings.Repeat("x", 1024), ordinaryURL, "Attribute Path ignored: its value is longer than 1024 octets."},
		{"a=b; Versoin=1", ordinaryURL, `Attribute "Versoin" ignored`},
		{"a=b; " + strings.Repeat("x", 3000), ordinaryURL, `..."`},
		{"a=b; path=/; Path=/x", ordinaryURL, "Path is given 2 times: the last one counts."},
		{"a=b; Max-Age=5; Expires=Mon, 02 Mar 2026 12:00:00 GMT", ordinaryURL, "Expires ignored: Max-Age wins."},
		{"a=b; Max-Age=x", ordinaryURL, "Max-Age ignored"},
		{"a=b; Max-Age=x", ordinaryURL, "it is a session cookie"},
		{"a=b; Expires=soon", ordinaryURL, "Expires ignored: its value is not a date"},
		{"a=b; Expires=Mon, 02 Mar 2030 12:00:00 GMT", ordinaryURL, "Expires capped at 400 days"},
		{"a=b; Domain", ordinaryURL, "Domain ignored: it is empty"},
		{"a=b; Domain=.example.org", ordinaryURL, "leading dot"},
		{"a=b; Domain=co.uk", "https://co.uk/", "only this host gets the cookie"},
		{"a=b; Domain=ｅxample.org", ordinaryURL, "IDNA"},
		{"a=b; Path=x", ordinaryURL, "Path ignored"},
		{"a=b", ordinaryURL, "No SameSite attribute"},
		{"a=b; SameSite=Foo", ordinaryURL, `SameSite="Foo" is not known`},
		{"a=b; Priority=Top", ordinaryURL, `Priority="Top" is not known`},
		{"a=b; Secure", "http://localhost/", "Secure is allowed without https"},
		{"a=\xff", ordinaryURL, "not UTF-8"},
	}
	for _, tt := range tests {
		e := Explain([]byte(tt.line), contextAt(t, tt.url))
		if !slices.ContainsFunc(e.Notes, func(n string) bool { return strings.Contains(n, tt.note) }) {
			t.Errorf("Explain(%.60q) notes = %q, want one with %q", tt.line, e.Notes, tt.note)
		}
	}
	skewed := contextAt(t, ordinaryURL)
	skewed.Date = now().AddDate(0, 0, -1)
	if e := Explain([]byte("a=b; Expires=Mon, 02 Mar 2026 12:00:00 GMT"), skewed); !slices.ContainsFunc(e.Notes, func(n string) bool { return strings.Contains(n, "Date header") }) {
		t.Errorf("notes = %q, want one on the Date header", e.Notes)
	}
}

func TestEveryReasonIsExplained(t *testing.T) {
	ownNames := 0
	for _, r := range []Reason{
		SecureOnly, SchemefulSameSiteStrict, SchemefulSameSiteLax, SchemefulSameSiteUnspecifiedTreatedAsLax, SameSiteNoneInsecure,
		SyntaxError, SchemeNotSupported, OverwriteSecure, InvalidDomain, InvalidPrefix, NameValuePairExceedsMaxSize,
		DisallowedCharacter, NoCookieContent, InvalidPartitioned, NamelessWithEquals, HTTPOnlyFromScript, OverwriteHTTPOnly, InvalidPath, Expired,
	} {
		if s := r.Explain(); !strings.HasSuffix(s, ".") {
			t.Errorf("%s.Explain() = %q, want a sentence", r, s)
		}
		if !r.InProtocol() {
			ownNames++
		}
	}
	if ownNames != 6 || Reason("Nonsense").Explain() != "" {
		t.Errorf("%d reasons outside the protocol, want 6; unknown: %q", ownNames, Reason("Nonsense").Explain())
	}
}
