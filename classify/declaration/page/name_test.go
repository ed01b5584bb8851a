package page

import (
	"slices"
	"testing"
)

func TestNamesIn(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string][]string{
		"_ga":                              {"_ga"},
		"_ga_<ID>":                         {"_ga_*"},
		"_ga_[XXX]":                        {"_ga_*"},
		"_hjSession_{site_id}":             {"_hjSession_*"},
		"_hjSession_{{id}}":                {"_hjSession_*"},
		"_gat_UA-xxxxxx":                   {"_gat_UA-*"},
		"_gat_gtag_UA_XXXXXXX_X":           {"_gat_gtag_UA_*"},
		"_gat_UA-#":                        {"_gat_UA-*"},
		"_pk_id.*.*":                       {"_pk_id.*"},
		"_pk_id…":                          {"_pk_id*"},
		"_pk_ses...":                       {"_pk_ses*"},
		"wordpress_logged_in_[hash value]": {"wordpress_logged_in_*"},
		"ph_<project api key>_posthog":     {"ph_*_posthog"},
		"maxxxit_id":                       {"maxxxit_id"},
		"_ga, _gid und _gat":               {"_ga", "_gid", "_gat"},
		"_ga\n_gid":                        {"_ga", "_gid"},
		"_ga/_gid":                         {"_ga", "_gid"},
		"_ga / _gid":                       {"_ga", "_gid"},
		"_ga _gid _gat":                    {"_ga", "_gid", "_gat"},
		"_ga" + seam + "_gid":              {"_ga", "_gid"},
		"_ga_" + seam + "XXXX":             {"_ga_*"},
		"Google Analytics (_ga, _gid)":     {"_ga", "_gid"},
		"_fbp (Facebook)":                  {"_fbp"},
		"_ga [1]":                          {"_ga"},
		"_ga¹":                             {"_ga"},
		"_ga †":                            {"_ga"},
		"“_ga”":                            {"_ga"},
		"`_ga`;":                           {"_ga"},
		"connect.sid cookie":               {"connect.sid"},
		"pagead/1p-user-list/#":            {"pagead/1p-user-list/*"},
		".AspNetCore.Session":              {".AspNetCore.Session"},
		"Session cookie":                   nil,
		"Google Analytics":                 nil,
		"www.example.com":                  nil,
		".doubleclick.net":                 nil,
		"someone@example.com":              nil,
		"https://example.com/_ga":          nil,
		"12.5":                             nil,
		"n/a – not yet known to us":        nil,
		"***":                              nil,
		"[XXX]":                            nil,
		"–":                                nil,
		"":                                 nil,
		"wir setzen Cookies für die Dauer": nil,
	} {
		var got []string
		for _, n := range r.namesIn(text) {
			if n.strength > noName {
				got = append(got, n.text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestStrength(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]strength{
		"_ga": sureName, "NID": sureName, "my_cart": sureName, "sessionId": likeName, "cart": aWordName, "Access": aWordName, "GDPR": aWordName,
		"e-mail": aWordName, "_Note": aWordName, "GA4": aWordName, ":joy:": noName, "f(x)": noName, "ünlü": noName,
	} {
		if got := r.readName(text); got.strength != want {
			t.Errorf("%q: got %d, want %d", text, got.strength, want)
		}
	}
}
