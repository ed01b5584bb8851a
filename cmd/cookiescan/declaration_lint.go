package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cookiescan/classify/declaration/register"
	"cookiescan/report/policy"
)

func (p *program) newDeclarationLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint FILE",
		Short: "Say what is wrong in cookies.yaml and what is left to do",
		Long: `lint checks a cookies.yaml with the files that it extends, and lists what a person still
has to do before policy writes it in the languages of the file: entries to review, and what
a policy must say and the file does not. A finding is a line: file:line:column: entry: what
is missing.

Exit codes: 0 nothing left to do, 1 something is, 2 the file is broken.`,
		Example: `  cookiescan declaration lint cookies.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("for example: cookiescan declaration lint cookies.yaml", "lint needs one file, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.runDeclarationLint(args[0]) },
	}
}

func (p *program) runDeclarationLint(name string) error {
	shown, data, err := p.readDeclared(name)
	if err != nil {
		return err
	}
	f, err := p.readRegister(shown, data)
	if err != nil {
		return err
	}
	languages := f.Languages
	if len(languages) == 0 {
		languages = []string{defaultPolicyLanguage}
	}
	gaps, err := policy.Gaps(f, languages)
	if err != nil {
		return err
	}
	p.warnOfDates(f)
	var out []string
	review := 0
	for _, g := range gaps {
		out = append(out, oneLine(g.String()))
		if g.Review {
			review++
		}
	}
	if err := printLines(p.stdout, out); err != nil {
		return err
	}
	if len(gaps) == 0 {
		p.say("%s: %s, nothing left to do", shown, entries(len(f.Entries)))
		return nil
	}
	p.say("%s", lintSummary(gaps, review))
	return silent(exitFindings)
}

// warnOfDates says which days have not come. A policy may be written before the
// day on which it is published, so that they may be meant.
func (p *program) warnOfDates(f *register.File) {
	for _, g := range f.Ahead(time.Now()) {
		p.warn("%s", oneLine(g.String()))
	}
}

// lintSummary is a line such as "38 to review, controller.contact missing".
func lintSummary(gaps []register.Gap, review int) string {
	var parts, missing []string
	lacking := 0
	for _, g := range gaps {
		key, isKey := strings.CutSuffix(g.Text, " is missing")
		switch {
		case g.Review:
		case g.Entry == "" && isKey:
			missing = append(missing, key)
		default:
			lacking++
		}
	}
	if review > 0 {
		parts = append(parts, fmt.Sprintf("%d to review", review))
	}
	if lacking > 0 {
		parts = append(parts, fmt.Sprintf("%d incomplete", lacking))
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		parts = append(parts, strings.Join(missing, ", ")+" missing")
	}
	return strings.Join(parts, ", ")
}
