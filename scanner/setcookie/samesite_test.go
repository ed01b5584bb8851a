package setcookie

import (
	"slices"
	"testing"
)

func TestSameSite(t *testing.T) {
	tests := []struct {
		attributes string
		want       SameSite
		first      []Reason // set in a same-site context
		cross      []Reason // set in a cross-site context
	}{
		{"", SameSiteUnspecified, nil, reasons(SchemefulSameSiteUnspecifiedTreatedAsLax)},
		{"; SameSite", SameSiteUnspecified, nil, reasons(SchemefulSameSiteUnspecifiedTreatedAsLax)},
		{"; SameSite=Foo", SameSiteUnspecified, nil, reasons(SchemefulSameSiteUnspecifiedTreatedAsLax)},
		{"; Secure", SameSiteUnspecified, nil, reasons(SchemefulSameSiteUnspecifiedTreatedAsLax)},
		{"; SameSite=Lax", SameSiteLax, nil, reasons(SchemefulSameSiteLax)},
		{"; samesite = LAX ", SameSiteLax, nil, reasons(SchemefulSameSiteLax)},
		{"; SameSite=strict", SameSiteStrict, nil, reasons(SchemefulSameSiteStrict)},
		{"; SameSite=None; Secure", SameSiteNone, nil, nil},
		{"; SameSite=none", SameSiteNone, reasons(SameSiteNoneInsecure), reasons(SameSiteNoneInsecure)},
		{"; SameSite=None; SameSite=Lax", SameSiteLax, nil, reasons(SchemefulSameSiteLax)},
		{"; SameSite=Strict; SameSite=Foo", SameSiteUnspecified, nil, reasons(SchemefulSameSiteUnspecifiedTreatedAsLax)},
	}
	for _, tt := range tests {
		for _, where := range []struct {
			context SameSiteContext
			want    []Reason
		}{{ContextSameSite, tt.first}, {ContextCrossSite, tt.cross}} {
			ctx := contextAt(t, ordinaryURL)
			ctx.SameSite = where.context
			r := Evaluate([]byte("a=b"+tt.attributes), ctx)
			if r.Cookie.SameSite != tt.want || !slices.Equal(r.Reasons, where.want) || r.Stored != (where.want == nil) {
				t.Errorf("a=b%s in context %d: %q %v %v, want %q %v",
					tt.attributes, where.context, r.Cookie.SameSite, r.Stored, r.Reasons, tt.want, where.want)
			}
		}
	}
}

func TestContextFor(t *testing.T) {
	tests := []struct {
		response, top string
		want          SameSiteContext
	}{
		{"https://cdn.example.org/", "https://www.example.org/", ContextSameSite},
		{"https://example.org:8443/", "https://example.org/", ContextSameSite},
		{"wss://example.org/", "https://example.org/", ContextSameSite},
		{"https://example.org/", "http://example.org/", ContextCrossSite}, // schemefully
		{"https://other.org/", "https://example.org/", ContextCrossSite},
		{"https://bob.github.io/", "https://alice.github.io/", ContextCrossSite},
	}
	for _, tt := range tests {
		if got := ContextFor(mustURL(t, tt.response), mustURL(t, tt.top)); got != tt.want {
			t.Errorf("ContextFor(%s, %s) = %d, want %d", tt.response, tt.top, got, tt.want)
		}
	}
}

func TestSecureAndHTTPOnly(t *testing.T) {
	tests := []struct {
		line, url string
		script    bool
		want      []Reason
	}{
		{"a=b; Secure", "https://example.org/", false, nil},
		{"a=b; Secure", "wss://example.org/", false, nil},
		{"a=b; Secure", "http://example.org/", false, reasons(SecureOnly)},
		{"a=b; Secure; SameSite=None", "http://example.org/", true, reasons(SecureOnly)},
		{"a=b; Secure", "http://localhost/", false, nil},
		{"a=b; Secure", "http://shop.localhost:8080/", false, nil},
		{"a=b; Secure", "http://localhost./", false, nil},
		{"a=b; Secure", "http://127.9.9.9/", false, nil},
		{"a=b; Secure", "http://[::1]/", false, nil},
		{"a=b; Secure", "http://[::ffff:127.0.0.1]/", false, reasons(SecureOnly)},
		{"a=b; Secure", "http://0.0.0.0/", false, reasons(SecureOnly)},
		{"a=b; Secure", "http://localhost.example.org/", false, reasons(SecureOnly)},
		{"a=b; HttpOnly", "https://example.org/", true, reasons(HTTPOnlyFromScript)},
		{"a=b; HttpOnly", "https://example.org/", false, nil},
		{"a=b", "https://example.org/", true, nil},
		{"a=b", "ftp://example.org/", false, reasons(SchemeNotSupported)},
		{"a=b", "file:///etc/hosts", false, reasons(SchemeNotSupported)},
		{"a=b; SameSite=None", "http://example.org/", false, reasons(SameSiteNoneInsecure)},
	}
	for _, tt := range tests {
		ctx := contextAt(t, tt.url)
		ctx.Script = tt.script
		if r := Evaluate([]byte(tt.line), ctx); !slices.Equal(r.Reasons, tt.want) || r.Stored != (tt.want == nil) {
			t.Errorf("%s at %s script %v: %v %v, want %v", tt.line, tt.url, tt.script, r.Stored, r.Reasons, tt.want)
		}
	}
}

func TestReasonsInProtocolOrder(t *testing.T) {
	ctx := contextAt(t, "http://example.org/")
	ctx.SameSite, ctx.Script = ContextCrossSite, true
	r := Evaluate([]byte("a=b; Secure; SameSite=Lax; HttpOnly"), ctx)
	if want := reasons(SecureOnly, SchemefulSameSiteLax, HTTPOnlyFromScript); !slices.Equal(r.Reasons, want) {
		t.Errorf("reasons = %v, want %v", r.Reasons, want)
	}
	r = Evaluate([]byte("__Host-a=b; Domain=other.org; Partitioned; SameSite=Lax"), ctx)
	if want := reasons(InvalidDomain, InvalidPrefix, InvalidPartitioned); !slices.Equal(r.Reasons, want) {
		t.Errorf("reasons = %v, want %v", r.Reasons, want)
	}
}

func TestNoURL(t *testing.T) {
	if r := Evaluate([]byte("a=b; Partitioned"), Context{Now: now()}); !slices.Equal(r.Reasons, reasons(SchemeNotSupported)) {
		t.Errorf("reasons = %v", r.Reasons)
	}
}
