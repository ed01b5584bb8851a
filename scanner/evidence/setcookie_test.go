package evidence

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/ledger"
)

func mark(value string) string { return strings.Repeat("#", len(value)) }

func TestRedact(t *testing.T) {
	for raw, want := range map[string]string{
		"sid=secret; Path=/; HttpOnly":          "sid=<digest:######>; Path=/; HttpOnly",
		"sid = secret ;Max-Age=10":              "sid =<digest:######>;Max-Age=10",
		"a=b=c":                                 "a=<digest:###>",
		"nameless":                              "<digest:########>",
		"=x":                                    "=<digest:#>",
		"sid=":                                  "sid=",
		"":                                      "",
		"sid=x; Note=secret; EXPIRES=Thu; Flag": "sid=<digest:#>; Note=<digest:######>; EXPIRES=Thu; Flag",
		`sid="a;b"`:                             `sid=<digest:##>;b"`,
	} {
		if got := redact(raw, mark); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", raw, got, want)
		}
	}
}

// FuzzRedact: whatever is the value of the cookie is not in the line, which
// keeps its attributes.
func FuzzRedact(f *testing.F) {
	f.Add("sid", "value", "; Path=/; Secure")
	f.Add("", "v", ";a=b;;=")
	f.Fuzz(func(t *testing.T, name, value, rest string) {
		const secret = "s3cr3tV4lue"
		got := redact(name+"="+secret+value+rest, mark)
		if strings.Count(got, secret) > strings.Count(name+rest+value, secret) {
			t.Errorf("%q shows the value", got)
		}
		if strings.Count(got, ";") != strings.Count(name+value+rest, ";") {
			t.Errorf("%q has other parts", got)
		}
	})
}

func TestSetCookies(t *testing.T) {
	at := ledger.At{Page: "none/1", Trigger: "load", Time: time.Date(2026, 11, 1, 2, 3, 4, 0, time.FixedZone("", 3600))}
	r := ledger.Response{At: at, Setter: ledger.Setter{URL: "https://x.test/"}, Request: "7.1", SetCookie: []ledger.SetCookieLine{
		{Raw: "sid=secret", Blocked: []string{"SecureOnly"}}, {Raw: "user=given"}, {Raw: "n\xff=v"},
	}}
	for _, keep := range []bool{false, true} {
		var out bytes.Buffer
		s := SetCookies{W: &out, Digest: mark, Keep: keep, Secrets: []string{"", "given"}}
		if err := s.Add("none", r); err != nil {
			t.Fatal(err)
		}
		var lines []SetCookieLine
		for d := json.NewDecoder(&out); d.More(); {
			var l SetCookieLine
			if err := d.Decode(&l); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, l)
		}
		l := lines[0]
		if l.Pass != "none" || l.Page != "none/1" || l.Request != "7.1" || l.URL != "https://x.test/" || l.Octets != 10 || l.RawDigest != "##########" ||
			l.Time.Format(time.RFC3339) != "2026-11-01T01:03:04Z" || len(l.Blocked) != 1 {
			t.Errorf("keep %v: %+v", keep, l)
		}
		if want := map[bool]string{false: "sid=<digest:######>", true: "sid=secret"}[keep]; l.Line != want || l.Redacted == keep {
			t.Errorf("keep %v: %+v, want %s", keep, l, want)
		}
		if l := lines[1]; l.Line != "user=<digest:#####>" || !l.Redacted {
			t.Errorf("keep %v: what the user gave: %+v", keep, l)
		}
		raw, err := base64.StdEncoding.DecodeString(lines[2].Base64)
		if err != nil || lines[2].Line != "" || !strings.HasPrefix(string(raw), "n\xff=") {
			t.Errorf("keep %v: octets: %+v", keep, lines[2])
		}
	}
}

func TestKeepPasses(t *testing.T) {
	const file = `{"pass":"none","n":1}
{"pass":"accept"}
nonsense
{"pass":"none","n":2}
{"pass":"none","torn`
	got, err := KeepPasses(strings.NewReader(file), []string{"none"})
	if want := "{\"pass\":\"none\",\"n\":1}\n{\"pass\":\"none\",\"n\":2}\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v", got, err)
	}
}
