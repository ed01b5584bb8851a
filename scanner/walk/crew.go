package walk

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// crew visits pages in as many tabs as there are workers, and hands their visits to
// the pass in the order in which they were begun. It is used by one goroutine, which
// calls end.
type crew struct {
	pass  *passWalk
	group errgroup.Group
	queue []*turn // begun and not taken
	taken []*visit
}

// turn is a visit that was begun.
type turn struct {
	visit *visit // the last attempt, once ended is closed
	ended chan struct{}
}

func newCrew(w *passWalk) *crew {
	c := &crew{pass: w}
	c.group.SetLimit(max(1, w.scan.o.Workers))
	return c
}

// begin has the page visited when there is a worker, and waits for one.
func (c *crew) begin(ctx context.Context, v *visit) {
	w := c.pass
	t := &turn{visit: v, ended: make(chan struct{})}
	c.queue = append(c.queue, t)
	w.more.Store(w.frontier.More())
	w.waiting.Add(1)
	c.group.Go(func() error {
		defer close(t.ended)
		w.waiting.Add(-1)
		w.busy.Add(1)
		defer w.busy.Add(-1)
		t.visit = w.visitPatiently(ctx, v)
		return nil // visits keep their errors
	})
}

// take waits for the first visit under way and hands it to the pass. It is false
// when there is none.
func (c *crew) take(ctx context.Context) bool {
	if len(c.queue) == 0 {
		return false
	}
	t := c.queue[0]
	c.queue = c.queue[1:]
	<-t.ended
	c.pass.take(ctx, t.visit)
	c.taken = append(c.taken, t.visit)
	return true
}

// end takes all that are under way, and lists all that were taken.
func (c *crew) end(ctx context.Context) []*visit {
	for c.take(ctx) {
	}
	_ = c.group.Wait() // they have ended
	return c.taken
}
