package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"cookiescan/classify/rules"
	"cookiescan/classify/words"
)

func (p *program) newRulesLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint [FILE...]",
		Short: "Check rule files, or the built-in ones",
		Long: `lint checks that rules can be told apart, that their examples prove them, and that
they say all that a reader needs. Without a file it checks the built-in database, with
files these as one database of their own. A finding is a line: file:line:column: rule:
what is wrong.

Exit codes: 0 nothing found, 1 findings, 2 a file that cannot be read.`,
		Example: `  cookiescan rules lint
  cookiescan rules lint my-rules.yaml more-rules.yaml`,
		RunE: func(_ *cobra.Command, args []string) error { return p.runRulesLint(args) },
	}
}

func (p *program) runRulesLint(files []string) error {
	options, err := lintOptions()
	if err != nil {
		return err
	}
	var sources []rules.Source
	var failed error
	for _, name := range files {
		source, err := p.readRuleFile(name)
		if err != nil {
			p.complain(err, "")
			failed = silent(exitUsage)
			continue
		}
		sources = append(sources, source)
	}
	if len(files) == 0 {
		options.Named = true
		if sources, err = rules.EmbeddedSources(); err != nil {
			return err
		}
	}
	findings, unread := rules.Lint(sources, options)
	var out []string
	for _, f := range findings {
		out = append(out, oneLine(f.String()))
	}
	if err := printLines(p.stdout, out); err != nil {
		return err
	}
	switch {
	case failed != nil:
		return failed
	case unread > 0:
		return silent(exitUsage)
	case len(findings) > 0:
		p.say("%s in %s", plural(len(findings), "finding"), plural(len(sources), "file"))
		return silent(exitFindings)
	}
	p.say("no finding in %s", plural(len(sources), "file"))
	return nil
}

// lintOptions take the purposes and their translations from the words.
func lintOptions() (rules.LintOptions, error) {
	english, err := words.Language("en")
	if err != nil {
		return rules.LintOptions{}, err
	}
	lacking := map[string][]string{}
	for _, tag := range words.Languages() {
		l, err := words.Language(tag)
		if err != nil {
			return rules.LintOptions{}, fmt.Errorf("checking translations: %w", err)
		}
		known := map[string]bool{}
		for _, key := range l.Purposes() {
			known[key] = true
		}
		for _, key := range english.Purposes() {
			if !known[key] {
				lacking[key] = append(lacking[key], tag)
			}
		}
	}
	return rules.LintOptions{
		Purposes: english.Purposes(),
		Missing:  func(key string) []string { return lacking[key] },
	}, nil
}
