package setcookie

import "unicode/utf8"

// Explanation is Evaluate's decision for a person or a program, in the form of
// the command `explain --set-cookie`.
type Explanation struct {
	Stored        bool     `json:"stored"`
	Reason        Reason   `json:"reason"` // empty when stored; Expired when the cookie deletes
	Name          string   `json:"name"`   // octets that are not UTF-8 become U+FFFD in JSON
	Value         string   `json:"value"`
	Domain        string   `json:"domain"`
	HostOnly      bool     `json:"hostOnly"`
	Path          string   `json:"path"`
	Secure        bool     `json:"secure"`
	HTTPOnly      bool     `json:"httpOnly"`
	SameSite      SameSite `json:"sameSite"` // Strict, Lax, None, or empty: enforced as Lax
	Partitioned   bool     `json:"partitioned"`
	Session       bool     `json:"session"`
	MaxAgeSeconds *int64   `json:"maxAgeSeconds"` // as stored; null for a session cookie
	Notes         []string `json:"notes"`         // sentences: the reasons, and what the browser ignored or changed
}

// Explain evaluates a set-cookie-string and says what the browser made of it.
// A refused cookie is shown as it would have been stored.
func Explain(line []byte, ctx Context) Explanation {
	r := Evaluate(line, ctx)
	c := r.Cookie
	e := Explanation{
		Stored: r.Stored, Name: c.Name, Value: c.Value, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path,
		Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: c.SameSite, Partitioned: c.Partitioned, Session: c.Session,
	}
	if !c.Session {
		e.MaxAgeSeconds = &c.StoredSeconds
	}
	reasons := r.Reasons
	if r.Deletes {
		reasons = []Reason{Expired}
	}
	if len(reasons) > 0 {
		e.Reason = reasons[0]
	}
	e.Notes = make([]string, 0, len(reasons))
	for _, reason := range reasons {
		e.Notes = append(e.Notes, reason.Explain())
	}
	p, _ := parse(line) // a refusal is in the reasons already
	e.Notes = append(e.Notes, notes(p, c, ctx)...)
	if !utf8.ValidString(c.Name) || !utf8.ValidString(c.Value) {
		e.Notes = append(e.Notes, "Name or value holds octets that are not UTF-8; they are stored as they are.")
	}
	return e
}
