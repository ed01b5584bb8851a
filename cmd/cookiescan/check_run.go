package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/gate"
	"cookiescan/report"
	"cookiescan/scanner"
)

// A subject is a scan that is judged.
type subject struct {
	doc    *scanner.Scan
	from   string // the file that it was read from, empty if it was made now
	folder string // of a scan that was made now and is kept
	sealed bool   // what is in the folder is finished and stays as it is
}

// sortArgs tells what is stored from what is to be scanned.
func sortArgs(args []string) (stored, addresses []string) {
	for _, arg := range args {
		if arg == "-" || isStored(arg) {
			stored = append(stored, arg)
		} else {
			addresses = append(addresses, arg)
		}
	}
	return stored, addresses
}

// isStored tells whether an argument names a file or a folder, also one that is
// not there: audit/2026-11 must not become the address of a host audit.
func isStored(arg string) bool {
	if _, err := os.Stat(arg); err == nil {
		return true
	}
	if isAddress(arg) {
		return false
	}
	host, _, more := strings.Cut(filepath.ToSlash(arg), "/")
	named := strings.Trim(host, ".") != "" && (strings.ContainsAny(host, ".:") || host == "localhost")
	return strings.HasSuffix(arg, ".json") || more && !named
}

func (p *program) readSubjects(names []string) ([]subject, error) {
	var list []subject
	for _, name := range names {
		if _, err := os.Stat(name); err != nil && name != "-" && !strings.HasSuffix(name, ".json") {
			return nil, usage("scan -o DIR writes a folder with a scan.json; the address of a site begins with https://", "reading %s: %s", name, reason(err))
		}
		docs, err := p.readScans(name)
		if err != nil {
			return nil, err
		}
		for _, doc := range docs {
			list = append(list, subject{doc: doc, from: name})
		}
	}
	return list, nil
}

// keepProfile judges stored scans under the profile that was chosen for them,
// unless one is given.
func (o *judgeOptions) keepProfile(subjects []subject) error {
	if o.profile != "" {
		return nil
	}
	var from string
	for _, s := range subjects {
		switch profile := chosenBefore(s.doc); {
		case profile == "" || profile == o.profile:
		case o.profile != "":
			return usage("--profile says which holds", "%s was judged under the profile %s and %s under %s", from, o.profile, s.from, profile)
		default:
			o.profile, from = profile, s.from
		}
	}
	return nil
}

// scanSubject scans a site, if one is to be scanned.
func (p *program) scanSubject(ctx context.Context, o *checkOptions, list []target) ([]subject, error) {
	if len(list) == 0 {
		return nil, nil
	}
	dir := o.scan.output.dir
	if o.scan.resume {
		if doc := finished(dir); doc != nil {
			p.say("%s: the scan of %s is finished and left as it is", dir, list[0].site)
			return []subject{{doc: doc, folder: dir, sealed: true}}, nil
		}
		if err := o.scan.canResume(list); err != nil {
			return nil, err
		}
	}
	bin, err := p.prepareScans(ctx, &o.scan)
	if err != nil {
		return nil, err
	}
	doc, err := p.scanSite(ctx, &o.scan, bin, list[0], dir, o.scan.judgeOf(list[0]))
	if err != nil {
		return nil, err
	}
	return []subject{{doc: doc, folder: dir}}, nil
}

// standIn finds out, before the scan, for which host that of an address stands,
// and that the declaration is about it. It returns the declaration as it is about
// that host.
func (o *checkOptions) standIn(d *declared, list []target) (*register.File, error) {
	if len(list) == 0 {
		return nil, nil
	}
	doc := &scanner.Scan{Target: scanner.Target{URL: list[0].starts[0], Site: list[0].site}}
	r, err := d.registerFor([]*scanner.Scan{doc}, o.scan.as)
	o.scan.as = doc.Target.As
	return r, err
}

// verdict is what a check says of the scans of one run.
type verdict struct {
	subjects []subject
	docs     []*scanner.Scan
	result   gate.Result
	gate     report.Gate
	pages    []policyPage // of the declaration, for the evidence
}

// judgeTogether classifies and judges scans of one site against what it
// declares.
func (p *program) judgeTogether(o *checkOptions, d *declared, subjects []subject, now time.Time) (*verdict, error) {
	v := &verdict{subjects: subjects, pages: d.pages}
	for _, s := range subjects {
		v.docs = append(v.docs, s.doc)
	}
	register, err := d.registerFor(v.docs, o.scan.as)
	if err != nil {
		return nil, err
	}
	for _, doc := range v.docs {
		if err := o.scan.judge.classify(doc); err != nil {
			return nil, fmt.Errorf("classifying what was found on %s: %w", doc.Target.Site, err)
		}
	}
	if err := o.judgeAll(d, register, v.docs); err != nil {
		return nil, err
	}
	if err := checks.Waive(v.docs, d.waivers, now); err != nil {
		return nil, err
	}
	v.result = gate.Decide(v.docs, o.scan.gate.options)
	v.gate = d.gateOf(v.result, o)
	return v, nil
}

// unscanned notes a site of which there is no scan. Nothing passes without one.
func (v *verdict) unscanned(site string, why error) {
	v.gate.Unscanned = append(v.gate.Unscanned, report.Unscanned{Site: site, Reason: why.Error()})
	if v.result.Outcome == gate.Passed {
		v.result.Outcome = gate.Incomplete
	}
	v.gate.ExitCode = v.result.Outcome.Code()
}

// judgeAll judges each scan together with all others.
func (o *checkOptions) judgeAll(d *declared, r *register.File, docs []*scanner.Scan) error {
	for i, doc := range docs {
		against := d.options(r)
		against.Others = slices.Delete(slices.Clone(docs), i, i+1)
		err := o.scan.judge.judge(doc, against)
		if err != nil {
			return fmt.Errorf("judging the scan of %s: %w", doc.Target.Site, err)
		}
	}
	return nil
}

// options are what is declared, as checks take it, with a register of registerFor.
func (d *declared) options(r *register.File) checks.Options {
	return checks.Options{Register: r, Previous: d.previous, Published: d.published, Links: d.links}
}

// registerFor is the register as it is about these scans: hosts that stand for
// others are aliases in it. A scan of another site is a mistake.
func (d *declared) registerFor(docs []*scanner.Scan, as string) (*register.File, error) {
	r := d.register
	for _, doc := range docs {
		if as != "" {
			classify.StandFor(doc, as)
		}
		if r == nil {
			continue
		}
		scanned := plainHost(doc.Target.URL)
		if doc.Target.As == "" {
			if host := r.Index().Canonical(scanned); host != scanned {
				classify.StandFor(doc, "https://"+host+"/")
			}
		}
		if real := plainHost(doc.Target.As); real != "" {
			r = withAliases(r, real, scanned)
		}
		host := plainHost(cmp.Or(doc.Target.As, doc.Target.URL))
		if r.Site != "" && host != "" && !r.Index().Own(host) {
			return nil, usage("hosts in "+printable(d.file)+" names those that stand for others; --as does it for once", "the scan is of %s, but %s is about %s", host, d.file, r.Site)
		}
	}
	return r, oneSite(docs)
}

// oneSite is an error if the scans are not of one site.
func oneSite(docs []*scanner.Scan) error {
	first := ""
	for _, doc := range docs {
		site := classify.Site(plainHost(cmp.Or(doc.Target.As, doc.Target.URL)))
		if first == "" {
			first = site
		}
		if site != first {
			return usage("--sites checks several", "the scans are of several sites: %s and %s", first, site)
		}
	}
	return nil
}

// withAliases is a register in which a scanned host, and its site if that is
// another, stand for a real one.
func withAliases(r *register.File, real, scanned string) *register.File {
	aliases := []string{scanned}
	if site := classify.Site(scanned); site != classify.Site(real) {
		aliases = append(aliases, site, "*."+site)
	}
	there := *r
	there.Hosts = append(slices.Clone(r.Hosts), register.Host{Name: real, Aliases: aliases})
	return &there
}

// plainHost is the host of an address, as cookies.yaml writes it.
func plainHost(address string) string { return strings.Trim(hostOf(address), "[]") }

// gateOf is what the formats need to know beside the scans.
func (d *declared) gateOf(r gate.Result, o *checkOptions) report.Gate {
	g := report.Gate{
		Declaration: d.file, Text: d.text, Statuses: r.Statuses, Unseen: r.Unseen, Baseline: o.scan.gate.options.Baseline, ExitCode: r.Outcome.Code(),
		Draft: register.DraftOptions{Open: openDeclared, Vendor: vendorFacts(o.scan.judge.db), Ruleset: checks.Current.String()},
	}
	if d.file != "" {
		g.Compared = append(g.Compared, d.file)
	}
	for _, page := range d.published {
		g.Compared = append(g.Compared, page.Source)
	}
	return g
}
