package gate

import (
	"strings"
	"testing"
)

func TestReadBaseline(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`{"schema": "cookiescan/scan/v1", "findings": [{"id": "B001", "fingerprint": "a"}, {"fingerprint": "b"}]}`, "ab"},
		{`{"schema": "cookiescan/scan/v1"}`, ""},
		{`{"schema": "cookiescan/scan/v1", "findings": [{"fingerprint": "a"}]}` + "\n" + `{"schema": "x", "findings": [{"fingerprint": "b"}]}`, "ab"},
		{`[{"fingerprint": "a"}, {"fingerprint": "b"}]`, "ab"},
		{`[]`, ""},
		{`{"findings": []}`, ""},
		{`{"id": "B001", "fingerprint": "a"}` + "\n" + `{"id": "B001", "fingerprint": "b"}`, "ab"},
	} {
		b, err := ReadBaseline(strings.NewReader(tt.text))
		if err != nil || len(b) != len(tt.want) {
			t.Errorf("%s: %v, %v", tt.text, b, err)
		}
		for _, c := range tt.want {
			if !b[string(c)] {
				t.Errorf("%s: %v", tt.text, b)
			}
		}
	}
	for text, want := range map[string]string{
		"":                               "it is empty",
		"x":                              "it is not JSON",
		"{}":                             "neither a scan nor findings",
		"3":                              "neither a scan nor findings",
		`[{"id": "B001"}]`:               "has no fingerprint",
		`[3]`:                            "no list of findings",
		`{"findings": 3}`:                "neither a scan nor findings",
		`{"findings": [{"id": "B001"}]}`: "has no fingerprint",
	} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add(`{"schema": "cookiescan/scan/v1", "findings": [{"fingerprint": "a"}]}`)
	f.Add(`[{"fingerprint": "a"}] {}`)
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadBaseline(strings.NewReader(text))
		if (b == nil) != (err != nil) {
			t.Errorf("%v, %v", b, err)
		}
		if b[""] {
			t.Error("an empty fingerprint makes everything known")
		}
	})
}

func FuzzParseAllowance(f *testing.F) {
	for _, s := range []string{"pages:2%", "pages:3", "pages:0x1p-2%", "pages:1e2%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if a, err := ParseAllowance(text); err == nil && (a.percent < 0 || a.percent > 100 || a.pages < 0) {
			t.Errorf("%q: %+v", text, a)
		}
	})
}
