package consent

import (
	"slices"
	"strings"
)

// Folded lists what unfolds a part of the page's own content that is folded
// away now: closed details elements, tabs that are not the chosen one, and
// controls that say that they show more, by a state or by a name that shows
// knows. None of them answers a banner, lies over the page, is in a form or a
// menu, or leads elsewhere. They are in document order.
func (s *Snapshot) Folded(shows func(name string) bool) []NodeID {
	var out []NodeID
	for i := range s.Nodes {
		if s.Nodes[i].isElement() && s.unfolds(i, shows) && s.isContent(i) {
			out = append(out, s.Nodes[i].ID)
		}
	}
	return out
}

// IsFolded tells whether a control says now that what it shows is folded away.
func (n *Node) IsFolded() bool {
	return n.Attr["aria-expanded"] == "false" || n.role() == "tab" && n.Attr["aria-selected"] == "false"
}

func (s *Snapshot) unfolds(i int, shows func(string) bool) bool {
	n := &s.Nodes[i]
	if n.Tag == "details" {
		_, open := n.Attr["open"]
		return !open
	}
	if !n.IsFolded() && (n.role() != "button" || n.Tag == "summary" || n.Attr["aria-expanded"] != "") {
		return false
	}
	if !n.usable() || !s.visible(i) {
		return false
	}
	if n.IsFolded() && s.inHeading(i) { // no answer is a heading
		return true
	}
	name := s.name(i)
	switch r, _ := lexicon().role(name); r {
	case "":
		return n.IsFolded() || shows(name)
	case RoleMore, RoleSettings: // "details" stands on a banner too
		return shows(name)
	default:
		return false
	}
}

// usable tells a control that can be pressed, stays on the page and takes
// nothing from its visitor.
func (n *Node) usable() bool {
	role, popup := n.role(), n.Attr["aria-haspopup"]
	_, disabled := n.Attr["disabled"]
	return !disabled && n.Attr["aria-disabled"] != "true" && !n.leads() && !n.isField() && (popup == "" || popup == "false") &&
		n.Attr["aria-pressed"] == "" && n.Attr["aria-checked"] == "" &&
		!strings.HasPrefix(role, "menuitem") && !slices.Contains([]string{"combobox", "switch", "option"}, role)
}

// inHeading tells what stands in a heading, in its own tree.
func (s *Snapshot) inHeading(i int) bool {
	for p := s.parent(i); p >= 0; p = s.parent(p) {
		if s.Nodes[p].role() == "heading" {
			return true
		}
	}
	return false
}

// leads tells a link to another address.
func (n *Node) leads() bool {
	href := strings.TrimSpace(n.Attr["href"])
	return n.Tag == "a" && href != "" && href[0] != '#' && !strings.HasPrefix(strings.ToLower(href), "javascript:")
}

// isContent tells what belongs to the text of a page from what is there to use
// the site, and from what lies over the page. A page that is all in one box of
// its own is not over itself.
func (s *Snapshot) isContent(i int) bool {
	tab := s.Nodes[i].role() == "tab"
	for p := i; p >= 0; p = s.around(p) {
		switch n := &s.Nodes[p]; n.Tag {
		case "main", "article":
			return !s.underOverlay(p)
		case "body", "html":
		case "nav":
			if !tab { // some call a list of tabs a navigation
				return false
			}
		case "form", "header", "footer":
			return false
		default:
			if slices.Contains([]string{"navigation", "menu", "menubar", "search", "banner", "contentinfo", "form"}, n.Attr["role"]) {
				return false
			}
		}
		if s.liesOver(p) {
			return false
		}
	}
	return true
}

func (s *Snapshot) underOverlay(i int) bool {
	for p := i; p >= 0; p = s.around(p) {
		if s.liesOver(p) {
			return true
		}
	}
	return false
}

// liesOver tells an overlay that is not the page itself.
func (s *Snapshot) liesOver(i int) bool {
	if !s.isOverlay(i) {
		return false
	}
	for _, k := range s.elements(i) {
		if t := s.Nodes[k].Tag; t == "main" || t == "h1" {
			return false
		}
	}
	return true
}
