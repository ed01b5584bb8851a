package page

import "strings"

// isProvider tells whether a title is the name of a vendor or of a company, or a
// host, and no more.
func (r *Reader) isProvider(text string) bool {
	if r.vendors.is(text) || hostOf(text) != "" {
		return true
	}
	at := company.FindStringIndex(text)
	return at != nil && len(strings.Trim(text[at[1]:], " .)")) == 0 && len(strings.Fields(text)) <= 5
}

// vendorBeside is a vendor or a host that stands in brackets, as in "third party
// (Google)".
func (in *interpretation) vendorBeside(texts []string) string {
	for _, t := range texts {
		for _, m := range parentheses.FindAllStringSubmatch(t, 10) {
			if in.r.vendors.is(m[2]) || hostOf(m[2]) != "" {
				return m[2]
			}
		}
	}
	return ""
}

// kindBeside is the kind that stands in brackets behind a host.
func (in *interpretation) kindBeside(domain string) string {
	for _, m := range parentheses.FindAllStringSubmatch(domain, 10) {
		if kind := in.r.kindOf(m[2], in.language); kind != "" {
			return kind
		}
	}
	return ""
}

// announced is the category that a purpose begins with: "Functional – keeps
// drafts", "Técnica. Mantiene la sesión."
func (in *interpretation) announced(purpose, place string) string {
	before, _, _ := strings.Cut(purpose, ". ")
	if m := listed.FindStringSubmatch(purpose); m != nil && len(m[1]) < len(before) {
		before = m[1]
	}
	if before == purpose || !in.r.isCategory(before, in.language) {
		return ""
	}
	return in.categoryAt(before, place)
}
