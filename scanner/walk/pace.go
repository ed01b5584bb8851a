package walk

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	maxAgain = 2 // further visits of a page whose server asks to come back
	// maxPatience bounds the waiting that a server's requests to come back
	// cause in the whole scan.
	maxPatience = 3 * time.Minute
	// usualPause is waited when the server does not say how long.
	usualPause = 5 * time.Second
	// slowDown is the pause between pages of a host that was asked too often.
	slowDown = time.Second
)

// pace spaces the visits as each origin asks: by Crawl-delay, and by 429 or 503
// with Retry-After (RFC 9110 section 10.2.3). Otherwise there is no pause.
type pace struct {
	now func() time.Time

	mu      sync.Mutex
	delay   map[string]time.Duration
	next    map[string]time.Time
	patient time.Duration // waited so far because servers were busy
}

func newPace(now func() time.Time) *pace {
	return &pace{now: now, delay: map[string]time.Duration{}, next: map[string]time.Time{}}
}

// every sets the least pause between visits of an origin.
func (p *pace) every(origin string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay[origin] = max(p.delay[origin], d)
}

// delays are the pauses that origins ask for, of those that do.
func (p *pace) delays() map[string]time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := map[string]time.Duration{}
	for origin, d := range p.delay {
		if d > 0 {
			list[origin] = d
		}
	}
	return list
}

// wait waits for the turn of a visit of this origin, and tells if that takes
// longer than a moment.
func (p *pace) wait(ctx context.Context, origin string, tell func(time.Duration)) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	p.mu.Lock()
	now := p.now()
	at := p.next[origin]
	if at.Before(now) {
		at = now
	}
	p.next[origin] = at.Add(p.delay[origin])
	p.mu.Unlock()
	if !at.After(now) {
		return nil
	}
	if d := at.Sub(now); d > time.Second/2 {
		tell(d)
	}
	timer := time.NewTimer(at.Sub(now))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// backOff puts off the next visits of an origin. It is false when the patience
// with busy servers is used up.
func (p *pace) backOff(origin string, d time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	until := now.Add(d)
	if next := p.next[origin]; next.After(until) {
		until = next
	}
	more := until.Sub(latest(now, p.next[origin]))
	if p.patient+more > maxPatience {
		return false
	}
	p.patient += more
	p.next[origin] = until
	p.delay[origin] = max(p.delay[origin], slowDown)
	return true
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// comeBack is how long a server asks to wait, if it does. A 503 without
// Retry-After is a failure like any other.
func (v *visit) comeBack(now time.Time) (time.Duration, bool) {
	if v.wall != nil {
		return 0, false // it would stand there again
	}
	if v.page.Status != http.StatusTooManyRequests && (v.page.Status != http.StatusServiceUnavailable || v.retryAfter == "") {
		return 0, false
	}
	return retryAfter(v.retryAfter, now), true
}

// retryAfter reads the header's value: seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if n, err := strconv.Atoi(value); err == nil && n >= 0 && n < int(maxPatience/time.Second) {
		return time.Duration(n) * time.Second
	} else if err == nil && n >= 0 {
		return maxPatience + time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, at.Sub(now))
	}
	return usualPause
}
