package ledger

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestPersonal(t *testing.T) {
	encoded := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	for value, want := range map[string]string{
		"jane.doe@mail.de":                 "e-mail",
		"uid=7|Jane.Doe+shop@mail.co.uk|x": "e-mail",
		"jane%40mail.de":                   "e-mail",

		"%257B%2522m%2522%253A%2522jane%2540mail.de%2522%257D":              "e-mail",
		`{"user":{"email":"jane@mail.de","phone":"+49 (0) 30 1234-567"}}`:   "e-mail phone",
		encoded(`{"alg":"none"}`) + "." + encoded(`{"sub":"jane@mail.de"}`): "e-mail",
		base64.StdEncoding.EncodeToString([]byte("tel +4930123456789 ok")):  "phone",

		"+4930123456789":                         "phone",
		"%2B1%20(212)%20555-0142":                "phone",
		"%2B12125550142":                         "phone",
		"tel:+44 20 7946 0958":                   "phone",
		"100% of jane%40mail.de":                 "e-mail",
		"":                                       "",
		"+1700000000":                            "", // seconds
		"+1700000000000":                         "", // milliseconds
		"Mon+Nov+23+2026+10:00:00+GMT+0100":      "",
		"GMT+0200":                               "",
		"a+4930123456789":                        "",
		"dGVzdA+4930123456789/":                  "",
		"logo@2x.png":                            "",
		"react@18.2.0,app@1.2.min.js":            "",
		"https://0a1b2c@o123.ingest.sentry.io/4": "",
		"info@mail.de":                           "",
		"hello@shop.test":                        "",
		"jane@shop.de":                           "", // the site's own
		"jane@www.shop.de":                       "",
		"jane@example.com":                       "",
		"jane@localhost":                         "",
		"jane@co.uk":                             "",
		"GA1.1.123456789.1700000000":             "",
		strings.Repeat("x", maxPersonal) + " jane@mail.de":                      "", // beyond the bound
		encoded("jane@mail.de") + ";" + encoded("\x00\x01jane@mail.de binary."): "e-mail",
	} {
		var got []string
		for _, k := range personalIn(value, "shop.de") {
			got = append(got, string(k))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%.60q holds %q, want %q", value, s, want)
		}
	}
}

// FuzzPersonal: whatever a site writes gives a list of known kinds, and what is
// found plain is found in every encoding.
func FuzzPersonal(f *testing.F) {
	for _, v := range []string{"jane@mail.de", "+4930123456789", "%", "%25%34", "a@b.c@d.de", "+1++1", "ZZZZZZZZZZZZZZZZ=="} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, value string) {
		kinds := personalIn(value, "shop.test")
		if !slices.IsSorted(kinds) || len(kinds) > 2 {
			t.Errorf("%q: %v", value, kinds)
		}
		if hasEmail(value, "shop.test") && len(value) < 1000 && !strings.Contains(value, "%") {
			escaped := ""
			for _, b := range []byte(value) {
				escaped += fmt.Sprintf("%%%02X", b)
			}
			if !slices.Contains(personalIn(escaped, "shop.test"), scanner.PersonalEmail) {
				t.Errorf("%q is not found when escaped", value)
			}
		}
	})
}

// A page may write what takes long to look through.
func BenchmarkPersonal(b *testing.B) {
	for name, value := range map[string]string{
		"ordinary": "GA1.1.123456789.1700000000",
		"roles":    strings.Repeat("info@mail.de.", maxPersonal/13),
		"escapes":  strings.Repeat("%2525", maxPersonal/5),
		"plus":     strings.Repeat("+1 2 3 4 5 6 7 8", maxPersonal/16),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				personalIn(value, "shop.test")
			}
		})
	}
}
