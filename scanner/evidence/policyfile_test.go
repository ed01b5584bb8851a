package evidence

import (
	"strings"
	"testing"
)

func TestPolicyFile(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.Example.com/de/Cookies/?id=7":   "policy/www.example.com-de-cookies.html",
		"https://x.test/../../etc":                   "policy/x.test-..-..-etc.html",
		"https://…/":                                 "policy/page.html",
		"https://x.test/" + strings.Repeat("a", 999): "policy/x.test-" + strings.Repeat("a", maxPolicyName-7) + ".html",
	} {
		got := PolicyFile(address, 1)
		if got != want || checkPath(got) != nil || !policyPage.MatchString(strings.TrimPrefix(got, Policies+"/")) {
			t.Errorf("%.60s: got %s, want %s", address, got, want)
		}
	}
	if got := PolicyFile("https://x.test/a", 2); got != "policy/x.test-a-2.html" {
		t.Errorf("the second has the name %s", got)
	}
}
