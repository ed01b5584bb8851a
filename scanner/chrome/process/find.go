package process

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// FindOptions says where to look. The zero value looks for either engine in
// this machine's usual places.
type FindOptions struct {
	// Path is what the user named with --browser: a file, a name in PATH or a
	// macOS application bundle. Nothing else is tried then.
	Path string
	// Engine restricts the search; empty prefers the shell and takes the full
	// browser if there is none.
	Engine Engine
	// Dir is the folder whose chrome-headless-shell and chrome folders are
	// looked into (that is where `npx @puppeteer/browsers install` puts them);
	// empty is the working directory.
	Dir string
	// Getenv reads PATH, HOME and PUPPETEER_CACHE_DIR; nil sees none
	Getenv func(string) string
	// FS is the file system in which files are looked for, rooted at "/"; nil
	// is the machine's. What is found is run from the machine's.
	FS fs.FS
	// OS is the operating system as in runtime.GOOS; empty is this one.
	OS string
}

func (o FindOptions) withDefaults() FindOptions {
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.FS == nil {
		o.FS = os.DirFS("/")
	}
	if o.OS == "" {
		o.OS = runtime.GOOS
	}
	if o.Dir == "" {
		// Without a working directory the local folders are not looked into.
		o.Dir, _ = os.Getwd()
	}
	return o
}

// Find finds a browser and runs it with --version. ctx bounds the search; each
// candidate has ten seconds at most. Errors are *Error: ErrNotFound, ErrTooOld,
// ErrNotABrowser, ErrNotExecutable, ErrWrongEngine, ErrUnsupported. In the
// usual places a candidate that cannot be used is passed over; if nothing else
// is there the first such failure is the error.
func Find(ctx context.Context, o FindOptions) (Binary, error) {
	o = o.withDefaults()
	if !supported(o.OS) {
		return Binary{}, errUnsupported(o.OS)
	}
	if o.Path != "" {
		return findNamed(ctx, o)
	}
	var first error
	for _, path := range places(o) {
		b, err := examine(ctx, path)
		if err == nil && o.Engine != "" && b.Engine != o.Engine {
			continue
		}
		if err == nil {
			return b, nil
		}
		if ctx.Err() != nil {
			return Binary{}, err
		}
		if first == nil && !errors.Is(err, ErrNotFound) {
			first = err
		}
	}
	if first != nil {
		return Binary{}, first
	}
	return Binary{}, notFound(o)
}

func findNamed(ctx context.Context, o FindOptions) (Binary, error) {
	path := o.Path
	if !strings.ContainsRune(path, filepath.Separator) {
		if inPath := lookPath(o, path); inPath != "" {
			path = inPath
		}
	}
	path, err := filepath.Abs(inBundle(path))
	if err != nil {
		return Binary{}, fail(ErrNotFound, "", "browser %s: %v", o.Path, err)
	}
	b, err := examine(ctx, path)
	if err != nil {
		return Binary{}, err
	}
	if o.Engine != "" && b.Engine != o.Engine {
		return Binary{}, fail(ErrWrongEngine, "leave out --engine or name a browser of that engine with --browser",
			"browser %s has the %s engine, not the %s engine", b.Path, b.Engine, o.Engine)
	}
	return b, nil
}

// inBundle turns /Applications/Chromium.app into the program within it.
func inBundle(path string) string {
	base := filepath.Base(path)
	if name, ok := strings.CutSuffix(base, ".app"); ok {
		return filepath.Join(path, "Contents", "MacOS", name)
	}
	return path
}

// notFound names the command that mends it: Debian alone has a package of the
// headless shell; Ubuntu's chromium is a snap, which cannot be driven.
func notFound(o FindOptions) error {
	what, npm, apt := "chromium", "chrome-headless-shell", "chromium-headless-shell"
	if o.Engine == Shell {
		what = "headless shell"
	}
	if o.Engine == Full {
		what, npm, apt = "full chromium", "chrome", "chromium"
	}
	install := "npx @puppeteer/browsers install " + npm + "@stable"
	if isDebian(o.FS) {
		install = "apt install " + apt
	}
	return fail(ErrNotFound, "install one with `"+install+"` or name one with --browser PATH", "no %s found on this machine", what)
}

func isDebian(fsys fs.FS) bool {
	text, err := fs.ReadFile(fsys, "etc/os-release")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(text)) {
		if id, ok := strings.CutPrefix(strings.TrimSpace(line), "ID="); ok {
			return strings.Trim(id, `"'`) == "debian"
		}
	}
	return false
}

func supported(goos string) bool { return goos == "linux" || goos == "darwin" }

func errUnsupported(goos string) error {
	return fail(ErrUnsupported, "run cookiescan on Linux or macOS, on Windows in WSL",
		"browsers cannot be started on %s", goos)
}
