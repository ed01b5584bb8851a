package setcookie

import (
	"slices"
	"testing"
)

func TestPrefixes(t *testing.T) {
	const plain = "http://home.example.org/dir/file"
	tests := []struct {
		line, url string
		ok        bool
	}{
		{"__Secure-a=b; Secure", ordinaryURL, true},
		{"__Secure-a=b", ordinaryURL, false},
		{"__secure-a=b", ordinaryURL, false},
		{"__SeCuRe-a=b; Secure; Domain=example.org; Path=/x", ordinaryURL, true},
		{"__Secure-a=b; Secure", plain, false},
		{"__Secure-a=b; Secure", "http://localhost/", true},
		{"__Secure-=b; Secure", ordinaryURL, true},
		{"__Secure=b", ordinaryURL, true},
		{"x__Secure-a=b", ordinaryURL, true},
		{"_Secure-a=b", ordinaryURL, true},

		{"__Host-a=b; Secure; Path=/", ordinaryURL, true},
		{"__host-a=b; secure; path=/", ordinaryURL, true},
		{"__Host-a=b; Secure; Path=/; Domain=", ordinaryURL, true},
		{"__Host-a=b; Secure; Path=/; Domain", ordinaryURL, true},
		{"__Host-a=b; Secure; Path=/x; Path=/", ordinaryURL, true},
		{"__Host-a=b; Secure", "https://home.example.org/", false}, // the default path does not count
		{"__Host-a=b; Secure; Path=/dir", ordinaryURL, false},
		{"__Host-a=b; Path=/", ordinaryURL, false},
		{"__HOST-a=b; Path=/", ordinaryURL, false},
		{"__Host-a=b; Secure; Path=/; Domain=home.example.org", ordinaryURL, false},
		{"__Host-a=b; Secure; Path=/", plain, false},
		{"__Host-a=b; Secure; Path=/; Domain=127.0.0.1", "https://127.0.0.1/", true},
		{"__Host-a=b; Secure; Path=/; Domain=.127.0.0.1", "https://127.0.0.1/", false},

		{"__Http-a=b; Secure; HttpOnly", ordinaryURL, true},
		{"__Http-a=b; Secure; HttpOnly; Domain=example.org", ordinaryURL, true},
		{"__Http-a=b; Secure", ordinaryURL, false},
		{"__http-a=b; HttpOnly", ordinaryURL, false},
		{"__Host-Http-a=b; Secure; HttpOnly; Path=/", ordinaryURL, true},
		{"__Host-Http-a=b; Secure; HttpOnly", ordinaryURL, false},
		{"__Host-Http-a=b; Secure; Path=/", ordinaryURL, false},
		{"__host-http-a=b; Secure; Path=/", ordinaryURL, false},

		// A nameless value that would be sent as a prefixed name.
		{"__Secure-a", ordinaryURL, false},
		{"=__Secure-a; Secure", ordinaryURL, false},
		{"=  __host-a; Secure; Path=/", ordinaryURL, false},
		{"__Http-", ordinaryURL, false},
		{"__Host-Http-x", ordinaryURL, false},
		{"=_Secure-", ordinaryURL, true},
		{"x__Secure-", ordinaryURL, true},
		{"a=__Secure-x", ordinaryURL, true},
	}
	for _, tt := range tests {
		r := evaluate(t, tt.line, tt.url)
		var want []Reason
		if !tt.ok {
			want = reasons(InvalidPrefix)
		}
		if !slices.Equal(r.Reasons, want) || r.Stored != tt.ok {
			t.Errorf("%s at %s: %v %v, want %v", tt.line, tt.url, r.Stored, r.Reasons, want)
		}
	}
}
