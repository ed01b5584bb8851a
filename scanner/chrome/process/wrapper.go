package process

import (
	"path/filepath"
	"regexp"
)

// wrapperTargets are the programs behind wrappers that build the path of the
// program at run time, by the wrapper's name.
func wrapperTargets(base string) []string {
	switch base {
	case "chromium":
		return []string{"/usr/lib/chromium/chromium", "/usr/lib64/chromium/chromium"}
	case "chromium-browser":
		return []string{"/usr/lib64/chromium-browser/chromium-browser", "/usr/lib/chromium-browser/chromium-browser", "/usr/lib/chromium/chromium"}
	case "google-chrome", "google-chrome-stable":
		return []string{"/opt/google/chrome/chrome"}
	}
	return nil
}

// literal finds absolute paths of browsers written out in a script.
var literal = regexp.MustCompile(`/[A-Za-z0-9_./+-]*/(?:chrome|chromium|chromium-browser|headless_shell|headless-shell|chrome-headless-shell|chromium-headless-shell)\b`)

// wrapped lists the programs that a wrapper script may start, likeliest first:
// those it names, the `chrome` beside it (Google's packages), those of the
// distributions.
func wrapped(script string, text []byte) []string {
	var targets []string
	for _, m := range literal.FindAll(text, -1) {
		targets = append(targets, string(m))
	}
	targets = append(targets, filepath.Join(filepath.Dir(script), "chrome"))
	return append(targets, wrapperTargets(filepath.Base(script))...)
}
