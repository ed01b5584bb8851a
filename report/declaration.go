package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/scanner"
)

// DeclarationFormats are the formats of WriteDeclaration, the default one first.
func DeclarationFormats() []string { return []string{"table", "json", "csv", "markdown"} }

// WriteDeclaration writes what a source declares in one of DeclarationFormats,
// in the order of the source. JSON has all of it, CSV the entries; a table and
// Markdown also say what the source states and what was not understood.
func WriteDeclaration(w io.Writer, format string, d *declaration.Declaration, o Options) error {
	l, err := newLook(o)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch format {
	case "json":
		err = scanner.WriteValue(&out, d)
	case "csv":
		err = csv.NewWriter(&out).WriteAll(declarationCSV(d))
	case "markdown":
		var m markdown
		m.declaration(l, d)
		out = m.Buffer
		_, _ = out.ReadByte() // the empty line before the table
	default:
		t := newTerminal(o)
		err = t.declaration(l, d)
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing a declaration: %w", err)
	}
	return nil
}

// declarationKeys are the columns, as in the words of a language.
func declarationKeys() []string {
	return []string{"name", "kind", "provider", "lifetime", "category", "purpose"}
}

// declaredRow are the cells of an entry, not safe yet.
func (l look) declaredRow(e declaration.Entry) []string {
	lifetime := e.Lifetime.Raw
	switch {
	case e.Lifetime.Session:
		lifetime = l.lang.Lifetime("session")
	case e.Lifetime.Seconds != nil:
		lifetime = l.lang.Duration(*e.Lifetime.Seconds)
	case lifetime == "until-cleared":
		lifetime = l.lang.Lifetime(lifetime)
	}
	category := ""
	if e.Category != "" {
		category, _ = l.lang.Category(e.Category)
	}
	kind := ""
	if e.Kind != "" {
		kind = l.lang.Kind(e.Kind)
	}
	return []string{e.Name, kind, joinNonEmpty(", ", e.Provider, e.Domain), lifetime, category, e.Purpose}
}

func (t *terminal) declaration(l look, d *declaration.Declaration) error {
	var columns []column
	for i, key := range declarationKeys() {
		least := []int{24, 15, 24, 0, 0, 0}[i]
		columns = append(columns, column{l.title(key), least, min(least, 8)})
	}
	var rows [][]cell
	for _, e := range d.Entries {
		var cells []cell
		for i, s := range l.declaredRow(e) {
			if i == len(columns)-1 {
				cells = append(cells, prose(printable(s)))
			} else {
				cells = append(cells, plain(s))
			}
		}
		rows = append(rows, cells)
	}
	if len(rows) > 0 {
		if err := (sheet{columns: columns, rows: rows}).draw(t, t.width, t.bold); err != nil {
			return err
		}
		t.WriteString("\n")
	}
	for _, s := range d.Statements {
		t.WriteString(wrap("", printable(joinNonEmpty("  ", s.Kind+": "+s.Text, bracketed(s.Place))), t.width))
	}
	for _, n := range d.NotUnderstood {
		t.WriteString(wrap("", printable("not understood: "+joinNonEmpty("  ", n.Text+": "+n.Why, bracketed(n.Place))), t.width))
	}
	t.WriteString(t.boldLines(wrap("", declarationSummary(d), t.width)))
	return nil
}

func declarationSummary(d *declaration.Declaration) string {
	entries := number(len(d.Entries), "entry")
	if len(d.Entries) != 1 {
		entries = fmt.Sprintf("%d entries", len(d.Entries))
	}
	return fmt.Sprintf("%s, %s, %d not understood", entries, number(len(d.Statements), "statement"), len(d.NotUnderstood))
}

func (m *markdown) declaration(l look, d *declaration.Declaration) {
	var titles []string
	for _, key := range declarationKeys() {
		titles = append(titles, l.lang.Title(key))
	}
	var rows [][]string
	for _, e := range d.Entries {
		var row []string
		for i, s := range l.declaredRow(e) {
			switch {
			case s == "":
			case i == 0:
				s = mdCell(s)
			default:
				s = mdProse(s)
			}
			row = append(row, s)
		}
		rows = append(rows, row)
	}
	if len(rows) > 0 {
		m.table(titles, rows)
	}
	for i, s := range d.Statements {
		if i == 0 {
			m.WriteString("\n")
		}
		fmt.Fprintf(m, "- %s: %s\n", mdProse(s.Kind), mdProse(s.Text))
	}
	for i, n := range d.NotUnderstood {
		if i == 0 {
			m.WriteString("\n")
		}
		fmt.Fprintf(m, "- not understood: %s (%s)\n", mdCell(n.Text), mdProse(joinNonEmpty(", ", n.Why, n.Place)))
	}
	fmt.Fprintf(m, "\n**%s**\n", declarationSummary(d))
}

// declarationCSV are rows whose columns are a contract: added to at the end.
func declarationCSV(d *declaration.Declaration) [][]string {
	rows := [][]string{{
		"name", "kind", "domain", "provider", "category", "purpose", "lifetime", "lifetime_seconds", "session", "party", "confidence", "place",
	}}
	for _, e := range d.Entries {
		row := []string{
			e.Name, e.Kind, e.Domain, e.Provider, e.Category, e.Purpose, e.Lifetime.Raw, csvNumber(e.Lifetime.Seconds),
			strconv.FormatBool(e.Lifetime.Session), e.Party, string(e.Confidence), e.Place,
		}
		for i := range row {
			row[i] = csvText(strings.TrimSpace(row[i]))
		}
		rows = append(rows, row)
	}
	return rows
}
