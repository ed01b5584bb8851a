package main

import (
	"os"
	"strings"

	"github.com/spf13/pflag"

	"cookiescan/classify/gate"
)

// gateOptions say what fails. They are flags of scan too, where nothing fails
// unless --fail-on is given.
type gateOptions struct {
	failOn   []string
	least    string
	baseline string
	allow    string

	options gate.Options // after check
}

func (o *gateOptions) addFlags(f *pflag.FlagSet) {
	f.StringSliceVar(&o.failOn, "fail-on", nil, "what fails, a `LIST` of severities (error, warning, note: these and heavier ones), classes (contract, law, hygiene, unable) and ids of checks")
	f.StringVar(&o.least, "min-severity", "", "lightest `SEVERITY` at which findings of a class fail (default error; warning for hygiene and unable, which have no errors)")
	f.StringVar(&o.baseline, "baseline", "", "let pass what is in this `FILE`, a scan.json or a JSON list of findings: only what is new fails")
	f.StringVar(&o.allow, "allow-incomplete", "", "let so many pages of a pass stay unseen, `HOW` is like pages:2% or pages:3; never a start page, a pass or the banner")
}

// given tells whether something can fail, for scan.
func (o *gateOptions) given() bool { return len(o.failOn) > 0 }

// check reads the flags and the baseline.
func (o *gateOptions) check() error {
	var err error
	if o.options.FailOn, err = gate.ParseRules(o.failOn, o.least); err != nil {
		flag := "--fail-on"
		if _, wrong := gate.ParseRules(nil, o.least); wrong != nil {
			flag = "--min-severity"
		}
		return usage("cookiescan check --help says what it takes", flag+": %w", err)
	}
	if o.allow != "" {
		if o.options.Allow, err = gate.ParseAllowance(strings.TrimSpace(o.allow)); err != nil {
			return usage("", "--allow-incomplete: %w", err)
		}
	}
	if o.baseline == "" {
		return nil
	}
	f, err := os.Open(o.baseline)
	if err != nil {
		return usage("check -f json and scan -o DIR write one", "--baseline: reading %s: %s", o.baseline, reason(err))
	}
	defer f.Close() //nolint:errcheck // it was only read
	if o.options.Baseline, err = gate.ReadBaseline(f); err != nil {
		return usage("a baseline is a scan.json, or its findings", "--baseline: reading %s: %w", o.baseline, err)
	}
	return nil
}
