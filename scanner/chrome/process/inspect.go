package process

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"
)

// Fact is one property of the machine that decides whether a browser runs.
type Fact struct {
	// Name is what it is about: "user", "user namespaces".
	Name string
	// Value is what was found: "root", "allowed", "64 MiB free".
	Value string
	// Problem is what is wrong with it, one sentence; empty if nothing is.
	Problem string
	// Mend is how to mend the problem, one sentence; empty with no problem.
	Mend string
	// Fatal says that a browser will not start, or not for long, as it is.
	Fatal bool
}

// Environment is what the machine offers a browser. A fact that does not exist
// on this operating system has an empty Name.
type Environment struct {
	OS             string
	User           Fact
	UserNamespaces Fact
	AppArmor       Fact
	SharedMemory   Fact
	Container      Fact
	TempSpace      Fact
}

// Facts are those that apply, in a fixed order.
func (e Environment) Facts() []Fact {
	var facts []Fact
	for _, f := range []Fact{e.User, e.UserNamespaces, e.AppArmor, e.SharedMemory, e.Container, e.TempSpace} {
		if f.Name != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

// Inspect reads the facts. b is the browser that is going to be started, its
// zero value if none was found: whether it has a setuid helper or an AppArmor
// profile of its own decides whether restrictions are problems. It starts one
// short-lived process in a user namespace, nothing else.
func Inspect(ctx context.Context, b Binary) Environment {
	return machine{
		os: runtime.GOOS, fsys: os.DirFS("/"), root: os.Geteuid() == 0, binary: b.Path,
		temp: os.TempDir(), free: freeSpace,
		probe: func() error { return probeUserNamespace(ctx) },
	}.inspect()
}

// machine is all that the facts are read from; tests give their own.
type machine struct {
	os     string
	fsys   fs.FS
	root   bool
	binary string
	temp   string
	// free is what can be written below a path, in bytes.
	free func(path string) (int64, bool)
	// probe makes a user namespace and gives the error of that.
	probe func() error
}

func (m machine) inspect() Environment {
	e := Environment{OS: m.os, User: m.user(), TempSpace: m.tempSpace()}
	if m.os == "linux" {
		e.AppArmor = m.appArmor()
		e.UserNamespaces = m.userNamespaces()
		e.SharedMemory = m.sharedMemory()
		e.Container = m.container()
	}
	return e
}

func (m machine) user() Fact {
	if !m.root {
		return Fact{Name: "user", Value: "not root"}
	}
	return Fact{
		Name: "user", Value: "root",
		Problem: "root cannot have the browser's sandbox, so pages run without it",
		Mend:    "run cookiescan as an ordinary user",
	}
}

func (m machine) sharedMemory() Fact {
	f := Fact{Name: "shared memory", Value: "unknown"}
	free, ok := m.free("/dev/shm")
	if !ok {
		f.Problem = "/dev/shm is missing, so the browser's shared memory goes to the temporary folder, which is slower"
		f.Mend = "mount a tmpfs at /dev/shm"
		return f
	}
	f.Value = mebibytes(free) + " free"
	if free < smallShm {
		f.Problem = fmt.Sprintf("/dev/shm has only %s, so the browser's shared memory goes to the temporary folder, which is slower", mebibytes(free))
		f.Mend = "enlarge it: `docker run --shm-size=1g`, or `mount -o remount,size=1g /dev/shm`"
	}
	return f
}

// needTemp is how much the profiles of a large scan take, with their caches.
const needTemp = 256 << 20

func (m machine) tempSpace() Fact {
	f := Fact{Name: "temporary folder", Value: m.temp}
	free, ok := m.free(m.temp)
	switch {
	case !ok:
		f.Problem, f.Fatal = m.temp+" cannot be used", true
		f.Mend = "make it, or name another folder with TMPDIR"
	case free < needTemp:
		f.Value += ", " + mebibytes(free) + " free"
		f.Problem = fmt.Sprintf("%s has only %s free, and the browser's profile is there", m.temp, mebibytes(free))
		f.Mend = "free some space, or name another folder with TMPDIR"
		f.Fatal = free < needTemp/16
	default:
		f.Value += ", " + mebibytes(free) + " free"
	}
	return f
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

// container tells what this machine runs in; it is no problem in itself, but
// explains others.
func (m machine) container() Fact {
	f := Fact{Name: "container", Value: "none"}
	for _, hint := range []struct{ file, contains, kind string }{
		{".dockerenv", "", "docker"},
		{"run/.containerenv", "", "podman"},
		{"proc/1/cgroup", "kubepods", "kubernetes"},
		{"proc/1/cgroup", "docker", "docker"},
		{"proc/1/cgroup", "lxc", "lxc"},
		{"proc/version", "microsoft", "wsl"},
	} {
		text, err := fs.ReadFile(m.fsys, hint.file)
		if err == nil && strings.Contains(strings.ToLower(string(text)), hint.contains) {
			f.Value = hint.kind
			return f
		}
	}
	if text := m.read("run/systemd/container"); text != "" {
		f.Value = printable(text, 40)
	}
	return f
}

// read gives the trimmed text of a small file, empty if there is none.
func (m machine) read(name string) string {
	text, err := fs.ReadFile(m.fsys, name)
	if err != nil {
		return ""
	}
	return strings.Trim(string(text), " \t\n\x00")
}
