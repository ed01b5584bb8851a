package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/register"
)

// waiveOptions are the flags of waive.
type waiveOptions struct {
	item, owner, reason, expires string
	kind                         *choice
	sites                        []string
	file                         string
}

func (o *waiveOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Waiver", func(f *pflag.FlagSet) {
		f.StringVar(&o.item, "item", "", "`NAME` that the finding is about, such as consent or _ga_*")
		o.kind = newChoice("", register.WaiverKinds()...)
		f.Var(o.kind, "kind", "`KIND`: "+strings.Join(register.WaiverKinds(), ", "))
		f.StringVar(&o.owner, "owner", "", "`WHO` answers for it, such as an address")
		f.StringVar(&o.expires, "expires", "", "last `DAY` on which it holds, such as 2027-01-31: at most 180 days from now, 365 for a false positive")
		f.StringVar(&o.reason, "reason", "", "`TEXT` that says why")
		f.StringArrayVar(&o.sites, "site", nil, "only on `HOST` and below; can be repeated")
	})
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		f.StringVar(&o.file, "waivers", "cookies.waivers.yaml", "`FILE` to write, or to add to if it is there")
	})
}

func (p *program) newWaive() *cobra.Command {
	var o waiveOptions
	c := &cobra.Command{
		Use:   "waive CHECK",
		Short: "Accept a finding for a while: by whom, why, until when",
		Long: `waive writes into cookies.waivers.yaml that a finding of a check about an item is
accepted until a day; what is there stays as it is. scan and report show the finding
all the same. What could not be checked (X) cannot be waived.`,
		Example: `  cookiescan waive B009 --item consent --kind fix-pending --owner ana@example.com --expires 2027-01-31 --reason 'CMP 4.2'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("for example: cookiescan waive B009 --item consent --kind fix-pending --owner ana@example.com --expires 2027-01-31 --reason 'CMP 4.2'", "waive needs one check, such as B009")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.runWaive(&o, args[0], time.Now()) },
	}
	o.addFlags(c)
	return c
}

func (p *program) runWaive(o *waiveOptions, check string, now time.Time) error {
	for _, f := range []struct{ name, value string }{
		{"item", o.item}, {"kind", o.kind.value}, {"owner", o.owner}, {"expires", o.expires}, {"reason", o.reason},
	} {
		if strings.TrimSpace(f.value) == "" {
			return usage("cookiescan waive --help shows an example", "waive needs --%s", f.name)
		}
	}
	if _, ok := checks.Lookup(check); !ok {
		hint := "cookiescan check names the check of each finding"
		if id := strings.ToUpper(check); id != check {
			hint = "did you mean " + id + "?"
		}
		return usage(hint, "there is no check %.40q", check)
	}
	if _, err := time.Parse(time.DateOnly, o.expires); err != nil {
		return usage("year-month-day, such as 2027-01-31", "--expires: %.40q is no day", o.expires)
	}
	item, err := register.ParseName(o.item)
	if err != nil {
		return usage("", "--item: %w", err)
	}
	src, err := os.ReadFile(o.file)
	if errors.Is(err, fs.ErrNotExist) {
		src, err = nil, nil
	}
	if err != nil {
		return usage("", "reading %s: %s", o.file, reason(err))
	}
	text, err := register.AddWaiver(o.file, src, register.Waiver{
		Check: check, Item: item, Kind: o.kind.value, Owner: o.owner, Reason: o.reason, Expires: o.expires, Sites: o.sites,
	}, now)
	if err != nil {
		return usage("", "%w", err)
	}
	if err := writeFile(o.file, writes(text)); err != nil {
		return usage("choose another file with --waivers FILE", "%w", err)
	}
	over := ""
	if o.expires < now.UTC().Format(time.DateOnly) {
		over = ", which is over already"
	}
	p.say("%s: %s for %s is waived until %s%s", o.file, check, o.item, o.expires, over)
	return nil
}
