package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// choice is a flag with a few possible values.
type choice struct {
	value   string
	allowed []string
}

func newChoice(value string, allowed ...string) *choice { return &choice{value, allowed} }

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return "word" }

func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("%.40q is none of %s", s, strings.Join(c.allowed, ", "))
	}
	c.value = s
	return nil
}

// flagError says in one sentence what is wrong with a flag. The library's own
// sentences quote Go's parsers.
func flagError(c *cobra.Command, err error) error {
	hint := c.CommandPath() + " --help lists the flags"
	var unknown *pflag.NotExistError
	var needs *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			return usage(hint, "there is no flag -%.20s", name)
		}
		if name == "version" {
			hint = "cookiescan version shows it"
		} else if near := nearest(c, name); near != "" {
			hint = "did you mean --" + near + "?"
		}
		return usage(hint, "there is no flag --%.60s", name)
	case errors.As(err, &needs):
		return usage(hint, "--%s needs a value", needs.GetFlag().Name)
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return badValue("--"+f.Name, f, invalid.GetValue(), invalid.Unwrap(), hint)
	}
	return usage(hint, "%w", err)
}

// badValue is a value that a flag does not take; source is where it was given.
func badValue(source string, f *pflag.Flag, value string, err error, hint string) error {
	switch f.Value.Type() {
	case "int":
		return usage(hint, "%s: %.40q is not a whole number", source, value)
	case "duration":
		return usage(hint, "%s: %.40q is not a duration such as 45s or 2m", source, value)
	case "bool":
		return usage(hint, "%s: %.40q is neither true nor false", source, value)
	}
	return usage(hint, "%s: %w", source, err)
}

// nearest is the flag of a command whose name differs least from a misspelt
// one, if it is near at all.
func nearest(c *cobra.Command, name string) string {
	best, least := "", 3
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if d := distance(name, f.Name); d < least && !f.Hidden && d < len(name) {
			best, least = f.Name, d
		}
	})
	return best
}

// distance is the Levenshtein distance of two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// noArgs refuses arguments where a command takes none.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(c.CommandPath()+" --help says what it takes", "%s takes no argument, but was given %.60q", c.Name(), args[0])
	}
	return nil
}
