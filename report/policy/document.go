package policy

import (
	"cmp"
	_ "embed" // the schema is part of the program
	"encoding/json"
	"fmt"
	"io"

	"cookiescan/classify/safetext"
	"cookiescan/scanner"
)

// SchemaV1 names the form of policy.json.
const SchemaV1 = "cookiescan/policy/v1"

//go:embed schema.json
var schemaJSON string

// JSONSchema returns the JSON Schema (draft 2020-12) of policy.json.
func JSONSchema() []byte { return []byte(schemaJSON) }

// Document is a policy in no language: what all its pages are made of. Its JSON
// form, policy.json, is a contract.
type Document struct {
	Schema        string             `json:"schema"`
	Draft         bool               `json:"draft,omitempty"` // not for publication
	Site          string             `json:"site"`
	Version       string             `json:"version,omitempty"`
	Updated       string             `json:"updated,omitempty"` // YYYY-MM-DD
	Languages     []string           `json:"languages"`         // BCP 47, of the pages and of the texts in it
	Published     map[string]string  `json:"published,omitempty"`
	Jurisdictions []string           `json:"jurisdictions,omitempty"`
	Controller    Controller         `json:"controller"`
	Authorities   []Authority        `json:"authorities,omitempty"`
	Hosts         []string           `json:"hosts"` // to which the policy applies
	Consent       Consent            `json:"consent"`
	Items         []Item             `json:"items"`
	Vendors       []Vendor           `json:"vendors"`            // of items, and recipients
	Sections      map[string]Wording `json:"sections,omitempty"` // texts of the user's own
	Scan          *Scan              `json:"scan,omitempty"`
	History       []Revision         `json:"history,omitempty"` // the newest first
	Rendering     *Rendering         `json:"rendering,omitempty"`
}

// Rendering is how the files beside a policy.json were written, so that they can
// be written again.
type Rendering struct {
	Formats   []string `json:"formats"`
	Taxonomy  string   `json:"taxonomy,omitempty"`
	TableOnly bool     `json:"tableOnly,omitempty"`
	Short     bool     `json:"short,omitempty"`
	Fragment  bool     `json:"fragment,omitempty"`
	Templates string   `json:"templates,omitempty"` // Look.Digest
}

// Label is what a version of the policy is called: its version, else its date.
func (r Revision) Label() string { return cmp.Or(r.Version, r.Updated) }

// Label is what this version of the policy is called.
func (d *Document) Label() string { return cmp.Or(d.Version, d.Updated) }

// SaysTheSame tells whether another document has the same items.
func (d *Document) SaysTheSame(o *Document) bool {
	r := history(o, d)[0]
	return len(r.Added)+len(r.Removed)+len(r.Changed) == 0
}

// Controller is who answers for the site.
type Controller struct {
	Name           string `json:"name,omitempty"`
	Address        string `json:"address,omitempty"`
	Contact        string `json:"contact,omitempty"`
	DPO            string `json:"dpo,omitempty"`
	Representative string `json:"representative,omitempty"`
}

// Authority is one for complaints.
type Authority struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
	Web     string `json:"web,omitempty"`
}

// Consent is how visitors choose.
type Consent struct {
	CMP     string    `json:"cmp,omitempty"`
	Control Control   `json:"control"`
	Kept    *Lifetime `json:"kept,omitempty"` // how long a choice is remembered
	GPC     bool      `json:"gpc,omitempty"`
}

// Control is the button that opens the settings again.
type Control struct {
	Attributes map[string]string `json:"attributes"`       // of the button, by which it is found
	Script     string            `json:"script,omitempty"` // what a click on it must call; empty: its attributes are enough
}

// Wording is a text by language, or the key of one of ours.
type Wording struct {
	Key   string            `json:"key,omitempty"`
	Texts map[string]string `json:"texts,omitempty"` // by tag; of a key, as it is worded
}

// Lifetime is how long something stays.
type Lifetime struct {
	Seconds      int64 `json:"seconds,omitempty"`
	Session      bool  `json:"session,omitempty"`
	UntilCleared bool  `json:"untilCleared,omitempty"`
	Refreshed    bool  `json:"refreshed,omitempty"` // each visit begins it anew
	Fixed        bool  `json:"fixed,omitempty"`     // no visit does
}

// Item is a cookie, a storage key, a pixel or the like, or the items of one
// pattern.
type Item struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"` // * stands for any characters
	Kind         string    `json:"kind"`
	Domain       string    `json:"domain,omitempty"`
	Party        string    `json:"party,omitempty"`
	Category     string    `json:"category"`
	Purpose      Wording   `json:"purpose"`
	Provider     string    `json:"provider"`
	Vendor       string    `json:"vendor,omitempty"` // id
	Lifetime     *Lifetime `json:"lifetime,omitempty"`
	When         string    `json:"when,omitempty"`
	Basis        []Basis   `json:"basis,omitempty"`
	ExemptReason *Wording  `json:"exemptReason,omitempty"`
	Recipients   []string  `json:"recipients,omitempty"` // ids of vendors
	Data         []string  `json:"data,omitempty"`
	Reach        *Reach    `json:"reach,omitempty"`
	Retention    *Lifetime `json:"retention,omitempty"` // of the data
}

// Basis is why something may be stored, in a jurisdiction or in all.
type Basis struct {
	Jurisdiction string `json:"jurisdiction,omitempty"`
	Value        string `json:"value"`
}

// Reach is where on the site something is met.
type Reach struct {
	Login  bool     `json:"login,omitempty"`
	Paths  []string `json:"paths,omitempty"`
	Region string   `json:"region,omitempty"`
}

// Vendor is somebody who stores or receives something.
type Vendor struct {
	ID        string     `json:"id"`
	Name      string     `json:"name"`
	Country   string     `json:"country,omitempty"` // ISO 3166-1
	Policy    string     `json:"policy,omitempty"`
	Role      string     `json:"role,omitempty"`
	Recipient bool       `json:"recipient"`
	Transfers []Transfer `json:"transfers,omitempty"`
}

// Transfer is one of personal data to another country.
type Transfer struct {
	To        string `json:"to"`
	Mechanism string `json:"mechanism,omitempty"`
}

// Scan is how the list was made.
type Scan struct {
	On       string   `json:"on"` // YYYY-MM-DD
	Tool     string   `json:"tool"`
	Browser  string   `json:"browser,omitempty"`
	Pages    int      `json:"pages"` // different ones
	States   []string `json:"states"`
	Complete bool     `json:"complete"`
}

// Revision is a version of the policy with what it changed.
type Revision struct {
	Version string    `json:"version,omitempty"`
	Updated string    `json:"updated,omitempty"`
	Added   []string  `json:"added,omitempty"` // names
	Removed []string  `json:"removed,omitempty"`
	Changed []Revised `json:"changed,omitempty"`
}

// Revised is an item of which something changed.
type Revised struct {
	Name string   `json:"name"`
	What []string `json:"what"` // category, purpose, provider, lifetime, other
}

// writeJSON writes policy.json.
func writeJSON(w io.Writer, d *Document) error {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("writing policy.json: %w", err)
	}
	if _, err := w.Write(append(text, '\n')); err != nil {
		return fmt.Errorf("writing policy.json: %w", err)
	}
	return nil
}

// mostDocument is the most octets of a policy.json.
const mostDocument = 32 << 20

// ReadDocument reads a policy.json. The name is for errors.
func ReadDocument(name string, src []byte) (*Document, error) {
	if len(src) > mostDocument {
		return nil, fmt.Errorf("reading %s: it is longer than %d MB", name, mostDocument>>20)
	}
	var d Document
	if err := json.Unmarshal(src, &d); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if d.Schema != SchemaV1 {
		return nil, fmt.Errorf("reading %s: it is no policy.json of this program: its schema is %.40q, not %s", name, d.Schema, SchemaV1)
	}
	d.clean()
	return &d, nil
}

// clean makes one line of what the next version takes over.
func (d *Document) clean() {
	d.Version, d.Updated = safetext.Line(d.Version), safetext.Line(d.Updated)
	all := func(list []string) {
		for i := range list {
			list[i] = safetext.Line(list[i])
		}
	}
	for i := range d.Items {
		d.Items[i].Name = safetext.Line(d.Items[i].Name)
	}
	for i := range d.History {
		r := &d.History[i]
		r.Version, r.Updated = safetext.Line(r.Version), safetext.Line(r.Updated)
		all(r.Added)
		all(r.Removed)
		for k := range r.Changed {
			r.Changed[k].Name = safetext.Line(r.Changed[k].Name)
			all(r.Changed[k].What)
		}
	}
}

// scanOf is what a policy says of the scan behind it: one state for each pass,
// and the pages that were opened in any.
func scanOf(s *scanner.Scan) *Scan {
	out := &Scan{
		On: s.Finished.UTC().Format("2006-01-02"), Tool: tool(s.Tool), Browser: s.Browser.Product,
		States: []string{}, Complete: s.Complete,
	}
	pages := map[string]bool{}
	for _, p := range s.Passes {
		out.States = appendNew(out.States, p.Phase)
		for _, page := range p.Pages {
			if page.Error == "" {
				pages[page.URL] = true
			}
		}
	}
	out.Pages = len(pages)
	return out
}

func tool(t scanner.Tool) string {
	if t.Version == "" {
		return t.Name
	}
	return t.Name + " " + t.Version
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
