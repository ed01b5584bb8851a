//go:build linux

package process

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSweepRemovesOnlyWhatIsDeadAndOurs(t *testing.T) {
	temp := tempDir(t)
	mk := func(lock bool) string {
		root, err := folderName(temp)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(root, "profile"), 0o700); err != nil {
			t.Fatal(err)
		}
		if lock {
			if err := os.WriteFile(filepath.Join(root, "lock"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return root
	}
	living, err := folderName(temp)
	if err != nil {
		t.Fatal(err)
	}
	f, err := makeFolder(living, []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.unlock()
	noLock, open, dead := mk(false), mk(true), mk(true)
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	elsewhere := mk(true)
	link := filepath.Join(temp, prefix+strings.Repeat("a", 16))
	if err := os.Symlink(elsewhere, link); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(elsewhere, filepath.Join(temp, "elsewhere")); err != nil {
		t.Fatal(err)
	}
	sweep(temp)
	for _, kept := range []string{living, noLock, open, filepath.Join(temp, "elsewhere", "lock")} {
		if _, err := os.Lstat(kept); err != nil {
			t.Errorf("%s was removed: %v", kept, err)
		}
	}
	if _, err := os.Lstat(dead); err == nil {
		t.Errorf("%s is left", dead)
	}
	f.unlock()
	sweep(temp)
	if _, err := os.Lstat(living); err == nil {
		t.Error("the folder is left although its owner let go")
	}
}

func TestFolderNameRefusesLineBreaks(t *testing.T) {
	if _, err := folderName("/tmp/a\nb"); err == nil {
		t.Error("a name with a line break would forge lines to the watcher")
	}
}

// TestForgottenFolderIsNotTouched: when the folder turned out to be somebody
// else's, the watcher must not remove it.
func TestForgottenFolderIsNotTouched(t *testing.T) {
	root := tempDir(t)
	w, err := startWatcher()
	if err != nil {
		t.Fatal(err)
	}
	w.tell("dir %s", root)
	w.tell("forget")
	if err := w.finish(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(root); err != nil {
		t.Error(err)
	}
}

func TestParseStat(t *testing.T) {
	pid, name, state, ppid, pgrp := parseStat([]byte("42 (a) b (c) Z 1 40 40 0 -1"))
	if pid != 42 || name != "a) b (c" || state != "Z" || ppid != 1 || pgrp != 40 {
		t.Error(pid, name, state, ppid, pgrp)
	}
	for _, bad := range []string{"", "(", "1 (x)", ") 1 ("} {
		if pid, _, _, _, _ := parseStat([]byte(bad)); pid != 0 {
			t.Errorf("parseStat(%q) = %d", bad, pid)
		}
	}
}

func TestTailKeepsTheEndAndTheReason(t *testing.T) {
	tl := newTail(nil, 64)
	tl.add([]byte("[1:FATAL:x] No usable "))
	tl.add([]byte("sandbox! Update\n" + strings.Repeat("#1 0x1234 frame\n", 100)))
	tl.add([]byte("the last word\n[1:ERROR:dbus/bus.cc] noise\n"))
	if why, line := tl.why(); why == nil || !strings.Contains(line, "No usable sandbox") {
		t.Errorf("why = %v, %q", why, line)
	}
	if got := tl.last(); got != "the last word" {
		t.Errorf("last = %q", got)
	}
	if len(tl.kept) > 64 {
		t.Errorf("%d bytes kept", len(tl.kept))
	}
}

// TestTailKeepsLastWordsReadLate: the browser has ended, a helper still has its
// standard error, and this program gets the processor only when the time to wait
// for that is over.
func TestTailKeepsLastWordsReadLate(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	tl := newTail(r, 0)
	if _, err := w.WriteString("went away\n"); err != nil {
		t.Fatal(err)
	}
	if err := r.SetReadDeadline(time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	tl.run()
	if got := tl.last(); got != "went away" {
		t.Errorf("last = %q", got)
	}
}
