package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page. What style sheets hide counts: a collapsed section is
// a part of what is declared.
func readHTML(text string) (*document, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, errors.New("the page cannot be read as HTML: its elements are nested too deeply")
	}
	w := &walker{doc: &document{}, panels: map[string]string{}, ranks: map[string]float64{}}
	w.index(root)
	w.walk(root)
	w.flush()
	return w.doc, nil
}

// walker goes through the elements of a page.
type walker struct {
	doc    *document
	panels map[string]string  // titles of collapsible parts by the id of the part
	ranks  map[string]float64 // of titles that are no h1 to h6, by what they look like

	line    strings.Builder // the line under way
	bold    []string        // its parts in bold or code
	lead    bool            // the first part is at its beginning
	term    bool            // it is the term of a definition
	title   float64         // rank of the heading under way, 0 if there is none
	lines   int
	tables  int
	cells   int
	lastTop float64 // rank of the last h1 to h6
	flat    bool    // only the lines count: it is within a cell
	folds   int     // how many collapsible parts it is in
	frame   string  // address of the frame that it is in
}

// frameAttr marks what a browser had in a frame, in a page as it was rendered;
// its value is the frame's address.
const frameAttr = "data-cookiescan-frame"

// index notes the titles of collapsible parts and of tabs, and the language.
func (w *walker) index(n *html.Node) {
	if n.DataAtom == atom.Html {
		w.doc.language = attr(n, "lang")
	}
	if n.Type == html.ElementNode && isTitleOfPanel(n) {
		for _, key := range []string{"aria-controls", "data-bs-target", "data-target", "href"} {
			if id := strings.TrimPrefix(attr(n, key), "#"); id != "" && !strings.ContainsAny(id, "/:") {
				if text := squeeze(textOf(n)); text != "" && len(text) < 100 {
					w.panels[id] = text
				}
				break
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.index(c)
	}
}

func isTitleOfPanel(n *html.Node) bool {
	return attr(n, "role") == "tab" || attr(n, "aria-expanded") != "" || attr(n, "data-toggle") != "" || attr(n, "data-bs-toggle") != "" ||
		n.DataAtom == atom.Button && attr(n, "aria-controls") != ""
}

// walk takes in an element and all below it.
func (w *walker) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
	case html.DocumentNode:
		w.children(n)
		return
	default:
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Nav, atom.Svg, atom.Select, atom.Textarea, atom.Iframe, atom.Object, atom.Title, atom.Head, atom.Math:
		return
	case atom.Template:
		if attr(n, "shadowrootmode") == "" {
			return
		}
	case atom.Wbr:
		return
	case atom.Br, atom.Hr:
		w.flush()
		return
	case atom.Sup:
		if isFootnote(squeeze(textOf(n))) {
			return
		}
	case atom.Table:
		if !w.flat {
			w.table(n)
		}
		return
	default:
	}
	if address := attr(n, frameAttr); address != "" && !w.flat {
		w.flush()
		outside := w.frame
		w.frame = cut(address, 200)
		w.element(n)
		w.flush()
		w.frame = outside
		return
	}
	w.element(n)
}

func (w *walker) element(n *html.Node) {
	if n.DataAtom == atom.Details {
		w.folds++
		defer func() { w.folds-- }()
	}
	if role := attr(n, "role"); role == "navigation" {
		return
	} else if w.flat {
		// A cell has no parts but lines.
	} else if role == "table" || role == "grid" || role == "treegrid" {
		w.grid(n, rowsByRole(n))
		return
	}
	if title := w.panels[attr(n, "id")]; title != "" && attr(n, "id") != "" && !isTitleOfPanel(n) {
		w.flush()
		w.add(block{kind: aHeading, text: title, rank: w.rankOf("panel")})
	}
	switch rank := w.headingRank(n); {
	case rank > 0:
		w.flush()
		before := w.title
		w.title = rank
		w.children(n)
		w.flush()
		if w.title = before; before > 0 && before < rank { // the rest is below a title within it
			w.title = rank + 0.5
		}
	case isInline(n):
		w.inline(n)
	default:
		w.flush()
		w.term = n.DataAtom == atom.Dt
		if rows := rowsOfLikes(n); rows != nil && !w.flat {
			w.grid(n, rows)
		} else {
			w.children(n)
		}
		w.flush()
		w.term = false
	}
}

// inline takes in a part of a line.
func (w *walker) inline(n *html.Node) {
	if at := w.line.Len(); !isElement(n) && at > 0 && strings.ContainsAny(w.line.String()[at-1:], "_-.") {
		w.line.WriteByte('*') // _ga_<ID>, written without escaping
	}
	w.seam()
	at := w.line.Len()
	w.children(n)
	if w.line.Len() < at { // a line ended within it
		at = 0
	}
	text := w.line.String()[at:]
	switch n.DataAtom {
	case atom.A:
		if address := attr(n, "href"); address != "" {
			w.doc.links = append(w.doc.links, link{address, squeeze(seamless(text)), w.place()})
		}
	case atom.B, atom.Strong, atom.Code, atom.Kbd, atom.Samp, atom.Tt, atom.Em, atom.I:
		if len(w.bold) == 0 {
			w.lead = strings.Trim(w.line.String()[:at], seam+" \t\n•·-*") == ""
		}
		w.bold = append(w.bold, text)
	default:
	}
	w.seam()
}

// seam marks where an element begins or ends within a word.
func (w *walker) seam() {
	if s := w.line.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, seam) {
		w.line.WriteString(seam)
	}
}

// invisible are characters without width, which some editors put into long words.
var invisible = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u200c", "", "\u200d", "", "\u2060", "", "\ufeff", "")

func (w *walker) text(s string) {
	s = invisible.Replace(s)
	if w.line.Len() == 0 {
		s = strings.TrimLeft(s, " \t\n\r")
	}
	w.line.WriteString(whiteSpace(s))
}

// whiteSpace writes each run of white space as one space and keeps the ends.
func whiteSpace(s string) string {
	out := squeeze(s)
	if out == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	if strings.TrimLeft(s, " \t\n\r\u00a0") != s {
		out = " " + out
	}
	if strings.TrimRight(s, " \t\n\r\u00a0") != s {
		out += " "
	}
	return out
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c)
	}
}

// flush ends the line under way.
func (w *walker) flush() {
	text := tidySeams(w.line.String())
	bold, lead := w.bold, w.lead
	w.line.Reset()
	w.bold, w.lead = nil, false
	if text == "" {
		return
	}
	if w.title > 0 {
		w.add(block{kind: aHeading, text: squeeze(strings.ReplaceAll(text, seam, " ")), rank: w.title})
		return
	}
	b := block{kind: aLine, text: text, term: w.term}
	if lead {
		b.lead = squeeze(seamless(bold[0]))
	}
	if all := squeeze(seamless(strings.Join(bold, " "))); all != "" && strings.Trim(all, " :") == strings.Trim(squeeze(seamless(text)), " :") {
		b.term = true
	}
	w.lines++
	w.add(b)
}

// tidySeams leaves seams only between two parts.
func tidySeams(text string) string {
	var parts []string
	for _, part := range strings.Split(text, seam) {
		if strings.TrimSpace(part) != "" {
			parts = append(parts, part)
		}
	}
	return strings.TrimSpace(strings.Join(parts, seam))
}

func (w *walker) add(b block) {
	if b.place == "" {
		b.place = w.place()
	}
	w.doc.blocks = append(w.doc.blocks, b)
}

func (w *walker) place() string { return w.within(fmt.Sprintf("paragraph %d", max(w.lines, 1))) }

// within is a place with the frame that it is in.
func (w *walker) within(place string) string {
	if w.frame == "" {
		return place
	}
	return "frame " + w.frame + ", " + place
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// isInline tells whether an element is a part of a line. What HTML does not
// know is one, and so is nothing that has blocks in it, as some spans do.
func isInline(n *html.Node) bool {
	return (inlineElements[n.Data] || !isElement(n)) && !slices.ContainsFunc(elements(n), isBlock)
}

var (
	inlineElements = setOf("a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output q s samp small span strong sub sup time tt u var wbr")
	otherElements  = setOf("address article aside audio blockquote body button canvas caption center col colgroup datalist dd details dialog dir div dl dt " +
		"fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link main map menu meta meter nav " +
		"noscript object ol optgroup option p picture pre progress ruby rp rt search section select slot source strike style summary svg table tbody td template " +
		"textarea tfoot th thead title tr track ul video area base br embed param script math")
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// isElement tells whether an element is one of HTML. What is not may be what an
// author wrote in angle brackets.
func isElement(n *html.Node) bool { return inlineElements[n.Data] || otherElements[n.Data] }

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.P, atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Section, atom.Article, atom.Details, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	default:
		return false
	}
}

// elements are the child elements.
func elements(n *html.Node) []*html.Node {
	var list []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			list = append(list, c)
		}
	}
	return list
}

// textOf is the beginning of an element's text, as long as a title may be.
func textOf(n *html.Node) string {
	var b strings.Builder
	var collect func(*html.Node)
	collect = func(n *html.Node) {
		if b.Len() > 200 {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			b.WriteByte(' ')
			collect(c)
		}
	}
	collect(n)
	return b.String()
}

// isFootnote tells whether a superior text only points to a note.
func isFootnote(text string) bool {
	text = strings.Trim(text, "()[] ")
	return text != "" && len(text) <= 3 && strings.Trim(text, "0123456789*†‡§,abc") == ""
}
