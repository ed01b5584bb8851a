//go:build linux || darwin

package process

import (
	"fmt"
	"syscall"
)

// exitError says why the browser ended by itself; nil if it was told to. The
// caller holds mu and has seen exited closed.
func (p *Process) exitError() error {
	if p.state == nil {
		return nil
	}
	e := &Error{Kind: ErrExited, Message: "the browser " + howEnded(p.state.Sys())}
	why, line := p.stderr.why()
	switch {
	case why != nil && why.says != "":
		e.Message += ": " + why.says
		e.Advice = why.mend
	case why != nil:
		e.Message += ": " + line
		e.Advice = why.mend
	default:
		if last := p.stderr.last(); last != "" {
			e.Message += ": " + last
		}
		e.Advice = adviceFor(p.state.Sys())
	}
	return e
}

func howEnded(sys any) string {
	status, ok := sys.(syscall.WaitStatus)
	switch {
	case !ok:
		return "ended"
	case status.Signaled() && status.Signal() == syscall.SIGKILL:
		return "was killed"
	case status.Signaled():
		return fmt.Sprintf("crashed (%s)", status.Signal())
	}
	return fmt.Sprintf("ended with status %d", status.ExitStatus())
}

func adviceFor(sys any) string {
	status, ok := sys.(syscall.WaitStatus)
	switch {
	case ok && status.Signaled() && status.Signal() == syscall.SIGKILL:
		return "if nobody killed it, memory was used up: scan with fewer workers or allow more memory"
	case ok && status.Signaled() && status.Signal() == syscall.SIGILL:
		return "this processor is too old for this browser"
	case ok && status.Signaled():
		return "update the browser, or try another with --browser PATH"
	}
	return "try `cookiescan doctor`"
}
