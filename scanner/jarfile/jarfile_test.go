package jarfile

import (
	"reflect"
	"strings"
	"testing"
)

var sid = Cookie{Name: "sid", Value: "secret", Domain: "shop.test", Path: "/", Secure: true, HTTPOnly: true, Expires: 1900000000}

func TestRead(t *testing.T) {
	lax, host, session := sid, sid, sid
	lax.SameSite, host.HostOnly, session.Expires = "Lax", true, 0
	for _, c := range []struct {
		src  string
		want []Cookie
	}{
		{"# Netscape HTTP Cookie File\n\n#HttpOnly_.Shop.test\tTRUE\t/\tTRUE\t1900000000\tsid\tsecret\r\n", []Cookie{sid}},
		{"#HttpOnly_shop.test\tFALSE\t/\tTRUE\t1900000000.5\tsid\tsecret\n#HttpOnly_.shop.test\tTRUE\t/\tTRUE\t0\tsid\tsecret", []Cookie{host, session}},
		{`[{"name":"sid","value":"secret","domain":".shop.test","hostOnly":false,"httpOnly":true,"secure":true,"path":"/","sameSite":"lax","expirationDate":1900000000.123,"storeId":"0"}]`, []Cookie{lax}},
		{"\ufeff" + `{"cookies":[{"name":"sid","value":"secret","domain":"shop.test","path":"/","expires":-1,"httpOnly":true,"secure":true,"sameSite":"Lax"}],"origins":[]}`, []Cookie{{Name: "sid", Value: "secret", Domain: "shop.test", HostOnly: true, Path: "/", Secure: true, HTTPOnly: true, SameSite: "Lax"}}},
		{`[{"name":"sid","value":"secret","domain":"shop.test","hostOnly":false,"httpOnly":true,"secure":true,"sameSite":"unspecified","expires":1900000000}]`, []Cookie{sid}},
	} {
		have, err := Read([]byte(c.src))
		if err != nil || !reflect.DeepEqual(have, c.want) {
			t.Errorf("%s:\nhave %+v, %v\nwant %+v", c.src, have, err, c.want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	for src, want := range map[string]string{
		"":     "it has no cookies",
		"[]":   "it has no cookies",
		"a\tb": "line 1: 2 fields, but a cookies.txt has seven, separated by tabs",
		"\nx.test\tTRUE\t/\tTRUE\tsecret\tsid\tv":      "line 2: the fifth field, the expiry, is no number",
		"x.test\tTRUE\tp\tTRUE\t0\tsid\tsecret":        `line 1: the path of the cookie "sid" does not begin with a slash`,
		"x.test\tTRUE\t/\tTRUE\t0\tsid\tsecret;more":   `line 1: the cookie "sid" has a semicolon or a control character`,
		`[{"name":"sid","value":"secret"}]`:            `cookie 1: the cookie "sid" has no domain`,
		`[{"domain":"x.test"}]`:                        "cookie 1: a cookie without name and value",
		"[\n{\"name\": \"sid\", \"value\": 12345678}]": "line 2: value cannot be a number",
		"[\nsecret]":                   "line 2: it is no JSON",
		`{"cookies": 3}`:               "line 1: cookies cannot be a number",
		"\xff":                         "it is no text in UTF-8",
		strings.Repeat(" ", MaxFile+1): "it is longer than 8 MB",
	} {
		if _, err := Read([]byte(src)); err == nil || err.Error() != want {
			t.Errorf("%.60q: %v, want %s", src, err, want)
		}
	}
}

func TestFor(t *testing.T) {
	host, other, old := sid, sid, sid
	host.HostOnly, other.Domain, old.Expires = true, "op.test", 5
	session := sid
	session.Expires = 0
	list := []Cookie{sid, host, other, old, session}
	for _, c := range []struct {
		host string
		want []Cookie
	}{
		{"shop.test", []Cookie{sid, host, session}}, {"www.shop.test", []Cookie{sid, session}}, {"myshop.test", nil}, {"op.test", []Cookie{other}},
	} {
		if have := For(list, []string{c.host}, 10); !reflect.DeepEqual(have, c.want) {
			t.Errorf("%s: %+v", c.host, have)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("#HttpOnly_.shop.test\tTRUE\t/\tTRUE\t1900000000\tsid\tv"))
	f.Add([]byte(`[{"name":"sid","value":"v","domain":".shop.test"}]`))
	f.Add([]byte(`{"cookies":[{"name":"a","value":"","domain":"x","expires":1e300}]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		list, err := Read(src)
		if (len(list) == 0) == (err == nil) {
			t.Fatalf("%d cookies and %v", len(list), err)
		}
		for _, c := range list {
			if c.Domain == "" || c.Path == "" || c.Path[0] != '/' || c.Expires < 0 || strings.ContainsAny(c.Name+c.Value, ";\r\n\x00") {
				t.Errorf("%+v", c)
			}
		}
	})
}
