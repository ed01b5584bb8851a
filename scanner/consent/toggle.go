package consent

import (
	"slices"
	"strconv"
	"strings"
)

// isToggle tells a control that is on or off and shows, itself or by its label:
// a checkbox, a switch, a slider, a button that stays pressed, or the radio
// button that stands for its whole group.
func (s *Snapshot) isToggle(i int) bool {
	n := &s.Nodes[i]
	switch {
	case n.Attr["role"] == "switch", n.Attr["role"] == "checkbox", n.Tag == "input" && n.Attr["type"] == "checkbox", n.isSlider():
	case n.Attr["aria-pressed"] != "":
		if role, _ := lexicon().role(s.name(i)); role != "" { // "allow" and "deny" that show which was pressed
			return false
		}
	case n.isRadio():
		return s.refusing(i) == i && (s.visible(i) || s.pressable(i) >= 0)
	default:
		return false
	}
	return s.visible(i) || s.pressable(i) >= 0
}

func (n *Node) isSlider() bool {
	return n.Attr["role"] == "slider" || n.Tag == "input" && n.Attr["type"] == "range"
}

func (n *Node) isRadio() bool {
	return n.Tag == "input" && n.Attr["type"] == "radio" || n.Attr["role"] == "radio"
}

// isOn tells the state of a toggle.
func (s *Snapshot) isOn(i int) bool {
	n := &s.Nodes[i]
	if n.isSlider() {
		value, least := n.Attr["aria-valuenow"], n.Attr["aria-valuemin"]
		if n.Tag == "input" {
			value, least = n.Value, n.Attr["min"]
		}
		return number(value) > number(least)
	}
	if n.isRadio() {
		return slices.ContainsFunc(s.group(i), func(k int) bool { return k != i && s.Nodes[k].chosen() })
	}
	return n.chosen() || n.Attr["aria-pressed"] == "true"
}

func (n *Node) chosen() bool { return n.Checked || n.Attr["aria-checked"] == "true" }

// number is 0 for what is none, as a slider without bounds begins there.
func number(t string) float64 {
	f, err := strconv.ParseFloat(strings.TrimSpace(t), 64)
	if err != nil {
		return 0
	}
	return f
}

// group lists the radio buttons that belong together.
func (s *Snapshot) group(i int) []int {
	n := &s.Nodes[i]
	var out []int
	if n.Tag != "input" {
		for p := s.parent(i); p >= 0; p = s.parent(p) {
			if s.Nodes[p].Attr["role"] == "radiogroup" {
				for _, k := range s.elements(p) {
					if s.Nodes[k].isRadio() {
						out = append(out, k)
					}
				}
				break
			}
		}
		return out
	}
	if n.Attr["name"] == "" {
		return nil
	}
	for _, k := range s.elements(s.top(i)) {
		if s.Nodes[k].Tag == "input" && s.Nodes[k].isRadio() && s.Nodes[k].Attr["name"] == n.Attr["name"] {
			out = append(out, k)
		}
	}
	return out
}

// refusing is the radio button of a group that refuses, by its words or else by
// its value; -1 if none does.
func (s *Snapshot) refusing(i int) int {
	group := s.group(i)
	if len(group) < 2 {
		return -1
	}
	for _, k := range group {
		if role, _ := lexicon().role(s.ownName(k)); role == RoleReject {
			return k
		}
	}
	for _, k := range group {
		switch strings.ToLower(s.Nodes[k].Attr["value"]) {
		case "0", "false", "no", "off", "deny", "denied", "reject", "rejected", "none":
			return k
		}
	}
	return -1
}

// accepting is the radio button of a group that agrees, by its words or else as
// the last that does not refuse; -1 if there is none.
func (s *Snapshot) accepting(i int) int {
	refusing, last := s.refusing(i), -1
	for _, k := range s.group(i) {
		if role, _ := lexicon().role(s.ownName(k)); role == RoleAccept {
			return k
		}
		if k != refusing {
			last = k
		}
	}
	return last
}

// toggle describes a switch.
func (s *Snapshot) toggle(i int) Control {
	n := &s.Nodes[i]
	name := s.toggleName(i)
	_, disabled := n.Attr["disabled"]
	c := Control{
		ID: n.ID, Role: RoleToggle, Text: clip(name, 120), Tag: n.Tag, Box: n.Box, On: s.isOn(i),
		Open:   n.isRadio() && !slices.ContainsFunc(s.group(i), func(k int) bool { return s.Nodes[k].chosen() }),
		Locked: disabled || n.Attr["aria-disabled"] == "true" || n.Attr["aria-readonly"] == "true",
	}
	if k := s.pressable(i); k >= 0 {
		c.Box = s.Nodes[k].Box
	}
	t := tokens(name)
	c.Locked = c.Locked || c.On && len(t) <= 10 && lexicon().count("necessary", t) > 0
	c.Interest = c.On && !c.Locked && s.interest(i)
	return c
}

// toggleName is the accessible name of a switch, or the words beside it.
func (s *Snapshot) toggleName(i int) string {
	if s.Nodes[i].isRadio() {
		return s.groupName(i)
	}
	if t := s.ownName(i); t != "" {
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

// ownName is what the label of a switch says, or its accessible name.
func (s *Snapshot) ownName(i int) string {
	if l := s.labelOf(i); l >= 0 {
		if t := s.text(l); t != "" {
			return t
		}
	}
	if t := s.name(i); len(tokens(t)) > 0 && s.Nodes[i].Value != t {
		return t
	}
	return ""
}

// groupName is what a group of radio buttons is about: its legend or label, or
// the first words around it that are not those of its buttons.
func (s *Snapshot) groupName(i int) string {
	group := s.group(i)
	for p := s.around(i); p >= 0; p = s.around(p) {
		if n := &s.Nodes[p]; n.Tag == "fieldset" || n.Attr["role"] == "radiogroup" {
			for _, k := range n.Children {
				if s.Nodes[k].Tag == "legend" {
					return s.text(k)
				}
			}
			if t := n.Attr["aria-label"] + n.Attr["aria-labelledby"]; t != "" {
				return s.name(p)
			}
		}
		if !slices.ContainsFunc(group, func(k int) bool { return !s.within(k, p) }) {
			t := s.text(p)
			for _, k := range group {
				t = strings.Replace(t, s.ownName(k), "", 1)
			}
			if t = fold(t); len(tokens(t)) > 0 {
				return t
			}
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
