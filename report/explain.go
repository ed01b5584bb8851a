package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// WriteExplanation writes all there is to say about one name: for a person, or
// as JSON if format is json.
func WriteExplanation(w io.Writer, format string, e classify.Explanation, o Options) error {
	l, err := newLook(o)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if format == "json" {
		err = scanner.WriteValue(&out, l.explanationJSON(e))
	} else {
		t := newTerminal(o)
		t.explanation(l, e)
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing the explanation: %w", err)
	}
	return nil
}

// explanation writes a heading and a line or a few for each thing to say.
func (t *terminal) explanation(l look, e classify.Explanation) {
	t.WriteString(t.bold(shorten(printable(explained(e)), t.width)) + "\n")
	rows, widest := l.explanationRows(e), 0
	for _, row := range rows {
		widest = max(widest, width(row[0]))
	}
	for _, row := range rows {
		if row[1] != "" {
			t.WriteString(wrap(row[0]+strings.Repeat(" ", widest-width(row[0])+2), printable(row[1]), t.width))
		}
	}
	for i, other := range e.Others {
		if i == 0 {
			t.WriteString("\n")
		}
		t.WriteString(wrap("- ", printable("could also be "+l.other(other)), t.width))
	}
}

// explained is what is explained, and what the name is one of.
func explained(e classify.Explanation) string {
	name := nameWords(e.Item.Name)
	if e.Item.Name == "" && e.Item.Domain != "" {
		name = e.Item.Domain
	}
	if e.Found.Pattern != "" && e.Found.Pattern != e.Item.Name && e.Item.Name != "" {
		name += ", one of " + e.Found.Pattern
	}
	return name
}

func (l look) explanationRows(e classify.Explanation) [][2]string {
	group, _ := l.taxonomy.Of(e.Found.Category, e.Found.Purpose).Words(l.lang)
	purpose := l.lang.Purpose(e.Found.Purpose, l.actor(*e.Found, e.Item.Domain))
	if purpose == "" {
		purpose = l.lang.Title("purposeUnknown")
	}
	category := joinNonEmpty(", ", group, l.exemption(e.Found.Exemption))
	if e.Found.Condition != "" {
		category += ": " + e.Found.Condition
	}
	lower := func(key string) string { return strings.ToLower(l.lang.Title(key)) }
	rows := [][2]string{{lower("purpose"), purpose}, {lower("category"), category}}
	if v := e.Vendor; v != nil {
		rows = append(rows, [2]string{lower("provider"), vendorWords(*v)})
	}
	if r := e.Rule; r != nil {
		rows = append(rows,
			[2]string{lower("domain"), strings.Join(r.Match.Domain, ", ")}, [2]string{lower("setBy"), setByWords(r)},
			[2]string{lower("party"), l.usualParty(r.Party)})
	}
	if e.Found.Lifetime != "" {
		rows = append(rows, [2]string{lower("lifetime"), l.lang.Lifetime(e.Found.Lifetime)})
	}
	rows = append(rows, [2]string{"why", joinNonEmpty(": ", l.lang.Confidence(e.Found.Confidence), e.Found.Basis)})
	if r := e.Rule; r != nil {
		rows = append(rows, [2]string{"source", r.Source})
	}
	if v := e.Vendor; v != nil {
		rows = append(rows, [2]string{"policy", v.Policy}, [2]string{"opt-out", v.OptOut})
	}
	return rows
}

// exemption words whether consent is needed, unless nobody knows.
func (l look) exemption(key string) string {
	if key == "" {
		return ""
	}
	return l.lang.Exemption(key)
}

func (l look) usualParty(party string) string {
	if party == "any" {
		return ""
	}
	return l.party(scanner.Party(party))
}

// vendorWords is the vendor with the company behind it.
func vendorWords(v rules.Vendor) string {
	company := joinNonEmpty(", ", v.Legal, v.Country)
	if v.Legal == v.Name {
		company = v.Country
	}
	text := joinNonEmpty(" ", v.Name, bracketed(company))
	if v.Role == rules.RoleSoftware {
		text += ", software that the website itself runs"
	}
	return text
}

func setByWords(r *rules.Rule) string {
	if len(r.Match.Setter) == 0 {
		return ""
	}
	return "scripts or responses of " + strings.Join(r.Match.Setter, ", ")
}

// other words what something could be besides.
func (l look) other(o classify.Other) string {
	group, _ := l.taxonomy.Of(o.Found.Category, o.Found.Purpose).Words(l.lang)
	text := fmt.Sprintf("%s (%s): %s", o.Found.Rule, group, l.lang.Purpose(o.Found.Purpose, l.actor(*o.Found, "")))
	if o.If != "" {
		text = strings.TrimSuffix(text, ".") + ", if it comes from " + o.If + "."
	}
	return text
}

// explanation is an Explanation for programs.
type explanation struct {
	Name           string                  `json:"name"`
	Domain         string                  `json:"domain"`
	Setter         string                  `json:"setter"`
	Kind           string                  `json:"kind"`
	Classification *scanner.Classification `json:"classification"`
	PurposeText    string                  `json:"purposeText"` // in the language that was asked for
	Group          string                  `json:"group"`       // of the taxonomy, its id
	Vendor         *vendorJSON             `json:"vendor"`
	Source         string                  `json:"source"` // where the fact can be checked
	Others         []otherJSON             `json:"others"`
}

type vendorJSON struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Legal   string   `json:"legal,omitempty"`
	Country string   `json:"country,omitempty"`
	Role    string   `json:"role"`
	Policy  string   `json:"policy,omitempty"`
	OptOut  string   `json:"optOut,omitempty"`
	Domains []string `json:"domains"`
}

type otherJSON struct {
	Rule     string `json:"rule"`
	Vendor   string `json:"vendor"`
	Category string `json:"category"`
	Purpose  string `json:"purpose"`
	If       string `json:"if,omitempty"`
}

func (l look) explanationJSON(e classify.Explanation) explanation {
	j := explanation{
		Name: e.Item.Name, Domain: e.Item.Domain, Setter: e.Item.Setter, Kind: string(e.Item.Kind),
		Classification: e.Found, PurposeText: l.lang.Purpose(e.Found.Purpose, l.actor(*e.Found, e.Item.Domain)),
		Group: l.taxonomy.Of(e.Found.Category, e.Found.Purpose).ID, Others: []otherJSON{},
	}
	if e.Rule != nil {
		j.Source = e.Rule.Source
	}
	if v := e.Vendor; v != nil {
		domains := append([]string{}, v.Domains...)
		slices.Sort(domains)
		j.Vendor = &vendorJSON{v.ID, v.Name, v.Legal, v.Country, v.Role, v.Policy, v.OptOut, domains}
	}
	for _, o := range e.Others {
		j.Others = append(j.Others, otherJSON{o.Found.Rule, o.Found.Vendor, o.Found.Category, o.Found.Purpose, o.If})
	}
	return j
}
