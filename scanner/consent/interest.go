package consent

import (
	"slices"
	"strconv"
)

// maxHeading is how long the heading of a group of switches may be, in words.
const maxHeading = 15

// interest tells whether a switch is for a legitimate interest: by its own name,
// by the words beside it, or by the tab or the headings that it stands under.
func (s *Snapshot) interest(i int) bool {
	if own := s.ownName(i); own != "" {
		if ofInterest(own) {
			return true
		}
	} else if text := s.beside(i); text != "" && lexicon().count("interest", tokens(text)) > 0 {
		return true
	}
	return slices.ContainsFunc(s.headings(i), ofInterest)
}

// ofInterest tells the name of a switch or group that is for a legitimate
// interest, and not for consent as well.
func ofInterest(name string) bool {
	t := tokens(name)
	return len(t) <= maxHeading && lexicon().count("interest", t) > 0 && lexicon().count("consent", t) == 0
}

// beside are the words that stand next to a switch without a name: all of the
// smallest part around it that has any, or where it shares that with other
// switches, the last before it.
func (s *Snapshot) beside(i int) string {
	p := s.around(i)
	for n := 0; p >= 0 && s.text(p) == "" && n < 4; n++ {
		p = s.around(p)
	}
	if p < 0 {
		return ""
	}
	last, several := "", false
	for _, k := range s.all(p) {
		n := &s.Nodes[k]
		switch {
		case n.Tag == TagText && k < i && fold(n.Text) != "":
			last = fold(n.Text)
		case k != i && n.isElement() && s.isToggle(k):
			several = true
		}
	}
	if several {
		return last
	}
	return s.text(p)
}

// headings are the names that a switch stands under: the tab that is open, and
// of the headings before it in its layer the last of each level.
func (s *Snapshot) headings(i int) []string {
	root := -1
	for p := s.around(i); p >= 0 && root < 0; p = s.around(p) {
		if s.isOverlay(p) {
			root = p
		}
	}
	if root < 0 {
		return nil
	}
	var list []string
	var levels []int
	for _, k := range s.all(root) {
		n := &s.Nodes[k]
		if !n.isElement() || !s.visible(k) {
			continue
		}
		if n.Attr["role"] == "tab" && n.Attr["aria-selected"] == "true" {
			list = append(list, s.name(k))
			levels = append(levels, 0)
		}
		level := n.heading()
		if level == 0 || k >= i || s.within(i, k) {
			continue
		}
		for len(levels) > 0 && levels[len(levels)-1] >= level {
			list, levels = list[:len(list)-1], levels[:len(levels)-1]
		}
		list, levels = append(list, s.text(k)), append(levels, level)
	}
	return list
}

// underHeading is the level of what stands under headings proper: legends, and
// what opens a part.
const underHeading = 7

// heading is the level of a heading, 0 for what is none.
func (n *Node) heading() int {
	switch n.Tag {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return int(n.Tag[1] - '0')
	case "legend", "summary":
		return underHeading
	}
	switch {
	case n.Attr["role"] == "heading":
		if level, err := strconv.Atoi(n.Attr["aria-level"]); err == nil && level > 0 {
			return level
		}
		return 2
	case n.Attr["aria-expanded"] == "true":
		return underHeading
	}
	return 0
}
