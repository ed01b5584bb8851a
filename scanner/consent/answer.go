package consent

import (
	"context"
	"slices"
	"time"
)

// Answer operates a banner. An answer that could not be given is an outcome; an
// error means that the page or the browser failed.
func (b *Banner) Answer(ctx context.Context, p Page, a Action) (Outcome, error) {
	out := Outcome{Action: a, CMP: b.CMP, Language: b.Language, Preticked: preticked(b.Controls), Interests: interests(b.Controls)}
	if !b.Shown {
		out.Result = NoBanner
		if len(b.Loaded) > 0 {
			out.Result, out.CMP = Silent, b.Loaded[0]
		}
		return out, nil
	}
	t := &attempt{presser: newPresser(p, b.options), banner: b, action: a, out: &out}
	s, err := t.look(ctx)
	if err != nil {
		return out, err
	}
	t.there = s.overlays()
	err = t.run(ctx)
	if err != nil && !ended(err) {
		return out, err
	}
	out.Steps, out.Clicks, out.Unread = t.steps, t.clicks, t.unread
	if out.Result == "" {
		out.Result = NotOffered
		if t.offered {
			out.Result = NotOperable
		}
	}
	if out.Result == Answered && len(t.steps) > 0 {
		last := t.steps[len(t.steps)-1]
		out.Text, out.Layer, out.Method = last.Text, last.Layer, last.Method
	}
	if out.Result == Answered && a != Settings {
		if out.Reopen, err = t.reopener(ctx); err != nil {
			return out, err
		}
		if out.Reopen != nil {
			return out, nil
		}
		if out.ReopenLink, err = t.reopenLink(ctx); err != nil {
			return out, err
		}
	}
	return out, nil
}

// preticked names the optional categories that are on without consent.
func preticked(list []Control) []string {
	return named(list, func(c Control) bool { return c.on() && !c.Interest })
}

// interests names what is on as a legitimate interest.
func interests(list []Control) []string {
	return named(list, func(c Control) bool { return c.on() && c.Interest })
}

// on tells a switch that is on and could be off.
func (c Control) on() bool { return c.Role == RoleToggle && c.On && !c.Locked }

// named are the names of some controls, each once.
func named(list []Control, which func(Control) bool) []string {
	var out []string
	for _, c := range list {
		if which(c) && !slices.Contains(out, c.Text) {
			out = append(out, c.Text)
		}
	}
	return out
}

// attempt is one answer on its way.
type attempt struct {
	*presser
	banner  *Banner
	action  Action
	out     *Outcome
	offered bool            // there was something to press for this answer
	there   map[NodeID]bool // what lay over the page before the first press
}

// way is one way to an answer. It is true when the banner has gone by it.
type way func(context.Context) (bool, error)

// run tries one way after the other.
func (t *attempt) run(ctx context.Context) error {
	for _, w := range t.ways() {
		done, err := w(ctx)
		if err != nil {
			return err
		}
		if done {
			t.out.Result = Answered
			return nil
		}
	}
	return nil
}

func (t *attempt) ways() []way {
	switch t.action {
	case Accept:
		return []way{t.byRule(RoleAccept), t.first(RoleAccept), t.layered(RoleAccept)}
	case Reject:
		if t.banner.options.CloseRefuses {
			return []way{t.byRule(RoleReject), t.first(RoleReject), t.first(RoleClose), t.layered(RoleReject)}
		}
		return []way{t.byRule(RoleReject), t.first(RoleReject), t.layered(RoleReject)}
	case Close:
		return []way{t.first(RoleClose)}
	case Settings:
		return []way{t.open}
	}
	return nil
}

// byRule answers with the steps of the rule that knows the banner.
func (t *attempt) byRule(role Role) way {
	return func(ctx context.Context) (bool, error) {
		r := t.banner.rule
		if r == nil {
			return false, nil
		}
		steps := r.accept
		if role == RoleReject {
			steps = r.reject
		}
		// What only hides the banner is no answer that a person could give.
		if hides(steps) || role == RoleReject && r.Cosmetic {
			return false, nil
		}
		run := &runner{presser: t.presser, rule: r, frame: t.banner.frame, role: role, layer: 1}
		before := t.clicks
		finished, err := run.run(ctx, steps)
		t.remember(run.ticked)
		if err != nil {
			return false, err
		}
		t.offered = t.offered || run.kept
		if t.clicks == before {
			return false, nil
		}
		t.offered = t.offered || finished
		return t.gone(ctx)
	}
}

// disabledTime is the page time that a control gets until it can be pressed:
// some banners count down first.
const disabledTime = 15 * time.Second

// first presses a control of the first layer, a second time if the banner did
// not mind the first, or asks back. What covers the control may go by itself; if
// it does not, it is closed.
func (t *attempt) first(role Role) way {
	return func(ctx context.Context) (bool, error) {
		waited := time.Duration(0)
		for hits, misses := 0, 0; hits < 2 && misses < len(uncovering()); {
			s, err := t.look(ctx)
			if err != nil {
				return false, err
			}
			c, i := t.choose(s, role)
			if i < 0 {
				return false, nil
			}
			t.offered = true
			if c.Disabled && waited < disabledTime {
				waited += time.Second
				if err := t.wait(ctx, time.Second); err != nil {
					return false, err
				}
				continue
			}
			hit, done, err := t.pressControl(ctx, i, c, 1)
			if err != nil || done {
				return done, err
			}
			if hit {
				hits++
				continue
			}
			if err := t.wait(ctx, uncovering()[misses]); err != nil {
				return false, err
			}
			if misses++; misses > 1 {
				if err := t.uncover(ctx); err != nil {
					return false, err
				}
			}
		}
		return false, nil
	}
}

// uncovering is the page time that what covers a control gets to go, after
// each try.
func uncovering() []time.Duration {
	return []time.Duration{500 * time.Millisecond, 2 * time.Second, 5 * time.Second}
}

// pressControl presses and tells whether the press reached the control, and
// whether the banner has gone.
func (t *attempt) pressControl(ctx context.Context, i int, c Control, layer int) (hit, gone bool, err error) {
	hit, err = t.press(ctx, i, Step{Role: c.Role, Text: c.Text, Layer: layer, Method: ByHeuristic})
	if err != nil || !hit {
		return hit, false, err
	}
	gone, err = t.gone(ctx)
	return hit, gone, err
}

// current is the banner as the page shows it now.
func (t *attempt) current(s *Snapshot) (candidate, bool) {
	list := s.candidates()
	if c, ok := t.banner.known(s); ok && len(list) == 0 {
		return c, s.shows(c.root)
	}
	for _, c := range list {
		if s.Nodes[c.root].ID == t.banner.id {
			return c, true
		}
	}
	if len(list) > 0 {
		return list[0], true
	}
	return candidate{}, false
}

// choose picks the control of the first layer for a role: of several the one
// that says most, buttons before links.
func (t *attempt) choose(s *Snapshot, role Role) (Control, int) {
	if q, ok := t.question(s); ok && role == RoleReject {
		return q, s.Index(q.ID)
	}
	c, ok := t.current(s)
	if !ok {
		return Control{}, -1
	}
	if t.action == Reject && role == RoleClose {
		c.controls = slices.DeleteFunc(slices.Clone(c.controls), func(x Control) bool { return !topRight(x.Box, s.Nodes[c.root].Box) })
	}
	return pick(s, c.controls, role)
}

// topRight tells whether a control is in the right half of a banner and not
// below its middle: in a bar of one line it is at it.
func topRight(c, banner Box) bool {
	return c.X+c.W/2 > banner.X+banner.W/2 && c.Y <= banner.Y+banner.H/2
}

func pick(s *Snapshot, list []Control, role Role) (Control, int) {
	best, at, most := Control{}, -1, -1
	for _, c := range list {
		if c.Role != role {
			continue
		}
		n, _ := lexicon().best(string(role), tokens(c.Text))
		weight := 4*min(n, 4) + 1
		if c.Tag != "a" {
			weight += 2
		}
		if i := s.Index(c.ID); weight > most && i >= 0 {
			best, at, most = c, i, weight
		}
	}
	return best, at
}

// goingTime is the page time that a banner gets to go after a press, in the
// steps in which it is looked for.
func goingTime() []time.Duration {
	return []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond}
}

// gone tells whether no banner is shown any more.
func (t *attempt) gone(ctx context.Context) (bool, error) {
	for _, d := range goingTime() {
		if d > 0 {
			if err := t.wait(ctx, d); err != nil {
				return false, err
			}
		}
		shown, err := t.shown(ctx)
		if err != nil || !shown {
			return !shown, err
		}
	}
	return false, nil
}

func (t *attempt) shown(ctx context.Context) (bool, error) {
	s, err := t.look(ctx)
	if err != nil {
		return false, err
	}
	if len(s.candidates()) > 0 {
		return true, nil
	}
	if _, asks := t.question(s); asks {
		return true, nil
	}
	if i := s.Index(t.banner.id); t.banner.id != 0 && (i < 0 || !s.shows(i) || !s.onScreen(i)) {
		return false, nil
	}
	if t.banner.rule == nil {
		_, there := s.second(t.banner.id)
		return there, nil
	}
	d, err := t.detect(ctx, t.banner.rule)
	return d.shown, err
}
