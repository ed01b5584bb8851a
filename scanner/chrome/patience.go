package chrome

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/runtime"
)

// patience is how long parts of a visit may take in real time. Each is a share
// of what the page has in all, so that whoever grants pages more, on a machine
// that is slow or busy, grants it to every part.
type patience struct {
	step     time.Duration // one step of page time: a page may burn the processor in a timer
	overdue  time.Duration // a step that lasts longer but makes progress
	answer   time.Duration // a question that is not answered: the page counts as hung
	draw     time.Duration // being drawn after a turn of the wheel
	hide     time.Duration // its handlers of being left
	evaluate time.Duration // a script of ours
	read     time.Duration // what stands in it: the links of all frames, the controls of one, what is stored
	call     time.Duration // any command: a crashed target never answers

	// The network, which may never rest.
	late    time.Duration // any answer, once: see endpoints
	loaded  time.Duration // after load
	stepped time.Duration // after a step of page time
	hidden  time.Duration // the answers to what the page sent when it was left
	working time.Duration // workers and what they ask for; real time is all they have
}

// patienceFor is the patience with a page that has this much time. Those that
// have little get no less than pages that are given the usual 30 seconds.
func patienceFor(budget time.Duration) patience {
	share := func(n time.Duration) time.Duration { return max(usualBudget, budget) / n }
	// Honest pages have requests that nobody answers, so these are short unless a
	// page is granted more than the command's minute.
	wait := func(d time.Duration) time.Duration { return max(d, time.Duration(budget.Minutes()*float64(d))) }
	return patience{
		step: share(6), overdue: share(3) * 2, answer: share(15),
		draw: share(10), hide: share(10), evaluate: share(6), read: share(6), call: share(2),
		late: share(6), loaded: wait(5 * time.Second), stepped: wait(3 * time.Second), hidden: wait(2 * time.Second), working: wait(1500 * time.Millisecond),
	}
}

const usualBudget = 30 * time.Second

// budgetOf is the time that ctx leaves.
func budgetOf(ctx context.Context) time.Duration {
	if d, ok := ctx.Deadline(); ok {
		return time.Until(d)
	}
	return usualBudget
}

func milliseconds(d time.Duration) runtime.TimeDelta { return runtime.TimeDelta(d.Milliseconds()) }
