package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cookiescan/scanner/journal"
	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// twoPasses is a site of which one page hangs for the first visitor with
// Global Privacy Control.
var twoPasses = map[string]string{
	"site.yaml": `routes:
  - {host: two.test, path: /stop.html, whenHeader: {Sec-GPC: "1"}, nth: 1, hang: true}
  - {host: two.test, path: /, headers: ["Set-Cookie: start=1; Max-Age=1000"]}
  - {host: pixel.test, path: /p.gif, pixel: true, headers: ["Set-Cookie: uid=1; SameSite=None; Secure"]}
`,
	"two.test/index.html": `<!doctype html><title>start</title><a href=/a.html>a</a> <a href=/stop.html>stop</a>`,
	"two.test/a.html":     `<!doctype html><title>a</title><script>document.cookie='a=1'; localStorage.setItem('k','v')</script><img src=https://pixel.test/p.gif>`,
	"two.test/stop.html":  `<!doctype html><title>stop</title><script>if (!navigator.globalPrivacyControl) document.cookie='tracked=1'</script>`,
}

func serveFiles(t *testing.T, files map[string]string) *sitehost.Server {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return sitehosttest.Serve(t, dir)
}

// One tab: whether a cookie of one page is sent with the requests of another that
// is open at the same time is chance.
func scanTwice(bin string, s *sitehost.Server, out string, more ...string) *exec.Cmd {
	args := append([]string{
		"scan", "https://two.test/", "--phases", "none,gpc", "--workers", "1", "--resolve", "*=" + s.Addr(), "--trust-spki", s.SPKI(), "-o", out, "-f", "json",
	}, more...)
	cmd := exec.Command(bin, args...) //nolint:noctx // some are ended by signal
	cmd.Stderr = os.Stderr
	return cmd
}

// TestResume ends a scan in its second pass, as the kernel does and as Ctrl-C
// does: what is on disk reads, the first pass is not walked again, and the
// result is that of a scan that nobody disturbed.
func TestResume(t *testing.T) {
	t.Parallel()
	bin := buildProgram(t)
	for name, signal := range map[string]os.Signal{"killed": syscall.SIGKILL, "interrupted": os.Interrupt} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			s := serveFiles(t, twoPasses)
			cmd := scanTwice(bin, s, out)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			until(t, "the page is asked for in the second pass", func() bool { return visits(s, "/stop.html") == 2 })
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Fatal("the scan was not disturbed")
			}
			last := eventsOf(t, out)
			if !strings.Contains(last, "pass-end") {
				t.Errorf("events: %s", last)
			}
			if info, err := os.Stat(filepath.Join(out, resumeFile)); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the file with the key: %v, %v", info.Mode(), err)
			}
			before := visits(s, "/a.html")
			if msg, err := scanTwice(bin, s, out, "--resume").Output(); err != nil {
				t.Fatalf("%v\n%s", err, msg)
			}
			if n := visits(s, "/a.html") - before; n != 1 {
				t.Errorf("going on visited a page of both passes %d times, want once", n)
			}
			if _, err := os.Stat(filepath.Join(out, resumeFile)); err == nil {
				t.Error("the scan is complete and can still be gone on with")
			}
			if all := eventsOf(t, out); !strings.Contains(all, "resume") || !strings.HasSuffix(all, " end") {
				t.Errorf("events: %s", all)
			}
			sameAsUndisturbed(t, bin, filepath.Join(out, "scan.json"))
		})
	}
}

// sameAsUndisturbed scans the same site, without the page that hangs.
func sameAsUndisturbed(t *testing.T, bin, path string) {
	t.Helper()
	files := map[string]string{}
	for name, text := range twoPasses {
		files[name] = strings.ReplaceAll(text, "nth: 1, hang: true", "nth: 99, hang: true")
	}
	out := filepath.Join(t.TempDir(), "undisturbed")
	s := serveFiles(t, files)
	if msg, err := scanTwice(bin, s, out).Output(); err != nil {
		t.Fatalf("%v\n%s", err, msg)
	}
	var texts [2]string
	for i, p := range []string{path, filepath.Join(out, "scan.json")} {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		if texts[i], err = timeless(b); err != nil {
			t.Fatal(err)
		}
	}
	if texts[0] != texts[1] {
		t.Errorf("the resumed scan is another than an undisturbed one:\n%s", firstDifference(texts[0], texts[1]))
	}
}

func visits(s *sitehost.Server, path string) int {
	n := 0
	for _, r := range s.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

// eventsOf lists the events of a scan's log.
func eventsOf(t *testing.T, out string) string {
	t.Helper()
	f, err := os.Open(filepath.Join(out, eventsFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // only read
	var list []string
	if err := journal.Read(f, func(l journal.Line) error { list = append(list, l.Event); return nil }); err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}

// TestResumeRefuses what is not the same scan.
func TestResumeRefuses(t *testing.T) {
	t.Parallel()
	bin := buildProgram(t)
	s := serveFiles(t, twoPasses)
	refused := func(out, want string, more ...string) {
		t.Helper()
		cmd := scanTwice(bin, s, out, append([]string{"--resume"}, more...)...)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitUsage || !strings.Contains(stderr.String(), want) {
			t.Errorf("%v: %v, %s", more, err, stderr.String())
		}
	}
	empty := t.TempDir()
	refused(empty, "there is no unfinished scan")
	key, err := json.Marshal(saved{Version: "another", Target: []string{"https://two.test/"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(empty, resumeFile), key, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(empty, "another version of cookiescan")
	if err := os.WriteFile(filepath.Join(empty, resumeFile), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(empty, "reading")
}
