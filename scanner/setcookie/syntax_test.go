package setcookie

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseNameAndValue(t *testing.T) {
	tests := []struct{ line, name, value string }{
		{"a=b", "a", "b"},
		{"a=", "a", ""},
		{"=b", "", "b"},
		{"lone", "", "lone"},
		{"  lone  ; Secure", "", "lone"},
		{"a=b=c", "a", "b=c"},
		{"a==b", "a", "=b"},
		{" a = b c ", "a", "b c"},
		{"\ta\t=\tb\t", "a", "b"},
		{"a b=c", "a b", "c"},
		{"a=b, c=d", "a", "b, c=d"},
		{`a="b c"`, "a", `"b c"`},
		{`"a=b;c"`, `"a`, "b"},
		{"a=%3B%00", "a", "%3B%00"},
		{"$Version=1", "$Version", "1"},
		{"@a=(b)", "@a", "(b)"},
		{"é=ü", "é", "ü"},
		{"a=\xff\x80", "a", "\xff\x80"},
		{"a=\u00a0b\u00a0", "a", "\u00a0b\u00a0"}, // only space and tab are trimmed
		{"Set-Cookie: a=b", "Set-Cookie: a", "b"},
	}
	for _, tt := range tests {
		p, err := Parse([]byte(tt.line))
		if err != nil || p.Name != tt.name || p.Value != tt.value {
			t.Errorf("Parse(%q) = %q, %q, %v; want %q, %q", tt.line, p.Name, p.Value, err, tt.name, tt.value)
		}
	}
}

func TestParseAttributes(t *testing.T) {
	long := strings.Repeat("x", 1025)
	tests := []struct {
		line string
		want []Attribute
	}{
		{"a=b", nil},
		{"a=b;", nil},
		{"a=b;;; ;\t;", nil},
		{"a=b;Secure", []Attribute{{Name: "Secure"}}},
		{"a=b; sEcUrE ; PATH = /x y ", []Attribute{{Name: "sEcUrE"}, {Name: "PATH", Value: "/x y"}}},
		{"a=b; Path=/a=b", []Attribute{{Name: "Path", Value: "/a=b"}}},
		{"a=b; =x; y=", []Attribute{{Value: "x"}, {Name: "y"}}},
		{"a=b; Path=" + long[1:], []Attribute{{Name: "Path", Value: long[1:]}}},
		{"a=b; Path=" + long, []Attribute{{Name: "Path", Value: long, TooLong: true}}},
		{"a=b; Path=  " + long[1:] + "  ", []Attribute{{Name: "Path", Value: long[1:]}}}, // measured without white space
	}
	for _, tt := range tests {
		p, err := Parse([]byte(tt.line))
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.line, err)
		}
		if diff := cmp.Diff(tt.want, p.Attributes); diff != "" {
			t.Errorf("Parse(%.40q) attributes (-want +got):\n%s", tt.line, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct {
		line string
		want Reason
	}{
		{"", NoCookieContent},
		{" \t ", NoCookieContent},
		{"=", NoCookieContent},
		{" = ; Secure", NoCookieContent},
		{";a=b", NoCookieContent},
		{";\x01", NoCookieContent},
		{"a=b\tc", DisallowedCharacter},
		{"a\tb=c", DisallowedCharacter},
		{"a=b; Path=/x\ty", DisallowedCharacter},
		{"a=b; un\tknown", DisallowedCharacter},
		{"a=b\x7f", DisallowedCharacter},
		{"a=b; x=\x01", DisallowedCharacter},
		{"a=b\x00", DisallowedCharacter},
		{"a=b\n", DisallowedCharacter},
		{"a=b\r; Secure", DisallowedCharacter},
		{"\na=b", DisallowedCharacter},
		{"a=b; x=" + strings.Repeat("x", 2000) + "\x01", DisallowedCharacter},
	}
	for c := range 0x20 {
		if c == '\t' {
			continue
		}
		tests = append(tests, struct {
			line string
			want Reason
		}{"a=b" + string(rune(c)) + "c", DisallowedCharacter})
	}
	for _, tt := range tests {
		_, err := Parse([]byte(tt.line))
		var refusal *ParseError
		if !errors.As(err, &refusal) || refusal.Reason != tt.want {
			t.Errorf("Parse(%.40q) error = %v, want %s", tt.line, err, tt.want)
		}
		if r := evaluate(t, tt.line, ordinaryURL); r.Stored || !slices.Equal(r.Reasons, reasons(tt.want)) {
			t.Errorf("Evaluate(%.40q) = %v %v, want %s", tt.line, r.Stored, r.Reasons, tt.want)
		}
	}
}

func TestParseErrorQuotesNothing(t *testing.T) {
	_, err := Parse([]byte("token=s3cret\x01"))
	if err == nil || strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "token") {
		t.Errorf("error = %v, want one without the cookie", err)
	}
}

func TestSizeLimit(t *testing.T) {
	x := strings.Repeat("x", 5000)
	tests := []struct {
		what, line string
		stored     bool
	}{
		{"value up to the limit", "a=" + x[:4095], true},
		{"value over the limit", "a=" + x[:4096], false},
		{"name up to the limit", x[:4096] + "=", true},
		{"name over the limit", x[:4097] + "=", false},
		{"nameless up to the limit", x[:4096], true},
		{"nameless over the limit", x[:4097], false},
		{"white space does not count", " a = " + x[:4095] + "   ", true},
		{"octets count, not letters", "a=" + strings.Repeat("é", 2048), false},
		{"attributes do not count", "a=" + x[:4095] + "; Comment=" + x, true},
		{"a long unknown attribute name", "a=b; " + x, true},
	}
	for _, tt := range tests {
		r := evaluate(t, tt.line, ordinaryURL)
		if r.Stored != tt.stored {
			t.Errorf("%s: stored = %v %v, want %v", tt.what, r.Stored, r.Reasons, tt.stored)
		}
		if !tt.stored && !slices.Equal(r.Reasons, reasons(NameValuePairExceedsMaxSize)) {
			t.Errorf("%s: reasons = %v", tt.what, r.Reasons)
		}
	}
}

func TestNameless(t *testing.T) {
	tests := []struct {
		line string
		want []Reason
	}{
		{"x", nil},
		{"=x", nil},
		{"=x; Path=/", nil},
		{"=a=b", reasons(NamelessWithEquals)},
		{"==", reasons(NamelessWithEquals)},
		{"= =b", reasons(NamelessWithEquals)},
		{"a==", nil},
		{"=__Secure-a=b", reasons(InvalidPrefix, NamelessWithEquals)},
	}
	for _, tt := range tests {
		if r := evaluate(t, tt.line, ordinaryURL); !slices.Equal(r.Reasons, tt.want) {
			t.Errorf("Evaluate(%q) reasons = %v, want %v", tt.line, r.Reasons, tt.want)
		}
	}
}

func TestFlagsAndLastAttributeWins(t *testing.T) {
	long := strings.Repeat("x", 1025)
	tests := []struct {
		line             string
		secure, httpOnly bool
		path             string
	}{
		{"a=b", false, false, "/dir"},
		{"a=b; Secure; HttpOnly", true, true, "/dir"},
		{"a=b; secure=false; HTTPONLY=0", true, true, "/dir"},
		{"a=b; Secure =x;  httponly\t", true, true, "/dir"},
		{"a=b; sec ure; http-only", false, false, "/dir"},
		{"a=b; Secure=" + long, false, false, "/dir"},
		{"a=b; Path=/x; Path=/y", false, false, "/y"},
		{"a=b; Path=/x; pATH=y", false, false, "/dir"},
		{"a=b; Path=/x; Path", false, false, "/dir"},
		{"a=b; Path=/x; Path=/" + long, false, false, "/x"},
	}
	for _, tt := range tests {
		c := evaluate(t, tt.line, ordinaryURL).Cookie
		if c.Secure != tt.secure || c.HTTPOnly != tt.httpOnly || c.Path != tt.path {
			t.Errorf("Evaluate(%.60q) = secure %v, httpOnly %v, path %q; want %v, %v, %q",
				tt.line, c.Secure, c.HTTPOnly, c.Path, tt.secure, tt.httpOnly, tt.path)
		}
	}
}

func TestPriority(t *testing.T) {
	for value, want := range map[string]Priority{
		"low": PriorityLow, "Medium": PriorityMedium, "HIGH": PriorityHigh, "top": PriorityMedium, "": PriorityMedium,
		"high; Priority=x": PriorityMedium,
	} {
		if got := evaluate(t, "a=b; Priority="+value, ordinaryURL).Cookie.Priority; got != want {
			t.Errorf("Priority=%s: %q, want %q", value, got, want)
		}
	}
}
