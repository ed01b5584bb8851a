package process

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"syscall"
)

// userNamespaces tells why the sandbox could not make the namespaces that it
// needs (user_namespaces(7)). The causes are tried from the most to the least
// exact; the probe comes last, it knows that but not why.
func (m machine) userNamespaces() Fact {
	f := Fact{Name: "user namespaces", Value: "allowed"}
	problem, mend := m.namespaceProblem()
	if problem == "" {
		return f
	}
	f.Value = "not allowed"
	switch {
	case m.root:
		f.Value += " (not needed: root runs the browser without its sandbox)"
	case m.setuidHelper():
		f.Value += " (not needed: the browser has a setuid helper)"
	default:
		f.Problem, f.Mend, f.Fatal = problem+", so the browser's sandbox cannot start", mend, true
	}
	return f
}

func (m machine) namespaceProblem() (problem, mend string) {
	if _, err := fs.Stat(m.fsys, "proc/self/ns/user"); err != nil {
		return "this kernel was built without user namespaces", "install the browser's setuid helper (Debian: `apt install chromium-sandbox`)"
	}
	if m.read("proc/sys/kernel/unprivileged_userns_clone") == "0" {
		return "kernel.unprivileged_userns_clone is 0: only root may make user namespaces",
			"run `sudo sysctl -w kernel.unprivileged_userns_clone=1`"
	}
	if m.read("proc/sys/user/max_user_namespaces") == "0" {
		return "user.max_user_namespaces is 0: nobody may make user namespaces",
			"run `sudo sysctl -w user.max_user_namespaces=15000`"
	}
	if m.restrictedByAppArmor() {
		// Making the namespace succeeds there; using it does not.
		return "AppArmor allows user namespaces only to programs with a profile",
			"see the fact on AppArmor"
	}
	err := m.probe()
	switch {
	case err == nil:
		return "", ""
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EUSERS):
		return "as many user namespaces as allowed are in use, or they are nested too deep",
			"raise user.max_user_namespaces with sysctl"
	case m.container().Value != "none":
		return "this container may not make user namespaces (" + errno(err) + ")",
			"start it with a seccomp profile that allows clone and unshare, e.g. `docker run --security-opt seccomp=unconfined`"
	}
	return "user namespaces cannot be made (" + errno(err) + ")",
		"look for a security module or a service setting (RestrictNamespaces=) that forbids them"
}

func errno(err error) string {
	var n syscall.Errno
	if errors.As(err, &n) {
		return n.Error()
	}
	return printable(err.Error(), 80)
}

// appArmor tells whether AppArmor confines this program, and whether it keeps
// user namespaces from programs without a profile (Ubuntu from 23.10 on).
func (m machine) appArmor() Fact {
	f := Fact{Name: "apparmor", Value: "off"}
	if m.read("sys/module/apparmor/parameters/enabled") != "Y" {
		return f
	}
	f.Value = "on"
	current := m.read("proc/self/attr/apparmor/current")
	if current == "" {
		current = m.read("proc/self/attr/current")
	}
	if current != "" {
		f.Value += ", profile " + printable(current, 60)
	}
	if !m.restrictedByAppArmor() || m.root || m.setuidHelper() {
		return f
	}
	f.Fatal = true
	f.Problem = "kernel.apparmor_restrict_unprivileged_userns is 1 and no profile lets the browser have user namespaces"
	program := m.binary
	if program == "" {
		program = "/path/of/the/browser"
	}
	f.Mend = fmt.Sprintf("add /etc/apparmor.d/cookiescan-browser with `abi <abi/4.0>, profile cookiescan-browser %s flags=(unconfined) { userns, }` and run `sudo apparmor_parser -r` on it, or run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`", program)
	return f
}

func (m machine) restrictedByAppArmor() bool {
	return m.read("sys/module/apparmor/parameters/enabled") == "Y" &&
		m.read("proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1" &&
		!m.hasProfile()
}

// hasProfile looks for a profile that names the browser's path and grants
// userns. Patterns in profiles are not expanded: the packagers' profiles write
// the path out.
func (m machine) hasProfile() bool {
	if m.binary == "" {
		return false
	}
	files, err := fs.ReadDir(m.fsys, "etc/apparmor.d")
	if err != nil {
		return false
	}
	for _, file := range files {
		text := m.read(path.Join("etc/apparmor.d", file.Name()))
		if attaches(text, m.binary) && strings.Contains(text, "userns") {
			return true
		}
	}
	return false
}

func attaches(profile, program string) bool {
	for line := range strings.Lines(profile) {
		line, _, _ = strings.Cut(line, "#")
		for word := range strings.FieldsSeq(line) {
			if strings.Trim(word, `"`) == program {
				return true
			}
		}
	}
	return false
}

// setuidHelper reports whether the browser brings the sandbox that needs no
// user namespaces: a chrome-sandbox beside it with the setuid bit.
func (m machine) setuidHelper() bool {
	if m.binary == "" {
		return false
	}
	for _, name := range []string{"chrome-sandbox", "chrome_sandbox"} {
		info, err := fs.Stat(m.fsys, strings.TrimPrefix(path.Join(path.Dir(m.binary), name), "/"))
		if err == nil && info.Mode()&fs.ModeSetuid != 0 {
			return true
		}
	}
	return false
}
