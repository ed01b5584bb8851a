package consent

import (
	"context"
	"slices"
)

// uncover closes what lies over a control, such as an offer of a newsletter, as
// a person would who wants to get at the banner. It is no answer to the banner
// and does not count as a press of it.
func (t *attempt) uncover(ctx context.Context) error {
	s, err := t.look(ctx)
	if err != nil {
		return err
	}
	for _, root := range s.lyingOver(s.Index(t.over), s.Index(t.banner.id)) {
		c, ok := s.closer(root)
		if !ok {
			continue
		}
		hit, err := t.page.Click(ctx, c.ID)
		if err != nil {
			return err
		}
		t.steps = append(t.steps, Step{Role: RoleClose, Text: c.Text, Layer: 1, Method: ByHeuristic, Box: c.Box, Hit: hit.Done})
		if hit.Done {
			return t.wait(ctx, settling)
		}
	}
	return nil
}

// lyingOver are the boxes in which what covers a banner may be closed: the
// outermost around the covering node, then dialogs and boxes that ask for an
// address, whose backdrop may be an element of its own.
func (s *Snapshot) lyingOver(top, banner int) []int {
	var out []int
	add := func(i int) {
		root := -1
		for p := i; p >= 0; p = s.around(p) {
			if t := s.Nodes[p].Tag; t != "html" && t != "body" && s.isOverlay(p) {
				root = p
			}
		}
		if root >= 0 && !slices.Contains(out, root) && !s.within(banner, root) && !s.within(root, banner) {
			out = append(out, root)
		}
	}
	if top < 0 {
		return nil
	}
	add(top)
	for i := range s.Nodes {
		n := &s.Nodes[i]
		if n.isElement() && (n.isDialog() || s.isOverlay(i) && s.asksFor(i, "email", "tel")) {
			add(i)
		}
	}
	return slices.DeleteFunc(out, func(i int) bool { return !s.shows(i) || !s.onScreen(i) })
}

// closer is the control that closes a box and does nothing else: its X, or where
// it asks for an address the button that declines. Elsewhere a "no" may be an
// answer that counts, as to the question for the visitor's age.
func (s *Snapshot) closer(root int) (Control, bool) {
	roles := []Role{RoleClose}
	if s.asksFor(root, "email", "tel") {
		roles = append(roles, RoleReject)
	}
	list := s.controls(root)
	for _, r := range roles {
		if k := slices.IndexFunc(list, func(c Control) bool { return c.Role == r && !leads(c.Href) }); k >= 0 {
			return list[k], true
		}
	}
	return Control{}, false
}
