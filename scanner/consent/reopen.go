package consent

import (
	"context"
	"regexp"
	"slices"
)

// reopenHint is what controls that change a choice are called, where they show
// no text.
var reopenHint = regexp.MustCompile(`(?i)(cookie|consent|privacy|gdpr|cmp|optanon|ot)[-_]?(sdk-)?(settings|preferences|btn|button|icon|trigger|manager|reopen|revoke|revisit|widget|floating)|floating-?(button|icon)|revoke|revisit`)

// reopener is the control of the page to change a choice, if it has one: the
// one that says so, else the one of the platform, else what is called like one.
func (p *presser) reopener(ctx context.Context) (*Control, error) {
	s, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	list := s.reopeners(false)
	if i := slices.IndexFunc(list, func(c Control) bool { return c.Role == RoleReopen }); i >= 0 {
		return &list[i], nil
	}
	c, err := p.platformReopener(ctx)
	if err != nil || c != nil || len(list) == 0 {
		return c, err
	}
	list[0].Role = RoleReopen
	return &list[0], nil
}

// reopenLink is the text of the first link to another page that is called like a
// control to change the choice.
func (p *presser) reopenLink(ctx context.Context) (string, error) {
	s, err := p.look(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range s.reopeners(true) {
		if c.Role == RoleReopen {
			return c.Text, nil
		}
	}
	return "", nil
}

// platformReopener is the control that the rule of a platform on the page would
// press to reopen the banner.
func (p *presser) platformReopener(ctx context.Context) (*Control, error) {
	rules, err := p.options.allRules()
	if err != nil {
		return nil, err
	}
	s, err := p.look(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range rules {
		if !slices.ContainsFunc(r.open, func(st ruleStep) bool { return st.Click != nil }) {
			continue
		}
		d, err := p.detect(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, st := range r.open {
			if !d.loaded || st.Click == nil {
				continue
			}
			for _, i := range st.Click.find(s, s.Frames[0].Root) {
				if i = s.pressable(i); i >= 0 {
					n := &s.Nodes[i]
					return &Control{ID: n.ID, Role: RoleReopen, Text: clip(s.name(i), 120), Tag: n.Tag, Box: n.Box, Href: n.Attr["href"]}, nil
				}
			}
		}
	}
	return nil, nil
}

// reopeners lists what could reopen a banner in the whole page, or the links to
// other pages that are called so: those that say it have the role.
func (s *Snapshot) reopeners(away bool) []Control {
	var out []Control
	for _, i := range s.all(0) {
		n := &s.Nodes[i]
		if !n.isElement() || !s.isControl(i, false) {
			continue
		}
		name := s.name(i)
		c := Control{ID: n.ID, Text: clip(name, 120), Tag: n.Tag, Box: n.Box, Href: n.Attr["href"]}
		t := tokens(name)
		if leads(c.Href) != away || len(t) > maxButtonWords {
			continue
		}
		if k, _ := lexicon().best(string(RoleReopen), t); k > 0 {
			c.Role = RoleReopen
			out = append(out, c)
		} else if len(t) <= 3 && reopenHint.MatchString(n.Attr["id"]+" "+n.Attr["class"]) {
			out = append(out, c)
		}
	}
	return out
}

// reopen presses the control that a page offers to change a choice made before,
// and finds the banner that opens. A page without such a control, or one that
// opens nothing, shows no banner.
func reopen(ctx context.Context, p Page, o Options) (*Banner, *presser, error) {
	pr := newPresser(p, o)
	opened, err := pr.openAgain(ctx)
	if err != nil && !ended(err) {
		return nil, pr, err
	}
	if !opened {
		return &Banner{options: o, Unread: pr.unread}, pr, nil
	}
	b, err := Find(ctx, p, o)
	if err != nil || b.Shown {
		return b, pr, err
	}
	// What opens may be the second layer alone.
	s, err := pr.look(ctx)
	if err != nil {
		return nil, pr, err
	}
	if l, ok := s.second(0); ok {
		b.Shown, b.Method, b.id, b.Text, b.Controls = true, ByHeuristic, s.Nodes[l.root].ID, l.text, l.controls
		b.Language = lexicon().language(l.text)
		b.Box = s.Nodes[l.root].Box
	}
	return b, pr, nil
}

// openAgain presses what reopens the banner: by the steps of a rule, or the
// control that says so.
func (p *presser) openAgain(ctx context.Context) (bool, error) {
	rules, err := p.options.allRules()
	if err != nil {
		return false, err
	}
	for _, r := range rules {
		if len(r.open) == 0 {
			continue
		}
		d, err := p.detect(ctx, r)
		if err != nil {
			return false, err
		}
		if !d.loaded {
			continue
		}
		s, err := p.look(ctx)
		if err != nil {
			return false, err
		}
		run := &runner{presser: p, rule: r, frame: s.Frames[0].ID, role: RoleReopen, layer: 1}
		before := p.clicks
		if _, err := run.run(ctx, r.open); err != nil || p.clicks > before {
			return p.clicks > before, err
		}
	}
	c, err := p.reopener(ctx)
	if err != nil || c == nil {
		return false, err
	}
	s, err := p.look(ctx)
	if err != nil {
		return false, err
	}
	i := s.Index(c.ID)
	if i < 0 {
		return false, nil
	}
	return p.press(ctx, i, Step{Role: RoleReopen, Text: c.Text, Layer: 1, Method: ByHeuristic})
}

// Withdraw reopens the banner and refuses. Its outcome counts the press that
// reopened it too.
func Withdraw(ctx context.Context, p Page, o Options) (Outcome, error) {
	b, pr, err := reopen(ctx, p, o)
	if err != nil {
		return Outcome{Action: Reject}, err
	}
	out, err := b.Answer(ctx, p, Reject)
	out.Preticked, out.Interests = nil, nil // what is on now was accepted
	out.Steps = append(pr.steps, out.Steps...)
	out.Clicks += pr.clicks
	return out, err
}
