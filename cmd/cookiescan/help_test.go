package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func testProgram() (*program, *bytes.Buffer) {
	var out bytes.Buffer
	return &program{stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" }, environ: func() []string { return nil }}, &out
}

// allCommands are the commands of the program and those below them.
func allCommands(p *program) []*cobra.Command {
	all := p.newRoot().Commands()
	for i := 0; i < len(all); i++ {
		all = append(all, all[i].Commands()...)
	}
	return all
}

// TestExamplesAreCorrect parses the flags of every example in a help text.
func TestExamplesAreCorrect(t *testing.T) {
	p, _ := testProgram()
	for _, c := range append(allCommands(p), p.newRoot()) {
		if c.Name() == "help" {
			continue
		}
		if c.Example == "" {
			t.Errorf("%s has no example", c.Name())
		}
		for _, example := range lines(c.Example) {
			words := shellWords(example)
			fresh := p.newRoot()
			found, rest, err := fresh.Find(words[1:])
			if err != nil || words[0] != "cookiescan" || found == fresh {
				t.Errorf("%s: no command of ours", example)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%s: %v", example, err)
			}
			if err := found.ValidateArgs(found.Flags().Args()); err != nil {
				t.Errorf("%s: %v", example, err)
			}
		}
	}
}

// shellWords splits the first command of a line as a shell would: quotes,
// comments, pipes.
func shellWords(line string) []string {
	var words []string
	word, quoted, open := "", false, false
	for _, r := range line + " " {
		switch {
		case r == '\'':
			quoted, open = !quoted, true
		case quoted:
			word += string(r)
		case r == ' ':
			if word == "|" || word == ">" || word == "#" {
				return words
			}
			if word != "" || open {
				words = append(words, word)
			}
			word, open = "", false
		default:
			word += string(r)
		}
	}
	return words
}

// TestEveryFlagIsExplained wants a group and a sentence for each flag, and a
// line that fits.
func TestEveryFlagIsExplained(t *testing.T) {
	p, out := testProgram()
	for _, c := range allCommands(p) {
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if len(f.Annotations[groupKey]) == 0 && f.Name != "help" {
				t.Errorf("%s --%s belongs to no group", c.Name(), f.Name)
			}
			if f.Usage == "" {
				t.Errorf("%s --%s is not explained", c.Name(), f.Name)
			}
		})
		out.Reset()
		writeFlags(out, c)
		for _, l := range lines(out.String()) {
			if len(l) > helpWidth {
				t.Errorf("%s: too wide: %s", c.Name(), l)
			}
		}
	}
}

// TestHiddenFlagsAreKnown lists what the help does not show.
func TestHiddenFlagsAreKnown(t *testing.T) {
	p, _ := testProgram()
	var scan *cobra.Command
	for _, c := range p.newRoot().Commands() {
		if c.Name() == "scan" {
			scan = c
		}
	}
	want := map[string]bool{"trust-spki": true}
	scan.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden != want[f.Name] {
			t.Errorf("--%s: hidden is %v, want %v", f.Name, f.Hidden, want[f.Name])
		}
	})
}
