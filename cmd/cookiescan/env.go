package main

import (
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// getenv and its list, environ, are the only places that read the environment.
func getenv(name string) string { return os.Getenv(name) }

func environ() []string { return os.Environ() }

const envPrefix = "COOKIESCAN_"

// envName is the variable of a flag: --max-pages is COOKIESCAN_MAX_PAGES.
func envName(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// ownFormat marks a --format that is not that of reports: the variable for
// reports does not concern it.
const ownFormat = "own-format"

// fromEnvironment sets the flags that were not given from their variables. A
// flag that can be repeated takes one value a line. Changed stays false: it
// tells that a flag was given on the command line.
func (p *program) fromEnvironment(c *cobra.Command) error {
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || f.Annotations[ownFormat] != nil || failed != nil {
			return
		}
		name := envName(f.Name)
		value := p.getenv(name)
		if value == "" {
			return
		}
		values := []string{value}
		if f.Value.Type() == "stringArray" {
			values = lines(value)
		}
		for _, v := range values {
			if err := f.Value.Set(v); err != nil {
				failed = badValue(name, f, v, err, "")
				return
			}
		}
	})
	return failed
}

// misspelt warns of variables that are called almost like one of a flag: what
// they were meant for would not be done, unseen. Others are the user's own.
func (p *program) misspelt(c *cobra.Command) {
	for _, pair := range p.environ() {
		name, value, _ := strings.Cut(pair, "=")
		flag, ours := strings.CutPrefix(name, envPrefix)
		flag = strings.ToLower(strings.ReplaceAll(flag, "_", "-"))
		if !ours || value == "" || hasFlag(c.Root(), flag) {
			continue
		}
		if near := nearest(c, flag); near != "" {
			p.warn("%s is the variable of no flag and does nothing: did you mean %s?", name, envName(near))
		}
	}
}

// hasFlag tells whether a command or one below it has a flag.
func hasFlag(c *cobra.Command, name string) bool {
	return c.Flag(name) != nil || slices.ContainsFunc(c.Commands(), func(k *cobra.Command) bool { return hasFlag(k, name) })
}

// lines are the lines of a text that hold something.
func lines(s string) []string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.TrimRight(l, "\r\n"); strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return out
}
