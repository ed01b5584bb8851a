package checks

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

func u009() Check {
	return Check{
		ID: "U009", Slug: "purpose_missing", Title: "entry without a purpose", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asError, UK: asError, CH: asWarning, USCA: asNote},
		Sources: informing(),
		Needs:   [][]Need{{Declared}},
		Run:     purposeMissing,
	}
}

func purposeMissing(c *Context) []Observation {
	return c.lacking("a purpose", "purpose", func(e *entry) bool {
		if e.own != nil {
			return !e.own.Purpose.Given()
		}
		return noPurpose(e.row.Purpose)
	}, func(e *entry) Observation {
		o := Observation{Sure: scanner.SureCertain, Message: e.title() + " is declared without a purpose"}
		if e.row != nil && e.row.Purpose != "" {
			o.Message += ": it says " + quote(e.row.Purpose)
		}
		if e.category == scanner.Necessary || c.claimsExempt(e) {
			o.Most = asWarning
		}
		return o
	})
}

// placeholders stand where consent platforms have no purpose for a cookie.
var placeholders = []string{
	"-", "–", "—", ".", "?", "n/a", "na", "n.a.", "none", "tbd", "todo", "unknown", "pending", "unclassified", "not classified", "not set", "no description", "description pending",
	"ausstehend", "anstehend", "unbekannt", "nicht klassifiziert", "unklassifiziert", "en attente", "inconnu", "non classé", "pendiente", "sin clasificar", "desconocido",
	"in attesa", "non classificato", "sconosciuto", "in afwachting", "niet geclassificeerd", "onbekend", "pendente", "não classificado",
}

// noPurpose tells whether a text says nothing of what a cookie is for.
func noPurpose(text string) bool {
	text = strings.ToLower(strings.Trim(strings.TrimSpace(text), "()[]"))
	return text == "" || slices.Contains(placeholders, strings.TrimSuffix(text, ".")) || slices.Contains(placeholders, text)
}
