package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// versionLimit is how long a program may take to print its version: tenfold
// what a cold full Chromium takes on a busy machine.
const versionLimit = 10 * time.Second

// examine follows path to the program and asks it for its version.
func examine(ctx context.Context, path string) (Binary, error) {
	program, err := resolve(path)
	if err != nil {
		return Binary{}, err
	}
	out, err := runVersion(ctx, program)
	if err != nil {
		return Binary{}, err
	}
	product, version, major, ok := parseVersion(out)
	if !ok {
		said := "printed nothing for --version"
		if line := firstLine(out); line != "" {
			said = fmt.Sprintf("says %q for --version", line)
		}
		return Binary{}, fail(ErrNotABrowser, chooseAnother, "%s is not Chromium or Chrome: it %s", program, said)
	}
	if major < MinMajor {
		return Binary{}, fail(ErrTooOld, "update it, or install a newer one with `npx @puppeteer/browsers install chrome-headless-shell@stable`",
			"%s is %s %s, but version %d or newer is needed", program, product, version, MinMajor)
	}
	return Binary{Path: program, Engine: engineOfName(filepath.Base(program)), Product: product, Version: version, Major: major}, nil
}

const chooseAnother = "name a Chromium, a Chrome or a chrome-headless-shell with --browser PATH"

// runVersion runs program with --version and gives the first 4 KiB of what it
// prints.
func runVersion(ctx context.Context, program string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, versionLimit)
	defer cancel()
	out := &capped{limit: 4 << 10}
	cmd := exec.CommandContext(ctx, program, "--version")
	cmd.Stdout = out
	cmd.WaitDelay = time.Second
	ownGroup(cmd)
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return "", &Error{Kind: ErrNotABrowser, Advice: chooseAnother, Cause: ctx.Err(), Message: program + " did not print its version in time"}
	case errors.Is(err, fs.ErrPermission):
		return "", &Error{Kind: ErrNotExecutable, Cause: err, Message: program + " may not be executed"}
	case err != nil && out.Len() == 0:
		return "", &Error{Kind: ErrNotABrowser, Advice: chooseAnother, Cause: err, Message: fmt.Sprintf("running %s --version: %v", program, err)}
	}
	return out.String(), nil
}

// resolve follows links and the wrapper scripts of the packagers to the
// program. A script that it does not know is returned as it is: somebody's own
// wrapper still works, because the whole process group is killed.
func resolve(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", &Error{Kind: ErrNotFound, Cause: err, Message: fmt.Sprintf("there is no browser at %s", path), Advice: chooseAnother}
	}
	head, err := readHead(real)
	if err != nil {
		return "", err
	}
	if filepath.Base(real) == "snap" || isSnap(head) {
		return "", fail(ErrNotABrowser, "install another with `npx @puppeteer/browsers install chrome-headless-shell@stable`",
			"%s starts a snap, which cannot see the profile folder and leaves the process group", path)
	}
	if !bytes.HasPrefix(head, []byte("#!")) {
		if !isProgram(head) {
			return "", fail(ErrNotABrowser, chooseAnother, "%s is not a program", real)
		}
		return real, nil
	}
	for _, target := range wrapped(real, head) {
		if head, err := readHead(target); err == nil && isProgram(head) {
			return target, nil
		}
	}
	return real, nil
}

// readHead reads the first 64 KiB of an executable file, which is all of any
// wrapper script.
func readHead(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &Error{Kind: ErrNotFound, Cause: err, Message: fmt.Sprintf("there is no browser at %s", path), Advice: chooseAnother}
	}
	if info.IsDir() {
		return nil, fail(ErrNotExecutable, chooseAnother, "%s is a folder, not a browser", path)
	}
	if !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
		return nil, fail(ErrNotExecutable, "make it executable with `chmod +x`, or name another with --browser PATH", "%s is not executable", path)
	}
	f, err := os.Open(path)
	if err != nil {
		// A program may be executable without being readable.
		return []byte("\x7fELF"), nil
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return head, nil
}

// isProgram knows ELF and the Mach-O forms (thin 64 bit, universal).
func isProgram(head []byte) bool {
	for _, magic := range []string{"\x7fELF", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "\xca\xfe\xba\xbf"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

func isSnap(head []byte) bool {
	return bytes.HasPrefix(head, []byte("#!")) && bytes.Contains(head, []byte("/snap/bin/"))
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return printable(line, 120)
}
