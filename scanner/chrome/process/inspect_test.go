package process

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// tree builds a file system from paths and texts.
func tree(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{"proc/self/ns/user": {}}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

const (
	chrome     = "/opt/google/chrome/chrome"
	apparmorOn = "sys/module/apparmor/parameters/enabled"
	restrict   = "proc/sys/kernel/apparmor_restrict_unprivileged_userns"
)

func TestSandboxFacts(t *testing.T) {
	setuid := tree("proc/sys/user/max_user_namespaces", "0\n")
	setuid["opt/google/chrome/chrome-sandbox"] = &fstest.MapFile{Mode: 0o755 | fs.ModeSetuid}
	plainHelper := tree("proc/sys/user/max_user_namespaces", "0\n")
	plainHelper["opt/google/chrome/chrome-sandbox"] = &fstest.MapFile{Mode: 0o755}
	without := tree()
	delete(without, "proc/self/ns/user")
	for _, c := range []struct {
		name  string
		fsys  fs.FS
		root  bool
		probe error
		// what the two facts say; empty is no problem
		namespaces, mend, apparmor string
	}{
		{name: "plain", fsys: tree("proc/sys/kernel/unprivileged_userns_clone", "1\n", "proc/sys/user/max_user_namespaces", "96365\n")},
		{name: "clone off", fsys: tree("proc/sys/kernel/unprivileged_userns_clone", "0\n"), namespaces: "unprivileged_userns_clone is 0", mend: "kernel.unprivileged_userns_clone=1"},
		{name: "clone off, root", root: true, fsys: tree("proc/sys/kernel/unprivileged_userns_clone", "0\n")},
		{name: "none allowed", fsys: tree("proc/sys/user/max_user_namespaces", "0\n"), namespaces: "max_user_namespaces is 0", mend: "user.max_user_namespaces=15000"},
		{name: "setuid helper", fsys: setuid},
		{name: "helper without setuid", fsys: plainHelper, namespaces: "max_user_namespaces is 0", mend: "sysctl"},
		{name: "old kernel", fsys: without, namespaces: "built without user namespaces", mend: "chromium-sandbox"},
		{name: "apparmor", fsys: tree(apparmorOn, "Y\n", restrict, "1\n"), namespaces: "AppArmor allows", mend: "AppArmor", apparmor: "no profile"},
		{
			name: "apparmor, other profile", fsys: tree(apparmorOn, "Y\n", restrict, "1\n", "etc/apparmor.d/chrome", "profile chrome /opt/other/chrome flags=(unconfined) {\n  userns,\n}\n# "+chrome+"\n"),
			namespaces: "AppArmor allows", mend: "AppArmor", apparmor: "no profile",
		},
		{name: "apparmor, profile", fsys: tree(apparmorOn, "Y\n", restrict, "1\n", "etc/apparmor.d/chrome", "profile chrome "+chrome+" flags=(unconfined) {\n  userns,\n}\n")},
		{name: "apparmor off", fsys: tree(apparmorOn, "N\n", restrict, "1\n")},
		{name: "apparmor, not restricted", fsys: tree(apparmorOn, "Y\n", restrict, "0\n")},
		{name: "docker", fsys: tree(".dockerenv", ""), probe: syscall.EPERM, namespaces: "container may not make user namespaces (operation not permitted)", mend: "seccomp"},
		{name: "service", fsys: tree(), probe: syscall.EPERM, namespaces: "cannot be made", mend: "RestrictNamespaces"},
		{name: "used up", fsys: tree(), probe: syscall.ENOSPC, namespaces: "in use", mend: "max_user_namespaces"},
		{name: "no shell", fsys: tree(), probe: errors.New("fork/exec /bin/sh: no such file"), namespaces: "fork/exec", mend: "security module"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := machine{
				os: "linux", fsys: c.fsys, root: c.root, binary: chrome, temp: "/tmp",
				free: func(string) (int64, bool) { return 8 << 30, true }, probe: func() error { return c.probe },
			}.inspect()
			check(t, e.UserNamespaces, c.namespaces, c.mend)
			check(t, e.AppArmor, c.apparmor, "")
			if e.UserNamespaces.Fatal != (c.namespaces != "") {
				t.Errorf("Fatal = %v", e.UserNamespaces.Fatal)
			}
			if (e.User.Problem != "") != c.root {
				t.Errorf("user = %+v", e.User)
			}
		})
	}
}

func check(t *testing.T, f Fact, problem, mend string) {
	t.Helper()
	if (f.Problem == "") != (problem == "") || !strings.Contains(f.Problem, problem) || !strings.Contains(f.Mend, mend) {
		t.Errorf("%+v; want problem %q, mend %q", f, problem, mend)
	}
	if (f.Problem == "") != (f.Mend == "") || f.Value == "" {
		t.Errorf("a problem without mending or a fact without value: %+v", f)
	}
}

func TestSpaceFacts(t *testing.T) {
	for _, c := range []struct {
		name           string
		shm, temp      int64
		shmSays, tSays string
		fatal          bool
	}{
		{"enough", 4 << 30, 4 << 30, "", "", false},
		{"docker", 64 << 20, 4 << 30, "only 64 MiB", "", false},
		{"no shm", -1, 4 << 30, "missing", "", false},
		{"little disk", 4 << 30, 100 << 20, "", "only 100 MiB", false},
		{"no disk", 4 << 30, 1 << 20, "", "only 1 MiB", true},
		{"no folder", 4 << 30, -1, "", "cannot be used", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := machine{os: "linux", fsys: tree(), temp: "/var/tmp", probe: func() error { return nil }, free: func(path string) (int64, bool) {
				n := map[string]int64{"/dev/shm": c.shm, "/var/tmp": c.temp}[path]
				return n, n >= 0
			}}.inspect()
			check(t, e.SharedMemory, c.shmSays, "")
			check(t, e.TempSpace, c.tSays, "")
			if e.TempSpace.Fatal != c.fatal || e.SharedMemory.Fatal {
				t.Errorf("Fatal = %v, %v", e.TempSpace.Fatal, e.SharedMemory.Fatal)
			}
		})
	}
}

func TestContainerFacts(t *testing.T) {
	for want, fsys := range map[string]fs.FS{
		"none":           tree("proc/1/cgroup", "0::/init.scope\n", "proc/version", "Linux version 6.1.0"),
		"docker":         tree(".dockerenv", ""),
		"podman":         tree("run/.containerenv", ""),
		"kubernetes":     tree("proc/1/cgroup", "0::/kubepods.slice/x\n"),
		"lxc":            tree("proc/1/cgroup", "1:name=systemd:/lxc/web\n"),
		"wsl":            tree("proc/version", "Linux version 5.15.0-Microsoft-standard"),
		"systemd-nspawn": tree("run/systemd/container", "systemd-nspawn\n"),
	} {
		if got := (machine{os: "linux", fsys: fsys}).container(); got.Value != want || got.Problem != "" {
			t.Errorf("container = %+v, want %s", got, want)
		}
	}
}

func TestMacHasFewerFacts(t *testing.T) {
	e := machine{os: "darwin", fsys: fstest.MapFS{}, temp: "/t", free: func(string) (int64, bool) { return 1 << 40, true }}.inspect()
	if facts := e.Facts(); len(facts) != 2 || facts[0].Name != "user" || facts[1].Name != "temporary folder" {
		t.Errorf("facts = %+v", facts)
	}
}

func TestInspectThisMachine(t *testing.T) {
	for _, f := range Inspect(t.Context(), Binary{}).Facts() {
		if f.Value == "" || (f.Problem == "") != (f.Mend == "") {
			t.Errorf("fact %+v", f)
		}
		t.Logf("%+v", f)
	}
}
