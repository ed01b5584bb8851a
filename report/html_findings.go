package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/checks"
	"cookiescan/report/html"
	"cookiescan/scanner"
)

func (h htmlSite) findingAnchor(i int) string { return fmt.Sprintf("%s-f%d", h.id, i+1) }

// pictureAnchor numbers the screenshots in the order of their keys.
func (h htmlSite) pictureAnchor(key string) string {
	return fmt.Sprintf("%s-p%d", h.id, slices.Index(sortedKeys(h.pictures), key)+1)
}

func (h htmlSite) findings() []html.Finding {
	var list []html.Finding
	for i, f := range h.scan.Findings {
		found := html.Finding{
			Ref: html.Ref{Anchor: h.findingAnchor(i), Text: htmlName(subject(f))}, Check: htmlName(f.ID),
			Severity: severityKey(f.Severity), Sure: htmlName(string(f.Confidence)), Confirmed: confirmedWords(f), Message: htmlText(f.Message),
			Pictures: h.picturesOf(f), Closed: severityKey(f.Severity) == string(scanner.SeverityNote) || f.Class == scanner.ClassHygiene,
		}
		if w := f.Waived; w != nil {
			found.Waived = htmlText(fmt.Sprintf("waived until %s by %s: %s", w.Expires, w.Owner, w.Reason))
		}
		for _, e := range f.Evidence {
			found.Evidence = append(found.Evidence, htmlText(evidenceWords(e)))
		}
		for _, row := range aboutFinding(f) {
			if row[1] != "" {
				found.About = append(found.About, html.Fact{Name: row[0], Value: htmlText(row[1])})
			}
		}
		list = append(list, found)
	}
	return list
}

// subject is what a finding is about.
func subject(f scanner.Finding) string {
	if f.Subject == "" {
		return f.Kind
	}
	return f.Subject
}

// severityKey is a severity of ours, whatever a document holds: it chooses a
// colour.
func severityKey(s scanner.Severity) string {
	if s == scanner.SeverityError || s == scanner.SeverityWarning {
		return string(s)
	}
	return string(scanner.SeverityNote)
}

// picturesOf are the screenshots of the pages and passes that a finding saw.
func (h htmlSite) picturesOf(f scanner.Finding) []html.Ref {
	var list []html.Ref
	for _, e := range f.Evidence {
		for _, key := range []string{e.Page, e.Pass} {
			if h.pictures[key] == nil {
				continue
			}
			ref := html.Ref{Anchor: h.pictureAnchor(key), Text: "Screenshot: " + htmlName(key)}
			if !slices.Contains(list, ref) {
				list = append(list, ref)
			}
		}
	}
	return list
}

// mostTodos is how many things to do first are shown, mostRefs how many
// findings each names.
const (
	mostTodos = 7
	mostRefs  = 8
)

// todos are the remedies of the errors, or of the warnings if there is no
// error: what many findings have in common comes first.
func (h htmlSite) todos() (list []html.Todo, note string) {
	s := h.scan
	if s.Checks == nil {
		return nil, "This scan was not judged, so there is nothing to say about what should change."
	}
	severity := scanner.SeverityError
	for _, level := range []scanner.Severity{scanner.SeverityError, scanner.SeverityWarning} {
		severity = level
		if list = h.todosOf(level); len(list) > 0 {
			break
		}
	}
	if len(list) == 0 {
		if len(s.Findings) == 0 {
			return nil, "No finding in the tested scope. What was not tested stands below the findings."
		}
		return nil, "No error and no warning. The notes stand below."
	}
	if severity == scanner.SeverityWarning {
		note = "There is no error; these are the warnings."
	}
	if more := len(list) - mostTodos; more > 0 {
		list, note = list[:mostTodos], joinNonEmpty(" ", note, fmt.Sprintf("%d more remedies stand with the findings.", more))
	}
	return list, note
}

func (h htmlSite) todosOf(severity scanner.Severity) []html.Todo {
	type key struct{ check, fix string }
	at := map[key]int{}
	var list []html.Todo
	for i, f := range h.scan.Findings {
		if f.Severity != severity || f.Waived != nil || f.Fix == "" {
			continue
		}
		k := key{f.ID, f.Fix}
		if _, known := at[k]; !known {
			at[k] = len(list)
			list = append(list, html.Todo{Check: htmlName(f.ID), Severity: severityKey(severity), Fix: htmlText(f.Fix)})
		}
		todo := &list[at[k]]
		if len(todo.Findings) == mostRefs {
			todo.More++
			continue
		}
		todo.Findings = append(todo.Findings, html.Ref{Anchor: h.findingAnchor(i), Text: htmlName(subject(f))})
	}
	good := func(t html.Todo) int { // practice comes after what a law or the site's own word asks
		if check, ok := checks.Lookup(t.Check); ok && check.Class == scanner.ClassHygiene {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b html.Todo) int {
		return cmp.Or(good(a)-good(b), len(b.Findings)+b.More-len(a.Findings)-a.More)
	})
	return list
}

// pageTable has each address once, with what happened there in each pass.
func (h htmlSite) pageTable() html.Table {
	t := html.Table{
		Class: "pages", Caption: "Pages that were visited", Bare: true, Filter: true,
		Columns: []html.Column{{Title: "Address"}, {Title: "Found by", Pick: true}, {Title: "Answer"}, {Title: "Cookies written", Number: true}},
	}
	type visited struct {
		page    scanner.Page
		answers []html.Item
	}
	at := map[string]int{}
	var list []visited
	address := map[string]string{} // by id
	for _, pass := range h.scan.Passes {
		for _, p := range pass.Pages {
			address[p.ID] = p.URL
			i, known := at[p.URL]
			if !known {
				i = len(list)
				at[p.URL] = i
				list = append(list, visited{page: p})
			}
			list[i].answers = append(list[i].answers, html.Item{Text: joinNonEmpty(" ", htmlName(pass.Phase), answerWords(p)), Note: htmlName(p.Error)})
		}
	}
	cookies := h.cookiesByPage(address)
	var rows []html.Row
	for _, v := range list {
		rows = append(rows, html.Row{Cells: []html.Cell{
			one(html.Item{Text: htmlName(h.pageWords(v.page.URL)), Href: htmlLink(v.page.URL), Note: htmlName(v.page.Title)}),
			textCell(v.page.Source),
			{Items: v.answers},
			numberCell(cookies[v.page.URL]),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

func answerWords(p scanner.Page) string {
	words := ""
	if p.Status > 0 {
		words = fmt.Sprint(p.Status)
	}
	if p.FinalURL != "" && p.FinalURL != p.URL {
		words = joinNonEmpty(" ", words, "elsewhere")
	}
	return words
}

// cookiesByPage counts the cookies that the page of an address wrote, in
// whatever pass.
func (h htmlSite) cookiesByPage(address map[string]string) map[string]int {
	count := map[string]int{}
	for _, c := range h.kept {
		seen := map[string]bool{}
		for _, id := range c.Pages {
			if a, known := address[id]; known && !seen[a] {
				seen[a] = true
				count[a]++
			}
		}
	}
	return count
}

func (h htmlSite) passTable() html.Table {
	t := html.Table{
		Class: "passes", Caption: "Passes, each with a fresh browser profile",
		Columns: []html.Column{{Title: "Pass"}, {Title: "Consent banner"}, {Title: "What was done"}, {Title: "Pages", Number: true}, {Title: "Cookies at its end", Number: true}},
	}
	var rows []html.Row
	for _, p := range h.scan.Passes {
		banner, done := consentWords(p.Consent)
		rows = append(rows, html.Row{Cells: []html.Cell{
			one(html.Item{Text: htmlName(p.Phase), Note: phaseWords(p.Phase)}), one(html.Item{Text: banner}), one(html.Item{Text: done}),
			numberCell(len(p.Pages)), numberCell(p.Cookies),
		}})
	}
	t.Groups = []html.Group{{Rows: rows}}
	return t
}

// consentWords says what banner a pass met and what it did with it.
func consentWords(c *scanner.Consent) (banner, done string) {
	switch {
	case c == nil:
		return "not looked for", "nothing was pressed"
	case c.Banner:
		banner = joinNonEmpty(", ", "shown", htmlName(c.CMP))
	case c.CMP != "":
		banner = "none shown here, though " + htmlName(c.CMP) + " is loaded"
	default:
		banner = "none found"
	}
	switch {
	case c.Failure != "":
		return banner, htmlText(joinNonEmpty(": ", "could not "+string(c.Action), joinNonEmpty(", ", string(c.Failure), c.Detail)))
	case c.Action == "":
		return banner, "left alone"
	}
	done = "pressed “" + htmlName(c.Text) + "”"
	if c.Layer > 1 {
		done += " in its settings"
	}
	return banner, done + ", " + number(c.Clicks, "click")
}

// facts are what is needed to repeat the scan.
func (h htmlSite) facts() []html.Fact {
	s := h.scan
	o := s.Settings
	duration := ""
	if s.Finished.After(s.Started) {
		duration = ", " + s.Finished.Sub(s.Started).Round(1e9).String()
	}
	yes := map[bool]string{true: "yes"}
	rows := []html.Fact{
		{Name: "Start addresses", Value: strings.Join(s.Target.URLs, " ")},
		{Name: "Time", Value: s.Started.UTC().Format("2006-01-02 15:04:05 UTC") + duration},
		{Name: "Tool", Value: joinNonEmpty(" ", s.Tool.Name, s.Tool.Version)},
		{Name: "Rules", Value: s.Tool.Rules},
		{Name: "Browser", Value: joinNonEmpty(", ", s.Browser.Product, s.Browser.Engine)},
		{Name: "User agent", Value: s.Browser.UserAgent},
		{Name: "Region (operator's word)", Value: o.Region},
		{Name: "Language", Value: joinNonEmpty(", ", o.Locale, o.AcceptLanguage)},
		{Name: "Device", Value: o.Device},
		{Name: "Scope", Value: fmt.Sprintf("%s, at most %s", o.Scope, number(o.MaxPages, "page"))},
		{Name: "robots.txt", Value: o.Robots},
		{Name: "Controls pressed", Value: o.Interact},
		{Name: "Page time for timers", Value: fmt.Sprintf("%d s", o.SettleMs/1000)},
		{Name: "Headers given", Value: strings.Join(o.Headers, ", ")},
		{Name: "Cookies given", Value: strings.Join(o.Cookies, ", ")},
		{Name: "Password given", Value: yes[o.BasicAuth]},
		{Name: "Proxy", Value: o.Proxy},
	}
	var names []string
	for _, c := range h.given {
		names = append(names, nameWords(c.Name))
	}
	rows = append(rows, html.Fact{Name: "Given by you, not counted", Value: strings.Join(names, ", ")})
	var kept []html.Fact
	for _, row := range rows {
		if row.Value != "" {
			kept = append(kept, html.Fact{Name: row.Name, Value: htmlText(row.Value)})
		}
	}
	return kept
}
