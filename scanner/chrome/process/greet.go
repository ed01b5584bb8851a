//go:build linux || darwin

package process

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// startLimit is the deadline of a start whose context has none: a hundred times
// a cold start.
const startLimit = 60 * time.Second

// greetID is the id of the only command sent here, far from a router's numbers.
const greetID = 2147483647

// helloLimit is the longest first reply that is read, in bytes.
const helloLimit = 64 << 10

// greet asks the browser for its version. No event comes before something was
// enabled, so the first message is the reply and nothing behind it is swallowed.
func (p *Process) greet(ctx context.Context) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, startLimit)
		defer cancel()
	}
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(interrupted)
		_ = p.r.SetReadDeadline(time.Unix(1, 0)) // fails only on a closed pipe
	})
	message, err := p.exchange()
	if !stop() {
		<-interrupted
		return p.noAnswer(ctx)
	}
	if err != nil {
		return p.brokenStart(err)
	}
	var reply struct {
		ID     int   `json:"id"`
		Result Hello `json:"result"`
	}
	if err := json.Unmarshal(message, &reply); err != nil || reply.ID != greetID || reply.Result.Product == "" {
		return fail(ErrNotABrowser, chooseAnother, "%s does not speak DevTools on its pipe: it sent %q",
			p.binary.Path, printable(string(message), 80))
	}
	p.hello = reply.Result
	if e, ok := engineOfProduct(p.hello.Product); ok {
		p.binary.Engine = e
	}
	return nil
}

// exchange writes the command and reads up to the first NUL, by which messages
// end.
func (p *Process) exchange() ([]byte, error) {
	if _, err := fmt.Fprintf(p.w, `{"id":%d,"method":"Browser.getVersion"}`+"\x00", greetID); err != nil {
		return nil, err
	}
	var message []byte
	buf := make([]byte, 4096)
	for len(message) < helloLimit {
		n, err := p.r.Read(buf)
		message = append(message, buf[:n]...)
		if i := bytes.IndexByte(message, 0); i >= 0 {
			return message[:i], nil
		}
		if err != nil {
			return message, err
		}
	}
	return message, nil
}

func (p *Process) noAnswer(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.Canceled) {
		return fmt.Errorf("starting the browser: %w", cause)
	}
	e := &Error{
		Kind: ErrNoAnswer, Cause: cause, Message: p.binary.Path + " runs but did not answer in time",
		Advice: "try `cookiescan doctor`, or another browser with --browser PATH",
	}
	if line := p.stderr.last(); line != "" {
		e.Message += ": " + line
	}
	return e
}

// brokenStart is the error of a browser that closed its end of the pipe: as a
// rule it has ended, and what it said explains it.
func (p *Process) brokenStart(cause error) error {
	grace := time.NewTimer(closeLimit)
	defer grace.Stop()
	select {
	case <-p.exited:
		return p.Err()
	case <-grace.C:
		if errors.Is(cause, os.ErrClosed) {
			return fmt.Errorf("starting the browser: %w", cause)
		}
		return &Error{
			Kind: ErrNoAnswer, Cause: cause, Advice: chooseAnother,
			Message: p.binary.Path + " closed its DevTools pipe at the start",
		}
	}
}
