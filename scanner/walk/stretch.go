package walk

import (
	"context"

	"cookiescan/scanner"
	"cookiescan/scanner/crawl"
)

// stretchPages is how many pages are visited from one look at the jar to the
// next, for which all tabs are closed: the jar then says what was stored so far, and
// what the pages of the next stretch store is told apart from it. Tabs wait for each
// other there, so it is not for every few pages.
const stretchPages = 32

// knowledge is what the pass knew when a page was chosen. What pages beside it have
// met since depends on which tab was faster.
type knowledge struct {
	first   bool             // no page was seen before
	pressed map[string]int   // on how many pages a control was pressed
	consent *scanner.Consent // what the pass has seen or done about a banner; may be nil
	banner  *scanner.Consent // what a pass without an answer saw; may be nil
}

func (w *passWalk) knows() knowledge {
	return knowledge{first: len(w.result.Pages) == 0, pressed: w.pressed, consent: w.result.Consent, banner: w.scan.banner}
}

// length is how many pages the next stretch has. A session is looked after more
// often.
func (w *passWalk) length() int {
	n := stretchPages
	if starts := w.frontier.Starts(); starts > 0 {
		n = starts
	}
	if w.session.on {
		n = min(n, crawl.Ahead)
	}
	return n
}

// stretch visits the pages of again and up to n more, in as many tabs as there are
// workers. A page is chosen by what all but the last ones before it brought, so what
// is visited depends neither on which tab was faster nor on how many there are.
func (w *passWalk) stretch(ctx context.Context, again []crawl.Page, n int) []*visit {
	if !w.goesOn(ctx) {
		return nil
	}
	c := newCrew(w)
	for _, p := range again {
		c.begin(ctx, w.plan(p))
	}
	for n > 0 && w.goesOn(ctx) {
		if len(c.queue) < crawl.Ahead {
			if p, ok := w.frontier.Next(); ok {
				n--
				w.walked = append(w.walked, p)
				c.begin(ctx, w.plan(p))
				continue
			}
		}
		if !c.take(ctx) {
			break
		}
		w.learn(ctx)
		w.count(ctx, len(c.taken))
	}
	return c.end(ctx)
}

// goesOn tells whether further pages are to be visited.
func (w *passWalk) goesOn(ctx context.Context) bool {
	lost := len(w.retry) > 0 && w.scan.restarts == 0
	return ctx.Err() == nil && !w.failed && !w.over && !lost
}

// count looks how many cookies there are by now, for the one who waits.
func (w *passWalk) count(ctx context.Context, taken int) {
	if w.scan.o.Progress == nil || taken%crawl.Ahead != 0 {
		return
	}
	if cookies, err := w.profile.Jar(ctx); err == nil {
		w.result.Cookies = len(cookies)
	}
}

// visitAll visits pages in as many tabs as there are workers.
func (w *passWalk) visitAll(ctx context.Context, visits ...*visit) []*visit {
	c := newCrew(w)
	for _, v := range visits {
		c.begin(ctx, v)
	}
	return c.end(ctx)
}
