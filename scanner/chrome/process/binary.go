package process

import (
	"regexp"
	"strconv"
	"strings"
)

// Engine is which of Chromium's two headless implementations a binary has.
type Engine string

const (
	// Shell is the headless shell, the old headless mode as a program of its
	// own: contexts cost a tenth, third-party cookies are let through.
	Shell Engine = "shell"
	// Full is a whole Chromium or Chrome, run with --headless=new.
	Full Engine = "full"
)

// MinMajor is the oldest major version that is accepted. Version 120 is the
// first whose headless shell is a program of its own and whose full browser has
// the new headless mode, partitioned cookies (CHIPS, 114) and partitioned
// storage (115): an older one would report another web than visitors see.
const MinMajor = 120

// Binary is a Chromium that was found, or runs already, and was asked for its
// version.
type Binary struct {
	// Path is absolute and names the program itself, not a wrapper script,
	// wherever the wrapper could be followed: a wrapper without exec would
	// survive its browser or the other way round.
	Path string
	// Running is the WebSocket address of a browser that runs already, on this
	// machine's loopback; Path is then empty.
	Running string
	// Engine is judged by the file's name. Start corrects it by what the
	// running browser says of itself, see Process.Binary.
	Engine Engine
	// Product is the name that --version prints: "Chromium", "Google Chrome",
	// "Google Chrome for Testing", "HeadlessChrome".
	Product string
	// Version is the four numbers: "156.0.8078.79".
	Version string
	// Major is the first of them.
	Major int
}

// products are the names under which an unaltered Chromium goes. Brave, Edge,
// Opera and Vivaldi are left out because they block trackers by themselves: a
// scan with them would be about the browser and not about the site.
var products = []string{"Chromium", "Google Chrome", "Google Chrome for Testing", "HeadlessChrome", "Chrome"}

var versionLine = regexp.MustCompile(`^\s*(\D*?)[\s/]*(\d+)\.(\d+)\.(\d+)\.(\d+)\b`)

// parseVersion reads the output of --version. ok is false if no line of it is a
// Chromium's.
func parseVersion(out string) (product, version string, major int, ok bool) {
	for line := range strings.Lines(out) {
		m := versionLine.FindStringSubmatch(line)
		if m == nil || !isProduct(m[1]) {
			continue
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		return m[1], strings.Join(m[2:6], "."), n, true
	}
	return "", "", 0, false
}

func isProduct(name string) bool {
	for _, p := range products {
		if name == p {
			return true
		}
	}
	return false
}

// engineOfName tells the engine by the name of the file: every packager's
// headless shell has "headless" in it, and both print the same --version.
func engineOfName(base string) Engine {
	if strings.Contains(strings.ToLower(base), "headless") {
		return Shell
	}
	return Full
}

// engineOfProduct tells the engine by the product in Browser.getVersion:
// "HeadlessChrome/156.0.8078.79" is the shell, "Chrome/156.0.8078.79" the full
// browser in its new headless mode.
func engineOfProduct(product string) (Engine, bool) {
	switch {
	case strings.HasPrefix(product, "HeadlessChrome/"):
		return Shell, true
	case strings.HasPrefix(product, "Chrome/"):
		return Full, true
	}
	return "", false
}
