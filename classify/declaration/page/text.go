package page

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readText reads text as it is copied out of a page: cells separated by tabs or
// columns of spaces, one cell a line, labels, or cells run together.
func readText(text string) *document {
	t := &textReader{doc: &document{}, lines: strings.Split(text, "\n")}
	for t.at < len(t.lines) {
		t.step()
	}
	return t.doc
}

// readMarkdown reads Markdown. HTML in it is read as HTML.
func readMarkdown(text string) (*document, error) {
	t := &textReader{doc: &document{}, lines: strings.Split(text, "\n"), markdown: true}
	for t.at < len(t.lines) {
		if htmlBlock.MatchString(t.lines[t.at]) {
			if err := t.html(); err != nil {
				return nil, err
			}
			continue
		}
		t.step()
	}
	return t.doc, nil
}

var (
	htmlBlock = regexp.MustCompile(`(?i)^\s*<(table|details|div|dl|ul|section)\b`)
	mdHeading = regexp.MustCompile(`^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$`)
	mdBullet  = regexp.MustCompile(`^\s*(?:[-*+•·●▪◦]|\d{1,3}[.)])\s+`)
	mdLink    = regexp.MustCompile(`!?\[([^\]]*)\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)`)
	mdRule    = regexp.MustCompile(`^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$`)
	mdLead    = regexp.MustCompile("^\\s*(?:\\*\\*|__|`)(.+?)(?:\\*\\*|__|`)")
	address   = regexp.MustCompile(`https?://[^\s<>"'()\[\]]+`)
	columnGap = regexp.MustCompile(` {2,}|\t`)
)

// textReader goes through the lines of a text.
type textReader struct {
	doc      *document
	lines    []string
	at       int
	markdown bool
	fenced   bool
	tables   int
}

func (t *textReader) place() string { return fmt.Sprintf("line %d", t.at+1) }

// step reads a line, or a table that begins with it.
func (t *textReader) step() {
	line := strings.TrimRight(t.lines[t.at], " ")
	switch {
	case strings.TrimSpace(line) == "":
		t.at++
		return
	case t.markdown && strings.HasPrefix(strings.TrimSpace(line), "```"):
		t.fenced = !t.fenced
		t.at++
		return
	case t.fenced:
	case t.markdown && mdHeading.MatchString(line):
		m := mdHeading.FindStringSubmatch(line)
		t.add(block{kind: aHeading, text: t.inline(m[2]), rank: float64(len(m[1]))})
		t.at++
		return
	}
	for _, split := range []func(string) []string{pipes, tabs, columns} {
		if rows := t.rows(split); rows > 1 {
			t.grid(split, rows)
			return
		}
	}
	line, n := t.wrapped(line)
	t.single(line)
	t.at += n
}

// wrapped is a line with those after it that go on with its sentence, since a
// text may be wrapped at some width, and how many lines these are.
func (t *textReader) wrapped(line string) (whole string, n int) {
	n = 1
	for last := line; t.at+n < len(t.lines) && len(line) < mostText; n++ {
		next := strings.TrimSpace(t.lines[t.at+n])
		first, _ := utf8.DecodeRuneInString(next)
		if len(last) < leastWrapped || strings.ContainsAny(last[len(last)-1:], ".!?:;|") || !unicode.IsLower(first) || len(strings.Fields(next)) < 3 || len(columns(next)) > 0 || len(pipes(next)) > 0 {
			break
		}
		line += " " + next
		last = next
	}
	return line, n
}

// leastWrapped is how many octets a line has that is wrapped.
const leastWrapped = 50

// rows counts the lines from here on that one way of splitting makes rows. A
// line of too many cells ends them: no line is looked at for each one above it.
func (t *textReader) rows(split func(string) []string) int {
	n := 0
	for _, line := range t.lines[t.at:] {
		if cells := split(line); len(cells) < 2 || len(cells) > mostColumns {
			break
		}
		n++
	}
	return n
}

// pipes splits a row of a table in Markdown.
func pipes(line string) []string {
	line = strings.TrimSpace(line)
	if strings.Count(line, "|") < 1 || len(line) < 3 {
		return nil
	}
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	const escaped = "\x00"
	cells := strings.Split(strings.ReplaceAll(line, `\|`, escaped), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(strings.ReplaceAll(cells[i], escaped, "|"))
	}
	return cells
}

func tabs(line string) []string {
	if !strings.Contains(strings.TrimSpace(line), "\t") {
		return nil
	}
	cells := strings.Split(line, "\t")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// columns splits at gaps of two spaces; three columns at least.
func columns(line string) []string {
	cells := columnGap.Split(strings.TrimSpace(line), -1)
	if len(cells) < 3 {
		return nil
	}
	return cells
}

func (t *textReader) grid(split func(string) []string, n int) {
	t.tables++
	g := &grid{place: t.place()}
	var lines []block
	for range n {
		line := t.lines[t.at]
		if !mdRule.MatchString(line) {
			var row []cell
			for _, c := range split(line) {
				text := t.inline(breaks.Replace(c))
				row = append(row, cell{text: text})
				for part := range strings.SplitSeq(text, "\n") { // a row is no sentence
					lines = append(lines, block{kind: aLine, text: squeeze(part), place: t.place()})
				}
			}
			g.rows = append(g.rows, row)
			g.lines = append(g.lines, t.place())
		}
		t.at++
	}
	t.doc.blocks = append(t.doc.blocks, block{kind: aTable, table: g, inner: lines, place: g.place})
}

var breaks = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n")

// single reads a line that is no row.
func (t *textReader) single(line string) {
	text := strings.TrimSpace(line)
	bullet := mdBullet.FindString(text)
	text = strings.TrimSpace(strings.TrimPrefix(text, bullet))
	b := block{kind: aLine, blank: t.at == 0 || strings.TrimSpace(t.lines[t.at-1]) == ""}
	if t.markdown {
		text = aroundCode.ReplaceAllString(text, "$1")
		if m := mdLead.FindStringSubmatch(text); m != nil {
			b.lead = strings.TrimSpace(m[1])
			if text[0] != '`' { // code stands for itself
				b.lead = strings.Trim(m[1], "*_` ")
			}
			b.term = len(m[0]) == len(text)
		}
	}
	b.text = t.inline(text)
	if bullet == "" && t.isHeading(b) {
		b.kind, b.rank = aHeading, textRank
	}
	if b.text != "" {
		t.add(b)
	}
}

// textRank is the rank of a heading in plain text, where all look alike.
const textRank = 6

// isHeading tells a heading of plain text: a short line alone that is no
// sentence. What cells one below the other are, the interpretation finds out.
func (t *textReader) isHeading(b block) bool {
	if t.markdown || !b.blank || t.at+1 < len(t.lines) && strings.TrimSpace(t.lines[t.at+1]) != "" {
		return false
	}
	n := len(strings.Fields(b.text))
	return n <= 8 && !strings.ContainsAny(b.text[len(b.text)-1:], ".:;,") && !strings.Contains(b.text, ": ")
}

func (t *textReader) add(b block) {
	if b.place == "" {
		b.place = t.place()
	}
	t.doc.blocks = append(t.doc.blocks, b)
}

// inline takes the marks of Markdown out of a text, and notes its links.
func (t *textReader) inline(text string) string {
	for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
		if t.markdown {
			t.doc.links = append(t.doc.links, link{m[2], m[1], t.place()})
		}
	}
	if t.markdown {
		text = mdLink.ReplaceAllString(text, "$1")
	}
	for _, a := range address.FindAllString(text, 20) {
		t.doc.links = append(t.doc.links, link{strings.TrimRight(a, ".,;:"), "", t.place()})
	}
	if t.markdown {
		text = unmarked(text)
	}
	return text
}

// unmarked takes emphasis and code marks away; between backticks all stands for
// itself.
func unmarked(text string) string {
	parts := strings.Split(aroundCode.ReplaceAllString(text, "$1"), "`")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = strings.ReplaceAll(underlined.ReplaceAllString(slanted.ReplaceAllString(emphasis.ReplaceAllString(parts[i], "$1"), "$1$2$3"), "$1$2$3"), `\`, "")
		}
	}
	return strings.Join(parts, "")
}

var (
	emphasis   = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	aroundCode = regexp.MustCompile("(?:\\*{1,3}|_{1,3})(`[^`]+`)(?:\\*{1,3}|_{1,3})")
	slanted    = regexp.MustCompile(`(^|[\s(])\*([\p{L}\d](?:[^*_]*[^*_\s])?)\*($|[\s.,:;)])`)
	underlined = regexp.MustCompile(`(^|[\s(])_{1,2}([^\s_][^_]*)_{1,2}($|[\s.,:;)])`)
)

// html reads HTML within Markdown, up to an empty line outside of it.
func (t *textReader) html() error {
	begin, depth := t.at, 0
	for t.at < len(t.lines) {
		line := strings.ToLower(t.lines[t.at])
		depth += strings.Count(line, "<") - 2*strings.Count(line, "</") - strings.Count(line, "/>") - strings.Count(line, "<br>") - strings.Count(line, "<hr>")
		t.at++
		if depth <= 0 && (t.at == len(t.lines) || strings.TrimSpace(t.lines[t.at]) == "") {
			break
		}
	}
	doc, err := readHTML(strings.Join(t.lines[begin:t.at], "\n"))
	if err != nil {
		return err
	}
	at := fmt.Sprintf("line %d, ", begin+1)
	for i := range doc.blocks {
		doc.blocks[i].place = at + doc.blocks[i].place
		if g := doc.blocks[i].table; g != nil {
			g.place = at + g.place
		}
	}
	t.doc.blocks = append(t.doc.blocks, doc.blocks...)
	t.doc.links = append(t.doc.links, doc.links...)
	return nil
}
