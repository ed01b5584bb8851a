package consent

import (
	"context"
	"errors"
	"time"
)

const (
	defaultPatience  = 10 * time.Second
	defaultMaxClicks = 12
	// settling is the page time that follows a press: what opens or goes does
	// so by timers and transitions.
	settling = 700 * time.Millisecond
)

// errEnough ends an answer that has used up its presses.
var errEnough = errors.New("too many presses")

// presser presses controls, within the bound of an answer, and keeps what was
// pressed. It holds the latest snapshot.
type presser struct {
	page    Page
	options Options
	snap    *Snapshot
	steps   []Step
	clicks  int    // presses that were made
	full    bool   // sliders are to be at their most
	over    NodeID // what kept the latest press from its control; 0: nothing known
	unread  []string
}

func newPresser(p Page, o Options) *presser { return &presser{page: p, options: o} }

func (o Options) maxClicks() int {
	if o.MaxClicks > 0 {
		return o.MaxClicks
	}
	return defaultMaxClicks
}

func (o Options) patience() time.Duration {
	if o.Patience == 0 {
		return defaultPatience
	}
	return max(0, o.Patience)
}

// look is the page as it is now.
func (p *presser) look(ctx context.Context) (*Snapshot, error) {
	if p.snap == nil {
		s, err := p.page.Snapshot(ctx)
		if err != nil {
			return nil, err
		}
		p.snap = s
	}
	return p.snap, nil
}

// wait lets page time pass: what was seen before is out of date.
func (p *presser) wait(ctx context.Context, d time.Duration) error {
	p.snap = nil
	return p.page.Wait(ctx, d)
}

// press clicks on a node and waits for what follows. False: the click did not
// reach it.
func (p *presser) press(ctx context.Context, i int, st Step) (bool, error) {
	if len(p.steps) >= p.options.maxClicks() {
		return false, errEnough
	}
	s, err := p.look(ctx)
	if err != nil {
		return false, err
	}
	if st.Text == "" {
		st.Text = clip(s.name(i), 120)
	}
	st.Box = s.Nodes[i].Box
	click := p.page.Click
	if s.Nodes[i].isSlider() && !p.full { // in the middle of one that has two places it is on
		click = p.page.ClickStart
	}
	hit, err := click(ctx, s.Nodes[i].ID)
	if err != nil {
		return false, err
	}
	st.Hit, p.over = hit.Done, hit.Top
	if k := s.Index(hit.Top); !hit.Done && hit.Top != 0 && k >= 0 {
		st.Covered = describe(s, k)
	}
	p.steps = append(p.steps, st)
	if !hit.Done {
		return false, nil
	}
	p.clicks++
	return true, p.wait(ctx, settling)
}

// describe names a node for a person: the nearest element and its text.
func describe(s *Snapshot, i int) string {
	if !s.Nodes[i].isElement() {
		i = s.around(i)
	}
	if i < 0 {
		return ""
	}
	n := &s.Nodes[i]
	out := n.Tag
	if id := n.Attr["id"]; id != "" {
		out += "#" + id
	}
	if t := clip(s.text(i), 60); t != "" {
		out += " \"" + t + "\""
	}
	return out
}

func clip(t string, n int) string {
	if r := []rune(t); len(r) > n {
		return string(r[:n]) + "…"
	}
	return t
}
