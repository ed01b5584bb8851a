package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/rules"
	"cookiescan/report"
)

// rulesListOptions are the flags of rules list.
type rulesListOptions struct {
	filter         rules.Filter
	kind, category *choice
	format         *choice
	files          []string
}

func (o *rulesListOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Which rules", func(f *pflag.FlagSet) {
		f.StringVar(&o.filter.Vendor, "vendor", "", "of vendors with `TEXT` in id, name or company")
		o.category = newChoice("", rules.Categories()...)
		f.Var(o.category, "category", "of a `CATEGORY`: "+strings.Join(rules.Categories(), ", "))
		var kinds []string
		for _, k := range rules.Kinds() {
			kinds = append(kinds, string(k))
		}
		o.kind = newChoice("", kinds...)
		f.Var(o.kind, "kind", "of a `KIND`: "+strings.Join(kinds, ", "))
		f.StringVar(&o.filter.Purpose, "purpose", "", "of a purpose, by its `KEY`, such as keep-basket")
		f.StringVar(&o.filter.Match, "match", "", "that are about the name `TEXT`, or have it in name or pattern")
		f.StringArrayVar(&o.files, "rules", nil, "list the rules of `FILE` as well; can be repeated")
	})
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.format = newChoice("table", report.RuleFormats()...)
		f.VarP(o.format, "format", "f", "`FORM` of the output: "+strings.Join(report.RuleFormats(), ", "))
	})
	markOwnFormat(c)
}

func (p *program) newRulesList() *cobra.Command {
	var o rulesListOptions
	c := &cobra.Command{
		Use:   "list",
		Short: "List rules",
		Long: `list shows the rules of the database, all or those that fit every flag given, in
order of vendors.`,
		Example: `  cookiescan rules list --vendor hotjar
  cookiescan rules list --match _ga_ABC123
  cookiescan rules list --kind localStorage --category marketing -f csv > marketing.csv`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return p.runRulesList(&o, colour(c)) },
	}
	o.addFlags(c)
	return c
}

func (p *program) runRulesList(o *rulesListOptions, colour string) error {
	db, err := p.ruleDatabase(o.files)
	if err != nil {
		return err
	}
	o.filter.Category, o.filter.Kind = o.category.value, rules.Kind(o.kind.value)
	found := db.Find(o.filter)
	if len(found) == 0 {
		p.say("no rule fits")
	}
	return report.Rules(p.stdout, o.format.value, found, p.look(colour))
}
