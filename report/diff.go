package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cookiescan/classify/words"
	"cookiescan/report/diff"
	"cookiescan/scanner"
)

// DiffFormats are the formats of Diff, the default one first.
func DiffFormats() []string { return []string{"table", "json", "markdown"} }

// Diff writes comparisons in one of DiffFormats. JSON is one object, or a list
// of several.
func Diff(w io.Writer, format string, results []*diff.Result, o Options) error {
	var out bytes.Buffer
	var err error
	lang := o.Lang
	if lang == nil {
		lang, err = words.Language("en")
	}
	switch {
	case err != nil:
	case format == "json" && len(results) == 1:
		err = scanner.WriteValue(&out, results[0])
	case format == "json":
		err = scanner.WriteValue(&out, results)
	case format == "markdown":
		var m markdown
		for _, r := range results {
			m.diff(diffView{r, lang})
		}
		out = m.Buffer
	default:
		t := newTerminal(o)
		for _, r := range results {
			if err = t.diff(diffView{r, lang}); err != nil {
				break
			}
		}
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing the comparison: %w", err)
	}
	return nil
}

// diffView words a comparison. What comes from a site goes through a function
// that makes it safe for the output.
type diffView struct {
	*diff.Result
	lang *words.Lang
}

func (v diffView) side(name string, s diff.Side, clean func(string) string) string {
	state := "complete"
	if !s.Complete {
		state = fmt.Sprintf("incomplete (%d not seen)", s.Incomplete)
	}
	return fmt.Sprintf("%s: %s, %s, %s", name, s.Started.Format("2006-01-02 15:04 UTC"), clean(s.URL), state)
}

// coverage are sentences about what only one scan saw.
func (v diffView) coverage(clean func(string) string) []string {
	var out []string
	for _, c := range v.Coverage {
		name := strings.ToUpper(c.Less)
		switch c.What {
		case diff.PassMissing:
			out = append(out, fmt.Sprintf("%s has no pass %s.", name, clean(c.Pass)))
		case diff.Unfinished:
			out = append(out, fmt.Sprintf("%s is incomplete: %s planned and not seen.", name, counted(c.Count, "thing")))
		case diff.PagesUnseen:
			var pages []string
			for _, p := range c.Pages {
				pages = append(pages, clean(shorten(printable(p), longestMarkdown)))
			}
			if more := c.Count - len(pages); more > 0 {
				pages = append(pages, fmt.Sprintf("%d more", more))
			}
			out = append(out, fmt.Sprintf("%s did not see %s of pass %s: %s.", name, counted(c.Count, "page"), clean(c.Pass), strings.Join(pages, ", ")))
		}
	}
	if len(out) > 0 {
		out = append(out, "What one scan did not look at may be there all the same: absence from it is no proof.")
	}
	if v.A.Judged != v.B.Judged || !v.A.Judged {
		out = append(out, "Findings are not compared: at least one scan was not judged.")
	}
	return out
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// facts words what is known of an item, or what differs.
func (v diffView) facts(i diff.Item, clean func(string) string) string {
	var out []string
	for _, f := range i.Facts {
		a, b := v.values(f.A, clean), v.values(f.B, clean)
		switch i.How {
		case diff.Added:
			out = append(out, f.Fact+" "+b)
		case diff.Gone:
			out = append(out, f.Fact+" "+a)
		default:
			out = append(out, f.Fact+": "+a+" → "+b)
		}
	}
	if !i.Proven {
		out = append(out, v.unproven(i.How))
	}
	return strings.Join(out, "; ")
}

// unproven says why a difference may be none.
func (v diffView) unproven(how diff.How) string {
	if how == diff.Added {
		return "not proven: A did not look everywhere it was seen"
	}
	return "not proven: B did not look everywhere it was seen"
}

// mostValues is how many values of a fact are shown.
const mostValues = 5

func (v diffView) values(list []string, clean func(string) string) string {
	if len(list) == 0 {
		return "none"
	}
	var out []string
	for _, s := range list[:min(len(list), mostValues)] {
		if n, ok := strings.CutSuffix(s, " s"); ok {
			if seconds, err := strconv.ParseInt(n, 10, 64); err == nil {
				out = append(out, v.lang.Duration(seconds))
				continue
			}
		}
		out = append(out, clean(shorten(printable(s), longestMarkdown)))
	}
	if more := len(list) - len(out); more > 0 {
		out = append(out, fmt.Sprintf("%d more", more))
	}
	return strings.Join(out, ", ")
}

// itemName is empty for trackers, which their host tells apart.
func itemName(i diff.Item) string {
	if i.Kind == "cookie" {
		return nameWords(i.Name)
	}
	return i.Name
}

func mdItemName(i diff.Item) string {
	if name := itemName(i); name != "" {
		return mdName(name)
	}
	return ""
}

func severities(f diff.Finding) string {
	switch f.How {
	case diff.Added:
		return string(f.B)
	case diff.Gone:
		return string(f.A)
	case diff.Changed:
	}
	return string(f.A) + " → " + string(f.B)
}

// outcome is the sentence at the end.
func (v diffView) outcome() string {
	how := map[diff.How]int{}
	unproven := 0
	for _, i := range v.Items {
		how[i.How]++
		if !i.Proven {
			unproven++
		}
	}
	for _, f := range v.Findings {
		if !f.Proven {
			unproven++
		}
	}
	text := fmt.Sprintf("Items: %d added, %d gone, %d changed; findings: %d differ", how[diff.Added], how[diff.Gone], how[diff.Changed], len(v.Findings))
	if !v.Differs() {
		text = "No difference"
		if v.Undecided() {
			text += " in what both scans saw"
		}
	}
	if unproven > 0 {
		text += fmt.Sprintf("; %d of them not proven", unproven)
	}
	return text
}

func (t *terminal) diff(v diffView) error {
	t.WriteString(t.bold(shorten(printable("Comparison of "+v.A.Site+" with "+v.B.Site), t.width)) + "\n")
	t.WriteString(wrap("", v.side("A", v.A, printable), t.width) + wrap("", v.side("B", v.B, printable), t.width))
	if list := v.coverage(printable); len(list) > 0 {
		t.heading("What they saw")
		for _, s := range list {
			t.alarm("- ", s)
		}
	}
	if len(v.Conditions) > 0 {
		t.heading("Made differently")
		var rows [][]cell
		for _, c := range v.Conditions {
			rows = append(rows, []cell{plain(c.Name), prose(printable(c.A)), prose(printable(c.B))})
		}
		if err := t.draw([]column{{"WHAT", 0, 0}, {"A", 0, 0}, {"B", 0, 0}}, rows); err != nil {
			return err
		}
	}
	if err := t.diffItems(v); err != nil {
		return err
	}
	if err := t.diffFindings(v); err != nil {
		return err
	}
	t.WriteString("\n" + t.bold(v.outcome()) + "\n")
	return nil
}

func (t *terminal) diffItems(v diffView) error {
	if len(v.Items) == 0 {
		return nil
	}
	t.heading("Items")
	var rows [][]cell
	for _, i := range v.Items {
		rows = append(rows, []cell{
			plain(string(i.How)), plain(v.lang.Kind(i.Kind)), plain(itemName(i)), plain(joinNonEmpty(" in ", i.Place, i.Top)),
			prose(v.facts(i, printable)),
		})
	}
	return t.draw([]column{{"", 0, 0}, {"KIND", 16, 8}, {"NAME", 24, 8}, {"WHERE", 24, 8}, {"WHAT", 0, 0}}, rows)
}

func (t *terminal) diffFindings(v diffView) error {
	if len(v.Findings) == 0 {
		return nil
	}
	t.heading("Findings")
	var rows [][]cell
	for _, f := range v.Findings {
		text := printable(f.Message)
		if !f.Proven {
			text += " (" + v.unproven(f.How) + ")"
		}
		rows = append(rows, []cell{plain(string(f.How)), plain(f.ID), plain(severities(f)), plain(f.Subject), prose(text)})
	}
	return t.draw([]column{{"", 0, 0}, {"ID", 0, 0}, {"SEVERITY", 0, 0}, {"SUBJECT", 24, 8}, {"WHAT", 0, 0}}, rows)
}

func (m *markdown) diff(v diffView) {
	fmt.Fprintf(m, "## Comparison of %s with %s\n\n", markdownText(v.A.Site), markdownText(v.B.Site))
	fmt.Fprintf(m, "- %s\n- %s\n", v.side("A", v.A, markdownText), v.side("B", v.B, markdownText))
	if list := v.coverage(markdownText); len(list) > 0 {
		m.WriteString("\n### What they saw\n\n")
		for _, s := range list {
			fmt.Fprintf(m, "- **%s**\n", s)
		}
	}
	if len(v.Conditions) > 0 {
		m.WriteString("\n### Made differently\n")
		var rows [][]string
		for _, c := range v.Conditions {
			rows = append(rows, []string{c.Name, mdCell(c.A), mdCell(c.B)})
		}
		m.table([]string{"What", "A", "B"}, rows)
	}
	if len(v.Items) > 0 {
		m.WriteString("\n### Items\n")
		var rows [][]string
		for _, i := range v.Items {
			rows = append(rows, []string{
				mdWord(string(i.How)), mdProse(v.lang.Kind(i.Kind)), mdItemName(i), mdCell(joinNonEmpty(" in ", i.Place, i.Top)), v.facts(i, mdProse),
			})
		}
		m.table([]string{"", "Kind", "Name", "Where", "What"}, rows)
	}
	if len(v.Findings) > 0 {
		m.WriteString("\n### Findings\n")
		var rows [][]string
		for _, f := range v.Findings {
			text := mdProse(f.Message)
			if !f.Proven {
				text += " (" + v.unproven(f.How) + ")"
			}
			rows = append(rows, []string{mdWord(string(f.How)), mdWord(f.ID), mdCell(severities(f)), mdCell(f.Subject), text})
		}
		m.table([]string{"", "Id", "Severity", "Subject", "What"}, rows)
	}
	fmt.Fprintf(m, "\n**%s**\n", v.outcome())
}
