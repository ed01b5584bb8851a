package consent

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Find looks for a banner and waits for a late one as long as the options'
// patience lets it. That none is shown is no error: the banner says so.
func Find(ctx context.Context, p Page, o Options) (*Banner, error) {
	rules, err := o.allRules()
	if err != nil {
		return nil, err
	}
	pr := newPresser(p, o)
	b := &Banner{options: o}
	left := o.patience()
	for pause := 200 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		if err := b.lookAt(ctx, pr, rules); err != nil || b.Shown || left <= 0 {
			if err != nil {
				return nil, err
			}
			break
		}
		if err := pr.wait(ctx, pause); err != nil {
			return nil, err
		}
		left -= pause
	}
	if b.Shown { // once more when it has come to rest: many slide or fade in
		if err := pr.wait(ctx, settling); err != nil {
			return nil, err
		}
		again := &Banner{options: o}
		if err := again.lookAt(ctx, pr, rules); err != nil {
			return nil, err
		}
		if again.Shown {
			b = again
		}
	}
	b.Unread = pr.unread
	if b.Signals, err = ReadSignals(ctx, p); err != nil {
		return nil, err
	}
	return b, nil
}

// allRules are the user's rules, then the built-in ones.
func (o Options) allRules() ([]*Rule, error) {
	own, err := Builtin()
	if err != nil {
		return nil, err
	}
	if o.Rules == nil {
		return own.List, nil
	}
	return slices.Concat(o.Rules.List, own.List), nil
}

// lookAt fills in what the page shows now.
func (b *Banner) lookAt(ctx context.Context, p *presser, rules []*Rule) error {
	b.Loaded, b.rule, b.frame, b.id = nil, nil, "", 0
	for _, r := range rules {
		d, err := p.detect(ctx, r)
		if err != nil {
			return err
		}
		if d.loaded && !slices.Contains(b.Loaded, r.Name) {
			b.Loaded = append(b.Loaded, r.Name)
		}
		if d.shown && b.rule == nil {
			b.rule, b.frame, b.id = r, d.frame, d.seen
		}
	}
	slices.Sort(b.Loaded)
	s, err := p.look(ctx)
	if err != nil {
		return err
	}
	b.describe(s)
	return nil
}

// detection is what a rule says of a page.
type detection struct {
	loaded bool   // its platform is there
	shown  bool   // and shows its banner
	frame  string // where
	seen   NodeID // what of it shows, if the rule looks for that; else 0
}

// detect tries a rule in every frame that it is meant for.
func (p *presser) detect(ctx context.Context, r *Rule) (detection, error) {
	var d detection
	s, err := p.look(ctx)
	if err != nil {
		return d, err
	}
	for f := range s.Frames {
		if !r.applies(s, f) {
			continue
		}
		run := runner{presser: p, rule: r, frame: s.Frames[f].ID}
		loaded, shown, err := run.detects(ctx)
		if err != nil {
			return d, err
		}
		d.loaded = d.loaded || loaded
		if shown {
			return detection{loaded: true, shown: true, frame: run.frame, seen: run.seen}, nil
		}
	}
	return d, nil
}

// describe takes over what the page shows of a banner.
func (b *Banner) describe(s *Snapshot) {
	if len(s.Frames) > 0 {
		b.Page = pageLanguage(s)
	}
	list := s.candidates()
	if b.rule == nil && len(list) == 0 {
		return
	}
	b.Shown, b.window = true, s.Width
	switch {
	case b.rule != nil:
		b.Method, b.CMP = ByRule, b.rule.Name
	default:
		b.Method = ByHeuristic
		if len(b.Loaded) == 1 {
			b.CMP = b.Loaded[0]
		}
	}
	c, ok := b.known(s)
	if len(list) > 0 && (!ok || s.Nodes[c.root].Frame != s.Nodes[list[0].root].Frame || s.within(c.root, list[0].root) || s.within(list[0].root, c.root)) {
		c, ok = list[0], true
	}
	if !ok {
		return
	}
	b.id, b.Text, b.Controls, b.Box = s.Nodes[c.root].ID, c.text, c.controls, s.Nodes[c.root].Box
	b.Language = lexicon().language(c.text)
	for _, k := range c.controls {
		i := s.Index(k.ID)
		if f := s.Nodes[i].Frame; f > 0 && b.Frame == "" && k.Role != RoleMore {
			b.Frame = s.Frames[f].URL
		}
		if b.Policy == "" && leads(k.Href) && k.Role == RoleMore {
			b.Policy = absolute(k.Href, s.Frames[s.Nodes[i].Frame].URL)
		}
	}
}

// absolute is the address that a link of a frame leads to. One that is none stays
// as it is.
func absolute(href, frame string) string {
	base, err := url.Parse(frame)
	if err != nil {
		return href
	}
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil {
		return href
	}
	return u.String()
}

// known is what a rule says that its banner is.
func (b *Banner) known(s *Snapshot) (candidate, bool) {
	i := s.Index(b.id)
	if b.rule == nil || b.id == 0 || i < 0 {
		return candidate{}, false
	}
	if r := s.Nodes[i].Attr["role"]; s.Nodes[i].Tag == "button" || s.Nodes[i].Tag == "a" || r == "button" {
		i = max(s.around(i), 0) // a rule may look for a button of it
	}
	return candidate{root: i, text: s.text(i), controls: s.controls(i)}, true
}
