package consent

import (
	"regexp"
	"strings"
)

// controls lists what a person could press in a part of a page, in document
// order, with what each is for.
func (s *Snapshot) controls(root int) []Control {
	var out []Control
	var walk func(i int, pointer bool)
	walk = func(i int, pointer bool) {
		n := &s.Nodes[i]
		if n.isElement() {
			if s.isToggle(i) {
				out = append(out, s.toggle(i))
				return
			}
			if s.isControl(i, pointer) {
				if c, ok := s.control(i); ok {
					out = append(out, c)
					return
				}
			}
			pointer = n.Style.Pointer
		}
		for _, c := range n.Children {
			walk(c, pointer)
		}
	}
	walk(root, false)
	return out
}

// isControl tells whether a node looks like something to press. pointer: the
// element around it shows the pointing hand already.
func (s *Snapshot) isControl(i int, pointer bool) bool {
	n := &s.Nodes[i]
	if !s.visible(i) {
		return false
	}
	switch n.Attr["role"] {
	case "button", "link", "menuitem":
		return true
	}
	switch n.Tag {
	case "button", "summary":
		return true
	case "input":
		t := n.Attr["type"]
		return t == "button" || t == "submit" || t == "image"
	case "a":
		return true
	case "body", "html", "label", "iframe", "form", "main":
		return false
	}
	_, onclick := n.Attr["onclick"]
	if !onclick && !n.Listening && (!n.Style.Pointer || pointer) {
		return false
	}
	// One of many things with a listener: only short ones are buttons.
	return len(tokens(s.text(i))) <= maxButtonWords && !s.holdsControl(i)
}

func (s *Snapshot) holdsControl(i int) bool {
	for _, k := range s.all(i) {
		if t := s.Nodes[k].Tag; k != i && (t == "button" || t == "a" || t == "input" || s.Nodes[k].Attr["role"] == "button") {
			return true
		}
	}
	return false
}

// control says what a control is for; false for one that leads elsewhere or
// says nothing of consent.
func (s *Snapshot) control(i int) (Control, bool) {
	n := &s.Nodes[i]
	name := s.name(i)
	role, _ := lexicon().role(name)
	c := Control{ID: n.ID, Role: role, Text: clip(name, 120), Tag: n.Tag, Box: n.Box}
	if n.Tag == "a" {
		c.Href = n.Attr["href"]
		if leads(c.Href) {
			switch role {
			case RoleMore, RoleReopen, RoleSettings:
				c.Role = RoleMore // to another page
			case RoleClose, RoleSave:
				c.Role = ""
			default: // a link may accept or refuse
			}
		}
	}
	if (c.Role == "" || len(tokens(name)) == 0) && s.looksLikeClose(i) {
		c.Role = RoleClose
	}
	return c, c.Role != ""
}

// leads tells whether a link goes to another document.
func leads(href string) bool {
	return href != "" && !strings.HasPrefix(href, "#") && !strings.HasPrefix(strings.ToLower(href), "javascript:")
}

// looksLikeClose tells an X that has no text.
func (s *Snapshot) looksLikeClose(i int) bool {
	n := &s.Nodes[i]
	if len(tokens(s.text(i))) > 1 || n.Box.W > 80 || n.Box.H > 80 {
		return false
	}
	close := regexp.MustCompile(`(?i)(^|[-_ ])(close|dismiss|btn-?close|closer|x|times|schlie|chiudi|fermer|cerrar)($|[-_ ])|close(btn|button|icon)|(btn|button|icon)close`)
	if close.MatchString(n.Attr["class"]) || close.MatchString(n.Attr["id"]) || close.MatchString(n.Attr["data-dismiss"]) {
		return true
	}
	for _, k := range s.all(i) {
		if k != i && close.MatchString(s.Nodes[k].Attr["class"]) {
			return true
		}
	}
	return false
}

// isToggle tells a switch or checkbox that shows, itself or by its label.
func (s *Snapshot) isToggle(i int) bool {
	n := &s.Nodes[i]
	kind := n.Attr["role"] == "switch" || n.Attr["role"] == "checkbox" || n.Tag == "input" && n.Attr["type"] == "checkbox"
	return kind && (s.visible(i) || s.pressable(i) >= 0)
}

// toggle describes a switch.
func (s *Snapshot) toggle(i int) Control {
	n := &s.Nodes[i]
	name := s.toggleName(i)
	_, disabled := n.Attr["disabled"]
	c := Control{
		ID: n.ID, Role: RoleToggle, Text: clip(name, 120), Tag: n.Tag, Box: n.Box,
		On:     n.Checked || n.Attr["aria-checked"] == "true",
		Locked: disabled || n.Attr["aria-disabled"] == "true" || n.Attr["aria-readonly"] == "true",
	}
	if k := s.pressable(i); k >= 0 {
		c.Box = s.Nodes[k].Box
	}
	t := tokens(name)
	c.Locked = c.Locked || c.On && len(t) <= 10 && lexicon().count("necessary", t) > 0
	return c
}

// toggleName is the accessible name of a switch, or the words beside it.
func (s *Snapshot) toggleName(i int) string {
	if l := s.labelOf(i); l >= 0 {
		if t := s.text(l); t != "" {
			return t
		}
	}
	if t := s.name(i); len(tokens(t)) > 0 && s.Nodes[i].Value != t {
		return t
	}
	for p, n := s.around(i), 0; p >= 0 && n < 4; p, n = s.around(p), n+1 {
		if t := s.text(p); t != "" {
			if len(tokens(t)) <= 30 {
				return t
			}
			return ""
		}
	}
	return ""
}

// labelOf is the label of an input, -1 if it has none.
func (s *Snapshot) labelOf(i int) int {
	if s.Nodes[i].Tag != "input" {
		return -1
	}
	for p, n := s.parent(i), 0; p >= 0 && n < 4; p, n = s.parent(p), n+1 {
		if s.Nodes[p].Tag == "label" {
			return p
		}
	}
	id := s.Nodes[i].Attr["id"]
	if id == "" {
		return -1
	}
	for _, k := range s.elements(s.top(i)) {
		if s.Nodes[k].Tag == "label" && s.Nodes[k].Attr["for"] == id {
			return k
		}
	}
	return -1
}
