package reading

import (
	"maps"
	"slices"
	"strings"

	"cookiescan/scanner/consent"
)

// Document is a page as it was read.
type Document struct {
	root *node
	byID map[consent.NodeID]*node
	ids  []consent.NodeID // of byID, in their order
}

// node is an element or a text as it is written.
type node struct {
	id       consent.NodeID
	tag      string // empty for a text
	text     string
	attr     map[string]string
	frame    string // address of the document that begins here, without query and fragment
	parent   *node
	children []*node
}

// maxDepth is how deep elements are nested in what is written; what is deeper
// is written without its elements. HTML readers stop at 512.
const maxDepth = 400

// flatten makes one tree of the documents and shadow roots of a page.
func flatten(s *consent.Snapshot) *Document {
	d := &Document{root: &node{tag: "html"}, byID: map[consent.NodeID]*node{}}
	if len(s.Nodes) > 0 {
		f := flattener{s: s, doc: d}
		f.children(0, d.root, nil, 0)
	}
	d.ids = slices.Sorted(maps.Keys(d.byID))
	return d
}

type flattener struct {
	s   *consent.Snapshot
	doc *Document
}

// slotted is what a host holds, for the slots of its shadow root.
type slotted struct {
	host    int
	outside *slotted // of the tree that the host is in
}

func (f *flattener) children(i int, to *node, in *slotted, depth int) {
	for _, c := range f.s.Nodes[i].Children {
		f.add(c, to, in, depth)
	}
}

// add puts a node below another.
func (f *flattener) add(i int, to *node, in *slotted, depth int) {
	n := &f.s.Nodes[i]
	switch {
	case n.Tag == consent.TagText:
		to.children = append(to.children, &node{text: n.Text, parent: to})
		return
	case n.Tag == "" || n.Tag[0] == '#' || leftOut[n.Tag] || !isName(n.Tag):
		return
	case n.Tag == "slot" && in != nil:
		f.slot(i, to, in, depth)
		return
	case n.Tag == "html" && to == f.doc.root:
		to.id, to.attr = n.ID, n.Attr
		f.children(i, to, in, depth)
		return
	}
	e := to
	if depth < maxDepth {
		e = &node{id: n.ID, tag: n.Tag, attr: n.Attr, parent: to}
		to.children = append(to.children, e)
		f.doc.byID[n.ID] = e
	}
	switch inner := f.inner(i); {
	case inner < 0:
		if !isFrame(n.Tag) { // what is in a frame element is for browsers without frames
			f.children(i, e, in, depth+1)
		}
	case f.s.Nodes[inner].Tag == consent.TagShadow:
		f.children(inner, e, &slotted{i, in}, depth+1)
	default:
		if e != to {
			e.frame = plainAddress(f.s.Frames[f.s.Nodes[inner].Frame].URL)
		}
		f.children(inner, e, nil, depth+1)
	}
}

// inner is the shadow root or the document of a frame in an element, -1 for
// none.
func (f *flattener) inner(i int) int {
	for _, c := range f.s.Nodes[i].Children {
		if t := f.s.Nodes[c].Tag; t == consent.TagShadow || t == consent.TagDocument {
			return c
		}
	}
	return -1
}

// slot puts what the host assigned to a slot in its place, or else what the slot
// itself has.
func (f *flattener) slot(i int, to *node, in *slotted, depth int) {
	before := len(to.children)
	name := f.s.Nodes[i].Attr["name"]
	for _, c := range f.s.Nodes[in.host].Children {
		n := &f.s.Nodes[c]
		if n.Tag == consent.TagShadow || n.Attr["slot"] != name {
			continue
		}
		f.add(c, to, in.outside, depth)
	}
	if !slices.ContainsFunc(to.children[before:], (*node).says) {
		f.children(i, to, in, depth)
	}
}

// leftOut are elements that say nothing that is read: code, what is drawn, and
// what a visitor may have typed.
var leftOut = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "link": true, "meta": true, "base": true, "object": true, "embed": true,
	"applet": true, "svg": true, "math": true, "canvas": true, "video": true, "audio": true, "input": true, "select": true, "textarea": true,
	"noframes": true, "noembed": true, "img": true, "picture": true, "source": true, "track": true,
}

func isFrame(tag string) bool { return tag == "iframe" || tag == "frame" }

// isName tells what is written as the name of an element.
func isName(tag string) bool {
	return tag[0] >= 'a' && tag[0] <= 'z' && strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz0123456789-_.:") == ""
}

// plainAddress is a web address without query and fragment, empty for another.
func plainAddress(address string) string {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return ""
	}
	address = address[:min(len(address), maxValue)]
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	return address
}

// Blank tells a page that shows no text at all.
func (d *Document) Blank() bool { return !d.root.says() }

// says tells whether a node has a text that is shown.
func (n *node) says() bool {
	if n.tag == "head" {
		return false
	}
	return strings.TrimSpace(n.text) != "" || slices.ContainsFunc(n.children, (*node).says)
}

// words is all text of a node.
func (n *node) words() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	b.WriteString(n.text)
	for _, c := range n.children {
		c.write(b)
	}
}

// shownBy is what a control has unfolded: the element that it names or that is
// named after it, or the one that follows it or its heading; nil if that says
// nothing. What follows a tab is the next tab.
func (d *Document) shownBy(id consent.NodeID) *node {
	control := d.byID[id]
	if control == nil {
		return nil
	}
	names := strings.Fields(control.attr["aria-controls"])
	for _, k := range d.ids {
		n := d.byID[k]
		named := n.attr["id"] != "" && slices.Contains(names, n.attr["id"]) ||
			control.attr["id"] != "" && slices.Contains(strings.Fields(n.attr["aria-labelledby"]), control.attr["id"])
		if named && n.says() {
			return n
		}
	}
	if control.attr["role"] == "tab" {
		return nil
	}
	if n := control.place().next(); n != nil && n.says() {
		return n
	}
	return nil
}

// place is the heading that a control stands in, or the control itself.
func (n *node) place() *node {
	for p := n; p != nil; p = p.parent {
		if len(p.tag) == 2 && p.tag[0] == 'h' && p.tag[1] >= '1' && p.tag[1] <= '6' || p.attr["role"] == "heading" {
			return p
		}
	}
	return n
}

// next is the element that follows in the same parent.
func (n *node) next() *node {
	if n.parent == nil {
		return nil
	}
	i := slices.Index(n.parent.children, n)
	for _, c := range n.parent.children[i+1:] {
		if c.tag != "" {
			return c
		}
	}
	return nil
}

// insert puts what controls had shown before they folded it away behind them,
// and panels of tabs beside the one that is shown, unless the page still has it.
// An element may show one text after the other.
func (d *Document) insert(shown map[consent.NodeID]*node) {
	var behind []consent.NodeID
	beside := map[consent.NodeID]*node{}
	for _, id := range slices.Sorted(maps.Keys(shown)) {
		control := d.byID[id]
		switch panel := d.chosen(control); {
		case control == nil:
		case panel == nil:
			behind, beside[id] = append(behind, id), control.place()
		case id < panel.tab:
			d.add(shown[id], panel.node, 0)
		case id > panel.tab:
			behind, beside[id] = append(behind, id), panel.node
		}
	}
	for _, id := range slices.Backward(behind) { // each pushes on those that come behind it
		d.add(shown[id], beside[id], 1)
	}
}

// add puts a part before a node, or behind it by 1.
func (d *Document) add(part, beside *node, by int) {
	if there := d.byID[part.id]; there != nil && there.words() == part.words() || beside.parent == nil {
		return
	}
	i := slices.Index(beside.parent.children, beside)
	beside.parent.children = slices.Insert(beside.parent.children, i+by, part)
}

// panel is what a chosen tab shows.
type panel struct {
	tab consent.NodeID
	*node
}

// chosen is the panel that is shown in the place of that of a tab, nil if the
// control is no tab or there is none.
func (d *Document) chosen(control *node) *panel {
	if control == nil || control.attr["role"] != "tab" {
		return nil
	}
	list := control.parent
	for list != nil && list.attr["role"] != "tablist" {
		list = list.parent
	}
	for _, id := range d.ids {
		if n := d.byID[id]; n.attr["role"] == "tab" && n.attr["aria-selected"] == "true" && n.within(list) {
			if shown := d.shownBy(id); shown != nil {
				return &panel{id, shown}
			}
		}
	}
	return nil
}

func (n *node) within(outer *node) bool {
	for p := n; p != nil; p = p.parent {
		if p == outer {
			return true
		}
	}
	return false
}
