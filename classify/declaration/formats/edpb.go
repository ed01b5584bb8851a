package formats

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
)

// edpbCategories are its words for our categories.
var edpbCategories = map[string]string{
	"necessary": "Technical", "preferences": "Content customisation", "statistics": "Analytics (non exempted)",
	"marketing": "Targeted advertising", "unclassified": "?",
}

// edpb is a knowledge base of the Website Auditing Tool of the European Data
// Protection Board (code.europa.eu/edpb/website-auditing-tool), or a list of
// them. Of local storage it knows the script and no domain.
//
// Not kept: lifetime, party, language and date, and the domain of local
// storage. Cookies come back before local storage.
var edpb = Format{
	Name:        "edpb",
	Description: "knowledge base of the EDPB Website Auditing Tool, JSON",
	Extensions:  []string{".json"},
	Keeps:       []string{"name", "kind", "domain", "provider", "category", "purpose"},
	Kinds:       []string{"cookie", "localStorage"},
	recognise:   func(_, head string) bool { return strings.Contains(head, `"knowledges"`) },
	read:        readEDPB,
	write:       writeEDPB,
}

type edpbBase struct {
	Name       string          `json:"name"`
	Author     string          `json:"author"`
	Category   string          `json:"category"` // cookie, localstorage
	Knowledges []edpbKnowledge `json:"knowledges"`
}

type edpbKnowledge struct {
	Kind       word  `json:"kind"`
	Domain     *word `json:"domain,omitempty"` // of cookies
	Name       *word `json:"name,omitempty"`
	Script     *word `json:"script,omitempty"` // of local storage
	Key        *word `json:"key,omitempty"`
	Category   word  `json:"category"`
	Source     word  `json:"source"`
	Controller word  `json:"controller"`
	Date       word  `json:"date"`
	Policy     word  `json:"policy"`
	Reference  word  `json:"reference"`
	Comment    word  `json:"comment"`
	Wildcard   any   `json:"wildcard_match,omitempty"` // of cookies: 1 if the name goes on
}

func readEDPB(r *reading, data []byte) error {
	text := strings.TrimSpace(decode(data))
	if text == "" {
		return errors.New("the file is empty")
	}
	var bases []edpbBase
	if text[0] == '{' {
		bases = make([]edpbBase, 1)
		if err := unmarshal(text, &bases[0]); err != nil {
			return err
		}
	} else if err := unmarshal(text, &bases); err != nil {
		return err
	}
	n := 0
	for _, b := range bases {
		for _, k := range b.Knowledges {
			n++
			r.knowledge(k, b.Category, "knowledge "+strconv.Itoa(n))
		}
	}
	return nil
}

func (r *reading) knowledge(k edpbKnowledge, base, place string) {
	text := func(w *word) string {
		if w == nil {
			return ""
		}
		return string(*w)
	}
	e := declaration.Entry{
		Name: firstOf(text(k.Name), text(k.Key)), Kind: "cookie", Domain: text(k.Domain), Provider: string(k.Controller),
		Category: r.category(string(k.Category)), Purpose: string(k.Comment), Place: place,
	}
	if strings.EqualFold(firstOf(string(k.Kind), base), "localstorage") || text(k.Name) == "" && text(k.Key) != "" {
		e.Kind = "localStorage"
	}
	if wildcard := fmt.Sprint(k.Wildcard); (wildcard == "1" || wildcard == "true") && !strings.HasSuffix(e.Name, "*") && e.Name != "" {
		e.Name += "*"
	}
	if text := string(k.Category); text != "" && e.Category == "" {
		r.note(text, place, "the category is not known")
	}
	r.add(e)
}

func writeEDPB(w io.Writer, d *declaration.Declaration) error {
	bases := []edpbBase{}
	for _, kind := range []string{"cookie", "localStorage"} {
		b := edpbBase{Name: plain(d.Source), Author: "cookiescan", Category: strings.ToLower(kind), Knowledges: []edpbKnowledge{}}
		for _, e := range d.Entries {
			if firstOf(e.Kind, "cookie") != kind {
				continue
			}
			k := edpbKnowledge{
				Kind: word(b.Category), Category: word(edpbCategories[e.Category]), Controller: word(e.Provider), Comment: word(e.Purpose),
			}
			name := word(e.Name)
			if kind == "localStorage" {
				script := word("")
				k.Script, k.Key = &script, &name
			} else {
				domain, wildcard := word(firstOf(e.Domain, "*")), 0
				if start, goesOn := strings.CutSuffix(e.Name, "*"); goesOn && start != "" && !isGlob(start) {
					name, wildcard = word(start), 1
				}
				k.Domain, k.Name, k.Wildcard = &domain, &name, wildcard
			}
			b.Knowledges = append(b.Knowledges, k)
		}
		if len(b.Knowledges) > 0 {
			bases = append(bases, b)
		}
	}
	return writeJSON(w, bases)
}
