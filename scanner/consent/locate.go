package consent

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Way is one way to say which element of a page is meant. The zero value finds
// none.
type Way struct{ chain []finder }

// finder finds elements in one tree of a snapshot.
type finder interface {
	find(s *Snapshot, root int) []int
}

// ParseWay reads a chain of selectors, of which each is looked for below the
// element that the one before finds, in its shadow root or frame if it has one.
// A selector is CSS or has one of the forms of the recorder in Chrome DevTools:
// aria/NAME, aria/NAME[role="ROLE"], xpath/..., pierce/CSS and text/TEXT.
func ParseWay(chain ...string) (Way, error) {
	var w Way
	if len(chain) == 0 {
		return w, errors.New("there is no selector")
	}
	for _, text := range chain {
		f, err := parseFinder(text)
		if err != nil {
			return Way{}, err
		}
		w.chain = append(w.chain, f)
	}
	return w, nil
}

// WayByRole finds elements by their role, if it is not empty, and their
// accessible name, upper and lower case alike.
func WayByRole(role, name string) Way {
	return Way{chain: []finder{byName{strings.ToLower(role), fold(name)}}}
}

// ariaForm is how Puppeteer writes a role behind the name.
var ariaForm = regexp.MustCompile(`^(.*?)\s*\[\s*role\s*=\s*["']?([a-zA-Z]+)["']?\s*\]$`)

func parseFinder(text string) (finder, error) {
	kind, rest, _ := strings.Cut(text, "/")
	switch kind {
	case "aria":
		if m := ariaForm.FindStringSubmatch(rest); m != nil {
			return byName{strings.ToLower(m[2]), fold(m[1])}, nil
		}
		if fold(rest) == "" {
			return nil, errors.New("aria/ without a name")
		}
		return byName{name: fold(rest)}, nil
	case "text":
		if fold(rest) == "" {
			return nil, errors.New("text/ without a text")
		}
		return texted{strings.ToLower(fold(rest))}, nil
	case "pierce":
		text = rest
	}
	sel, err := parseSelector(text)
	if err != nil {
		return nil, fmt.Errorf("the selector %.80q: %w", text, err)
	}
	return sel, nil
}

// Locate lists the elements that the ways find, those of the first way that
// finds one that shows; where none shows, all that were found. It looks into
// the page's document first, then into shadow roots and frames.
func (s *Snapshot) Locate(ways []Way) (found []NodeID, shown bool) {
	for _, w := range ways {
		for _, i := range s.everywhere(w) {
			at := s.Nodes[i].ID
			switch {
			case s.shows(i) && !shown:
				found, shown = []NodeID{at}, true
			case s.shows(i) == shown && !slices.Contains(found, at):
				found = append(found, at)
			}
		}
		if shown {
			return found, true
		}
	}
	return found, false
}

// everywhere lists what a way finds in any tree of the page.
func (s *Snapshot) everywhere(w Way) []int {
	var out []int
	for root := range s.Nodes {
		if t := s.Nodes[root].Tag; t != TagDocument && t != TagShadow || len(w.chain) == 0 {
			continue
		}
		at := root
		for k, f := range w.chain {
			found := f.find(s, at)
			if k == len(w.chain)-1 {
				out = append(out, found...)
			}
			if len(found) == 0 {
				break
			}
			if at = found[0]; s.inner(at) >= 0 {
				at = s.inner(at)
			}
		}
	}
	return out
}

// Label is the label of an input, 0 if it has none that shows.
func (s *Snapshot) Label(id NodeID) NodeID {
	if i := s.Index(id); i >= 0 {
		if l := s.labelOf(i); l >= 0 && s.shows(l) {
			return s.Nodes[l].ID
		}
	}
	return 0
}

// Describe names what lies at a node, for a person; "" if there is no such node.
func (s *Snapshot) Describe(id NodeID) string {
	if i := s.Index(id); i >= 0 {
		return describe(s, i)
	}
	return ""
}

// byName finds by role and accessible name.
type byName struct{ role, name string }

func (n byName) find(s *Snapshot, root int) []int {
	var out []int
	for _, i := range s.elements(root) {
		if n.role != "" && s.Nodes[i].role() != n.role {
			continue
		}
		if n.role == "" && s.Nodes[i].role() == "" {
			continue // a text around a control has its words, not its name
		}
		if n.name == "" || strings.EqualFold(s.fieldName(i), n.name) {
			out = append(out, i)
		}
	}
	return out
}

// fieldName is the accessible name of an element, of a field that of its label.
func (s *Snapshot) fieldName(i int) string {
	n := &s.Nodes[i]
	if n.isField() && n.Attr["aria-label"] == "" && n.Attr["aria-labelledby"] == "" {
		if l := s.labelOf(i); l >= 0 {
			if t := fold(s.content(l)); t != "" {
				return t
			}
		}
		for _, t := range []string{n.Attr["title"], n.Attr["placeholder"]} {
			if t = fold(t); t != "" {
				return t
			}
		}
		return ""
	}
	return fold(s.name(i))
}

func (n *Node) isField() bool {
	switch n.Tag {
	case "select", "textarea":
		return true
	case "input":
		return n.role() != "button"
	}
	return false
}

// role is the role of an element as its markup gives it: what it says itself,
// or what its tag has (HTML Accessibility API Mappings, as far as controls go).
func (n *Node) role() string {
	if r, _, _ := strings.Cut(strings.TrimSpace(n.Attr["role"]), " "); r != "" {
		return strings.ToLower(r)
	}
	switch n.Tag {
	case "button", "summary":
		return "button"
	case "a", "area":
		if _, ok := n.Attr["href"]; ok {
			return "link"
		}
	case "textarea":
		return "textbox"
	case "select":
		return "combobox"
	case "option":
		return "option"
	case "img":
		return "img"
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "heading"
	case "input":
		return inputRole(n.Attr["type"])
	}
	return ""
}

func inputRole(kind string) string {
	switch kind = strings.ToLower(kind); kind {
	case "button", "submit", "reset", "image":
		return "button"
	case "checkbox", "radio":
		return kind
	case "range":
		return "slider"
	case "number":
		return "spinbutton"
	case "search":
		return "searchbox"
	case "hidden":
		return ""
	}
	return "textbox"
}

// texted finds the innermost elements that hold a text.
type texted struct{ text string }

func (t texted) find(s *Snapshot, root int) []int {
	var out []int
	holds := func(i int) bool { return strings.Contains(strings.ToLower(s.text(i)), t.text) }
	for _, i := range s.elements(root) {
		if holds(i) && !slices.ContainsFunc(s.Nodes[i].Children, func(c int) bool { return s.Nodes[c].isElement() && holds(c) }) {
			out = append(out, i)
		}
	}
	return out
}
