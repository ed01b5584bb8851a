package process

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// waitAndKillGroup waits for cmd, kills what is left of its group and reaps it.
// It waits without reaping first: until then nobody else can get the number.
func waitAndKillGroup(cmd *exec.Cmd) {
	for {
		err := unix.Waitid(unix.P_PID, cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			break
		}
	}
	// A group that cannot be killed shows in Close: the watcher finds it.
	_ = killGroup(cmd.Process.Pid)
	_ = cmd.Wait()
}

// reapOrphans collects the browser's grandchildren where they became children of
// ours: where this process is the first of a container, or a subreaper. Nobody
// else would, and they would stay as zombies.
func reapOrphans(pgid int) {
	// They were killed; the kernel may need a moment.
	for range 100 {
		left := false
		for _, pid := range orphans(pgid) {
			var status unix.WaitStatus
			if got, err := unix.Wait4(pid, &status, unix.WNOHANG, nil); err == nil && got == 0 {
				left = true
			}
		}
		if !left {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// orphans are children of ours in the browser's group, and crash handlers that
// have ended, which have groups of their own.
func orphans(pgid int) []int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	var pids []int
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		pid, name, state, ppid, group := parseStat(text)
		handler := name == "chrome_crashpad" && state == "Z"
		if ppid == os.Getpid() && (group == pgid || handler) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// parseStat reads the beginning of /proc/PID/stat (proc(5)): pid (name) state
// ppid pgrp. The name may hold anything, also parentheses.
func parseStat(text []byte) (pid int, name, state string, ppid, pgrp int) {
	open, shut := bytes.IndexByte(text, '('), bytes.LastIndexByte(text, ')')
	if open < 1 || shut < open {
		return 0, "", "", 0, 0
	}
	rest := bytes.Fields(text[shut+1:])
	if len(rest) < 3 {
		return 0, "", "", 0, 0
	}
	pid, _ = strconv.Atoi(string(bytes.TrimSpace(text[:open])))
	ppid, _ = strconv.Atoi(string(rest[1]))
	pgrp, _ = strconv.Atoi(string(rest[2]))
	return pid, string(text[open+1 : shut]), string(rest[0]), ppid, pgrp
}

// limitMemory bounds the private writable memory of a process and of those that
// it will start (RLIMIT_DATA, getrlimit(2)). The browser has just been executed
// and has no children yet. Where that is not permitted there is no bound.
func limitMemory(pid int, limit int64) {
	if limit < 0 {
		return
	}
	var have unix.Rlimit
	if unix.Prlimit(pid, unix.RLIMIT_DATA, nil, &have) != nil || have.Cur <= uint64(limit) {
		return
	}
	have.Cur = uint64(limit)
	have.Max = min(have.Max, have.Cur)
	_ = unix.Prlimit(pid, unix.RLIMIT_DATA, &have, nil)
}
