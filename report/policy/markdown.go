package policy

import (
	"fmt"
	"html/template"
	"io"
	"strings"
)

// writeMarkdown writes a page as GitHub Flavored Markdown.
func writeMarkdown(w io.Writer, p *Page, _ *Look) error {
	var b strings.Builder
	if p.Draft != "" {
		fmt.Fprintf(&b, "> **%s**\n\n", escaped(p.Draft))
	}
	fmt.Fprintf(&b, "# %s\n", escaped(p.Title))
	for _, l := range p.Lead {
		fmt.Fprintf(&b, "\n%s\n", inline(l))
	}
	for _, s := range p.Sections {
		if s.Title != "" {
			fmt.Fprintf(&b, "\n## %s\n", escaped(s.Title))
		}
		for _, block := range s.Blocks {
			b.WriteString("\n")
			markdownBlock(&b, block)
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the policy in Markdown: %w", err)
	}
	return nil
}

func markdownBlock(b *strings.Builder, block Block) {
	switch {
	case block.Heading != "":
		fmt.Fprintf(b, "### %s\n", escaped(block.Heading))
	case block.Paragraph != nil:
		fmt.Fprintf(b, "%s\n", inline(block.Paragraph))
	case block.Items != nil:
		for _, l := range block.Items {
			fmt.Fprintf(b, "- %s\n", inline(l))
		}
	case block.Table != nil:
		markdownTable(b, block.Table)
	case block.Control != nil:
		// Markdown has no buttons, and the platform's script needs one.
		fmt.Fprintf(b, "<p id=\"%s\"><button type=\"button\" %s>%s</button></p>\n", block.Control.ID, attributes(block.Control.Attributes), template.HTMLEscapeString(block.Control.Text))
	}
}

func markdownTable(b *strings.Builder, t *Table) {
	fmt.Fprintf(b, "%s\n\n", escaped(t.Caption))
	for _, c := range t.Columns {
		fmt.Fprintf(b, "| %s ", escaped(c))
	}
	b.WriteString("|\n")
	b.WriteString(strings.Repeat("| --- ", len(t.Columns)) + "|\n")
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			var lines []string
			for _, l := range c.Lines {
				lines = append(lines, inCell(l))
			}
			fmt.Fprintf(b, "| %s ", strings.Join(lines, "<br>"))
		}
		b.WriteString("|\n")
	}
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
