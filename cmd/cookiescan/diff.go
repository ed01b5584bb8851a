package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/report"
	"cookiescan/report/diff"
	"cookiescan/scanner"
)

// diffOptions are the flags of diff.
type diffOptions struct {
	judge  judgeOptions
	format *choice
}

func (p *program) newDiff() *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Show what changed from one stored scan to another",
		Long: `diff compares two documents that scan wrote (scan.json, or the folder with it): which
cookies, storage items and trackers were added, are gone or have changed, in lifetime,
category, setter and more, and which findings. What one of the scans did not see comes
first, since absence from it is no proof. Documents of several sites are compared site
by site. Generated names of one pattern are one item; lifetimes that differ by less than
one percent are the same.

Exit codes: 0 no difference, 1 differences, 2 a mistake in the command line, 3 nothing
can be said: a scan is incomplete and no difference is proven.`,
		Example: `  cookiescan diff audit/2026-10 audit/2026-11
  cookiescan diff old.json new.json -f markdown > changes.md
  cookiescan diff audit/2026-10 audit/2026-11 --lang de`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("for example: cookiescan diff audit/2026-10 audit/2026-11", "diff needs two scans, %s given", wereGiven(len(args)))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return p.runDiff(&o, args, colour(c)) },
	}
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.format = newChoice(report.DiffFormats()[0], report.DiffFormats()...)
		f.VarP(o.format, "format", "f", "`FORM` of the output: table, json or markdown")
	})
	flagGroup(c, "Classification", func(f *pflag.FlagSet) {
		o.judge.addFlags(f)
		o.judge.addLawFlags(f)
	})
	markOwnFormat(c)
	return c
}

func wereGiven(n int) string {
	if n == 1 {
		return "1 was"
	}
	return fmt.Sprintf("%d were", n)
}

func (p *program) runDiff(o *diffOptions, args []string, colour string) error {
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	var sides [2][]*scanner.Scan
	for i, name := range args {
		docs, err := p.readScans(name)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			if err := o.judge.applyAgain(doc); err != nil {
				return fmt.Errorf("classifying what is in %s: %w", name, err)
			}
		}
		sides[i] = docs
	}
	pairs, alone := pairUp(sides[0], sides[1])
	var results []*diff.Result
	differs, undecided := false, len(alone) > 0
	for _, pair := range pairs {
		r := diff.Compare(pair[0], pair[1])
		results = append(results, r)
		differs = differs || r.Differs() && !r.Undecided()
		undecided = undecided || r.Undecided()
	}
	for _, s := range alone {
		p.say("%s is in one of them only and cannot be compared", s)
	}
	if err := report.Diff(p.stdout, o.format.value, results, o.judge.show(p.look(colour))); err != nil {
		return err
	}
	switch {
	case differs:
		return silent(exitFindings)
	case undecided:
		return silent(exitIncomplete)
	}
	return nil
}

// pairUp finds the documents of the same site. One document on each side is a
// pair whatever their sites: a preview and what it stands for.
func pairUp(a, b []*scanner.Scan) (pairs [][2]*scanner.Scan, alone []string) {
	if len(a) == 1 && len(b) == 1 {
		return [][2]*scanner.Scan{{a[0], b[0]}}, nil
	}
	rest := slices.Clone(b)
	for _, x := range a {
		i := slices.IndexFunc(rest, func(y *scanner.Scan) bool { return y.Target.Site == x.Target.Site })
		if i < 0 {
			alone = append(alone, x.Target.Site)
			continue
		}
		pairs = append(pairs, [2]*scanner.Scan{x, rest[i]})
		rest = slices.Delete(rest, i, i+1)
	}
	for _, y := range rest {
		alone = append(alone, y.Target.Site)
	}
	return pairs, alone
}
