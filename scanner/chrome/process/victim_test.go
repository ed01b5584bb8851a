//go:build linux

package process

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// victim is what this test binary does when a test has started it to be killed
// or interrupted: it starts the browser that PROCESS_TEST_BINARY describes in
// TMPDIR, says what it does on standard output, line by line, and waits.
func victim(role string) error {
	ctx := context.Background()
	var b Binary
	if err := json.Unmarshal([]byte(os.Getenv("PROCESS_TEST_BINARY")), &b); err != nil {
		return err
	}
	if role == "subreaper" {
		if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
			return err
		}
	}
	interrupts := make(chan os.Signal, 1)
	if role == "interrupted" {
		signal.Notify(interrupts, syscall.SIGINT)
	}
	p, err := Start(ctx, Options{Binary: b})
	if err != nil {
		return err
	}
	fmt.Println("running")
	switch role {
	case "interrupted":
		return beInterrupted(ctx, p, interrupts)
	case "subreaper":
		if err := p.Close(ctx); err != nil {
			return err
		}
		fmt.Println("children", zombies())
		return nil
	}
	<-p.Exited()
	return errors.Join(errors.New("the browser ended first"), p.Err())
}

// beInterrupted waits for SIGINT and shows that the browser did not get it.
func beInterrupted(ctx context.Context, p *Process, interrupts <-chan os.Signal) error {
	<-interrupts
	if _, err := p.exchange(); err != nil {
		return fmt.Errorf("the browser is gone: %w", err)
	}
	fmt.Println("browser answers")
	if err := p.Close(ctx); err != nil {
		return err
	}
	fmt.Println("closed")
	return nil
}

// zombies counts our children that nobody has collected.
func zombies() int {
	n := 0
	for {
		var info unix.Siginfo
		err := unix.Waitid(unix.P_ALL, 0, &info, unix.WEXITED|unix.WNOHANG, nil)
		if err != nil || info.Signo == 0 {
			return n
		}
		n++
	}
}
