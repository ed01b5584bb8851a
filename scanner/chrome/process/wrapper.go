package process

import (
	"path/filepath"
	"regexp"
	"slices"
)

// wrapperTargets are the programs behind the wrappers of the distributions that
// build the path at run time. A script elsewhere with such a name is somebody's
// own and means what it says.
func wrapperTargets(script string) []string {
	switch script {
	case "/usr/bin/chromium", "/bin/chromium":
		return []string{"/usr/lib/chromium/chromium", "/usr/lib64/chromium/chromium"}
	case "/usr/bin/chromium-browser":
		return []string{"/usr/lib64/chromium-browser/chromium-browser", "/usr/lib/chromium-browser/chromium-browser", "/usr/lib/chromium/chromium"}
	case "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable":
		return []string{"/opt/google/chrome/chrome"}
	}
	return nil
}

// written finds absolute paths that are written out in a script.
var written = regexp.MustCompile(`/[A-Za-z0-9_./+-]+`)

// programNames are the file names of browsers' programs.
func programNames() []string {
	return []string{"chrome", "chromium", "chromium-browser", "headless_shell", "headless-shell", "chrome-headless-shell", "chromium-headless-shell"}
}

// wrapped lists the programs that a wrapper script may start, likeliest first:
// those it names, the `chrome` beside it (Google's packages), those of the
// distributions.
func wrapped(script string, text []byte) []string {
	var targets []string
	for _, m := range written.FindAll(text, -1) {
		if path := string(m); filepath.Dir(path) != "/" && slices.Contains(programNames(), filepath.Base(path)) {
			targets = append(targets, path)
		}
	}
	if filepath.Base(script) == "google-chrome" {
		targets = append(targets, filepath.Join(filepath.Dir(script), "chrome"))
	}
	return append(targets, wrapperTargets(script)...)
}
