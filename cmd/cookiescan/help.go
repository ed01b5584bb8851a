package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// groupKey is the annotation of a flag that names its place in the help text.
const groupKey = "group"

// The columns of help texts: where the text of a flag begins and where it ends.
const (
	helpIndent = 28
	helpWidth  = 88
)

// flagGroup adds flags to a command under a heading of the help text.
func flagGroup(c *cobra.Command, title string, define func(f *pflag.FlagSet)) {
	f := pflag.NewFlagSet(title, pflag.ContinueOnError)
	f.SortFlags = false
	define(f)
	f.VisitAll(func(flag *pflag.Flag) {
		flag.Annotations = map[string][]string{groupKey: {title}}
	})
	c.Flags().SortFlags = false
	c.Flags().AddFlagSet(f)
}

// usageWriter writes what follows a command's description: usage line,
// examples, commands in the given order and flags by group.
func usageWriter(commands []*cobra.Command) func(*cobra.Command) error {
	return func(c *cobra.Command) error {
		w := c.OutOrStdout()
		if c.HasParent() {
			fmt.Fprintf(w, "Usage:\n  %s\n", c.UseLine())
		} else {
			fmt.Fprint(w, "Usage:\n  cookiescan COMMAND [flags]\n")
		}
		if c.Example != "" {
			fmt.Fprintf(w, "\nExamples:\n%s\n", c.Example)
		}
		switch {
		case !c.HasParent():
			writeCommands(w, commands)
		case c.HasSubCommands():
			writeCommands(w, c.Commands())
		}
		writeFlags(w, c)
		if !c.HasParent() {
			fmt.Fprint(w, rootHelp)
		}
		return nil
	}
}

const rootHelp = `
cookiescan COMMAND --help says more about a command. Every flag can be set in the
environment as well: --max-pages is COOKIESCAN_MAX_PAGES. What can be repeated takes one
value a line there. A flag on the command line wins. The flags of scan and check can also
stand in cookiescan.yaml, which comes after the environment.

Exit codes: 0 done, 1 something was found (check, diff, verify, declaration lint, rules
lint, policy --check), 2 a mistake in the command line or a file, 3 incomplete or
impossible (worth a retry), 130 interrupted.
`

func writeCommands(w io.Writer, commands []*cobra.Command) {
	fmt.Fprint(w, "\nCommands:\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-11s %s\n", c.Name(), c.Short)
	}
}

// writeFlags writes the flags group by group, in the order in which they were
// added; those without a group come last.
func writeFlags(w io.Writer, c *cobra.Command) {
	const others = "General"
	var titles []string
	groups := map[string][]*pflag.Flag{}
	collect := func(f *pflag.Flag) {
		title := others
		if g := f.Annotations[groupKey]; len(g) > 0 {
			title = g[0]
		}
		if f.Hidden || slices.Contains(groups[title], f) {
			return
		}
		if groups[title] == nil && title != others {
			titles = append(titles, title)
		}
		groups[title] = append(groups[title], f)
	}
	c.InitDefaultHelpFlag()
	c.InheritedFlags() // merges the global flags into the command's own
	c.Flags().VisitAll(collect)
	c.PersistentFlags().VisitAll(collect)
	for _, title := range append(titles, others) {
		fmt.Fprintf(w, "\n%s:\n", title)
		for _, f := range groups[title] {
			writeFlag(w, f)
		}
	}
}

func writeFlag(w io.Writer, f *pflag.Flag) {
	value, text := pflag.UnquoteUsage(f)
	head := "      --" + f.Name
	if f.Shorthand != "" {
		head = "  -" + f.Shorthand + ", --" + f.Name
	}
	if value != "" {
		head += " " + value
	}
	if len(head) > helpIndent-2 {
		fmt.Fprintln(w, head)
		head = ""
	}
	for _, l := range wrapWords(text+defaultWords(f), helpWidth-helpIndent) {
		fmt.Fprintf(w, "%-*s%s\n", helpIndent, head, l)
		head = ""
	}
}

// defaultWords say what holds without the flag, where that is something.
func defaultWords(f *pflag.Flag) string {
	d := strings.Trim(f.DefValue, "[]")
	switch {
	case d == "" || d == "false" || d == "0" || d == "0s":
		return ""
	case strings.HasSuffix(d, "m0s"): // a duration as Go writes it
		d = strings.TrimSuffix(d, "0s")
	}
	return " (default " + d + ")"
}

// wrapWords breaks a text into lines of at most width columns.
func wrapWords(text string, width int) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > width:
			out = append(out, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(out, line)
}
