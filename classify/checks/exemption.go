package checks

import (
	"cmp"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// settledExempt is the exemption of what needs no consent.
const settledExempt = "settled"

// confidences are those of a category by how sure its declaration was read.
var confidences = map[scanner.Sureness]string{
	scanner.SureCertain: scanner.Certain, scanner.SureLikely: scanner.Likely, scanner.SureReview: scanner.ByInference,
}

// as is what something is for by its entry. What the entry leaves open stays as
// the rules say.
func (c *Context) as(known *scanner.Classification, e *entry) *scanner.Classification {
	if e.category == "" || e.category == scanner.Unclassified {
		return known
	}
	found := *known
	found.Category, found.Confidence, found.Alternatives = e.category, confidences[e.weight().sure], nil
	found.Basis = "declared in " + e.source.name
	found.Vendor = cmp.Or(found.Vendor, first(e.vendor, longestName)) // what findings are folded by stays
	if e.own != nil && e.own.Purpose.Key != "" {
		found.Purpose = e.own.Purpose.Key
	}
	found.Exemption, found.Condition = c.exemption(known, e)
	return &found
}

// basis is the declared reason to store something under the profile: consent,
// exempt, exempt:audience, or "".
func (c *Context) basis(e *entry) string {
	if e == nil || e.own == nil {
		return ""
	}
	general := ""
	for _, b := range e.own.Basis {
		switch b.Jurisdiction {
		case string(c.profile):
			return b.Value
		case "", "eu":
			if b.Jurisdiction == "" || c.profile.inUnion() {
				general = b.Value
			}
		}
	}
	return general
}

// claimsExempt tells whether an entry says that no consent is needed.
func (c *Context) claimsExempt(e *entry) bool {
	basis := c.basis(e)
	return basis == "exempt" || strings.HasPrefix(basis, "exempt:")
}

// Profiles whose law leaves audience measurement out of consent on conditions,
// and those whose law does not.
var (
	audienceExempt = []Profile{FR, IT, NL, UK}
	audienceNever  = []Profile{DE, BE}
)

// exemption is whether something needs consent, by its category and the reason
// that is declared. A reason cannot exempt what no law does.
func (c *Context) exemption(known *scanner.Classification, e *entry) (exemption, condition string) {
	claims := c.claimsExempt(e)
	same := known.Category == e.category && known.Exemption != ""
	switch {
	case c.basis(e) == "consent" && e.category != scanner.Necessary:
		return notExempt, ""
	case e.category == scanner.Necessary && (claims || !same):
		return settledExempt, ""
	case e.category == scanner.Preferences && claims:
		return settledExempt, ""
	case e.category == scanner.Statistics && claims && slices.Contains(audienceExempt, c.profile):
		return settledExempt, "" // whether its conditions are met is for B011 to B013
	case e.category == scanner.Statistics && claims && !slices.Contains(audienceNever, c.profile):
		return contested, "it is declared exempt, and nothing says that the law of the profile exempts it"
	case same:
		return known.Exemption, known.Condition
	case e.category == scanner.Preferences:
		return conditional, "it is exempt only if the visitor asked for what it keeps"
	case e.category == scanner.Statistics && slices.Contains(audienceExempt, c.profile):
		return conditional, "audience measurement is exempt only on conditions"
	}
	return notExempt, ""
}
