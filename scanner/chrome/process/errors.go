package process

import (
	"errors"
	"fmt"
)

// The kinds of failure, for errors.Is.
var (
	// ErrNotFound: no browser at the path, or none in any of the known places.
	ErrNotFound = errors.New("no browser found")
	// ErrTooOld: a Chromium older than MinMajor.
	ErrTooOld = errors.New("browser too old")
	// ErrNotABrowser: the file is something else than a Chromium.
	ErrNotABrowser = errors.New("not a chromium")
	// ErrNotExecutable: a folder, or a file that may not be run.
	ErrNotExecutable = errors.New("not executable")
	// ErrWrongEngine: a Chromium, but of the other engine than was asked for.
	ErrWrongEngine = errors.New("wrong engine")
	// ErrExited: the browser ended without being told to.
	ErrExited = errors.New("browser ended")
	// ErrNoAnswer: the browser runs but did not answer in time.
	ErrNoAnswer = errors.New("browser does not answer")
	// ErrFlag: a switch that may not be given, or that is malformed.
	ErrFlag = errors.New("browser switch refused")
	// ErrAddress: what was named is not the DevTools address of a browser on this
	// machine.
	ErrAddress = errors.New("browser address refused")
	// ErrSwitches: a browser that runs already was started in another way than a
	// scan needs.
	ErrSwitches = errors.New("browser started in another way")
	// ErrInUse: another program drives the browser.
	ErrInUse = errors.New("browser in use")
	// ErrUnsupported: an operating system on which this package cannot clean up.
	ErrUnsupported = errors.New("operating system not supported")
)

// Error is a failure to find, start or keep a browser.
type Error struct {
	// Kind is one of the errors above.
	Kind error
	// Message is one sentence in lower case without a full stop.
	Message string
	// Cause is the error below it, if any.
	Cause error
	// Advice is what the user can do, one sentence, or empty.
	Advice string
}

// Error is the sentence.
func (e *Error) Error() string { return e.Message }

// Hint is what the user can do about it, or empty.
func (e *Error) Hint() string { return e.Advice }

// Unwrap gives the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}

func fail(kind error, advice, format string, args ...any) *Error {
	return &Error{Kind: kind, Advice: advice, Message: fmt.Sprintf(format, args...)}
}
