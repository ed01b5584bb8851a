//go:build linux || darwin

package process

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// prefix begins the name of every folder that a browser lives in.
const prefix = "cookiescan-"

// folder is where one browser lives: profile, home, temporary files, and a lock
// that is held as long as this process lives.
type folder struct {
	root string
	lock *os.File
}

// folderName chooses a name nobody has: the watcher must know it before the
// folder exists, or a kill between the two would leave it.
func folderName(temp string) (string, error) {
	temp, err := filepath.Abs(temp)
	if err != nil {
		return "", fmt.Errorf("temporary folder %s: %w", temp, err)
	}
	if strings.ContainsAny(temp, "\n\r\x00") {
		return "", fmt.Errorf("temporary folder %q: a line break in its name", temp)
	}
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("naming the browser's folder: %w", err)
	}
	return filepath.Join(temp, prefix+hex.EncodeToString(b[:])), nil
}

// makeFolder makes root, which must not exist, for this user alone.
func makeFolder(root string, prefs []byte) (*folder, error) {
	if err := os.Mkdir(root, 0o700); err != nil {
		return nil, &Error{
			Kind: err, Message: fmt.Sprintf("making the browser's folder: %v", err),
			Advice: "free some space or choose another folder with TMPDIR",
		}
	}
	f := &folder{root: root}
	err := errors.Join(
		f.takeLock(),
		os.MkdirAll(filepath.Join(f.profile(), "Default"), 0o700),
		os.Mkdir(filepath.Join(root, "home"), 0o700),
		os.Mkdir(tempOf(root), 0o700),
	)
	if err == nil {
		err = os.WriteFile(filepath.Join(f.profile(), "Default", "Preferences"), prefs, 0o600)
	}
	if err != nil {
		f.unlock()
		return nil, &Error{
			Kind: err, Message: fmt.Sprintf("filling the browser's folder: %v", err),
			Advice: "free some space or choose another folder with TMPDIR",
		}
	}
	return f, nil
}

func (f *folder) profile() string { return filepath.Join(f.root, "profile") }

// takeLock makes the lock under another name and renames it once it is held, so
// that a lock that can be taken always means a dead owner.
func (f *folder) takeLock() error {
	lock, err := os.OpenFile(filepath.Join(f.root, "lock.new"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	f.lock = lock
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return fmt.Errorf("locking %s: %w", lock.Name(), err)
	}
	return os.Rename(lock.Name(), filepath.Join(f.root, "lock"))
}

// removeIfLeft takes the watcher's result. A watcher that was killed has left
// the folder to us; one that gave up has left a process, which is an error.
func (f *folder) removeIfLeft(watched error) error {
	if watched == nil {
		return nil
	}
	removed := os.RemoveAll(f.root)
	var exit *exec.ExitError
	if removed == nil && errors.As(watched, &exit) && !exit.Exited() {
		return nil
	}
	return errors.Join(watched, removed)
}

func (f *folder) unlock() {
	if f.lock != nil {
		f.lock.Close()
	}
}

// sweep removes the folders of dead runs in temp: those of this user, for this
// user alone, with a lock that nobody holds. They exist only where the watcher
// was killed too (a stopped container, a power cut). A folder that cannot be
// removed is left: it is not this run's failure.
func sweep(temp string) {
	names, err := filepath.Glob(filepath.Join(temp, prefix+strings.Repeat("[0-9a-f]", 16)))
	if err != nil {
		return
	}
	for _, root := range names {
		if isDead(root) {
			_ = os.RemoveAll(root) // the next sweep tries again
		}
	}
}

func isDead(root string) bool {
	info, err := os.Lstat(root)
	if err != nil || !info.IsDir() || info.Mode().Perm() != 0o700 {
		return false
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); !ok || int(stat.Uid) != os.Geteuid() {
		return false
	}
	lock, err := os.OpenFile(filepath.Join(root, "lock"), os.O_RDWR|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer lock.Close()
	return unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}
