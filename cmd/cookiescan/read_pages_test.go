package main

import "testing"

func TestWithoutQueryValues(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.test/a?b=1&c=&d#e":   "https://x.test/a?b=left-out&c&left-out#e",
		"https://me:word@x.test/":       "https://x.test/",
		"/de/cookies":                   "/de/cookies",
		"#list":                         "#list",
		"https://x.test/%zz?secret=abc": "[left out]",
	} {
		if got := withoutQueryValues(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestWithoutTexts(t *testing.T) {
	page := "Your id is a1b2c3d4e5f6, since 2026-11-20; you chose statistics. a&amp;b1234567"
	var hidden []string
	for _, v := range []string{"a1b2c3d4e5f6", "2026-11-20", "statistics", "a1b2c3", "a&b1234567"} {
		if !isPlain(v) {
			hidden = append(hidden, v)
		}
	}
	want := "Your id is [left out], since 2026-11-20; you chose statistics. [left out]"
	if got := string(withoutTexts([]byte(page), hidden)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
