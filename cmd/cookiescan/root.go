package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// program is what commands need of the world outside.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
}

// run runs the program and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv}
	root := p.newRoot()
	root.SetArgs(args)
	return p.finish(root.ExecuteContext(ctx))
}

// finish says an error to the person, in one sentence with a hint.
func (p *program) finish(err error) int {
	code, hint := codeOf(err)
	if e, ok := err.(*exitError); err != nil && (!ok || e.err != nil) {
		fmt.Fprintln(p.stderr, "cookiescan:", err)
	}
	if hint != "" {
		fmt.Fprintln(p.stderr, "hint:", hint)
	}
	return code
}

func (p *program) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "cookiescan",
		Short: "Find what a website stores: which cookies, by whom, for how long",
		Long: `cookiescan drives a real browser over a website and records everything that
pages store: cookies, web storage, databases, service workers, with who did it,
when, and for how long.`,
		SilenceUsage: true, SilenceErrors: true,
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(p.newScan())
	return root
}
