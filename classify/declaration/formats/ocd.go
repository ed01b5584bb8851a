package formats

import (
	"fmt"
	"io"
	"strings"

	"cookiescan/classify/declaration"
)

// The columns of the Open Cookie Database.
var ocdColumns = []string{
	"ID", "Platform", "Category", "Cookie / Data Key name", "Domain", "Description", "Retention period", "Data Controller",
	"User Privacy & GDPR Rights Portals", "Wildcard match",
}

// ocdCategories are its words for our categories. It knows no line between what
// is necessary and what is comfortable; most of what is necessary is Functional.
var ocdCategories = map[string]string{
	"necessary": "Necessary", "preferences": "Functional", "statistics": "Analytics", "marketing": "Marketing",
}

// ocd is the CSV of the Open Cookie Database
// (github.com/jkwakman/Open-Cookie-Database).
//
// Not kept: language and date, the party where a domain is named for both, the
// category unclassified; control and invisible characters are written visibly.
// Of a glob only a star at the end is a wildcard to others.
var ocd = Format{
	Name:        "ocd",
	Description: "Open Cookie Database, CSV",
	Extensions:  []string{".csv"},
	Keeps:       columns,
	Kinds:       []string{"cookie"},
	recognise: func(_, head string) bool {
		return strings.Contains(head, ocdColumns[3]) && !strings.HasPrefix(head, "{")
	},
	read:  readOCD,
	write: writeOCD,
}

func readOCD(r *reading, data []byte) error {
	text := decode(data)
	first, _, _ := strings.Cut(text, "\n")
	separator := ','
	if strings.Count(first, ";") > strings.Count(first, ",") {
		separator = ';'
	}
	rows, err := readCSV(text, separator, 0)
	if err != nil {
		return err
	}
	at := map[string]int{}
	if len(rows) > 0 {
		for i, title := range rows[0].cells {
			at[plain(title)] = i
		}
	}
	if _, ok := at[ocdColumns[3]]; !ok {
		return fmt.Errorf("line 1: the column %q is missing", ocdColumns[3])
	}
	for _, w := range rows[1:] {
		cell := func(title string) string {
			if i, ok := at[title]; ok && i < len(w.cells) {
				return plain(w.cells[i])
			}
			return ""
		}
		e := declaration.Entry{
			Name: cell(ocdColumns[3]), Kind: "cookie", Provider: firstOf(cell("Platform"), cell("Data Controller")),
			Category: r.ocdCategory(cell("Category")), Purpose: cell("Description"), Lifetime: r.lifetime(cell("Retention period")), Place: w.place,
		}
		if text := cell("Category"); text != "" && e.Category == "" {
			r.note(text, w.place, "the category is not known")
		}
		e.Domain, e.Party = ocdDomain(cell("Domain"))
		if cell("Wildcard match") == "1" && !strings.HasSuffix(e.Name, "*") && e.Name != "" {
			e.Name += "*"
		}
		r.add(e)
	}
	return nil
}

func (r *reading) ocdCategory(word string) string {
	for category, own := range ocdCategories {
		if strings.EqualFold(word, own) {
			return category
		}
	}
	return r.category(word)
}

// ocdDomain reads "x.com (3rd party)". The domain is one of several cases in "x.com
// (3rd party) or advertiser's website domain (1st party)", which says nothing.
func ocdDomain(text string) (domain, party string) {
	lower := strings.ToLower(text)
	first := strings.Contains(lower, "1st party") || strings.Contains(lower, "website")
	third := strings.Contains(lower, "3rd party")
	for word := range strings.FieldsSeq(lower) {
		if word = strings.Trim(word, "(),;"); isHost(word) {
			domain = domainOf(word)
			break
		}
	}
	switch {
	case first && third:
		return "", ""
	case first:
		return domain, "first"
	case third:
		return domain, "third"
	}
	return domain, ""
}

func writeOCD(w io.Writer, d *declaration.Declaration) error {
	rows := [][]string{append([]string(nil), ocdColumns...)}
	for _, e := range d.Entries {
		lasts, err := lifetimeText(e.Lifetime)
		if err != nil {
			return err
		}
		name, wildcard := strings.CutSuffix(e.Name, "*")
		match := "0"
		if wildcard && name != "" && !isGlob(name) {
			match = "1"
		} else {
			name = e.Name
		}
		domain := e.Domain
		switch e.Party {
		case "first":
			domain = plain(domain + " (1st party)")
		case "third":
			domain = plain(domain + " (3rd party)")
		}
		rows = append(rows, []string{
			"", plain(e.Provider), ocdCategories[e.Category], plain(name), domain, plain(e.Purpose), lasts, "", "", match,
		})
	}
	return writeCSV(w, rows)
}
