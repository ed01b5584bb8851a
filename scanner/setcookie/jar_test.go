package setcookie

import (
	"slices"
	"testing"
	"time"
)

const plainURL = "http://home.example.org/dir/file"

func TestLeaveSecureCookiesAlone(t *testing.T) {
	tests := []struct {
		what, first, line, url string
		want                   []Reason
	}{
		{"same cookie", "a=s; Secure; Path=/", "a=n; Path=/", plainURL, reasons(OverwriteSecure)},
		{"over https", "a=s; Secure; Path=/", "a=n; Path=/", ordinaryURL, nil},
		{"below its path", "a=s; Secure; Path=/", "a=n; Path=/dir", plainURL, reasons(OverwriteSecure)},
		{"above its path", "a=s; Secure; Path=/dir", "a=n; Path=/", plainURL, nil},
		{"beside its path", "a=s; Secure; Path=/dir", "a=n; Path=/directory", plainURL, nil},
		{"host against domain", "a=s; Secure; Path=/; Domain=example.org", "a=n; Path=/", plainURL, reasons(OverwriteSecure)},
		{"domain against host", "a=s; Secure; Path=/", "a=n; Path=/; Domain=example.org", plainURL, reasons(OverwriteSecure)},
		{"another name", "a=s; Secure; Path=/", "A=n; Path=/", plainURL, nil},
		{"not Secure itself", "a=s; Path=/", "a=n; Path=/", plainURL, nil},
		{"deletion", "a=s; Secure; Path=/", "a=; Path=/; Max-Age=0", plainURL, reasons(OverwriteSecure)},
		{"with another reason", "a=s; Secure; Path=/", "a=n; Path=/; SameSite=None", plainURL, reasons(SameSiteNoneInsecure, OverwriteSecure)},
		{"also Secure", "a=s; Secure; Path=/", "a=n; Path=/; Secure", plainURL, reasons(SecureOnly, OverwriteSecure)},
		{"impossible cookie", "a=s; Secure; Path=/", "a=n; Path=/; Domain=other.org", plainURL, reasons(InvalidDomain)},
		{"another partition", "a=s; Secure; Path=/; Partitioned", "a=n; Path=/", plainURL, nil},
	}
	for _, tt := range tests {
		var j Jar
		if r := j.Set([]byte(tt.first), contextAt(t, ordinaryURL)); !r.Stored {
			t.Fatalf("%s: first cookie refused: %v", tt.what, r.Reasons)
		}
		r := j.Set([]byte(tt.line), contextAt(t, tt.url))
		if !slices.Equal(r.Reasons, tt.want) || r.Stored != (tt.want == nil) {
			t.Errorf("%s: %v %v, want %v", tt.what, r.Stored, r.Reasons, tt.want)
		}
		if first := j.Cookies(now())[0]; tt.want != nil && (len(j.Cookies(now())) != 1 || first.Value != "s") {
			t.Errorf("%s: jar = %+v", tt.what, j.Cookies(now()))
		}
	}
}

func TestScriptLeavesHTTPOnlyAlone(t *testing.T) {
	for line, want := range map[string][]Reason{
		"a=n; Path=/":                      reasons(OverwriteHTTPOnly),
		"a=; Path=/; Max-Age=0":            reasons(OverwriteHTTPOnly),
		"a=n; Path=/; Domain=example.org":  nil, // another cookie
		"a=n; Path=/dir":                   nil,
		"a=n; Path=/; HttpOnly; Max-Age=5": reasons(HTTPOnlyFromScript, OverwriteHTTPOnly),
	} {
		var j Jar
		j.Set([]byte("a=s; HttpOnly; Path=/"), contextAt(t, ordinaryURL))
		ctx := contextAt(t, ordinaryURL)
		ctx.Script = true
		if r := j.Set([]byte(line), ctx); !slices.Equal(r.Reasons, want) {
			t.Errorf("%s: %v, want %v", line, r.Reasons, want)
		}
		if r := j.Set([]byte("a=n; Path=/"), contextAt(t, ordinaryURL)); !r.Stored {
			t.Errorf("response after %s: %v", line, r.Reasons)
		}
	}
}

func TestJarIdentityAndDeletion(t *testing.T) {
	var j Jar
	ctx := contextAt(t, ordinaryURL)
	for _, line := range []string{
		"a=1", "a=2; Path=/", "a=3; Domain=home.example.org", "a=4; Secure; Partitioned", "b=5", "a=6", "b=; Max-Age=0", "c=7; Max-Age=10",
	} {
		if r := j.Set([]byte(line), ctx); r.Refused() {
			t.Fatalf("%s refused: %v", line, r.Reasons)
		}
	}
	values := func(at time.Time) (vs []string) {
		for _, c := range j.Cookies(at) {
			vs = append(vs, c.Value)
		}
		return vs
	}
	if got, want := values(now()), []string{"2", "3", "6", "4", "7"}; !slices.Equal(got, want) {
		t.Errorf("jar = %v, want %v", got, want)
	}
	if got, want := values(now().Add(10*time.Second)), []string{"2", "3", "6", "4"}; !slices.Equal(got, want) {
		t.Errorf("jar ten seconds later = %v, want %v", got, want)
	}
}

func TestJarWithoutURL(t *testing.T) {
	var j Jar
	if r := j.Set([]byte("a=b"), Context{Now: now()}); r.Stored || len(j.Cookies(now())) != 0 {
		t.Errorf("stored without a URL: %+v", r)
	}
	if rs := j.Overlay(Cookie{Name: "a"}, Context{}); rs != nil {
		t.Errorf("Overlay without a URL = %v", rs)
	}
}
