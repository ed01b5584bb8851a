package main

import (
	"strings"
	"testing"

	"cookiescan/scanner/walk"
)

// TestProgressFits: a line that is wider than the terminal would be broken, and
// then stays there when it is overwritten.
func TestProgressFits(t *testing.T) {
	for width, want := range map[int]int{40: 39, 79: 78, 200: 78} {
		p, out := testProgram()
		g := &progress{program: p, site: strings.Repeat("long.", 30) + "test", terminal: true, width: width}
		g.show(walk.Progress{Phase: "none", Done: 1, Found: 2})
		if got := len(strings.TrimPrefix(out.String(), "\r\x1b[K")); got != want {
			t.Errorf("%d columns: a line of %d, want %d", width, got, want)
		}
	}
}
