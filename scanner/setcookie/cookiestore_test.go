package setcookie

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCookieStoreStored(t *testing.T) {
	at := float64(now().UnixMilli())
	tests := []struct {
		what    string
		options CookieStoreOptions
		line    string // the set-cookie-string that gives the same cookie; Session and so on follow
	}{
		{"defaults", CookieStoreOptions{Name: "a", Value: "b"}, "a=b; Path=/; SameSite=Strict"},
		{"white space", CookieStoreOptions{Name: " a ", Value: "\tb "}, "a=b; Path=/; SameSite=Strict"},
		{"nameless", CookieStoreOptions{Value: "b"}, "b; Path=/; SameSite=Strict"},
		{"equals in value", CookieStoreOptions{Name: "a", Value: "b=c"}, "a=b=c; Path=/; SameSite=Strict"},
		{"domain", CookieStoreOptions{Name: "a", Value: "b", Domain: pointer("EXAMPLE.org")}, "a=b; Path=/; SameSite=Strict; Domain=example.org"},
		{"path", CookieStoreOptions{Name: "a", Value: "b", Path: pointer("/x")}, "a=b; Path=/x/; SameSite=Strict"},
		{"path with slash", CookieStoreOptions{Name: "a", Value: "b", Path: pointer("/x/")}, "a=b; Path=/x/; SameSite=Strict"},
		{"path encoded", CookieStoreOptions{Name: "a", Value: "b", Path: pointer("/é x?#\t\\y/../z")}, "a=b; Path=/%C3%A9%20x%3F%23%09/z/; SameSite=Strict"},
		{"empty path", CookieStoreOptions{Name: "a", Value: "b", Path: pointer("")}, "a=b; SameSite=Strict"},
		{"longest path", CookieStoreOptions{Name: "a", Value: "b", Path: pointer("/" + strings.Repeat("x", 1022))}, "a=b; Path=/" + strings.Repeat("x", 1022) + "/; SameSite=Strict"},
		{"lax", CookieStoreOptions{Name: "a", Value: "b", SameSite: pointer("lax")}, "a=b; Path=/; SameSite=Lax"},
		{"none", CookieStoreOptions{Name: "a", Value: "b", SameSite: pointer("none")}, "a=b; Path=/; SameSite=None"},
		{"partitioned", CookieStoreOptions{Name: "a", Value: "b", Partitioned: true}, "a=b; Path=/; SameSite=Strict; Partitioned"},
		{"expires", CookieStoreOptions{Name: "a", Value: "b", Expires: pointer(at + 86400_000)}, "a=b; Path=/; SameSite=Strict; Max-Age=86400"},
		{"expires far away", CookieStoreOptions{Name: "a", Value: "b", Expires: pointer(at + 1e12)}, "a=b; Path=/; SameSite=Strict; Max-Age=1000000000"},
		{"maxAge", CookieStoreOptions{Name: "a", Value: "b", MaxAge: pointer(1.9)}, "a=b; Path=/; SameSite=Strict; Max-Age=1"},
		{"prefix", CookieStoreOptions{Name: "__Host-a", Value: "b"}, "__Host-a=b; Path=/; SameSite=Strict"},
	}
	for _, tt := range tests {
		got := EvaluateCookieStore(tt.options, contextAt(t, ordinaryURL))
		want := evaluate(t, tt.line+"; Secure", ordinaryURL)
		if !got.Stored || got.Cookie.Key() != want.Cookie.Key() || got.Cookie.Value != want.Cookie.Value ||
			got.Cookie.SameSite != want.Cookie.SameSite || got.Cookie.StoredSeconds != want.Cookie.StoredSeconds ||
			got.Cookie.Session != want.Cookie.Session || !got.Cookie.Expires.Equal(want.Cookie.Expires) ||
			!got.Cookie.Secure || got.Cookie.HTTPOnly {
			t.Errorf("%s: %v %v\n got %+v\nwant %+v", tt.what, got.Stored, got.Reasons, got.Cookie, want.Cookie)
		}
		if !got.Cookie.Session && *got.Cookie.DeclaredSeconds != *want.Cookie.DeclaredSeconds {
			t.Errorf("%s: declared %d, want %d", tt.what, *got.Cookie.DeclaredSeconds, *want.Cookie.DeclaredSeconds)
		}
	}
}

func TestCookieStoreRefused(t *testing.T) {
	tests := []struct {
		what    string
		options CookieStoreOptions
		want    Reason
	}{
		{"empty", CookieStoreOptions{}, NoCookieContent},
		{"equals in name", CookieStoreOptions{Name: "a=b", Value: "c"}, DisallowedCharacter},
		{"nameless with equals", CookieStoreOptions{Value: "a=b"}, NamelessWithEquals},
		{"semicolon in name", CookieStoreOptions{Name: "a;b"}, DisallowedCharacter},
		{"semicolon in value", CookieStoreOptions{Name: "a", Value: "b;c"}, DisallowedCharacter},
		{"tab in value", CookieStoreOptions{Name: "a", Value: "b\tc"}, DisallowedCharacter},
		{"NUL in value", CookieStoreOptions{Name: "a", Value: "b\x00"}, DisallowedCharacter},
		{"too large", CookieStoreOptions{Name: "a", Value: strings.Repeat("x", 4096)}, NameValuePairExceedsMaxSize},
		{"leading dot", CookieStoreOptions{Name: "a", Domain: pointer(".example.org")}, InvalidDomain},
		{"empty domain", CookieStoreOptions{Name: "a", Domain: pointer("")}, InvalidDomain},
		{"other domain", CookieStoreOptions{Name: "a", Domain: pointer("other.org")}, InvalidDomain},
		{"suffix", CookieStoreOptions{Name: "a", Domain: pointer("org")}, InvalidDomain},
		{"space in domain", CookieStoreOptions{Name: "a", Domain: pointer("example.org ")}, InvalidDomain},
		{"long domain", CookieStoreOptions{Name: "a", Domain: pointer(strings.Repeat("x", 1025))}, InvalidDomain},
		{"relative path", CookieStoreOptions{Name: "a", Path: pointer("x")}, InvalidPath},
		{"path after space", CookieStoreOptions{Name: "a", Path: pointer(" /x")}, InvalidPath},
		{"long path", CookieStoreOptions{Name: "a", Path: pointer("/" + strings.Repeat("x", 1023))}, InvalidPath},
		{"semicolon in path", CookieStoreOptions{Name: "a", Path: pointer("/x;y")}, DisallowedCharacter},
		{"host prefix with path", CookieStoreOptions{Name: "__Host-a", Path: pointer("/x")}, InvalidPrefix},
		{"host prefix with empty path", CookieStoreOptions{Name: "__Host-a", Path: pointer("")}, InvalidPrefix},
		{"host prefix with domain", CookieStoreOptions{Name: "__Host-a", Domain: pointer("home.example.org")}, InvalidPrefix},
		{"http prefix", CookieStoreOptions{Name: "__Http-a"}, InvalidPrefix},
		{"nameless prefix", CookieStoreOptions{Value: "__Host-a"}, InvalidPrefix},
		{"both lifetimes", CookieStoreOptions{Name: "a", Expires: pointer(1e15), MaxAge: pointer(5.0)}, SyntaxError},
		{"expires not finite", CookieStoreOptions{Name: "a", Expires: pointer(math.NaN())}, SyntaxError},
		{"sameSite spelling", CookieStoreOptions{Name: "a", SameSite: pointer("Lax")}, SyntaxError},
	}
	for _, tt := range tests {
		r := EvaluateCookieStore(tt.options, contextAt(t, ordinaryURL))
		if r.Stored || !slices.Equal(r.Reasons, reasons(tt.want)) {
			t.Errorf("%s: %v %v, want %s", tt.what, r.Stored, r.Reasons, tt.want)
		}
	}
	if r := EvaluateCookieStore(CookieStoreOptions{Name: "a"}, contextAt(t, "http://example.org/")); !slices.Equal(r.Reasons, reasons(SecureOnly)) {
		t.Errorf("over http: %v, want SecureOnly", r.Reasons)
	}
	cross := contextAt(t, ordinaryURL)
	cross.SameSite = ContextCrossSite
	if r := EvaluateCookieStore(CookieStoreOptions{Name: "a"}, cross); !slices.Equal(r.Reasons, reasons(SchemefulSameSiteStrict)) {
		t.Errorf("cross-site: %v, want SchemefulSameSiteStrict", r.Reasons)
	}
}

func TestCookieStoreDeletes(t *testing.T) {
	for what, o := range map[string]CookieStoreOptions{
		"expires in the past":    {Name: "a", Expires: pointer(5.0)},
		"expires now":            {Name: "a", Expires: pointer(float64(now().UnixMilli()))},
		"expires long ago":       {Name: "a", Expires: pointer(-1e300)},
		"maxAge zero":            {Name: "a", MaxAge: pointer(0.0)},
		"maxAge negative":        {Name: "a", MaxAge: pointer(-5.0)},
		"maxAge is not a number": {Name: "a", MaxAge: pointer(math.NaN())},
	} {
		if r := EvaluateCookieStore(o, contextAt(t, ordinaryURL)); !r.Deletes || r.Stored || r.Refused() {
			t.Errorf("%s: %+v, want a deletion", what, r)
		}
	}
}

func TestCookieStoreFromJSON(t *testing.T) {
	var o CookieStoreOptions
	if err := json.Unmarshal([]byte(`{"name":"a","value":"b","domain":null,"expires":1772452800000,"sameSite":"lax"}`), &o); err != nil {
		t.Fatal(err)
	}
	r := EvaluateCookieStore(o, contextAt(t, ordinaryURL))
	if c := r.Cookie; !r.Stored || c.LifetimeRaw != "expires=1772452800000" || c.StoredSeconds != 86400 || c.SameSite != SameSiteLax ||
		!c.Expires.Equal(now().Add(24*time.Hour)) {
		t.Errorf("got %+v", r)
	}
}

// TestCookieStoreReckonsFromTheClock: a script asks for two weeks in milliseconds,
// and the cookie is written a moment later.
func TestCookieStoreReckonsFromTheClock(t *testing.T) {
	at := float64(now().UnixMilli())
	for milliseconds, want := range map[float64]int64{
		1209600_000: 1209600, 1209599_998: 1209600, 1209598_999: 1209600, 1209597_400: 1209597, 90_000: 90,
	} {
		c := EvaluateCookieStore(CookieStoreOptions{Name: "a", Value: "b", Expires: pointer(at + milliseconds)}, contextAt(t, ordinaryURL)).Cookie
		if *c.DeclaredSeconds != want || c.StoredSeconds != want {
			t.Errorf("expires in %v ms: declared %d, stored %d; want %d", milliseconds, *c.DeclaredSeconds, c.StoredSeconds, want)
		}
	}
}
