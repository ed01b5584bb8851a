//go:build linux

package process

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// alive lists the processes, zombies apart, that fit.
func alive(fits func(pid, ppid, pgrp int, cmdline, environ string) bool) []int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	var pids []int
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		pid, _, state, ppid, pgrp := parseStat(text)
		if state == "Z" || state == "X" || pid == os.Getpid() {
			continue
		}
		dir := filepath.Dir(path)
		cmdline, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		environ, _ := os.ReadFile(filepath.Join(dir, "environ"))
		if fits(pid, ppid, pgrp, string(cmdline), string(environ)) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// browsersIn are the processes of browsers whose folders are in temp. A variable
// TMPDIR=temp itself does not count: this test's own helpers have it.
func browsersIn(temp string) []int {
	own := filepath.Join(temp, prefix)
	return alive(func(_, _, _ int, cmdline, environ string) bool {
		return strings.Contains(cmdline, own) || strings.Contains(environ, own)
	})
}

func childrenOf(parent int) []int {
	return alive(func(_, ppid, _ int, _, _ string) bool { return ppid == parent })
}

// left says what is still there, empty for nothing.
func left(temp string) string {
	if pids := browsersIn(temp); len(pids) > 0 {
		return fmt.Sprintf("processes %v", describe(pids))
	}
	names, err := os.ReadDir(temp)
	if err != nil {
		return err.Error()
	}
	if len(names) > 0 {
		return fmt.Sprintf("%s holds %v", temp, names)
	}
	return ""
}

func assertNothingLeft(t testing.TB, temp string) {
	t.Helper()
	if l := left(temp); l != "" {
		t.Errorf("left behind: %s", l)
	}
}

func describe(pids []int) []string {
	var out []string
	for _, pid := range pids {
		cmdline, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		out = append(out, fmt.Sprintf("%d %.200q", pid, strings.ReplaceAll(string(cmdline), "\x00", " ")))
	}
	return out
}
