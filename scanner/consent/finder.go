package consent

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// candidate is a part of a page that may be a consent banner.
type candidate struct {
	root     int
	controls []Control
	text     string
	overlay  bool
	score    float64
}

const (
	maxInlineText = 2000 // of a banner that is part of the page
	inlineTop     = 200  // how far from the top or bottom of the page it is, in CSS pixels
	inlineWidth   = 0.6  // how much of the window's width it takes
	maxTokens     = 700  // of a banner that are looked at
	leadWords     = 10   // within which a notice that can only be closed comes to cookies
	leastScore    = 5
)

// candidates lists what could be a banner, the best first.
func (s *Snapshot) candidates() []candidate {
	seen := map[int]bool{}
	var out []candidate
	for _, c := range s.controls(0) {
		i := s.Index(c.ID)
		for _, root := range s.containers(i) {
			if seen[root] {
				continue
			}
			seen[root] = true
			if k, ok := s.judge(root); ok {
				out = append(out, k)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), len(a.text)-len(b.text))
	})
	return out
}

// containers are the parts around a control that could be its banner: what
// lies over the page, from the inside out, or if nothing does, the nearest
// block with more words than the control.
func (s *Snapshot) containers(i int) []int {
	var over []int
	for p := s.around(i); p >= 0; p = s.around(p) {
		if t := s.Nodes[p].Tag; t == "html" || t == "body" {
			continue
		}
		if s.isOverlay(p) {
			over = append(over, p)
		}
	}
	if len(over) > 0 {
		return over
	}
	words := len(tokens(s.text(i)))
	for p := s.around(i); p >= 0; p = s.around(p) {
		if t := s.Nodes[p].Tag; t == "html" || t == "body" {
			return nil
		}
		if len(tokens(s.text(p))) >= words+8 {
			return []int{p}
		}
	}
	return nil
}

// isOverlay tells a box that lies over the page or calls itself a dialog.
func (s *Snapshot) isOverlay(i int) bool {
	n := &s.Nodes[i]
	if p := n.Style.Position; p == "fixed" || p == "sticky" {
		return true
	}
	return n.isDialog() || s.lendsOverlay(i)
}

// isDialog tells what calls itself a dialog.
func (n *Node) isDialog() bool {
	role := n.Attr["role"]
	return n.Tag == "dialog" || role == "dialog" || role == "alertdialog" || n.Attr["aria-modal"] == "true"
}

// lendsOverlay tells a host whose shadow root puts what the host contains into
// an overlay by slots.
func (s *Snapshot) lendsOverlay(host int) bool {
	root := s.inner(host)
	if root < 0 || s.Nodes[root].Tag != TagShadow {
		return false
	}
	for _, k := range s.elements(root) {
		if s.Nodes[k].Tag != "slot" {
			continue
		}
		for p := s.parent(k); p >= 0; p = s.parent(p) {
			if s.isOverlay(p) {
				return true
			}
		}
	}
	return false
}

var (
	hintWords = regexp.MustCompile(`(?i)cookie|consent|gdpr|rgpd|dsgvo|(^|[-_ ])cmp($|[-_ ])|privacy-?(banner|bar|modal|manager|center)`)
	otherHint = regexp.MustCompile(`(?i)newsletter|age-?(gate|verif|check)|paywall|subscribe|subscription|app-?banner|smart-?banner|chat|messenger|login|sign-?(in|up)|cart|basket|survey|coupon|web-?push|push-?notif|country-?(select|choo)|maintenance`)
	// embedHint is what boxes are called that stand for a film or map until it
	// is loaded by a click.
	embedHint = regexp.MustCompile(`(?i)placeholder|content-?blocker|blocked-?content|two-?click|2-?click|embed`)
)

// names are the ids, classes and labels that a container and what is close
// around it bear.
func (s *Snapshot) names(i int) string {
	var b strings.Builder
	add := func(k int) {
		n := &s.Nodes[k]
		b.WriteString(n.Tag + " " + n.Attr["id"] + " " + n.Attr["class"] + " " + n.Attr["aria-label"] + " " + n.Attr["title"] + " ")
	}
	add(i)
	for _, c := range s.Nodes[i].Children {
		if s.Nodes[c].isElement() {
			add(c)
		}
	}
	for p, n := s.around(i), 0; p >= 0 && n < 2; p, n = s.around(p), n+1 {
		if t := s.Nodes[p].Tag; t == "body" || t == "html" || t == "main" {
			break
		}
		add(p)
	}
	return b.String()
}

// judge says whether a container is a consent banner.
func (s *Snapshot) judge(root int) (candidate, bool) {
	c := candidate{root: root, text: s.text(root), overlay: s.isOverlay(root)}
	if !s.shows(root) || !s.onScreen(root) {
		return c, false
	}
	if !c.overlay && (len(c.text) > maxInlineText || !s.inPlace(root)) {
		return c, false
	}
	t := tokens(c.text)
	t = t[:min(len(t), maxTokens)]
	e := evidence{tokens: t, names: s.names(root), has: map[Role]int{}}
	e.topics, e.about = lexicon().count("topic", t), lexicon().count("about", t)
	e.hint = hintWords.MatchString(e.names)
	c.controls = s.reachable(root, c.overlay)
	words := 0
	for _, k := range c.controls {
		e.has[k.Role]++
		if k.Role == RoleToggle && k.isCategory() {
			e.categories++
		}
		words += len(tokens(s.text(s.Index(k.ID))))
	}
	if len(t)-words < 3 || !e.asks(c) || e.other(c) { // first: a button that stands alone
		return c, false
	}
	if s.asksFor(root, "email", "password", "tel") || s.asksFor(root, "text", "textarea", "") && !(e.hint && e.has[RoleAccept] > 0) {
		return c, false
	}
	c.score = float64(min(e.topics, 2))*1.5 + float64(min(e.about, 6))*0.4
	for _, p := range []struct {
		is bool
		n  float64
	}{
		{c.overlay, 2},
		{e.hint, 2},
		{e.has[RoleAccept] > 0, 2},
		{e.has[RoleReject] > 0, 1},
		{e.has[RoleSettings] > 0, 1},
		{e.has[RoleClose] > 0, 0.5},
		{e.has[RoleSave] > 0, 1},
	} {
		if p.is {
			c.score += p.n
		}
	}
	return c, c.score >= leastScore
}

// evidence is what a container says of itself.
type evidence struct {
	tokens        []string
	names         string // ids, classes and labels
	hint          bool   // they speak of consent
	topics, about int    // phrases of the lexicon
	has           map[Role]int
	categories    int // toggles that are named after what cookies are for
}

// isCategory tells a switch that is named after what cookies are for.
func (c Control) isCategory() bool {
	t := tokens(c.Text)
	return lexicon().count("about", t)+lexicon().count("necessary", t) > 0
}

// chooses tells a banner that has nothing but switches for categories and a
// button that keeps them.
func (e *evidence) chooses(c candidate) bool {
	early := e.topics > 0 && lexicon().first("topic", e.tokens) <= leadWords
	return c.overlay && (early || e.topics > 0 && e.hint) && e.has[RoleSave] > 0 && e.categories > 1 && e.categories*2 >= e.has[RoleToggle]
}

// asks tells whether the controls and words of a container can be a question
// about consent.
func (e *evidence) asks(c candidate) bool {
	accept, reject, settings, x := e.has[RoleAccept], e.has[RoleReject], e.has[RoleSettings], e.has[RoleClose]
	switch {
	case accept+reject == 0 && e.chooses(c):
	case accept+reject == 0 && (x == 0 || !c.overlay || e.topics == 0): // settings alone reopen what was answered
		return false
	case accept+settings+x == 0:
		return false
	case e.topics == 0: // without a word of cookies it needs more of a choice
		return lexicon().count("consent", e.tokens) > 0 && e.about >= 4 && accept > 0 && reject+settings > 0
	}
	return e.about >= 2 || e.hint
}

// other tells a container that is about something else.
func (e *evidence) other(c candidate) bool {
	w := lexicon()
	switch {
	case !e.hint && otherHint.MatchString(e.names), !c.overlay && embedHint.MatchString(e.names):
		return true
	case e.has[RoleAccept]+e.has[RoleReject] == 0 && !e.chooses(c): // there is only an X
		topic := w.first("topic", e.tokens)
		if !e.hint && (topic > leadWords || w.count("not", e.tokens) > 0) || before(w.first("subscribe", e.tokens), topic) {
			return true
		}
	}
	if !e.hint && !detailed(c.controls) && w.digresses(c.text) {
		return true
	}
	return (!e.hint || !c.overlay) && w.strange(c.text, e.has[RoleSettings] > 0)
}

// detailed tells a choice that says by its buttons what it is about: there are
// settings, or cookies or what is necessary are named.
func detailed(list []Control) bool {
	return slices.ContainsFunc(list, func(c Control) bool {
		t := tokens(c.Text)
		return c.Role == RoleSettings || (c.Role == RoleAccept || c.Role == RoleReject) && lexicon().count("topic", t)+lexicon().count("necessary", t) > 0
	})
}

// inPlace tells whether a part of the page is where banners are that are not
// laid over it: across the page, at its very top or bottom, not in what the page
// says.
func (s *Snapshot) inPlace(root int) bool {
	wide := root
	for p := root; p >= 0; p = s.around(p) {
		switch s.Nodes[p].Tag {
		case "article", "figure", "blockquote", "pre", "td":
			return false
		}
		if len(s.text(p)) == len(s.text(root)) {
			wide = p
		}
	}
	for _, k := range s.all(root) {
		if s.Nodes[k].Tag == "table" && s.visible(k) {
			return false
		}
	}
	top, bottom := s.extent()
	b := s.Nodes[root].Box
	if s.Nodes[wide].Box.W < inlineWidth*s.Width || b.Y+b.H <= top {
		return false
	}
	return b.Y-top <= inlineTop || bottom-(b.Y+b.H) <= inlineTop
}

// extent is where the page begins and ends, in the coordinates of the window.
func (s *Snapshot) extent() (top, bottom float64) {
	bottom = s.Height
	for _, i := range s.elements(0) {
		n := &s.Nodes[i]
		if n.Tag == "html" {
			top = n.Box.Y
		}
		if n.Tag == "html" || n.Tag == "body" || s.Nodes[n.Parent].Tag == "body" && n.Style.Position != "fixed" {
			bottom = max(bottom, n.Box.Y+n.Box.H)
		}
	}
	return top, bottom
}

// onScreen tells whether something of a container is in the window, or for a
// banner in the page, could be scrolled to.
func (s *Snapshot) onScreen(root int) bool {
	if !s.isOverlay(root) || s.Nodes[root].Box.W >= 1 && s.Nodes[root].Box.H >= 1 && s.inWindow(root) {
		return true
	}
	for _, k := range s.all(root) {
		if s.Nodes[k].isElement() && s.visible(k) && s.inWindow(k) {
			return true
		}
	}
	return false
}

// reachable lists the controls of a container, without those that lie beside the
// window with it: a panel that has slid away leaves its tab behind.
func (s *Snapshot) reachable(root int, overlay bool) []Control {
	list := s.controls(root)
	if b := s.Nodes[root].Box; !overlay || b.W < 1 || b.H < 1 || s.inWindow(root) {
		return list
	}
	return slices.DeleteFunc(list, func(c Control) bool { return !s.inWindow(s.Index(c.ID)) })
}

// asksFor tells whether a container has a visible field of one of these types.
func (s *Snapshot) asksFor(root int, types ...string) bool {
	for _, k := range s.all(root) {
		n := &s.Nodes[k]
		kind := n.Attr["type"]
		if n.Tag == "textarea" {
			kind = "textarea"
		} else if n.Tag != "input" {
			continue
		}
		if slices.Contains(types, strings.ToLower(kind)) && s.visible(k) {
			return true
		}
	}
	return false
}

// second is the second layer of a banner: like a banner, but what it is about
// was said on the first.
func (s *Snapshot) second(first NodeID) (candidate, bool) {
	var best candidate
	seen := map[int]bool{}
	for _, c := range s.controls(0) {
		if c.Role != RoleToggle && c.Role != RoleSave && c.Role != RoleReject {
			continue
		}
		for _, root := range append(s.containers(s.Index(c.ID)), s.Index(first)) {
			if root < 0 || seen[root] || !s.shows(root) {
				continue
			}
			seen[root] = true
			if k := s.weigh(root); k.score > best.score {
				best = k
			}
		}
	}
	return best, best.score >= 3
}

// weigh says how much a container looks like a layer of choices.
func (s *Snapshot) weigh(root int) candidate {
	c := candidate{root: root, text: s.text(root), overlay: s.isOverlay(root), controls: s.controls(root)}
	if s.asksFor(root, "email", "password", "tel", "textarea") {
		return c
	}
	t := tokens(c.text)
	t = t[:min(len(t), maxTokens)]
	has := map[Role]int{}
	for _, k := range c.controls {
		has[k.Role]++
	}
	for _, p := range []struct {
		is bool
		n  float64
	}{
		{has[RoleToggle] > 0, 2},
		{has[RoleSave] > 0, 2},
		{has[RoleReject] > 0, 2},
		{has[RoleAccept] > 0, 0.5},
		{c.overlay, 1},
		{lexicon().count("topic", t) > 0, 1},
		{hintWords.MatchString(s.names(root)), 1},
		{lexicon().count("necessary", t) > 0, 1},
	} {
		if p.is {
			c.score += p.n
		}
	}
	return c
}
