package rules

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// A Set is what one YAML document of a rule file holds. The ids of its rules
// are without the vendor's.
type Set struct {
	Vendor Vendor
	Rules  []Rule
}

// Write writes a rule file that Load takes. The comment is put in front; it may
// have several lines.
func Write(w io.Writer, comment string, sets []Set) error {
	y := &yamlWriter{Writer: bufio.NewWriter(w)}
	for line := range strings.Lines(comment) {
		y.line("# ", strings.TrimRight(line, "\r\n"))
	}
	for i, set := range sets {
		if i > 0 {
			y.line("---", "")
		}
		y.vendor(set.Vendor)
		if len(set.Rules) > 0 {
			y.line("rules:", "")
		}
		for _, r := range set.Rules {
			y.rule(r)
		}
	}
	if err := y.Flush(); err != nil {
		return fmt.Errorf("writing rules: %w", err)
	}
	return nil
}

type yamlWriter struct{ *bufio.Writer }

// line keeps its error until Flush.
func (y *yamlWriter) line(start, rest string) { _, _ = y.WriteString(start + rest + "\n") }

func (y *yamlWriter) text(key, value string) {
	if value != "" {
		y.line(key+": ", quoted(value))
	}
}

func (y *yamlWriter) list(key string, values []string) {
	if len(values) == 0 {
		return
	}
	var items []string
	for _, v := range values {
		items = append(items, quoted(v))
	}
	y.line(key+": ", "["+strings.Join(items, ", ")+"]")
}

// quoted is a text in the double quotes of YAML, which knows the escapes of
// JSON. What needs no quotes has none.
func quoted(s string) string {
	if isPlainText(s) {
		return s
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a text always encodes
	return strings.NewReplacer("\u007f", `\u007f`, "\u0085", `\u0085`, "\ufeff", `\ufeff`).Replace(strings.TrimSuffix(b.String(), "\n"))
}

// isPlainText tells whether YAML takes a text for itself: words of letters.
func isPlainText(s string) bool {
	switch strings.ToLower(s) {
	case "", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf":
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && (i == 0 || c != '-' && c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

func (y *yamlWriter) vendor(v Vendor) {
	y.line("vendor:", "")
	y.text("  id", v.ID)
	y.text("  name", v.Name)
	y.text("  legal", v.Legal)
	y.text("  country", v.Country)
	y.text("  role", v.Role)
	y.text("  policy", v.Policy)
	y.text("  optOut", v.OptOut)
	y.list("  domains", v.Domains)
	y.text("  category", v.Category)
	y.text("  purpose", v.Purpose)
}

func (y *yamlWriter) rule(r Rule) {
	y.text("  - id", r.ID)
	var kinds []string
	for _, k := range r.Kinds {
		kinds = append(kinds, string(k))
	}
	y.list("    kind", kinds)
	m := r.Match
	y.line("    match:", "")
	y.text("      exact", m.Exact)
	y.text("      glob", m.Glob)
	y.text("      regexp", m.Regexp)
	y.text("      pattern", m.Pattern)
	y.list("      domain", m.Domain)
	y.list("      setter", m.Setter)
	y.text("      require", m.Require)
	y.list("      host", m.Host)
	y.text("      path", m.Path)
	y.text("    category", r.Category)
	y.exemption(r.Exemption)
	y.text("    condition", r.Condition)
	y.text("    purpose", r.Purpose)
	y.text("    lifetime", r.Lifetime)
	y.text("    party", r.Party)
	y.text("    source", r.Source)
	y.list("    examples", r.Examples)
	y.list("    not", r.Not)
}

func (y *yamlWriter) exemption(e Exemption) {
	if len(e.Profiles) == 0 {
		y.text("    exemption", e.Default)
		return
	}
	items := []string{"default: " + e.Default}
	for _, p := range e.Profiles {
		items = append(items, quoted(p.Profile)+": "+p.Exemption)
	}
	y.line("    exemption: ", "{"+strings.Join(items, ", ")+"}")
}
