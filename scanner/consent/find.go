package consent

import (
	"context"
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
	if b.Signals, err = readSignals(ctx, p); err != nil {
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
	b.Loaded, b.rule, b.frame = nil, nil, ""
	for _, r := range rules {
		loaded, frame, shown, err := p.detect(ctx, r)
		if err != nil {
			return err
		}
		if loaded && !slices.Contains(b.Loaded, r.Name) {
			b.Loaded = append(b.Loaded, r.Name)
		}
		if shown && b.rule == nil {
			b.rule, b.frame = r, frame
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

// detect tries a rule in every frame that it is meant for.
func (p *presser) detect(ctx context.Context, r *Rule) (loaded bool, frame string, shown bool, err error) {
	s, err := p.look(ctx)
	if err != nil {
		return false, "", false, err
	}
	for f := range s.Frames {
		if !r.applies(s, f) {
			continue
		}
		run := runner{presser: p, rule: r, frame: s.Frames[f].ID}
		l, sh, err := run.detects(ctx)
		if err != nil {
			return false, "", false, err
		}
		loaded = loaded || l
		if sh {
			return true, run.frame, true, nil
		}
	}
	return loaded, "", false, nil
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
	b.Shown = true
	switch {
	case b.rule != nil:
		b.Method, b.CMP = ByRule, b.rule.Name
	default:
		b.Method = ByHeuristic
		if len(b.Loaded) == 1 {
			b.CMP = b.Loaded[0]
		}
	}
	if len(list) == 0 {
		return
	}
	c := list[0]
	b.id, b.Text, b.Controls, b.Box = s.Nodes[c.root].ID, c.text, c.controls, s.Nodes[c.root].Box
	b.Language = lexicon().language(c.text)
	for _, k := range c.controls {
		i := s.Index(k.ID)
		if f := s.Nodes[i].Frame; f > 0 && b.Frame == "" && k.Role != RoleMore {
			b.Frame = s.Frames[f].URL
		}
		if b.Policy == "" && leads(k.Href) && k.Role == RoleMore {
			b.Policy = k.Href
		}
	}
}

// pageLanguage is what the top document declares, without its region.
func pageLanguage(s *Snapshot) string {
	lang := s.Frames[0].Language
	for _, i := range s.Nodes[s.Frames[0].Root].Children {
		if l := s.Nodes[i].Attr["lang"]; s.Nodes[i].Tag == "html" && l != "" {
			lang = l
		}
	}
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	lang, _, _ = strings.Cut(lang, "_")
	return lang
}
