package consent

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// runner runs the steps of a rule in a frame of a page.
type runner struct {
	*presser
	rule  *Rule
	frame string
	role  Role
	// detecting: one look decides, nothing is waited for or pressed.
	detecting bool
	seen      NodeID // the first element that a look for visible ones found
	layer     int
	kept      bool      // a press was left out that would have kept what was on
	ticked    []Control // toggles that were on when a refusal switched them
}

const (
	ruleTimeout = 10 * time.Second // of waitFor and its kin, in page time
	maxRuleWait = 10 * time.Second // of a wait
)

// run carries out steps until one fails that is not optional.
func (r *runner) run(ctx context.Context, steps []ruleStep) (bool, error) {
	for k := range steps {
		ok, err := r.step(ctx, &steps[k])
		if err != nil {
			return false, err
		}
		if !ok && !steps[k].Optional {
			return false, nil
		}
	}
	return true, nil
}

// step carries out one step. All that it names must be true.
func (r *runner) step(ctx context.Context, st *ruleStep) (bool, error) {
	result := true
	for _, part := range r.parts(st) {
		ok, err := part(ctx)
		if err != nil {
			return false, err
		}
		if !ok {
			result = false
			break
		}
	}
	return result != st.Negated, nil
}

type stepPart func(context.Context) (bool, error)

func (r *runner) parts(st *ruleStep) []stepPart {
	var out []stepPart
	add := func(wanted bool, p stepPart) {
		if wanted {
			out = append(out, p)
		}
	}
	check := func(fallback string) string {
		if st.Check != "" {
			return st.Check
		}
		return fallback
	}
	add(st.Exists != nil, func(ctx context.Context) (bool, error) { return r.exists(ctx, st.Exists) })
	add(st.Visible != nil, func(ctx context.Context) (bool, error) { return r.visible(ctx, st.Visible, check("all")) })
	add(st.Eval != "", func(ctx context.Context) (bool, error) { return r.eval(ctx, st) })
	add(st.WaitFor != nil, func(ctx context.Context) (bool, error) {
		return r.until(ctx, st.Timeout, func(ctx context.Context) (bool, error) { return r.exists(ctx, st.WaitFor) })
	})
	add(st.WaitForVisible != nil, func(ctx context.Context) (bool, error) {
		return r.until(ctx, st.Timeout, func(ctx context.Context) (bool, error) {
			return r.visible(ctx, st.WaitForVisible, check("any"))
		})
	})
	add(st.Click != nil, func(ctx context.Context) (bool, error) { return r.click(ctx, st.Click, st.All) })
	add(st.WaitForThenClick != nil, func(ctx context.Context) (bool, error) {
		there, err := r.until(ctx, st.Timeout, func(ctx context.Context) (bool, error) { return r.ready(ctx, st.WaitForThenClick) })
		if err != nil || !there {
			return there, err
		}
		return r.click(ctx, st.WaitForThenClick, st.All)
	})
	add(st.Wait > 0 && !r.detecting, func(ctx context.Context) (bool, error) {
		return true, r.wait(ctx, min(time.Duration(st.Wait)*time.Millisecond, maxRuleWait))
	})
	add(st.CookieContains != "", func(ctx context.Context) (bool, error) { return r.cookie(ctx, st.CookieContains) })
	add(st.If != nil, func(ctx context.Context) (bool, error) {
		yes, err := r.step(ctx, st.If)
		if err != nil {
			return false, err
		}
		if yes {
			return r.run(ctx, st.Then)
		}
		return r.run(ctx, st.Else)
	})
	add(len(st.Any) > 0, func(ctx context.Context) (bool, error) {
		for k := range st.Any {
			if ok, err := r.step(ctx, &st.Any[k]); err != nil || ok {
				return ok, err
			}
		}
		return false, nil
	})
	return out
}

// find lists what a target means in the rule's frame, nothing if that is gone.
func (r *runner) find(ctx context.Context, t *target) (*Snapshot, []int, error) {
	s, err := r.look(ctx)
	if err != nil {
		return nil, nil, err
	}
	f := s.frame(r.frame)
	if f < 0 {
		return s, nil, nil
	}
	return s, t.find(s, s.Frames[f].Root), nil
}

func (r *runner) exists(ctx context.Context, t *target) (bool, error) {
	_, found, err := r.find(ctx, t)
	return len(found) > 0, err
}

// ready tells whether there is something to press: what fades in is there before
// a person could.
func (r *runner) ready(ctx context.Context, t *target) (bool, error) {
	s, found, err := r.find(ctx, t)
	return slices.ContainsFunc(found, func(i int) bool { return s.pressable(i) >= 0 }), err
}

func (r *runner) visible(ctx context.Context, t *target, check string) (bool, error) {
	s, found, err := r.find(ctx, t)
	if err != nil {
		return false, err
	}
	seen := 0
	for _, i := range found {
		if s.shows(i) {
			seen++
			if r.seen == 0 {
				r.seen = s.Nodes[i].ID
			}
		}
	}
	switch check {
	case "none":
		return seen == 0, nil
	case "any":
		return seen > 0, nil
	}
	return seen > 0 && seen == len(found), nil
}

// until looks again and again until something is so, in steps of page time
// that grow.
func (r *runner) until(ctx context.Context, timeoutMs int, is func(context.Context) (bool, error)) (bool, error) {
	left := ruleTimeout
	if timeoutMs > 0 {
		left = min(left, time.Duration(timeoutMs)*time.Millisecond)
	}
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		ok, err := is(ctx)
		if err != nil || ok || r.detecting || left <= 0 {
			return ok, err
		}
		if err := r.wait(ctx, pause); err != nil {
			return false, err
		}
		left -= pause
	}
}

// click presses the first element that can be pressed, or all of them. One that
// is no longer meant when its turn comes is left alone: a switch for a group
// switches off those of its members too.
func (r *runner) click(ctx context.Context, t *target, all bool) (bool, error) {
	if r.detecting {
		return false, nil
	}
	s, found, err := r.find(ctx, t)
	if err != nil {
		return false, err
	}
	var ids []NodeID
	for _, i := range found {
		ids = append(ids, s.Nodes[i].ID)
	}
	done, pressed := false, map[NodeID]bool{}
	for _, id := range ids {
		s, found, err := r.find(ctx, t)
		if err != nil {
			return false, err
		}
		i := s.Index(id)
		if !slices.Contains(found, i) {
			continue
		}
		node := s.pressable(i)
		if node < 0 || pressed[s.Nodes[node].ID] {
			continue
		}
		pressed[s.Nodes[node].ID] = true
		ok, err := r.pressFor(ctx, s, node, i)
		if err != nil {
			return false, err
		}
		done = done || ok
		if ok && !all {
			break
		}
	}
	return done, nil
}

// pressFor presses a node for an element that the rule names. What it is for is
// what its text says, else what the rule is doing.
func (r *runner) pressFor(ctx context.Context, s *Snapshot, node, of int) (bool, error) {
	st := Step{Role: r.role, Layer: r.layer, Method: ByRule}
	said, _ := lexicon().role(s.name(node))
	switch {
	case s.isToggle(of):
		c := s.toggle(of)
		st.Role, st.Text, said = RoleToggle, c.Text, RoleToggle
		if c.On && r.role == RoleReject {
			c.Locked = false // a rule knows better than its name
			r.ticked = append(r.ticked, c)
		}
	case s.Nodes[of].Tag == "input" && s.Nodes[of].Attr["type"] == "radio":
		st.Text = clip(s.toggleName(of), 120)
		said = r.role
	case said != "":
		st.Role = said
	}
	if kept, err := r.keepsWhatIsOn(ctx, node, said); err != nil || kept {
		return false, err
	}
	ok, err := r.press(ctx, node, st)
	if ok && (said == "" || said == RoleSettings || said == RoleMore || said == RoleReopen) {
		r.layer = 2 // what a rule presses next lies behind it
	}
	return ok, err
}

// keepsWhatIsOn tells whether a press would keep, in a refusal, what could not be
// switched off. Steps that switch off and then save do not know whether the first
// succeeded; a person would see it.
func (r *runner) keepsWhatIsOn(ctx context.Context, node int, said Role) (bool, error) {
	if r.role != RoleReject || said != RoleSave && said != RoleAccept && (said != "" || len(r.ticked) == 0) {
		return false, nil
	}
	s, err := r.look(ctx)
	if err != nil {
		return false, err
	}
	root := -1
	for _, p := range s.containers(node) {
		root = p // the outermost
	}
	if root < 0 || !slices.ContainsFunc(s.controls(root), Control.on) {
		return false, nil
	}
	r.kept = true
	return true, nil
}

// pressable is where a person would press for an element: itself, or the label
// that stands for a hidden input; -1 if nothing of it shows.
func (s *Snapshot) pressable(i int) int {
	if s.visible(i) && !s.Nodes[i].Style.Through {
		return i
	}
	if l := s.labelOf(i); l >= 0 && s.visible(l) {
		return l
	}
	for _, k := range s.all(i) { // a host that has no box of its own
		if k != i && s.Nodes[k].isElement() && s.visible(k) && !s.Nodes[k].Style.Through {
			return k
		}
	}
	return -1
}

func (r *runner) eval(ctx context.Context, st *ruleStep) (bool, error) {
	if st.named() {
		if !slices.Contains(r.unread, st.Eval) {
			r.unread = append(r.unread, st.Eval)
		}
		return !st.Negated, nil // as if it were not there
	}
	v, err := r.page.Evaluate(ctx, r.frame, true, st.Eval)
	if err != nil {
		return false, ctx.Err() // what throws is not so
	}
	return truthy(v), nil
}

func truthy(v json.RawMessage) bool {
	switch string(v) {
	case "", "null", "false", "0", `""`, "undefined":
		return false
	}
	return true
}

func (r *runner) cookie(ctx context.Context, text string) (bool, error) {
	v, err := r.page.Evaluate(ctx, r.frame, false, "document.cookie")
	if err != nil {
		return false, ctx.Err() // a document without cookies
	}
	var all string
	_ = json.Unmarshal(v, &all)
	return strings.Contains(all, text), nil
}

// detects tells whether the rule's platform is on the page, and whether it
// shows its banner.
func (r *runner) detects(ctx context.Context) (loaded, shown bool, err error) {
	r.detecting = true
	defer func() { r.detecting = false }()
	if !decides(r.rule.detect) {
		return false, false, nil
	}
	if loaded, err = r.run(ctx, r.rule.detect); err != nil || !loaded {
		return loaded, false, err
	}
	if !decides(r.rule.shown) {
		return loaded, false, nil
	}
	shown, err = r.run(ctx, r.rule.shown)
	return loaded, shown, err
}

// decides tells whether steps say anything without the code that is only
// named.
func decides(steps []ruleStep) bool {
	return slices.ContainsFunc(steps, func(st ruleStep) bool { return !st.named() })
}

// ended tells whether an error is the bound of presses, not a failure.
func ended(err error) bool { return errors.Is(err, errEnough) }
