package crawl

import "testing"

// A preview stands for the real site: a link there leads to the preview, and a
// link to anything else where it says.
func TestBoundsHere(t *testing.T) {
	b := Bounds{Scope: ScopeHost, Starts: []string{"https://pr-7.preview.test/"}, As: "https://www.shop.test"}
	for address, want := range map[string]string{
		"https://www.shop.test/":           "https://pr-7.preview.test/",
		"https://www.shop.test/a?b=1":      "https://pr-7.preview.test/a?b=1",
		"https://www.shop.test.evil.test/": "https://www.shop.test.evil.test/",
		"http://www.shop.test/":            "http://www.shop.test/",
		"https://shop.test/":               "https://shop.test/",
		"https://pr-7.preview.test/a":      "https://pr-7.preview.test/a",
	} {
		if got := b.Here(address); got != want {
			t.Errorf("%s leads to %s, want %s", address, got, want)
		}
	}
	if b.Check("https://www.shop.test/a") != "" || b.Check("https://shop.test/a") != LeftScope {
		t.Error("what is in scope is not decided by where a link leads")
	}
	b.As = ""
	if got := b.Here("https://www.shop.test/a"); got != "https://www.shop.test/a" {
		t.Errorf("nothing stands for another, but it leads to %s", got)
	}
}
