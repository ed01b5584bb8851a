package control

import (
	"slices"
	"strings"
)

// Decide tells whether a control is pressed. What is dangerous is left in every
// mode, whatever else speaks for it.
func (l *Lexicon) Decide(m Mode, c Control) Verdict {
	c.Role, c.Tag, c.Type = strings.ToLower(c.Role), strings.ToLower(c.Tag), strings.ToLower(c.Type)
	if why := c.outside(m); why != "" {
		return leave(why, nil)
	}
	name := words(c.Name)
	if len(name) == 0 { // an icon: what its author calls it
		name = words(camel(c.ID + " " + c.Class))
	}
	does, shows := l.judge(name)
	if does == nil && c.InDialog {
		does = l.around(c)
	}
	if does != nil && !l.reaches(c, name) {
		return leave(Dangerous, does)
	}
	if c.Expanded == "true" || c.Role == "tab" && c.Selected == "true" {
		return leave(IsOpen, nil)
	}
	if c.Type == "submit" || c.Type == "reset" || c.Type == "image" {
		return leave(Submits, nil)
	}
	if v, ok := c.showing(); ok {
		return v
	}
	switch {
	case c.InForm && shows == nil:
		return leave(Submits, nil)
	case shows != nil && c.Pressed == "":
		return Verdict{Press: true, Reason: ShowsByWord, Word: shows.text}
	case l.byClass(c):
		return Verdict{Press: true, Reason: ShowsByClass}
	case c.Role == "link" && !c.InForm && !c.InDialog: // of a router, without an address
		return Verdict{Press: true, Reason: ShowsByRole}
	case l.placed(c, name):
		return Verdict{Press: true, Reason: LeadsByPlace}
	case m == Full:
		return Verdict{Press: true, Reason: NotDangerous}
	}
	return leave(Unknown, nil)
}

func leave(why Reason, p *phrase) Verdict {
	v := Verdict{Reason: why}
	if p != nil {
		v.Word = p.text
	}
	return v
}

// outside tells the controls that are left without a look at their names.
func (c Control) outside(m Mode) Reason {
	switch {
	case m != Safe && m != Full:
		return ModeOff
	case c.Disabled || c.Hidden:
		return Inoperable
	case c.Consent:
		return InConsent
	case c.enters():
		return Enters
	}
	return c.leads()
}

// inputs are the roles of controls that take something from the visitor.
const inputs = " checkbox radio switch menuitemcheckbox menuitemradio option slider spinbutton textbox searchbox listbox scrollbar gridcell "

// enters tells fields, choices and switches. A combobox that is no field opens
// its list.
func (c Control) enters() bool {
	switch {
	case c.Role != "" && strings.Contains(inputs, " "+c.Role+" "), c.Checked != "":
		return true
	case c.Tag == "select", c.Tag == "textarea", c.Tag == "option", c.Tag == "label":
		return true
	case c.Tag == "input":
		return !slices.Contains([]string{"button", "submit", "image", "reset"}, c.Type)
	}
	return false
}

// leads tells links, and those that open something else than a page.
func (c Control) leads() Reason {
	href := strings.TrimSpace(strings.ToLower(c.Href))
	scheme, rest, ok := strings.Cut(href, ":")
	switch {
	case c.Download:
		return OpensOthers
	case href == "" || strings.HasPrefix(href, "#"):
		return ""
	case !ok || strings.ContainsAny(scheme, "/?#"):
		return Leads // relative
	case scheme == "http" || scheme == "https":
		return Leads
	case scheme == "javascript":
		if strings.Contains(rest, "submit") || strings.Contains(rest, "print") {
			return Submits
		}
		return ""
	}
	return OpensOthers
}

// around looks at the names of what a control stands in.
func (l *Lexicon) around(c Control) *phrase {
	for _, name := range c.Around {
		if does, _ := l.judge(words(name)); does != nil {
			return does
		}
	}
	return nil
}

// showing tells the controls whose role, element or attributes say that they
// show something.
func (c Control) showing() (Verdict, bool) {
	switch {
	case c.Role == "tab", c.Tag == "summary", c.Role == "disclosuretriangle":
		return Verdict{Press: true, Reason: ShowsByRole}, true
	case c.InPlayer && (c.Tag == "video" || c.Tag == "audio"):
		return Verdict{Press: true, Reason: ShowsByRole}, true
	case c.Expanded == "false", c.HasPopup != "" && c.HasPopup != "false", c.Controls != "", c.PopoverTarget != "":
		return Verdict{Press: true, Reason: ShowsByState}, c.Pressed == ""
	}
	return Verdict{}, false
}

// byClass looks for words in class and id.
func (l *Lexicon) byClass(c Control) bool {
	if c.InForm || c.Pressed != "" {
		return false
	}
	return slices.ContainsFunc(words(camel(c.ID+" "+c.Class)), func(w string) bool { return l.class[w] })
}
