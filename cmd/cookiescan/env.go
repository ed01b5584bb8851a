package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// getenv is the only place that reads the environment.
func getenv(name string) string { return os.Getenv(name) }

// envName is the variable of a flag: --max-pages is COOKIESCAN_MAX_PAGES.
func envName(flag string) string {
	return "COOKIESCAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
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
