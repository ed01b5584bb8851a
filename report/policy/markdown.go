package policy

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// markdownPage is a Page whose texts are Markdown, in which nothing of somebody
// else's is markup. It is what the template is filled with.
type markdownPage struct {
	Lang, Dir, Title, Author, Version, Updated, Draft, Contents string

	Lead     []string
	Sections []markdownSection
}

type markdownSection struct {
	ID, Title string
	Blocks    []markdownBlock
}

// markdownBlock is a Block; the one of these that is not empty.
type markdownBlock struct {
	Heading, Paragraph string
	Items              []string
	Table              *markdownTable
	Control            string // a paragraph of HTML with the button
}

type markdownTable struct {
	Caption string
	Columns []string
	Rows    [][]string
}

// writeMarkdown writes a page as GitHub Flavored Markdown.
func writeMarkdown(w io.Writer, p *Page, l *Look) error {
	page := markdownPage{
		Lang: p.Lang, Dir: p.Dir, Title: escaped(p.Title), Author: escaped(p.Author), Version: escaped(p.Version), Updated: escaped(p.Updated),
		Draft: escaped(p.Draft), Contents: escaped(p.Contents), Lead: inlines(p.Lead),
	}
	for _, s := range p.Sections {
		out := markdownSection{ID: s.ID, Title: escaped(s.Title)}
		for _, b := range s.Blocks {
			out.Blocks = append(out.Blocks, inMarkdown(b))
		}
		page.Sections = append(page.Sections, out)
	}
	var out bytes.Buffer
	if err := l.markdown.ExecuteTemplate(&out, "page.gomd", page); err != nil {
		return fmt.Errorf("filling the template page.gomd: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("writing the policy in Markdown: %w", err)
	}
	return nil
}

func inMarkdown(b Block) markdownBlock {
	out := markdownBlock{Heading: escaped(b.Heading), Paragraph: inline(b.Paragraph), Items: inlines(b.Items)}
	if b.Control != nil {
		// Markdown has no buttons, and the platform's script needs one.
		out.Control = fmt.Sprintf("<p id=\"%s\"><button type=\"button\" %s>%s</button></p>", b.Control.ID, attributes(b.Control.Attributes), template.HTMLEscapeString(b.Control.Text))
	}
	if b.Table == nil {
		return out
	}
	out.Table = &markdownTable{Caption: escaped(b.Table.Caption)}
	for _, c := range b.Table.Columns {
		out.Table.Columns = append(out.Table.Columns, escaped(c))
	}
	for _, r := range b.Table.Rows {
		var row []string
		for _, c := range r.Cells {
			var lines []string
			for _, l := range c.Lines {
				lines = append(lines, inCell(l))
			}
			row = append(row, strings.Join(lines, "<br>"))
		}
		out.Table.Rows = append(out.Table.Rows, row)
	}
	return out
}

func inlines(lines []Line) []string {
	var list []string
	for _, l := range lines {
		list = append(list, inline(l))
	}
	return list
}

// inline is a line of its own.
func inline(l Line) string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(span(s))
	}
	return atStart(b.String())
}

// inCell is a line in a cell of a table, where a bar ends the cell even within
// code (GFM, section 4.10). Outside of code escaped has put the backslash.
func inCell(l Line) string {
	var b strings.Builder
	for _, s := range l {
		if s.Code {
			b.WriteString(strings.ReplaceAll(span(s), "|", `\|`))
			continue
		}
		b.WriteString(span(s))
	}
	return b.String()
}

func span(s Span) string {
	switch {
	case s.Code:
		return code(s.Text)
	case href(s.Href) != "":
		return "[" + escaped(s.Text) + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "|", "%7C", " ", "%20", `\`, "%5C").Replace(href(s.Href)) + ">)"
	}
	return escaped(s.Text)
}

// code is a code span, in which no markup is looked for.
func code(s string) string {
	if s == "" {
		return ""
	}
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		s = " " + s + " " // one space on both sides is taken off again
	}
	return fence + s + fence
}

var markup = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`, "#", `\#`,
)

// escaped is text in which nothing is markup.
func escaped(s string) string { return markup.Replace(s) }

// atStart escapes what would begin a list or a line of titles.
func atStart(s string) string {
	trimmed := strings.TrimLeft(s, "0123456789")
	switch {
	case s == "":
	case strings.ContainsRune("-+=", rune(s[0])):
		return `\` + s
	case len(trimmed) < len(s) && trimmed != "" && (trimmed[0] == '.' || trimmed[0] == ')'):
		return s[:len(s)-len(trimmed)] + `\` + trimmed
	}
	return s
}
