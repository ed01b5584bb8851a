package main

import (
	"context"
	"errors"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// program is what commands need of the world outside.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	environ        func() []string
	logFormat      *choice // of what is said on stderr
}

// run runs the program and returns its exit code. The first Ctrl-C ends what
// is under way in order; after it signals have their usual effect again, so a
// second one ends the program at once.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	release := context.AfterFunc(ctx, stop)
	defer release()
	p := &program{stdin: stdin, stdout: stdout, stderr: stderr, getenv: getenv, environ: environ}
	root := p.newRoot()
	root.SetArgs(args)
	return p.finish(root.ExecuteContext(ctx))
}

// finish says an error to the person, in one sentence with a hint.
func (p *program) finish(err error) int {
	code, hint := codeOf(err)
	var e *exitError
	if code == exitInterrupted && !errors.As(err, &e) {
		err = errInterrupted
	}
	if err != nil && (!errors.As(err, &e) || e.err != nil) {
		p.complain(err, hint)
	}
	return code
}

var errInterrupted = errors.New("interrupted")

func (p *program) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "cookiescan",
		Short: "Find what a website stores: which cookies, by whom, for how long",
		Long: `cookiescan drives a real browser over a website and records everything that
its pages store: cookies, web storage, databases, service workers. For each item
it says who set it, when, and for how long.`,
		Example: `  cookiescan demo                            # try it on a built-in site
  cookiescan scan https://www.example.com    # the table of a site's cookies
  cookiescan doctor                          # if something does not work`,
		SilenceUsage: true, SilenceErrors: true, SuggestionsMinimumDistance: 2,
		Args: cobra.ArbitraryArgs,
		RunE: unknownCommand,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if err := p.fromEnvironment(c); err != nil {
				return err
			}
			p.misspelt(c)
			return p.fromConfig(c)
		},
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelp())
	root.PersistentFlags().Var(newChoice("auto", "auto", "always", "never"), "color", "`WHEN` to use colour in tables: auto, always or never; auto heeds NO_COLOR")
	p.logFormat = newChoice(logText, logText, logJSON)
	root.PersistentFlags().Var(p.logFormat, "log-format", "`FORM` of messages on stderr: text, or json (an object a line, for machines)")
	commands := []*cobra.Command{p.newScan(), p.newCheck(), p.newReport(), p.newDiff(), p.newVerify(), p.newClassify(), p.newExplain(), p.newInit(), p.newDeclaration(), p.newPolicy(), p.newWaive(), p.newRules(), p.newDemo(), p.newDoctor(), p.newVersion()}
	root.AddCommand(commands...)
	root.SetUsageFunc(usageWriter(commands))
	return root
}

// unknownCommand is the root itself: without a command it shows the help.
func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	hint := "cookiescan --help lists the commands"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean cookiescan " + near[0] + "?"
	} else if strings.Contains(args[0], ".") {
		hint = "to scan a site: cookiescan scan " + printable(args[0])
	}
	return usage(hint, "there is no command %.60q", args[0])
}

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use: "help [command]", Short: "Show the help of a command",
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage("cookiescan --help lists the commands", "there is no command %.60q", strings.Join(args, " "))
			}
			return found.Help()
		},
	}
}
