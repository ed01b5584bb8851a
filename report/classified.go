package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"

	"cookiescan/scanner"
)

// Classified is one item of a list that was classified.
type Classified struct {
	Name           string                  `json:"name"`
	Domain         string                  `json:"domain"`
	Kind           string                  `json:"kind"`
	Classification *scanner.Classification `json:"classification"`
}

// ClassifiedFormats are the formats of WriteClassified, the default one first.
func ClassifiedFormats() []string { return []string{"table", "json", "csv", "markdown"} }

// WriteClassified writes a classified list in one of ClassifiedFormats. JSON and
// CSV keep the order of the list, one entry for each of its items; the others
// sort it into groups and fold names of one pattern.
func WriteClassified(w io.Writer, format string, list []Classified, o Options) error {
	l, err := newLook(o)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	switch format {
	case "json":
		if list == nil {
			list = []Classified{}
		}
		err = scanner.WriteValue(&out, list)
	case "csv":
		err = csv.NewWriter(&out).WriteAll(l.classifiedCSV(list))
	case "markdown":
		var m markdown
		m.list(l.classified(list), "##", l.classifiedEntries(list))
		fmt.Fprintf(&m, "\n**%s**\n", l.classifiedSummary(list))
		out = m.Buffer
		_, _ = out.ReadByte() // the empty line before the first heading
	default:
		t := newTerminal(o)
		if len(list) > 0 {
			err = t.list(l.classified(list), l.classifiedEntries(list))
			t.WriteString("\n")
		}
		t.WriteString(t.boldLines(wrap("", l.classifiedSummary(list), t.width)))
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing what was classified: %w", err)
	}
	return nil
}

// classified is how such a list is shown: the kind only if there are several.
func (l look) classified(list []Classified) listing {
	keys := []string{"name", "provider", "lifetime", "purpose"}
	for _, c := range list {
		if c.Kind != "cookie" {
			keys = []string{"name", "kind", "provider", "lifetime", "purpose"}
		}
	}
	return listing{l, "", keys, false}
}

// classifiedEntries have the usual lifetime, since no other is known.
func (l look) classifiedEntries(list []Classified) []entry {
	var entries []entry
	for _, c := range list {
		found := classified(c.Classification, c.Name)
		name := c.Name
		if name == "" && c.Kind != "cookie" {
			name = c.Domain // of a request
		}
		entries = append(entries, entry{
			names: []string{name}, kind: c.Kind, place: c.Domain, found: found,
			life: life{stored: l.lang.Lifetime(found.Lifetime)},
		})
	}
	return entries
}

func (l look) classifiedCSV(list []Classified) [][]string {
	rows := [][]string{append([]string{"name", "domain", "kind"}, classificationHeader()...)}
	for _, c := range list {
		rows = append(rows, append([]string{csvText(c.Name), csvText(c.Domain), csvText(c.Kind)}, l.csvClassification(c.Classification, c.Domain)...))
	}
	return rows
}

// classifiedSummary is a line such as "12 items, 3 unclassified", in other
// languages without grammar.
func (l look) classifiedSummary(list []Classified) string {
	unknown := 0
	for _, c := range list {
		if c.Classification == nil || c.Classification.Category == scanner.Unclassified {
			unknown++
		}
	}
	if l.english() {
		return fmt.Sprintf("%s, %d unclassified", number(len(list), "item"), unknown)
	}
	name, _ := l.lang.Category(scanner.Unclassified)
	return fmt.Sprintf("%s: %s · %s: %s", l.lang.Title("count"), l.lang.Number(int64(len(list))), name, l.lang.Number(int64(unknown)))
}
