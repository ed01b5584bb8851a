package main

import (
	"context"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
	"cookiescan/scanner/walk"
)

// outcome says what the user must know beside the result, and the exit code.
func (p *program) outcome(ctx context.Context, docs []*scanner.Scan, o gateOptions, err error) error {
	if ctx.Err() != nil {
		if len(docs) > 0 {
			p.say("interrupted: what was seen until then is written")
			return silent(exitInterrupted)
		}
		return &exitError{code: exitInterrupted, err: errInterrupted}
	}
	complete := true
	result := gate.Decide(docs, o.options)
	fails := result.Count(gate.AtGate)
	if o.given() && fails > 0 {
		p.say("%s at the gate", plural(fails, "finding"))
	}
	for _, doc := range docs {
		if leftAlone(doc) {
			p.say("%s: a consent banner was seen and left alone; --phases none,accept,reject also shows what follows an answer", doc.Target.Site)
		}
		complete = p.review(doc) && complete
	}
	switch {
	case err != nil:
		return err
	case o.given() && fails > 0:
		return silent(exitFindings)
	case !complete && result.Lacking:
		return silent(exitIncomplete)
	}
	return nil
}

// leftAlone tells whether a banner was seen and no pass answered it.
func leftAlone(doc *scanner.Scan) bool {
	seen := false
	for _, pass := range doc.Passes {
		if walk.Answers(pass.Phase) {
			return false
		}
		seen = seen || pass.Consent != nil && pass.Consent.Banner
	}
	return seen
}

// review says what was not seen of a site and whether all was.
func (p *program) review(doc *scanner.Scan) bool {
	if doc.Complete {
		return true
	}
	others := 0
	said := map[string]bool{}
	for _, gap := range doc.Incomplete {
		switch {
		case gap.Code != scanner.StartFailed && gap.Code != scanner.PassNotDone:
			others++
		case gap.Code == scanner.PassNotDone && len(said) == 0:
			others++ // not for want of a start page
		case gap.Code == scanner.StartFailed && !said[gap.Page]:
			said[gap.Page] = true
			hint, err := startFailure(doc, gap)
			p.complain(err, hint)
		}
	}
	if others > 0 {
		p.say("%s is incomplete: %s could not be seen, the result says what", doc.Target.Site, plural(others, "thing"))
	}
	return false
}
