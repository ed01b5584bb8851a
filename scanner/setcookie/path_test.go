package setcookie

import "testing"

func TestDefaultPath(t *testing.T) {
	for path, want := range map[string]string{
		"": "/", "/": "/", "/a": "/", "/a/": "/a", "/a/b": "/a", "/a/b/": "/a/b", "//a/b": "//a",
		"/a?x=/y/z": "/", "/a/b#c/d": "/a", "/a;x/b": "/a;x",
		"/a%20b/%7ec/é/d": "/a%20b/%7ec/%C3%A9", "/a/../b/c": "/b", "/%2e%2E/x": "/", "/a/./b": "/a", "/a/b/..": "/a", "/a/b/.": "/a/b",
		`/a"b/c`: "/a%22b", "/a|b^c{}/c": "/a%7Cb%5Ec%7B%7D", "/a'b<>`/c": "/a'b%3C%3E%60", `/a\b/c`: "/a/b",
	} {
		if got := DefaultPath(mustURL(t, "https://home.example.org"+path)); got != want {
			t.Errorf("DefaultPath(%q) = %q, want %q", path, got, want)
		}
	}
	if got := DefaultPath(nil); got != "/" {
		t.Errorf("DefaultPath(nil) = %q", got)
	}
}

func TestPathAttribute(t *testing.T) {
	for attribute, want := range map[string]string{
		"/": "/", "/x": "/x", "/x/": "/x/", "//": "//", "/x y": "/x y", "/x?y#z": "/x?y#z", "/é": "/é", "/\xff": "/\xff",
		"/%2fx": "/%2fx", "/../x": "/../x", "/x,y": "/x,y",
		"": "/dir", "x": "/dir", `"/x"`: "/dir", `\`: "/dir", "%2Fx": "/dir",
	} {
		if got := evaluate(t, "a=b; Path="+attribute, ordinaryURL).Cookie.Path; got != want {
			t.Errorf("Path=%s: %q, want %q", attribute, got, want)
		}
	}
}

func TestPathMatch(t *testing.T) {
	tests := []struct {
		request, cookie string
		want            bool
	}{
		{"/", "/", true},
		{"/dir", "/", true},
		{"/dir", "/dir", true},
		{"/dir/", "/dir", true},
		{"/dir/x", "/dir", true},
		{"/dir/x", "/dir/", true},
		{"/dir", "/dir/", false},
		{"/directory", "/dir", false},
		{"/Dir", "/dir", false},
		{"/x", "/dir", false},
		{"/x", "", false},
	}
	for _, tt := range tests {
		if got := PathMatch(tt.request, tt.cookie); got != tt.want {
			t.Errorf("PathMatch(%q, %q) = %v", tt.request, tt.cookie, got)
		}
	}
}
