package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/declaration/register"
)

// checkOptions are the flags of check: those of scan, for what is given as an
// address, and its own.
type checkOptions struct {
	scan         scanOptions
	declared     declaredOptions
	sites        string
	parallel     int
	compareRules bool
	summary      bool
}

func (o *checkOptions) addFlags(c *cobra.Command) {
	o.scan.output.ofCheck = true
	flagGroup(c, "Declaration", o.declared.addFlags)
	o.scan.addFlags(c)
	flagGroup(c, "Gate", func(f *pflag.FlagSet) {
		f.BoolVar(&o.compareRules, "compare-rules", false, "say what changes when a stored scan is classified again with the rules of this version and of --rules, in place of what it says itself; as diff does it")
		f.StringVar(&o.sites, "sites", "", "check every site that the YAML `FILE` lists, each with flags of its own, into a folder of -o each, with one index")
		f.IntVar(&o.parallel, "parallel", 2, "with --sites, check `N` sites at the same time")
		f.BoolVar(&o.summary, "summary", false, "write one line of JSON to standard output, and nothing else")
	})
}

func (p *program) newCheck() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check URL|SCAN.JSON|FOLDER...",
		Short: "Compare what a site does with what it declares; fail if they differ",
		Long: `check judges scans against what the site declares, and ends with 1 if something of it
must be mended: for a pipeline that must not let an undeclared cookie through, and for
an audit of a published policy. A scan that is stored needs no browser; an address is
scanned first, with the flags of scan.

The declaration is a cookies.yaml (cookiescan init writes it), the address or the file of
a published cookie policy, or what "cookiescan declaration" reads else.

What fails by itself: errors that contradict the declaration (class contract), and errors
of the law that --profile chooses. "cookiescan explain ID" says what a check wants.

` + secretsHelp + `

Exit codes: 0 nothing at the gate, 1 findings at the gate, also if the scan is incomplete,
such as an item that is missing in a published policy, 2 a mistake in the command line or
a file, 3 not enough was seen to say so: a page did not come, or no list was read in a
published policy. Only 3 is worth a retry.`,
		Example: `  cookiescan check audit/scan.json audit-login/scan.json -d cookies.yaml --profile de
  cookiescan check https://www.example.com -d cookies.yaml --run nightly --published auto
  cookiescan check https://www.example.com -d https://www.example.com/cookies
  cookiescan check https://pr-7.preview.example.net -d cookies.yaml --as https://www.example.com --wait 2m
  cookiescan check audit/scan.json -d cookies.yaml -f github,sarif,markdown,patch -o out/
  cookiescan check audit/scan.json -d cookies.yaml --baseline last/scan.json
  cookiescan check --sites sites.yaml -o evidence/2026-11 --summary`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 && o.sites == "":
				return usage("for example: cookiescan check https://www.example.com -d cookies.yaml", "check needs the address of a site or a scan.json")
			case len(args) > 0 && o.sites != "":
				return usage("list the site in the file", "--sites names the sites, %.60q cannot be given beside it", args[0])
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			o.scan.typed = c.Flags().Changed
			o.scan.command = func() (command, environment []string) { return commandLine(c, args, &o.scan, p.getenv) }
			if o.sites != "" {
				return p.runSites(c.Context(), c, &o)
			}
			return p.runCheck(c.Context(), &o, args, colour(c), time.Now())
		},
	}
	o.addFlags(c)
	return c
}

// prepareCheck judges the flags and reads the files, before any scan.
func (p *program) prepareCheck(o *checkOptions) error {
	if err := o.scan.check(); err != nil {
		return err
	}
	if err := p.readSecrets(&o.scan); err != nil {
		return err
	}
	if err := p.checkJudge(&o.scan.judge); err != nil {
		return err
	}
	return o.scan.evidence.check(o.scan.output.dir)
}

// runCheck scans what is an address, reads what is stored, and judges both.
func (p *program) runCheck(ctx context.Context, o *checkOptions, args []string, colour string, now time.Time) error {
	if o.summary && o.scan.output.dir == "" && o.scan.typed("format") {
		return usage("-o DIR writes them as files", "--summary: nothing but its line fits on standard output, --format needs -o")
	}
	if err := p.prepareCheck(o); err != nil {
		return err
	}
	stored, addresses := sortArgs(args)
	list, err := targets(addresses, func(string, ...any) {})
	if err != nil {
		return err
	}
	if len(list) > 1 {
		return usage("--sites checks several", "check takes addresses of one site, these are of %s and %s", list[0].site, list[1].site)
	}
	if len(list) == 0 {
		p.warnOfVisits(&o.scan)
	}
	if err := o.scan.steps.read(list, p.getenv, p.say); err != nil {
		return err
	}
	c, err := p.readCheck(o, stored, list, now)
	if err != nil {
		return err
	}
	if o.compareRules {
		return p.compareRules(o, c.declared, c.subjects, list, colour)
	}
	if err := o.scan.output.check(); err != nil {
		return err
	}
	if len(list) > 0 {
		release, err := o.scan.output.hold()
		if err != nil {
			return err
		}
		defer release()
	}
	if err := p.askNetwork(ctx, o, c.declared, list); err != nil {
		return err
	}
	// What is looked for again is what the declaration makes of the scan.
	o.scan.judge.against, o.scan.policies = c.declared.options(c.register), c.declared.pages
	scanned, failed := p.scanSubject(ctx, o, list)
	if code, _ := codeOf(failed); code == exitUsage || len(c.subjects)+len(scanned) == 0 && code == exitInterrupted {
		return failed
	}
	verdict, err := p.judgeTogether(o, c.declared, append(c.subjects, scanned...), now)
	if err != nil {
		return err
	}
	if failed != nil {
		verdict.unscanned(list[0].site, failed)
	}
	if err := p.writeCheck(o, verdict, p.look(colour)); err != nil {
		return err
	}
	return p.checkOutcome(ctx, o, verdict, failed)
}

// ofVisits are flags that say how a site is visited.
var ofVisits = []string{
	"phases", "repeat", "confirm", "max-pages", "per-template", "depth", "scope", "sitemap", "robots", "interact", "include", "exclude",
	"consent-rules", "resume", "steps",
}

// warnOfVisits says which flags of the command line change nothing where only
// stored scans are judged. Those of cookiescan.yaml are for other runs too.
func (p *program) warnOfVisits(o *scanOptions) {
	var given []string
	for _, name := range ofVisits {
		if o.typed(name) {
			given = append(given, "--"+name)
		}
	}
	if len(given) > 0 {
		p.warn("%s: no effect, since nothing is scanned; stored scans are judged as they are", strings.Join(given, ", "))
	}
}

// checkInput is what a check reads before it uses the network.
type checkInput struct {
	declared *declared
	register *register.File // as it is about the site that is to be scanned; nil: none is
	subjects []subject      // stored scans
}

func (p *program) readCheck(o *checkOptions, stored []string, list []target, now time.Time) (c checkInput, err error) {
	judge := &o.scan.judge
	if c.declared, err = p.readDeclaration(&o.declared, judge.words, now); err != nil {
		return c, err
	}
	if judge.ruleset == "" {
		if judge.kept, err = c.declared.ruleset(); err != nil {
			return c, err
		}
	}
	if c.register, err = o.standIn(c.declared, list); err != nil {
		return c, err
	}
	if c.subjects, err = p.readSubjects(stored); err != nil {
		return c, err
	}
	return c, judge.keepProfile(c.subjects)
}

// askNetwork reads the policies that are published and tries their links. Who
// judges what is stored, against a file, may be where there is no network.
func (p *program) askNetwork(ctx context.Context, o *checkOptions, d *declared, list []target) error {
	err := p.readPolicies(ctx, &o.scan, d, list, o.scan.judge.words)
	if err == nil && !o.declared.offline && len(list)+len(d.addresses) > 0 {
		d.links, err = o.scan.tryLinks(ctx, d)
	}
	return err
}
