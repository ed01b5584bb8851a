package html_test

import (
	"os"
	"testing"

	"cookiescan/testdata/platforms"
)

// The cookie policy in a browser: it asks for nothing, fits narrow screens, and
// axe-core finds nothing in light and in dark.
func TestPolicyInBrowser(t *testing.T) {
	browser := startBrowser(t)
	axe, axeErr := os.ReadFile(platforms.File(t, "axe-core/axe.min.js"))
	if axeErr != nil {
		t.Fatal(axeErr)
	}
	for _, name := range []string{"policy.de.html", "policy-draft.en.html"} {
		for _, colours := range []string{"light", "dark"} {
			t.Run(name+" "+colours, func(t *testing.T) {
				p := open(t, browser, name, scheme(colours))
				runAxe(p, string(axe))
				p.quiet()
			})
		}
		t.Run(name+" narrow", func(t *testing.T) {
			p := open(t, browser, name, narrow)
			if over := eval[float64](p, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("at 320 pixels the page is %v too wide", over)
			}
			runAxe(p, string(axe))
			p.quiet()
		})
	}
}
