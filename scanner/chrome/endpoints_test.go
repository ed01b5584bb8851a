package chrome

import "testing"

// TestEndpoints: a page waits for an endpoint that another waited for in vain only
// if it differs in more than numbers.
func TestEndpoints(t *testing.T) {
	var e endpoints
	e.add([]string{"https://chat.test/poll/17?t=1", "https://a.test/"})
	for address, want := range map[string]bool{
		"https://chat.test/poll/18?t=2": false,
		"https://a.test/#x":             false,
		"https://a.test/x":              true,
		"https://b.test/poll/17":        true,
	} {
		if got := e.hope([]string{"https://a.test/", address}); got != want {
			t.Errorf("%s: %t, want %t", address, got, want)
		}
	}
	if e.hope(nil) {
		t.Error("nothing is waited for, and hoped for")
	}
}
