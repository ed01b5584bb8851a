package process

import (
	"cmp"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// usual are the places of one engine, most wanted first.
type usual struct {
	// names are looked for in PATH.
	names []string
	// fixed are absolute patterns by operating system.
	fixed map[string][]string
	// cached are patterns below a cache of @puppeteer/browsers.
	cached []string
	// playwright are patterns below Playwright's cache.
	playwright []string
}

func usualPlaces(e Engine) usual {
	if e == Shell {
		return usual{
			names: []string{"chrome-headless-shell", "chromium-headless-shell", "headless-shell", "headless_shell"},
			fixed: map[string][]string{"linux": {
				"/usr/lib/chromium/chromium-headless-shell",
				"/usr/lib64/chromium-browser/headless_shell",
				"/headless-shell/headless-shell",
			}},
			cached:     []string{"chrome-headless-shell/*/*/chrome-headless-shell"},
			playwright: []string{"chromium_headless_shell-*/*/headless_shell", "chromium_headless_shell-*/*/chrome-headless-shell"},
		}
	}
	bundle := "Contents/MacOS/"
	return usual{
		names: []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"},
		fixed: map[string][]string{
			"linux": {"/usr/lib/chromium/chromium", "/opt/google/chrome/chrome"},
			"darwin": {
				"/Applications/Chromium.app/" + bundle + "Chromium",
				"/Applications/Google Chrome.app/" + bundle + "Google Chrome",
				"/Applications/Google Chrome for Testing.app/" + bundle + "Google Chrome for Testing",
			},
		},
		cached: []string{
			"chrome/*/*/chrome",
			"chrome/*/*/*.app/" + bundle + "Google Chrome for Testing",
			"chromium/*/*/chrome",
			"chromium/*/*/*.app/" + bundle + "Chromium",
		},
		playwright: []string{"chromium-*/*/chrome", "chromium-*/*/*.app/" + bundle + "Chromium"},
	}
}

// places lists the files that exist in the usual places, most wanted first,
// each once, as absolute paths.
func places(o FindOptions) []string {
	engines := []Engine{Shell, Full}
	if o.Engine != "" {
		engines = []Engine{o.Engine}
	}
	var found []string
	for _, e := range engines {
		for _, p := range placesOf(o, usualPlaces(e)) {
			if !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	return found
}

func placesOf(o FindOptions, u usual) []string {
	var found []string
	for _, pattern := range u.cached {
		found = append(found, newestFirst(glob(o.FS, o.Dir, pattern))...)
	}
	for _, name := range u.names {
		if p := lookPath(o, name); p != "" {
			found = append(found, p)
		}
	}
	for _, pattern := range u.fixed[o.OS] {
		found = append(found, glob(o.FS, "/", pattern)...)
	}
	home := o.Getenv("HOME")
	caches := []string{o.Getenv("PUPPETEER_CACHE_DIR")}
	playwright := "Library/Caches/ms-playwright"
	if o.OS != "darwin" {
		playwright = ".cache/ms-playwright"
	}
	if home != "" {
		caches = append(caches, path.Join(home, ".cache/puppeteer"))
	}
	for _, dir := range caches {
		for _, pattern := range u.cached {
			found = append(found, newestFirst(glob(o.FS, dir, pattern))...)
		}
	}
	for _, pattern := range u.playwright {
		found = append(found, newestFirst(glob(o.FS, path.Join(home, playwright), pattern))...)
	}
	return found
}

// glob expands pattern below the absolute folder dir; a dir that is empty or
// relative has nothing below it.
func glob(fsys fs.FS, dir, pattern string) []string {
	if !path.IsAbs(dir) {
		return nil
	}
	quoted := strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
	names, err := fs.Glob(fsys, strings.TrimPrefix(path.Join(quoted, pattern), "/"))
	if err != nil {
		return nil
	}
	for i, n := range names {
		names[i] = "/" + n
	}
	return names
}

// lookPath finds an executable in PATH. Relative entries are passed over: they
// would run whatever lies in the folder one happens to be in.
func lookPath(o FindOptions, name string) string {
	for _, dir := range filepath.SplitList(o.Getenv("PATH")) {
		if !path.IsAbs(dir) {
			continue
		}
		p := path.Join(dir, name)
		info, err := fs.Stat(o.FS, strings.TrimPrefix(p, "/"))
		if err == nil && !info.IsDir() && info.Mode()&0o111 != 0 {
			return p
		}
	}
	return ""
}

var numbers = regexp.MustCompile(`\d+`)

// newestFirst sorts paths such as .../linux-131.0.6778.204/... by the numbers
// in them, the highest version first.
func newestFirst(paths []string) []string {
	key := func(p string) (ns []int) {
		for _, s := range numbers.FindAllString(p, -1) {
			n, _ := strconv.Atoi(s)
			ns = append(ns, n)
		}
		return ns
	}
	slices.SortStableFunc(paths, func(a, b string) int {
		return cmp.Or(slices.Compare(key(b), key(a)), strings.Compare(a, b))
	})
	return paths
}
