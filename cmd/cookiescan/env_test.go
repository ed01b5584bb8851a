package main

import "testing"

// TestHasFlag: a variable may be one of a command below another, such as rules
// list --match.
func TestHasFlag(t *testing.T) {
	p, _ := testProgram()
	root := p.newRoot()
	for name, want := range map[string]bool{"max-pages": true, "match": true, "color": true, "phase": false, "": false} {
		if got := hasFlag(root, name); got != want {
			t.Errorf("--%s: %v", name, got)
		}
	}
}
