package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

//go:embed gpc.js
var gpcScript string

// scanSite scans one site with a browser of its own. dir is the folder of its
// log, empty for none. judge, if there is one, is given the document; what it
// finds is looked for again if the user wants that.
func (p *program) scanSite(ctx context.Context, o *scanOptions, bin process.Binary, t target, dir string, judge func(*scanner.Scan) error) (*scanner.Scan, error) {
	s := &survey{options: o, target: t, bin: bin, id: o.visitor.identity(bin.Version), out: o.network.egress, dir: dir}
	if err := p.begin(ctx, s); err != nil {
		return nil, err
	}
	shown := p.newProgress(t.site, o.verbose)
	doc, err := s.walk(ctx, shown.show)
	shown.end()
	if err == nil && dir != "" {
		err = p.keepPoliciesOf(ctx, s, doc)
	}
	product, recorded := s.browser.browser.Product, s.browser.browser.Recorded()
	if closing := s.browser.browser.Close(); closing != nil && !s.browser.wasLost() {
		p.warn("the browser did not end as it should: %v", closing)
	}
	if err == nil {
		doc.Tool = scanner.Tool{Name: "cookiescan", Version: toolVersion()}
		doc.Browser = scanner.Browser{Product: product, UserAgent: s.id.UserAgent, Engine: string(bin.Engine)}
		doc.Settings = o.settings(s.id, bin, t)
		doc.Settings.Recorder = recorded
		if judge != nil {
			err = judge(doc)
		}
	}
	if err == nil && judge != nil && o.confirm && ctx.Err() == nil {
		err = p.confirm(ctx, &secondLook{options: o, target: t, bin: bin, doc: doc, keys: s.keys, out: s.out, log: s.log, fetch: s.fetcher})
	}
	if err = errors.Join(err, s.log.close(doc)); err != nil {
		return nil, fmt.Errorf("scanning %s: %w", t.site, err)
	}
	return doc, nil
}

// survey is the scan of one site under way.
type survey struct {
	options *scanOptions
	target  target
	bin     process.Binary
	id      chrome.Identity
	keys    []string // to trust
	out     egress.Options
	browser *browserOf
	dir     string    // of the log, empty for none
	log     *caseFile // nil without one
}

// begin starts the browser and the log.
func (p *program) begin(ctx context.Context, s *survey) error {
	o := s.options
	s.out.AllowPrivateFor = s.target.private(ctx, &o.network)
	var err error
	if s.keys, err = o.prepareHosts(ctx, s.target, s.out); err != nil {
		return err
	}
	s.browser = &browserOf{start: func(ctx context.Context) (*chrome.Browser, error) {
		return o.browser.start(ctx, s.bin, s.id, strings.Join(s.keys, ","))
	}}
	if err := s.browser.renew(ctx); err != nil || s.dir == "" {
		return err
	}
	now := saved{Version: toolVersion(), Target: s.target.starts, Settings: o.settings(s.id, s.bin, s.target)}
	if s.log, err = p.openCase(s.dir, o.resume, now, o.evidence.run); err != nil {
		return errors.Join(err, s.browser.browser.Close())
	}
	return nil
}

// fetcher gets files by the way that pages take.
func (s *survey) fetcher(dial dialer) (walk.Fetch, error) {
	return s.options.fetcher(dial, s.id.UserAgent, s.target, s.keys)
}

// walk walks the site.
func (s *survey) walk(ctx context.Context, show func(walk.Progress)) (doc *scanner.Scan, err error) {
	o := s.options
	err = withExit(ctx, s.out, func(dial dialer) error {
		fetch, err := s.fetcher(dial)
		if err != nil {
			return err
		}
		options := o.walk(s.browser, s.out, s.target, show)
		options.Fetch, options.CanonicalNames = fetch, s.out.CanonicalNames
		if err := s.log.attach(&options, append(o.secret.values(), o.steps.hide...)); err != nil {
			return err
		}
		doc, err = walk.Run(ctx, o.steps.masked(options))
		doc = steps.Copy(o.steps.mask, doc)
		return o.steps.error(err)
	})
	return doc, err
}

// prepareHosts waits for the hosts of the start addresses and checks their
// certificates, as far as the user asked for it. It returns keys to trust.
func (o *scanOptions) prepareHosts(ctx context.Context, t target, out egress.Options) (keys []string, err error) {
	if o.network.trustSPKI != "" {
		keys = append(keys, o.network.trustSPKI)
	}
	if o.pace.wait == 0 && o.network.caCert == "" {
		return keys, nil
	}
	err = withExit(ctx, out, func(dial dialer) error {
		if o.pace.wait > 0 {
			waitFor(ctx, dial, t.starts, o.pace.wait)
		}
		if o.network.caCert == "" {
			return nil
		}
		more, err := trustCA(ctx, o.network.caCert, t.starts, dial)
		keys = append(keys, more...)
		return err
	})
	return keys, err
}

// walk is the walk over one site.
func (o *scanOptions) walk(b *browserOf, out egress.Options, t target, show func(walk.Progress)) walk.Options {
	return walk.Options{
		Start: t.starts, Site: t.site, Phases: o.phases, Repeat: o.repeat,
		Consent: consent.Options{Rules: o.consent.rules, CloseRefuses: strings.HasPrefix(o.visitor.region, "IT")},
		Bounds:  o.pages.bounds(t.starts, o.as), MaxPages: o.pages.max, PerTemplate: o.pages.perTemplate, Depth: o.pages.depth,
		IgnoreRobots: o.pages.robots.value == "ignore", Interact: control.Mode(o.pages.interact.value),
		Sitemaps: o.pages.givenSitemaps(), NoSitemaps: slices.Contains(o.pages.sitemaps, noSitemaps),
		Workers: o.pace.workers, Timeout: o.pace.timeout, PageTimeout: o.pace.pageTimeout, Settle: o.pace.settle,
		Open: func(ctx context.Context, phase string) (walk.Profile, error) {
			return b.open(ctx, o.profile(out, t, phase))
		},
		Steps:     o.steps.script,
		PathGroup: o.pathGroup(),
		Digest:    digest(freshKey()), KeepValues: o.keepValues, Now: time.Now, Progress: show,
	}
}

// pathGroup tells requests to one host apart by the rules that were read. The
// self-check of doctor reads none.
func (o *scanOptions) pathGroup() func(host, path string) string {
	if o.judge.db == nil {
		return nil
	}
	return o.judge.db.PathGroup
}

// profile is what a pass needs.
func (o *scanOptions) profile(out egress.Options, t target, phase string) chrome.ProfileOptions {
	options := chrome.ProfileOptions{
		Egress: out, Secrets: o.secret.to(t, time.Now()), Geolocation: o.visitor.place, Insecure: o.network.insecure, Hide: o.steps.hide, LinkNames: o.steps.script != nil,
	}
	if phase == "gpc" {
		options.ExtraHeaders = map[string]string{"Sec-GPC": "1"}
		options.Scripts = []string{gpcScript}
	}
	return options
}

// freshKey is a key that is forgotten with the scan.
func freshKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) //nolint:errcheck // it never fails (Go 1.24)
	return key
}

// digest is a function that replaces values: digests are equal within a scan
// and say nothing outside.
func digest(key []byte) func(string) string {
	return func(value string) string {
		m := hmac.New(sha256.New, key)
		_, _ = io.WriteString(m, value)
		return hex.EncodeToString(m.Sum(nil)[:8])
	}
}

// runs is how often all passes are made, 0 for once.
func (o *scanOptions) runs() int {
	if o.repeat > 1 {
		return o.repeat
	}
	return 0
}

// settings is what is needed to repeat the scan.
func (o *scanOptions) settings(id chrome.Identity, bin process.Binary, t target) scanner.Settings {
	s := scanner.Settings{
		Phases: o.phases, Repeat: o.runs(), Confirm: o.confirm, MaxPages: o.pages.max, PerTemplate: o.pages.perTemplate, Depth: o.pages.depth, Scope: o.pages.scope.value,
		Robots: o.pages.robots.value, Sitemaps: o.pages.sitemaps, Interact: o.pages.interact.value,
		Include: o.pages.include, Exclude: o.pages.exclude, Workers: o.pace.workers,
		TimeoutMs: o.pace.timeout.Milliseconds(), PageTimeoutMs: o.pace.pageTimeout.Milliseconds(), SettleMs: o.pace.settle.Milliseconds(),
		Engine: string(bin.Engine), UserAgent: id.UserAgent, AcceptLanguage: id.AcceptLanguage(),
		Locale: o.visitor.locale, Timezone: o.visitor.timezone, Region: o.visitor.region, Device: o.visitor.device, Geolocation: o.visitor.geolocation,
		Proxy: o.network.proxyShown(), Headers: names(o.secret.secrets.Headers), Cookies: cookieNames(o.secret.to(t, time.Now())),
		Steps:     o.steps.digest(),
		BasicAuth: o.secret.secrets.BasicAuth != "", CACert: o.network.caCert != "", Insecure: o.network.insecure,
		AllowPrivate: o.network.allowPrivate, Recorder: !o.browser.noRecorder && bin.Running == "", RunningBrowser: bin.Running != "", KeepValues: o.keepValues,
	}
	for _, r := range o.network.egress.Resolve {
		s.Resolve = append(s.Resolve, r.String())
	}
	return s
}

// documentWriter writes one document as JSON.
func documentWriter(doc *scanner.Scan) func(io.Writer) error {
	return func(w io.Writer) error { return scanner.WriteJSON(w, doc) }
}
