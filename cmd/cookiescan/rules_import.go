package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/rules"
	"cookiescan/classify/rules/importer"
)

// rulesImportOptions are the flags of rules import.
type rulesImportOptions struct {
	from   *choice
	output string
}

func (o *rulesImportOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Import", func(f *pflag.FlagSet) {
		o.from = newChoice("auto", append([]string{"auto"}, importer.Names()...)...)
		f.Var(o.from, "from", "`LIST` that the file is: "+strings.Join(o.from.allowed, ", ")+"; auto finds out from its content")
		f.StringVarP(&o.output, "output", "o", "", "write the rule file to `FILE`; without it, to standard output")
	})
}

func (p *program) newRulesImport() *cobra.Command {
	var o rulesImportOptions
	var lists []string
	for _, f := range importer.Formats() {
		lists = append(lists, fmt.Sprintf("  %-11s %s", f.Name, f.Description))
	}
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a rule file of a list that others publish",
		Long: `import makes a rule file, which --rules takes, of a list that others publish:

` + strings.Join(lists, "\n") + `

It takes facts only: names, domains, categories, lifetimes. What would be about too
much is left out, and so is what says nothing; how much is said on standard error. Mind
the licence of the list before you pass the result on.`,
		Example: `  cookiescan rules import open-cookie-database.csv -o imported.yaml
  cookiescan rules import acme.json --from disclosure > acme.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("for example: cookiescan rules import open-cookie-database.csv -o imported.yaml", "rules import needs one file, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.runRulesImport(&o, args[0]) },
	}
	o.addFlags(c)
	return c
}

func (p *program) runRulesImport(o *rulesImportOptions, file string) error {
	source, err := p.readRuleFile(file)
	if err != nil {
		return err
	}
	from := o.from.value
	if from == "auto" {
		from = ""
	}
	result, err := importer.Import(source.Text, source.Name, from)
	if err != nil {
		return usage("cookiescan rules import --help says which lists it takes", "%s: %w", source.Name, err)
	}
	text, err := importedFile(result)
	if err != nil {
		return err
	}
	if o.output == "" || o.output == "-" {
		if _, err := p.stdout.Write(text); err != nil {
			return fmt.Errorf("writing the result: %w", err)
		}
	} else if err := writeFile(o.output, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
		return usage("choose another file with -o FILE", "%w", err)
	}
	p.say("%s: %s taken, of %s", result.Format.Description, plural(result.Rules, "rule"), plural(len(result.Sets), "vendor"))
	for _, s := range result.Skipped {
		p.say("left out: %d %s", s.Count, s.Why)
	}
	return nil
}

// importedFile is the rule file of what was imported. That it loads is proven
// here and not left to the next command.
func importedFile(result importer.Result) ([]byte, error) {
	var text bytes.Buffer
	if err := rules.Write(&text, "Imported by cookiescan from: "+result.Format.Description, result.Sets); err != nil {
		return nil, err
	}
	if _, err := rules.Load(nil, "imported.yaml", text.Bytes()); err != nil {
		return nil, fmt.Errorf("the result does not load: %w", err)
	}
	return text.Bytes(), nil
}
