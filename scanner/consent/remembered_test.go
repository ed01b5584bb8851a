package consent

import (
	"strconv"
	"strings"
	"testing"
)

func TestRememberedRoles(t *testing.T) {
	var m remembered
	asked := 0
	find := func(text string) (Role, string) {
		asked++
		return Role(text[:1]), "en"
	}
	ask := func(text string) {
		t.Helper()
		if r, l := m.of(text, find); r != Role(text[:1]) || l != "en" {
			t.Fatalf("%.20q: %q %q", text, r, l)
		}
	}
	ask("a")
	ask("a")
	if asked != 1 {
		t.Errorf("a short text was looked up %d times, want once", asked)
	}
	long := strings.Repeat("b", maxLabel+1)
	ask(long)
	ask(long)
	if asked != 3 {
		t.Errorf("a long text was kept")
	}
	for i := range 3 * maxRemembered {
		ask(strconv.Itoa(i))
	}
	if len(m.roles) > maxRemembered {
		t.Errorf("%d texts are kept, at most %d", len(m.roles), maxRemembered)
	}
}
