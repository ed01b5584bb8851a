package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/evidence"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

// errNoTime is why a finding is not looked for again.
var errNoTime = errors.New("the time for the whole scan is used up")

// secondLook looks for the findings of a judged scan again, in an ordinary
// browser.
type secondLook struct {
	options *scanOptions
	target  target
	bin     process.Binary // of the scan, then that of the second look
	doc     *scanner.Scan
	keys    []string
	out     egress.Options
	fetch   func(dialer) (walk.Fetch, error)
	log     *caseFile // may be nil

	until time.Time // the end of the time for the whole scan; zero: none
	look  scanner.SecondLook
	said  map[string]scanner.Confirmation // by fingerprint
}

// confirm looks again for what is worth it and writes into the findings what that
// said.
func (p *program) confirm(ctx context.Context, l *secondLook) error {
	visits := checks.Again(l.doc)
	if limit := l.options.pace.timeout; limit > 0 {
		l.until = l.doc.Started.Add(limit)
	}
	l.look.Visits, l.said = []scanner.SecondVisit{}, map[string]scanner.Confirmation{}
	if len(visits) > 0 {
		l.bin, l.look.Detail = l.options.browser.ordinary(ctx, p.getenv, l.bin)
		if l.look.Detail != "" {
			p.say("%s: %s", l.target.site, l.look.Detail)
		}
		if err := l.visitAll(ctx, visits, p.say); err != nil {
			return err
		}
	}
	list := l.write()
	if len(list) == 0 {
		return nil
	}
	l.doc.SecondLook = &l.look
	return l.log.write(evidence.EventLook, evidence.LookEvent{Program: binaryOf(l.bin, &l.options.visitor), Look: l.look, Findings: list})
}

// write puts what was said into the findings: of those that no look served, that
// it was not possible.
func (l *secondLook) write() []evidence.Confirmed {
	var list []evidence.Confirmed
	for i := range l.doc.Findings {
		f := &l.doc.Findings[i]
		if !checks.Confirmable(*f) {
			continue
		}
		checks.Confirm(f, cmp.Or(l.said[f.Fingerprint], scanner.ConfirmedImpossible))
		list = append(list, evidence.Confirmed{ID: f.ID, Subject: f.Subject, Fingerprint: f.Fingerprint, Confirmed: f.Confirmed})
	}
	checks.Sort(l.doc.Findings)
	return list
}

// ordinary is the browser for second looks: the full one where there is one, as
// people have it, and else that of the scan, with the reason.
func (o *browserOptions) ordinary(ctx context.Context, getenv func(string) string, bin process.Binary) (process.Binary, string) {
	if bin.Engine == process.Full {
		return bin, ""
	}
	if bin.Running != "" {
		return bin, "findings are looked for again with the browser that runs already, which is no full one"
	}
	full, err := process.Find(ctx, process.FindOptions{Engine: process.Full, Getenv: getenv})
	if err != nil {
		return bin, "there is no full browser here, so findings are looked for again with the one of the scan"
	}
	return full, ""
}

// visitAll looks at the pages one after the other. A browser that does not start
// is told in the document.
func (l *secondLook) visitAll(ctx context.Context, visits []checks.Visit, say func(string, ...any)) error {
	o := l.options
	id := o.visitor.identity(l.bin.Version)
	b := &browserOf{start: func(ctx context.Context) (*chrome.Browser, error) {
		return o.browser.startOrdinary(ctx, l.bin, id, strings.Join(l.keys, ","))
	}}
	if err := b.renew(ctx); err != nil {
		l.look.Detail = err.Error()
		return nil
	}
	defer func() { _ = b.browser.Close() }() // nothing of it is needed any more
	l.look.Browser = scanner.Browser{Product: b.browser.Product, UserAgent: id.UserAgent, Engine: string(l.bin.Engine)}
	for n, v := range visits {
		say("%s: looking again, page %d of %d: %s, with %s", l.target.site, n+1, len(visits), plural(len(v.Findings), "finding"), b.browser.Product)
		if err := l.log.write(evidence.EventAgain, l.serve(ctx, b, v)); err != nil {
			return err
		}
	}
	return nil
}

// serve makes one visit for all findings that it serves.
func (l *secondLook) serve(ctx context.Context, b *browserOf, v checks.Visit) evidence.AgainEvent {
	row := scanner.SecondVisit{URL: v.URL, Phases: v.Phases, WaitMs: v.Wait.Milliseconds(), Findings: v.Findings}
	event := evidence.AgainEvent{Passes: []scanner.Pass{}, Hosts: []scanner.Host{}}
	again, err := l.visit(ctx, b, v)
	if err != nil {
		row.Problem = err.Error()
	} else {
		event.Passes, event.Hosts = again.Passes, again.Hosts
		if len(again.Incomplete) > 0 {
			row.Problem = again.Incomplete[0].Detail
		}
		for _, f := range l.doc.Findings {
			if slices.Contains(v.Findings, f.Fingerprint) {
				l.said[f.Fingerprint] = checks.SeenAgain(f, again, v.Wait)
			}
		}
	}
	l.look.Visits = append(l.look.Visits, row)
	event.Visit = row
	return event
}

// visit looks at one page again and judges what it shows as the scan was judged.
func (l *secondLook) visit(ctx context.Context, b *browserOf, v checks.Visit) (*scanner.Scan, error) {
	if !l.until.IsZero() && time.Until(l.until) <= 0 {
		return nil, errNoTime
	}
	var again *scanner.Scan
	err := withExit(ctx, l.out, func(dial dialer) error {
		w := l.walk(b, v)
		if slices.Contains(v.Phases, "gpc") { // whose file belongs to it
			fetch, err := l.fetch(dial)
			if err != nil {
				return err
			}
			w.Fetch = fetch
		}
		var err error
		again, err = walk.Run(ctx, l.options.steps.masked(w))
		again = steps.Copy(l.options.steps.mask, again)
		return l.options.steps.error(err)
	})
	if err != nil {
		return nil, fmt.Errorf("looking again at %s: %w", v.URL, err)
	}
	again.Settings = l.doc.Settings
	if as := l.options.as; as != "" {
		classify.StandFor(again, as)
	}
	return again, l.options.judge.again(again, l.doc)
}

// walk is the walk over one page that is left alone.
func (l *secondLook) walk(b *browserOf, v checks.Visit) walk.Options {
	t := target{site: l.target.site, starts: []string{v.URL}}
	w := l.options.walk(b, l.out, l.target, func(walk.Progress) {})
	w.Start, w.Phases, w.Repeat = t.starts, v.Phases, 0
	w.Bounds, w.MaxPages, w.Workers = l.options.pages.bounds(t.starts, l.options.as), 1, 1
	w.Interact, w.Sitemaps, w.NoSitemaps, w.IgnoreRobots = "", nil, true, true
	w.Still, w.Settle, w.KeepValues = true, v.Wait, false
	if l.until.IsZero() {
		w.Timeout = 0
	} else {
		w.Timeout = time.Until(l.until)
	}
	return w
}

// startOrdinary starts a browser that nothing watches.
func (o *browserOptions) startOrdinary(ctx context.Context, bin process.Binary, id chrome.Identity, keys string) (*chrome.Browser, error) {
	options := o.chrome(bin, id, keys)
	options.Ordinary, options.NoRecorder = true, true
	return chrome.Start(ctx, options)
}

// again judges a second look by what the scan knows of the same items, and
// against what the scan was judged.
func (o *judgeOptions) again(look, doc *scanner.Scan) error {
	if err := o.classify(look); err != nil {
		return err
	}
	checks.Adopt(look, doc)
	return o.judge(look, o.against)
}
