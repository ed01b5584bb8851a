package process

import "os/exec"

// waitAndKillGroup waits for cmd and kills what is left of its group.
func waitAndKillGroup(cmd *exec.Cmd) {
	_ = cmd.Wait()
	// A group that cannot be killed shows in Close: the watcher finds it.
	_ = killGroup(cmd.Process.Pid)
}

// reapOrphans has nothing to do: launchd collects orphans.
func reapOrphans(int) {}

// limitMemory does nothing: the system has no such bound.
func limitMemory(int, int64) {}
