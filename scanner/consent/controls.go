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
	if !s.visible(i) || n.isRadio() { // whose "yes" is no answer to the banner
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
	_, disabled := n.Attr["disabled"]
	c := Control{ID: n.ID, Role: role, Text: clip(name, 120), Tag: n.Tag, Box: n.Box, Disabled: disabled || n.Attr["aria-disabled"] == "true"}
	if n.Attr["role"] == "tab" && (role == RoleAccept || role == RoleReject || role == RoleSave) {
		c.Role = "" // of a tab that is named so
	}
	if n.Tag == "a" {
		c.Href = n.Attr["href"]
		if leads(c.Href) {
			switch role {
			case RoleMore, RoleReopen, RoleSettings:
				c.Role = RoleMore // to another page
			case RoleClose, RoleSave:
				c.Role = ""
			case "":
				if lexicon().reads(name) {
					c.Role = RoleMore
				}
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
