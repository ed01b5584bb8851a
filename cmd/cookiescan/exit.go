package main

import (
	"context"
	"errors"
	"fmt"

	"cookiescan/scanner/chrome/process"
)

// Exit codes. Only exitIncomplete is worth a retry.
const (
	exitOK          = 0
	exitFindings    = 1
	exitUsage       = 2 // usage or configuration
	exitIncomplete  = 3 // incomplete or impossible
	exitInterrupted = 130
)

// exitError is an error with its exit code and, where the user can act, a hint.
type exitError struct {
	code int
	err  error // nil: the output has said all
	hint string
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usage is the user's mistake in flags, arguments or files.
func usage(hint, format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...), hint: hint}
}

// impossible is a scan that could not be done.
func impossible(hint, format string, args ...any) error {
	return &exitError{code: exitIncomplete, err: fmt.Errorf(format, args...), hint: hint}
}

// silent ends the program with a code after the output has said all.
func silent(code int) error { return &exitError{code: code} }

// codeOf is the exit code of what a command returned, and its hint. What has
// no code of its own went wrong on the way and not in the command line.
func codeOf(err error) (code int, hint string) {
	var e *exitError
	var p *process.Error
	switch {
	case err == nil:
		return exitOK, ""
	case errors.As(err, &e):
		return e.code, e.hint
	case errors.Is(err, context.Canceled):
		return exitInterrupted, ""
	case errors.As(err, &p):
		return exitIncomplete, p.Hint()
	}
	return exitIncomplete, ""
}
