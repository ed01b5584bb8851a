package main

import (
	"context"

	"cookiescan/scanner"
)

// outcome says what the user must know beside the result, and the exit code.
func (p *program) outcome(ctx context.Context, docs []*scanner.Scan, err error) error {
	if ctx.Err() != nil {
		if len(docs) > 0 {
			p.say("interrupted: what was seen until then is written")
			return silent(exitInterrupted)
		}
		return &exitError{code: exitInterrupted, err: errInterrupted}
	}
	complete := true
	for _, doc := range docs {
		complete = p.review(doc) && complete
	}
	switch {
	case err != nil:
		return err
	case !complete:
		return silent(exitIncomplete)
	}
	return nil
}

// review says what was not seen of a site and whether all was.
func (p *program) review(doc *scanner.Scan) bool {
	if doc.Complete {
		return true
	}
	others := 0
	said := map[string]bool{}
	for _, gap := range doc.Incomplete {
		if gap.Code != scanner.StartFailed {
			others++
		} else if !said[gap.Page] {
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
