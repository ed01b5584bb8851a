package ledger

import (
	"fmt"
	"testing"

	"cookiescan/scanner"
)

// TestFaults says what a cookie named a shows of how it was written.
func TestFaults(t *testing.T) {
	several := func(raw ...string) Response {
		r := header(1, raw[0])
		for _, line := range raw[1:] {
			r.SetCookie = append(r.SetCookie, SetCookieLine{Raw: line})
		}
		return r
	}
	store := script(1, "")
	store.Raw, store.Store, store.Via = "", &StoreOptions{Name: "a", Value: "1"}, scanner.ViaCookieStore
	for name, row := range map[string]struct {
		seen Observation
		want string
	}{
		"none":                      {header(1, "a=1; Path=/; Max-Age=60"), "[]"},
		"a header":                  {header(1, "a=1; Path=/; path=/; Expires=0"), "[attribute-repeated expires-unreadable]"},
		"a refused one":             {header(1, "a=1; SameSite=None; Max-Age=x", "SameSiteNoneInsecure"), "[max-age-unreadable]"},
		"a script":                  {script(1, "a=1; Max-Age=60; Expires=Fri, 01 Jan 2027 00:00:00 GMT"), "[lifetimes-disagree]"},
		"the Cookie Store API":      {store, "[]"},
		"two of one name":           {several("a=1; Path=/", "a=2; Path=/"), "[name-repeated]"},
		"of one name on two paths":  {several("a=1; Path=/", "a=2; Path=/x"), "[name-repeated]"},
		"one deletes another path":  {several("a=1; Path=/", "a=; Path=/x; Max-Age=0"), "[]"},
		"another name beside":       {several("a=1; Path=/", "A=2; Path=/"), "[]"},
		"two of one name and fault": {several("a=1; Path=/; Max-Age=x", "a=2; Path=/"), "[max-age-unreadable name-repeated]"},
	} {
		l := pass(newLedger(), "none", row.seen)
		if got := fmt.Sprint(l.Cookies()[0].Writes[0].Faults); got != row.want {
			t.Errorf("%s: %s, want %s", name, got, row.want)
		}
	}
}

// What is folded into one write keeps the faults and the personal data of all.
func TestFoldKeepsFaults(t *testing.T) {
	c := one(t, header(1, "a=1"), header(2, "a=2; Path=/; Path=/"), header(3, "a=jane@mail.de; Expires=0"), header(4, "a=3; Path=/; Path=/"), final(9, held("a=3", 0)))
	if w := c.Writes[len(c.Writes)-1]; len(c.Writes) != 2 || fmt.Sprint(w.Faults, w.Personal) != "[attribute-repeated expires-unreadable] [e-mail]" {
		t.Errorf("%+v", c.Writes)
	}
}

// Personal data is noted wherever a value comes from, but for what the user gave.
func TestPersonalOfEverySource(t *testing.T) {
	const value = "jane@mail.de"
	l := newLedger()
	l.Begin("none", []JarCookie{held("given="+value, 0)})
	change := StorageChange{At: sec(1), Kind: scanner.LocalStorage, Area: Area{StorageKey: "https://www.shop.test/"}, Key: "k", Value: value, Via: "setItem", Action: scanner.Set, Attribution: scanner.Exact}
	look := StoragePresent{At: sec(5), Kind: scanner.SessionStorage, Area: Area{StorageKey: "https://www.shop.test/"}, Items: []StorageEntry{{Key: "s", Value: value}}}
	l.Add([]Observation{header(1, "h="+value), script(2, "js="+value), change, look, final(9, held("given="+value, 0), held("h="+value, 0), held("js="+value, 0), held("u="+value, 0))})
	l.End()
	got := map[string]string{}
	for _, c := range l.Cookies() {
		got[c.Name] = fmt.Sprint(c.Writes[0].Personal)
	}
	for _, s := range l.Storage() {
		got[s.Key] = fmt.Sprint(s.Writes[0].Personal)
	}
	want := map[string]string{"given": "[]", "h": "[e-mail]", "js": "[e-mail]", "u": "[e-mail]", "k": "[e-mail]", "s": "[e-mail]"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}
