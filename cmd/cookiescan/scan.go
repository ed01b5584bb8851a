package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify"
	"cookiescan/report"
	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
)

// scanOptions are the flags of scan.
type scanOptions struct {
	phases     []string
	repeat     int
	confirm    bool
	pages      pageOptions
	pace       paceOptions
	visitor    visitorOptions
	network    networkOptions
	secret     secretOptions
	steps      stepsOptions
	browser    browserOptions
	judge      judgeOptions
	output     outputOptions
	keepValues bool
	verbose    bool
	resume     bool
	consent    consentOptions
	evidence   evidenceOptions
	gate       gateOptions
	policies   []policyPage // that check has read, for the evidence
	as         string       // the address that the scanned host stands for, normalised after check

	typed   func(flag string) bool                 // whether a flag was given on the command line
	command func() (command, environment []string) // as evidence has it; nil: not known
}

func (o *scanOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "What is scanned", func(f *pflag.FlagSet) {
		f.StringSliceVar(&o.phases, "phases", []string{"none", "accept", "reject"}, "passes over the site, a `LIST` of none (no choice about cookies is made), accept and reject (the consent banner is answered), close (by its X), withdraw (accepted, then refused), return (refused, then visited again) and gpc (with Global Privacy Control), each with a fresh browser profile; without a banner there is nothing to answer")
		f.StringVar(&o.as, "as", "", "take the scanned host for the one at this `URL`, such as a preview for the real site: what belongs to either is first-party, and findings are those of the real one")
		f.IntVar(&o.repeat, "repeat", 1, "make all passes `N` times: what is met once is there, and nothing is proved absent by fewer than all")
		f.BoolVar(&o.confirm, "confirm", false, "look again for every error about a choice, the banner or a signal, and with check about what is stored and not as declared: in a full browser where there is one, in real time, with nothing that watches the page; what is not seen again is a warning")
		o.pages.addFlags(f)
	})
	flagGroup(c, "Consent banner", o.consent.addFlags)
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.output.addFlags(f, "write scan.json and cookies.EXT for each format into the folder `DIR`, and into a folder within it for each of several sites")
		f.BoolVar(&o.resume, "resume", false, "go on with the unfinished scan in the folder of -o: passes that were done whole are kept, the others are walked again; all other flags as before")
		f.BoolVar(&o.keepValues, "keep-values", false, "keep the values of cookies in the result; they may be secrets")
		f.BoolVarP(&o.verbose, "verbose", "v", false, "say more about what is done")
	})
	flagGroup(c, "Evidence", o.evidence.addFlags)
	flagGroup(c, "Classification", func(f *pflag.FlagSet) {
		o.judge.addFlags(f)
		o.judge.addLawFlags(f)
	})
	flagGroup(c, "Gate", o.gate.addFlags)
	flagGroup(c, "Time", o.pace.addFlags)
	flagGroup(c, "Visitor", o.visitor.addFlags)
	flagGroup(c, "Access to a closed site", func(f *pflag.FlagSet) {
		o.secret.addFlags(f)
		o.steps.addFlags(f)
	})
	flagGroup(c, "Network", o.network.addFlags)
	flagGroup(c, "Browser", o.browser.addFlags)
	flagGroup(c, "Configuration", addConfigFlags)
}

func (p *program) newScan() *cobra.Command {
	var o scanOptions
	c := &cobra.Command{
		Use:   "scan URL...",
		Short: "Scan a website and show what it stores",
		Long: `scan visits a website with a real browser, follows its links and shows which
cookies and other storage its pages use: what each one is for, whose it is, and for
how long it stays; --evidence adds who set it, when, and why it is classified so. It
does so three times, each with a fresh browser profile: before any choice, after its
consent banner was accepted, and after it was refused.

An address without https:// gets it. Addresses of one site make one result, those
of several sites one each (JSON: one document a line).

` + secretsHelp + "\n\n" + stepsHelp,
		Example: `  cookiescan scan https://www.example.com
  cookiescan scan www.example.com --max-pages 10 --exclude '/logout'
  cookiescan scan https://www.example.com -f csv > cookies.csv
  cookiescan scan https://www.example.com -f json,markdown -o audit/2026-11
  cookiescan scan https://www.example.com -o audit/2026-11 --operator 'A. Example' --case 2026-17 --sign key.pem
  cookiescan scan https://www.example.com --phases none
  cookiescan scan https://www.example.com --profile de --region DE --phases none,accept,reject,withdraw
  cookiescan scan https://www.example.com/account --steps login.yaml -o audit/2026-11-login
  cookiescan scan https://staging.example.com --resolve staging.example.com=10.0.0.7 --ca-cert ca.pem --wait 2m
  cookiescan scan https://www.example.com --browser-url http://127.0.0.1:9222`,
		Args: needsAddress,
		RunE: func(c *cobra.Command, args []string) error {
			o.typed = c.Flags().Changed
			o.command = func() (command, environment []string) { return commandLine(c, args, &o, p.getenv) }
			return p.runScan(c.Context(), &o, args, colour(c))
		},
	}
	o.addFlags(c)
	return c
}

func needsAddress(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage("for example: cookiescan scan https://www.example.com", "scan needs the address of a site")
	}
	return nil
}

// colour is the value of the global flag.
func colour(c *cobra.Command) string { return c.Flag("color").Value.String() }

// phases are the passes that there are.
var phases = [...]string{"none", "accept", "reject", "close", "withdraw", "return", "gpc"}

// maxRepeat bounds --repeat: more runs tell hardly more, and a site may mind.
const maxRepeat = 20

// check judges the flags and prepares what follows from them. The output comes
// last of all, since it makes a folder.
func (o *scanOptions) check() error {
	for i, phase := range o.phases {
		switch {
		case !slices.Contains(phases[:], phase):
			return usage("the phases are "+strings.Join(phases[:], ", "), "--phases: there is no phase %.40q", phase)
		case slices.Contains(o.phases[:i], phase):
			return usage("", "--phases: %s is given twice", phase)
		}
	}
	if len(o.phases) == 0 {
		return usage("the phases are "+strings.Join(phases[:], ", "), "--phases: at least one phase is needed")
	}
	if o.repeat < 1 || o.repeat > maxRepeat {
		return usage("", "--repeat: %d is not between 1 and %d", o.repeat, maxRepeat)
	}
	if o.resume && o.output.dir == "" {
		return usage("give the folder of the unfinished scan with -o DIR", "--resume: a scan without a folder cannot be gone on with")
	}
	for _, part := range []func() error{o.checkAs, o.gate.check, o.pages.check, o.pace.check, o.visitor.check, o.network.check, o.consent.check} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) runScan(ctx context.Context, o *scanOptions, args []string, colour string) error {
	list, err := targets(args, func(format string, args ...any) {
		if o.verbose {
			p.say(format, args...)
		}
	})
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if !o.gate.given() && (o.typed("min-severity") || o.typed("baseline")) {
		return usage("--fail-on error, for example", "without --fail-on nothing that is found fails a scan")
	}
	if err := p.readSecrets(o); err != nil {
		return err
	}
	if err := o.steps.read(list, p.getenv, p.say); err != nil {
		return err
	}
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	if err := o.evidence.check(o.output.dir); err != nil {
		return err
	}
	o.output.scans = true
	if err := p.checkOutput(&o.output); err != nil {
		return err
	}
	return p.scanAll(ctx, o, list, o.judge.show(p.look(colour)))
}

func (p *program) readSecrets(o *scanOptions) error {
	r := &secretReader{getenv: p.getenv, typed: o.typed}
	if err := o.secret.read(r); err != nil {
		return err
	}
	visible := r.visible
	if u := o.network.egress.Upstream; visible == "" && u != nil && u.User != nil && o.typed("proxy") {
		visible = "proxy"
	}
	if visible != "" {
		p.warn("the secret in --%s is visible to every user of this machine in the list of processes; put it into %s", visible, envName(visible))
	}
	return nil
}

// prepareScans finds the browser and what the evidence says of this run.
func (p *program) prepareScans(ctx context.Context, o *scanOptions) (process.Binary, error) {
	bin, err := o.browser.find(ctx, p.getenv)
	if err != nil {
		return bin, err
	}
	if o.verbose {
		p.say("browser: %s %s (%s), %s", bin.Product, bin.Version, bin.Engine, cmp.Or(bin.Path, o.browser.url))
	}
	if bin.Running != "" {
		if err := p.proven(ctx, o, bin); err != nil {
			return bin, err
		}
	}
	if o.output.dir != "" {
		o.evidence.describe(bin, &o.visitor)
		if o.command != nil {
			o.evidence.run.Command, o.evidence.run.Environment = o.command()
		}
	}
	return bin, nil
}

// scanAll scans one site after the other and writes the results.
func (p *program) scanAll(ctx context.Context, o *scanOptions, list []target, look report.Options) error {
	release, err := o.output.hold()
	if err != nil {
		return err
	}
	defer release()
	if err := o.canResume(list); err != nil {
		return err
	}
	bin, err := p.prepareScans(ctx, o)
	if err != nil {
		return err
	}
	// What an interrupted scan saw is shown all the same.
	look.Print = printer(context.WithoutCancel(ctx), bin)
	var docs []*scanner.Scan
	for _, t := range list {
		dir := o.folder(t, list)
		if o.resume && len(list) > 1 {
			if doc := finished(dir); doc != nil {
				p.say("%s: the scan of %s is finished and left as it is", dir, t.site)
				docs = append(docs, doc)
				continue
			}
		}
		doc, failed := p.scanSite(ctx, o, bin, t, dir, o.judgeOf(t))
		if failed != nil {
			err = failed
			break
		}
		docs = append(docs, doc)
		if o.output.dir != "" {
			if err := p.store(o, dir, doc, []*scanner.Scan{doc}, look); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	if o.output.dir == "" && len(docs) > 0 {
		if _, failed := o.output.write(p.stdout, look, "", docs); failed != nil {
			return failed
		}
	}
	return p.outcome(ctx, docs, o.gate, err)
}

// judgeOf is what judges the scan of a site.
func (o *scanOptions) judgeOf(t target) func(*scanner.Scan) error {
	return func(doc *scanner.Scan) error {
		if o.as != "" {
			classify.StandFor(doc, o.as)
		}
		if err := o.judge.apply(doc); err != nil {
			return fmt.Errorf("classifying what was found on %s: %w", t.site, err)
		}
		return nil
	}
}

// folder is where a site's files go, empty without -o.
func (o *scanOptions) folder(t target, list []target) string {
	if o.output.dir == "" {
		return ""
	}
	return folder(o.output.dir, t, list)
}

// folder is where a site's files go: with several sites each has its own.
func folder(dir string, t target, list []target) string {
	if len(list) == 1 {
		return dir
	}
	return folderOfSite(dir, t.site)
}

// folderOfSite is the folder of one of several sites.
func folderOfSite(dir, site string) string {
	return filepath.Join(dir, strings.NewReplacer(":", "_", "[", "", "]", "").Replace(site))
}

// store writes the document as file, and the formats of all that are shown
// together.
func (p *program) store(o *scanOptions, dir string, doc *scanner.Scan, shown []*scanner.Scan, look report.Options) error {
	if err := makeFolder(dir); err != nil {
		return err
	}
	path := filepath.Join(dir, "scan.json")
	if err := writeFile(path, documentWriter(doc)); err != nil {
		return err
	}
	if len(shown) == 1 {
		look.Pictures = pictures(dir)
	}
	look.Requests = requestsIn(dir)
	written, err := o.output.write(nil, o.judge.show(look), dir, shown)
	if err != nil {
		return err
	}
	written = append([]string{path}, written...)
	if err := o.evidence.seal(dir, doc, written); err != nil {
		return err
	}
	p.say("%s: %s", doc.Target.Site, report.Summary(doc))
	if text := report.Verdict(doc); text != "" {
		p.say("%s: %s", doc.Target.Site, text)
	}
	p.say("written: %s", shownFiles(dir, written))
	return nil
}
