package page

import (
	"strings"
	"testing"
)

// A page of which nothing could be read is not one that names no cookies.
func TestNamesNotRead(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]string{
		"Cookies\n\nMoodleSession unadb.test  Sesja\n\n_ga Google   Analizy 2 lata\n\n_hjid Hotjar  Analizy 12 mies.\n": "line 3",
		"Cookies\n\nWe do not use cookies such as _ga and _gid.\n":                                                      "",
		"Cookies\n\n_ga Google   Analizy 2 lata\n":                                                                      "",
		"Cookies\n\n_ga: 2 years\n\n_gid: 1 day\n":                                                                      "",
	} {
		d, err := r.Read("policy.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, n := range d.NotUnderstood {
			if strings.HasPrefix(n.Why, "names of cookies") {
				got = n.Place
			}
		}
		if got != want {
			t.Errorf("%q: got %q, want %q; %+v", text, got, want, d.Entries)
		}
	}
}

// A text can have the mark that stands where elements touch.
func TestSeamAtBeginning(t *testing.T) {
	for _, name := range []string{"policy.md", "policy.txt", "policy.html"} {
		if _, err := newReader(t).Read(name, []byte("# Cookies\n\n"+seam+"Stores the state.\n\n<b></b>Stores the state.\n")); err != nil {
			t.Error(err)
		}
	}
}
