package main

import (
	"os"

	"github.com/spf13/pflag"

	"cookiescan/scanner/consent"
)

// consentOptions say how the consent banner is found.
type consentOptions struct {
	files []string

	rules *consent.Rules // after check
}

func (o *consentOptions) addFlags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.files, "consent-rules", nil, "know more consent platforms by the rules in this JSON `FILE`, in the form of the autoconsent project; repeatable, they come before the built-in ones")
}

func (o *consentOptions) check() error {
	all := &consent.Rules{}
	for _, name := range o.files {
		b, err := os.ReadFile(name)
		if err != nil {
			return usage("", "--consent-rules: reading %s: %s", name, reason(err))
		}
		r, err := consent.LoadRules(name, b)
		if err != nil {
			return usage("the form is that of the rule files of the autoconsent project", "--consent-rules: %w", err)
		}
		all.List, all.Problems = append(all.List, r.List...), append(all.Problems, r.Problems...)
	}
	o.rules = all
	return nil
}
