package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/mattn/go-isatty"

	"cookiescan/report"
)

// printable is text that does nothing to a terminal: whatever may control it
// or reorder it is replaced. Lines stay.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// isTerminal tells whether a person sees what is written there.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// show writes a whole result to standard output.
func (p *program) show(text string) error {
	if _, err := io.WriteString(p.stdout, text); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// look is how to render for stdout: colour is always, never or auto.
func (p *program) look(colour string) report.Options {
	o := report.Options{Color: colour == "always"}
	if isTerminal(p.stdout) {
		o.Width = terminalWidth(p.stdout.(*os.File))
		o.Color = o.Color || colour == "auto" && p.getenv("NO_COLOR") == "" && p.getenv("TERM") != "dumb"
	}
	return o
}

// plural is a number and its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
