package report

import (
	"bytes"
	"strings"
	"testing"

	"cookiescan/classify/declaration"
)

// TestDeclarationIsSafe shows that what a source says does nothing to who
// reads it.
func TestDeclarationIsSafe(t *testing.T) {
	year := int64(365 * 86400)
	d := &declaration.Declaration{
		Source: "policy.html",
		Entries: []declaration.Entry{
			{Name: "=cmd|'/c'!A1", Kind: "cookie", Provider: "A|B", Category: "statistics", Purpose: "<b>x</b>\x1b[2J", Lifetime: declaration.Lifetime{Seconds: &year}},
			{Name: "sid", Lifetime: declaration.Lifetime{Session: true}},
			{Name: "raw", Lifetime: declaration.Lifetime{Raw: "a while"}},
		},
		Statements:    []declaration.Statement{{Kind: "contact", Text: "[x](javascript:1)", Place: "line 3"}},
		NotUnderstood: []declaration.NotUnderstood{{Text: "??\u202e", Why: "no name", Place: "row 9"}},
	}
	want := map[string][]string{
		"table":    {"=cmd|'/c'!A1", "1 year", "session", "a while", "contact: [x](javascript:1) (line 3)", "no name", "3 entries, 1 statement, 1 not understood"},
		"markdown": {"| `sid` |", "| 1 year |", "**3 entries, 1 statement, 1 not understood**"},
		"csv":      {"'=cmd|'/c'!A1,cookie,,A|B,statistics,", ",31536000,false,", "sid,,,,,,,,true,"},
		"json":     {`"seconds": 31536000`, `"why": "no name"`},
	}
	for _, format := range DeclarationFormats() {
		var out bytes.Buffer
		if err := WriteDeclaration(&out, format, d, Options{}); err != nil {
			t.Fatal(err)
		}
		for _, text := range want[format] {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%s lacks %q:\n%s", format, text, out.String())
			}
		}
		if strings.ContainsAny(out.String(), "\x1b\u202e") {
			t.Errorf("%s holds control characters:\n%q", format, out.String())
		}
		if format == "markdown" && (strings.Contains(out.String(), "\n- contact: [x](") || strings.Contains(out.String(), "| <b>")) {
			t.Errorf("Markdown or HTML of the source:\n%s", out.String())
		}
	}
}
