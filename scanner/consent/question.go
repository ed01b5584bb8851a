package consent

import (
	"slices"
	"strings"
)

// maxQuestion is how long a question may be that asks whether a refusal was
// meant, in words.
const maxQuestion = 80

// overlays are what lies over the page.
func (s *Snapshot) overlays() map[NodeID]bool {
	out := map[NodeID]bool{}
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.isElement() && s.isOverlay(i) && s.shows(i) {
			out[n.ID] = true
		}
	}
	return out
}

// question is the control that confirms a refusal, where a dialog came up after
// a press and asks whether it was meant: one that refuses in so many words, or
// else the "yes" to a question about refusing.
func (t *attempt) question(s *Snapshot) (Control, bool) {
	if t.action != Reject || t.clicks == 0 {
		return Control{}, false
	}
	for i := range s.Nodes {
		n := &s.Nodes[i]
		if !n.isElement() || t.there[n.ID] || !s.isOverlay(i) || !s.shows(i) || !s.onScreen(i) {
			continue
		}
		if c, ok := s.confirms(i); ok {
			return c, true
		}
	}
	return Control{}, false
}

// confirms is the control of a dialog by which a refusal is upheld.
func (s *Snapshot) confirms(dialog int) (Control, bool) {
	w, text := lexicon(), s.text(dialog)
	k := tokens(text)
	if len(k) > maxQuestion || w.count("topic", k)+w.count("consent", k) == 0 || w.strange(text, false) {
		return Control{}, false
	}
	list := s.controls(dialog)
	if i := slices.IndexFunc(list, func(c Control) bool { return c.Role == RoleReject && !bare(c) }); i >= 0 {
		return list[i], true
	}
	if !asksToRefuse(text) {
		return Control{}, false
	}
	i := slices.IndexFunc(list, func(c Control) bool {
		return c.Role == RoleAccept && bare(c) || c.Role == RoleSave && len(tokens(c.Text)) == 1 // "yes", "confirm"
	})
	if i < 0 {
		return Control{}, false
	}
	return list[i], true
}

// asksToRefuse tells a question that has a refusal in it.
func asksToRefuse(text string) bool {
	end := strings.IndexAny(text, "?;\u061f") // the latter are the Greek and the Arabic one
	if end < 0 {
		return false
	}
	n, _ := lexicon().best(string(RoleReject), tokens(text[:end]))
	return n > 0
}

// bare tells a "yes" or "no", which says nothing of its own: to which question
// it is the answer decides what it does.
func bare(c Control) bool {
	t := tokens(c.Text)
	return slices.ContainsFunc(lexicon().phrases[string(c.Role)], func(p phrase) bool { return p.whole && p.match(t) > 0 })
}
