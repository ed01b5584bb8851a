package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cookiescan/classify/rules"
)

func (p *program) newRules() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules COMMAND",
		Short: "Look into the rule database, check rule files, import others' lists",
		Long: `The rule database says what the cookies, storage keys and requests of the web are
for. rules shows what is in it, checks rule files, and makes such files from the
lists of others.`,
		Example: `  cookiescan rules list --match _ga
  cookiescan rules lint my-rules.yaml
  cookiescan rules import open-cookie-database.csv -o imported.yaml`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return usage("cookiescan rules --help lists the commands", "there is no command rules %.60q", args[0])
		},
	}
	c.AddCommand(p.newRulesList(), p.newRulesLint(), p.newRulesImport())
	return c
}

// longestRuleFile is far more than any list of cookies there is.
const longestRuleFile = 64 << 20

// readRuleFile reads a file of the user, or standard input.
func (p *program) readRuleFile(name string) (rules.Source, error) {
	from, shown := p.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return rules.Source{}, usage("", "reading %s: %s", name, reason(err))
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, shown = f, name
	}
	text, err := io.ReadAll(io.LimitReader(from, longestRuleFile+1))
	switch {
	case err != nil:
		return rules.Source{}, usage("", "reading %s: %s", shown, reason(err))
	case len(text) > longestRuleFile:
		return rules.Source{}, usage("", "%s is longer than %d MB", shown, longestRuleFile>>20)
	}
	return rules.Source{Name: shown, Text: text}, nil
}

// ruleDatabase is the embedded rules with files of the user on top.
func (p *program) ruleDatabase(files []string) (*rules.DB, error) {
	db, err := rules.Embedded()
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		source, err := p.readRuleFile(name)
		if err != nil {
			return nil, err
		}
		if db, err = rules.Load(db, source.Name, source.Text); err != nil {
			return nil, usage("cookiescan rules lint "+printable(name)+" lists all that is wrong in it", "%w", err)
		}
	}
	return db, nil
}

// printLines writes lines of a result.
func printLines(w io.Writer, lines []string) error {
	if len(lines) == 0 {
		return nil
	}
	if _, err := fmt.Fprintln(w, strings.Join(lines, "\n")); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}
