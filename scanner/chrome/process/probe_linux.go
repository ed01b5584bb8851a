package process

import (
	"context"
	"os/exec"
	"syscall"
)

// probeUserNamespace starts a shell that does nothing in a user namespace.
func probeUserNamespace(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", ":")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
	return cmd.Run()
}
