package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

// Outcome is how a connection attempt ended, or how a host fared as a whole.
type Outcome string

// The outcomes. For a host the best one counts: ok over refused over failed.
const (
	OutcomePending Outcome = "pending"
	OutcomeOK      Outcome = "ok"
	OutcomeRefused Outcome = "refused" // by this package, nothing was sent
	OutcomeFailed  Outcome = "failed"  // by the network
)

// Reason says why an attempt did not become a connection.
type Reason string

// The reasons. Guard, invalid and sealed are refusals, the others failures.
const (
	ReasonGuard    Reason = "guard"    // not a public address
	ReasonInvalid  Reason = "invalid"  // not a host name, or port 0
	ReasonSealed   Reason = "sealed"   // the exit was made by Refuse
	ReasonResolve  Reason = "resolve"  // the name has no address
	ReasonConnect  Reason = "connect"  // refused or unreachable
	ReasonTimeout  Reason = "timeout"  // Options.DialTimeout passed
	ReasonUpstream Reason = "upstream" // the upstream proxy would not or could not
	ReasonClosed   Reason = "closed"   // the exit or the caller ended it
)

// ErrRefused is matched by every DialError whose outcome is refused.
var ErrRefused = errors.New("refused by the scanner")

// DialError tells which host could not be connected and why.
type DialError struct {
	Host   string // canonical, or quoted if it is not a host name
	Port   uint16
	Reason Reason
	Err    error // never contains a credential
}

func (e *DialError) Error() string {
	verb := "connecting to"
	if e.Outcome() == OutcomeRefused {
		verb = "refused to connect to"
	}
	return fmt.Sprintf("%s %s: %v", verb, joinPort(e.Host, e.Port), e.Err)
}

// Unwrap returns the cause.
func (e *DialError) Unwrap() error { return e.Err }

// Is makes errors.Is(err, ErrRefused) work.
func (e *DialError) Is(target error) bool {
	return target == ErrRefused && e.Outcome() == OutcomeRefused
}

// Timeout makes it a net.Error, with Temporary.
func (e *DialError) Timeout() bool { return e.Reason == ReasonTimeout }

// Temporary is always false; the method is deprecated and only completes net.Error.
func (e *DialError) Temporary() bool { return false }

// Outcome is refused or failed, after the reason.
func (e *DialError) Outcome() Outcome {
	switch e.Reason {
	case ReasonGuard, ReasonInvalid, ReasonSealed:
		return OutcomeRefused
	case ReasonResolve, ReasonConnect, ReasonTimeout, ReasonUpstream, ReasonClosed:
		return OutcomeFailed
	}
	return OutcomeFailed
}

// reasonError carries a reason up to where host and port are known.
type reasonError struct {
	reason Reason
	err    error
}

func (e *reasonError) Error() string { return e.err.Error() }
func (e *reasonError) Unwrap() error { return e.err }

func because(reason Reason, format string, args ...any) error {
	return &reasonError{reason, fmt.Errorf(format, args...)}
}

// newDialError finds the reason. The end of the context wins over what it
// caused further down.
func newDialError(ctx context.Context, t target, err error) *DialError {
	return &DialError{Host: t.host.name, Port: t.port, Reason: reasonOf(ctx, err), Err: err}
}

func reasonOf(ctx context.Context, err error) Reason {
	var known *reasonError
	isKnown := errors.As(err, &known)
	switch {
	case isKnown && (known.reason == ReasonGuard || known.reason == ReasonInvalid || known.reason == ReasonSealed):
		return known.reason
	case isTimeout(err) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		return ReasonTimeout
	case ctx.Err() != nil || errors.Is(err, context.Canceled) || errors.Is(err, net.ErrClosed):
		return ReasonClosed
	case isKnown:
		return known.reason
	}
	return ReasonConnect
}

func isTimeout(err error) bool {
	var netErr net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &netErr) && netErr.Timeout()
}

func isUnreachable(err error) bool {
	return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH)
}

// connectCode is the SOCKS5 reply for a connection that the network denied.
func connectCode(err error) byte {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return repRefused
	case errors.Is(err, syscall.ENETUNREACH):
		return repNoNetwork
	case errors.Is(err, syscall.EHOSTUNREACH):
		return repNoHost
	}
	return repFailure
}
