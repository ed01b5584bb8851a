package consent

import "strings"

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
	w := lexicon()
	for _, c := range s.controls(0) {
		i := s.Index(c.ID)
		for p := s.around(i); p >= 0; p = s.around(p) {
			if !s.isOverlay(p) || t.there[s.Nodes[p].ID] || !s.shows(p) || !s.onScreen(p) {
				continue
			}
			k := tokens(s.text(p))
			if len(k) > maxQuestion || w.count("topic", k)+w.count("consent", k) == 0 {
				continue
			}
			if c.Role == RoleReject && !w.strange(s.text(p), false) || (c.Role == RoleAccept || c.Role == RoleSave) && bare(c) && s.refuses(p) {
				return c, true
			}
		}
	}
	return Control{}, false
}

// refuses tells a container that asks whether to refuse.
func (s *Snapshot) refuses(root int) bool {
	text := s.text(root)
	end := strings.IndexAny(text, "?;\u061f") // the second is the Greek one
	if end < 0 {
		return false
	}
	n, _ := lexicon().best(string(RoleReject), tokens(text[:end]))
	return n > 0
}

// bare tells a "yes" or "confirm" that says nothing of its own.
func bare(c Control) bool {
	t := tokens(c.Text)
	return len(t) == 1 && lexicon().count("topic", t) == 0
}
