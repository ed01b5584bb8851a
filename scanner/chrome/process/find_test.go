//go:build linux

package process

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// only shows the files below dir of the machine's file system and hides the
// rest, so that browsers installed here are not found.
type only struct{ dir string }

func (o only) Open(name string) (fs.File, error) {
	path := "/" + name
	if !strings.HasPrefix(o.dir+"/", strings.TrimSuffix(path, "/")+"/") && !strings.HasPrefix(path, o.dir+"/") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.DirFS("/").Open(name)
}

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func prints(version string) string { return "echo '" + version + "'" }

func TestFindPrefersTheShellAndTheNewest(t *testing.T) {
	dir := t.TempDir()
	cache := filepath.Join(dir, "home", ".cache", "puppeteer")
	script(t, filepath.Join(cache, "chrome-headless-shell/linux-99.0.4844.51/chrome-headless-shell-linux64/chrome-headless-shell"), prints("Google Chrome for Testing 99.0.4844.51 "))
	newest := script(t, filepath.Join(cache, "chrome-headless-shell/linux-140.0.7339.80/chrome-headless-shell-linux64/chrome-headless-shell"), prints("Google Chrome for Testing 140.0.7339.80 "))
	chrome := script(t, filepath.Join(cache, "chrome/linux-141.0.1.2/chrome-linux64/chrome"), prints("Google Chrome for Testing 141.0.1.2 "))
	inPath := script(t, filepath.Join(dir, "bin", "chromium"), prints("Chromium 139.0.7258.5 built on Debian"))
	local := script(t, filepath.Join(dir, "work", "chrome-headless-shell/linux-130.0.1.1/chrome-headless-shell-linux64/chrome-headless-shell"), prints("Google Chrome for Testing 130.0.1.1"))
	home := map[string]string{"HOME": filepath.Join(dir, "home")}
	both := map[string]string{"HOME": filepath.Join(dir, "home"), "PATH": "bin::" + filepath.Join(dir, "bin")}
	for _, c := range []struct {
		name    string
		o       FindOptions
		path    string
		engine  Engine
		version string
	}{
		{"newest of the cache", FindOptions{Getenv: env(home)}, newest, Shell, "140.0.7339.80"},
		{"full on demand", FindOptions{Getenv: env(home), Engine: Full}, chrome, Full, "141.0.1.2"},
		{"PATH before the cache", FindOptions{Getenv: env(both), Engine: Full}, inPath, Full, "139.0.7258.5"},
		{"shell before full", FindOptions{Getenv: env(both)}, newest, Shell, "140.0.7339.80"},
		{"working folder", FindOptions{Getenv: env(home), Dir: filepath.Join(dir, "work")}, local, Shell, "130.0.1.1"},
		{"named cache", FindOptions{Getenv: env(map[string]string{"PUPPETEER_CACHE_DIR": cache})}, newest, Shell, "140.0.7339.80"},
		{"by name in PATH", FindOptions{Getenv: env(both), Path: "chromium"}, inPath, Full, "139.0.7258.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.o.FS = only{dir}
			if c.o.Dir == "" {
				c.o.Dir = "/nonexistent"
			}
			b, err := Find(testContext(t), c.o)
			if err != nil || b.Path != c.path || b.Engine != c.engine || b.Version != c.version {
				t.Errorf("Find = %+v, %v; want %s %s %s", b, err, c.path, c.engine, c.version)
			}
		})
	}
}

func TestFindFails(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, []byte("\x7fELF"), 0o644); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte("neither script nor program"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		path string
		kind error
		want []string
	}{
		{"missing", filepath.Join(dir, "none"), ErrNotFound, []string{"none", "--browser"}},
		{"a folder", dir, ErrNotExecutable, []string{"is a folder"}},
		{"no x bit", plain, ErrNotExecutable, []string{"not executable", "chmod +x"}},
		{"a text", text, ErrNotABrowser, []string{"is not a program"}},
		{"old", script(t, filepath.Join(dir, "old"), prints("Chromium 90.0.4430.212 built on Debian")), ErrTooOld, []string{"Chromium 90.0.4430.212", "version 120", "update it"}},
		{"firefox", script(t, filepath.Join(dir, "firefox"), prints("Mozilla Firefox 140.0.1")), ErrNotABrowser, []string{`"Mozilla Firefox 140.0.1"`}},
		{"brave", script(t, filepath.Join(dir, "brave"), prints("Brave Browser 140.1.82.5")), ErrNotABrowser, []string{"Brave Browser"}},
		{"silent", script(t, filepath.Join(dir, "silent"), ""), ErrNotABrowser, []string{"printed nothing"}},
		{"hostile", script(t, filepath.Join(dir, "hostile"), `printf '\033[2Jx'; yes | head -c 99999`), ErrNotABrowser, []string{`"[2Jxy"`}},
		{"fails", script(t, filepath.Join(dir, "fails"), "exit 7"), ErrNotABrowser, []string{"exit status 7"}},
		{"snap", script(t, filepath.Join(dir, "chromium-browser"), `exec /snap/bin/chromium "$@"`), ErrNotABrowser, []string{"snap", "npx @puppeteer/browsers"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Find(testContext(t), FindOptions{Path: c.path, Getenv: env(nil)})
			var e *Error
			if !errors.Is(err, c.kind) || !errors.As(err, &e) {
				t.Fatalf("Find: %v, want kind %v", err, c.kind)
			}
			for _, w := range c.want {
				if !strings.Contains(e.Error()+"\n"+e.Hint(), w) {
					t.Errorf("error %q, hint %q: %q is not in them", e, e.Hint(), w)
				}
			}
		})
	}
}

func TestFindNothing(t *testing.T) {
	for _, c := range []struct {
		name, osRelease string
		engine          Engine
		hint            string
	}{
		{"debian", "NAME=x\nID=debian\n", "", "`apt install chromium-headless-shell`"},
		{"debian full", "ID=debian\n", Full, "`apt install chromium`"},
		{"ubuntu", "ID=ubuntu\nID_LIKE=debian\n", "", "`npx @puppeteer/browsers install chrome-headless-shell@stable`"},
		{"unknown", "", Full, "`npx @puppeteer/browsers install chrome@stable`"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"etc/os-release": {Data: []byte(c.osRelease)}}
			_, err := Find(t.Context(), FindOptions{Engine: c.engine, FS: files, Getenv: env(map[string]string{"PATH": "/usr/bin", "HOME": "/home/x"})})
			var e *Error
			if !errors.Is(err, ErrNotFound) || !errors.As(err, &e) || !strings.Contains(e.Hint(), c.hint) || !strings.Contains(e.Hint(), "--browser") {
				t.Errorf("Find: %v, hint %q", err, e.Hint())
			}
		})
	}
	if _, err := Find(t.Context(), FindOptions{OS: "windows"}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("Find on windows: %v", err)
	}
}

// TestFindTellsOfTheOldOne: an unusable browser in a usual place is the error if
// there is no other, and passed over if there is.
func TestFindTellsOfTheOldOne(t *testing.T) {
	dir := t.TempDir()
	script(t, filepath.Join(dir, "bin", "headless-shell"), prints("Chromium 88.0.1.1"))
	o := FindOptions{FS: only{dir}, Dir: "/nonexistent", Getenv: env(map[string]string{"PATH": filepath.Join(dir, "bin")})}
	if _, err := Find(testContext(t), o); !errors.Is(err, ErrTooOld) {
		t.Errorf("Find: %v, want ErrTooOld", err)
	}
	script(t, filepath.Join(dir, "bin", "chromium"), prints("Chromium 150.0.1.1"))
	if b, err := Find(testContext(t), o); err != nil || b.Major != 150 || b.Engine != Full {
		t.Errorf("Find = %+v, %v", b, err)
	}
}

func TestFindStopsAProgramThatHangs(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	started := filepath.Join(t.TempDir(), "started")
	path := script(t, filepath.Join(t.TempDir(), "hangs"), "echo $$ >"+started+"\n"+stubborn)
	done := make(chan error, 1)
	go func() {
		_, err := Find(ctx, FindOptions{Path: path})
		done <- err
	}()
	eventually(testContext(t), t, func() string {
		if _, err := os.Stat(started); err != nil {
			return err.Error()
		}
		return ""
	})
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "did not print its version") {
		t.Errorf("Find: %v", err)
	}
	eventually(testContext(t), t, func() string {
		if pids := alive(func(_, _, _ int, cmdline, _ string) bool { return strings.Contains(cmdline, path) }); len(pids) > 0 {
			return strings.Join(describe(pids), ", ")
		}
		return ""
	})
}

// TestFindFollowsDebiansWrappers looks at what is installed here: both packages
// put a shell script into /usr/bin.
func TestFindFollowsDebiansWrappers(t *testing.T) {
	for _, e := range engines() {
		b := find(t, e)
		head, err := readHead(b.Path)
		if err != nil || !isProgram(head) {
			t.Errorf("%s engine: %s is no program: %v", e, b.Path, err)
		}
		if b.Engine != e || b.Major < MinMajor {
			t.Errorf("%s engine: %+v", e, b)
		}
		base := map[Engine]string{Shell: "chromium-headless-shell", Full: "chromium"}[e]
		if !strings.HasPrefix(b.Path, "/usr/lib/chromium/") {
			continue // not Debian's package: no wrapper
		}
		if program, err := resolve("/usr/bin/" + base); err != nil || program != b.Path {
			t.Errorf("the wrapper of %s leads to %s, %v", b.Path, program, err)
		}
	}
	_, err := Find(t.Context(), FindOptions{Path: find(t, Full).Path, Engine: Shell})
	if !errors.Is(err, ErrWrongEngine) {
		t.Errorf("the full browser as shell: %v", err)
	}
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"/usr/bin/chromium-headless-shell", "#!/bin/sh -e\n/usr/lib/chromium/chromium-headless-shell \"$@\"\n", "/usr/lib/chromium/chromium-headless-shell"},
		{"/usr/bin/chromium", "#!/bin/sh\nLIBDIR=/usr/lib/$APPNAME\nexec $LIBDIR/$APPNAME \"$@\"", "/usr/lib/chromium/chromium"},
		{"/opt/google/chrome/google-chrome", "#!/bin/bash\nHERE=\"`dirname x`\"\nexec -a \"$0\" \"$HERE/chrome\" \"$@\"", "/opt/google/chrome/chrome"},
		{"/home/x/bin/chromium", "#!/usr/bin/bash\nexec \"/nix/store/abc-chromium-140.0.1.2/libexec/chromium/chromium\"  \"$@\"", "/nix/store/abc-chromium-140.0.1.2/libexec/chromium/chromium"},
	} {
		if got := wrapped(c.path, []byte(c.text)); len(got) == 0 || got[0] != c.want {
			t.Errorf("wrapped(%s) = %v, want %s first", c.path, got, c.want)
		}
	}
	if got := wrapped("/home/x/bin/chromium", []byte("#!/bin/sh\nexec my-chromium")); len(got) > 0 {
		t.Errorf("somebody's own script leads to %v", got)
	}
}

func TestParseVersion(t *testing.T) {
	for _, c := range []struct {
		out, product, version string
		major                 int
	}{
		{"Chromium 156.0.8078.79 \n", "Chromium", "156.0.8078.79", 156},
		{"Chromium 128.0.6613.84 built on Debian GNU/Linux 12 (bookworm)\n", "Chromium", "128.0.6613.84", 128},
		{"Google Chrome 131.0.6778.85 \n", "Google Chrome", "131.0.6778.85", 131},
		{"Google Chrome for Testing 131.0.6778.204 \n", "Google Chrome for Testing", "131.0.6778.204", 131},
		{"HeadlessChrome/120.0.6099.109", "HeadlessChrome", "120.0.6099.109", 120},
		{"(process:1): warning\nChromium 140.0.1.2\n", "Chromium", "140.0.1.2", 140},
		{"Microsoft Edge 140.0.1.2\n", "", "", 0},
		{"GNU bash, version 5.2.15(1)-release\n", "", "", 0},
		{"Chromium 99999999999999999999.0.0.0\n", "", "", 0},
		{"", "", "", 0},
	} {
		product, version, major, ok := parseVersion(c.out)
		if product != c.product || version != c.version || major != c.major || ok != (c.major != 0) {
			t.Errorf("parseVersion(%q) = %q, %q, %d, %v", c.out, product, version, major, ok)
		}
	}
}
