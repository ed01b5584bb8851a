package checks

import (
	"slices"

	"cookiescan/scanner"
)

// The severities in words that fit into a table.
const (
	asError   = scanner.SeverityError
	asWarning = scanner.SeverityWarning
	asNote    = scanner.SeverityNote
)

// Exemptions of a classification (Classification.Exemption).
const (
	notExempt   = "none"
	conditional = "conditional"
	contested   = "contested"
)

// weight is how sure a need for consent is, and how heavy it can be at most.
type weight struct {
	sure scanner.Sureness
	most scanner.Severity
}

// weigh tells whether something needs consent, as its classification says. A
// rule that is certain can carry an error, a likely one a warning, an inference
// a note; what is exempt under conditions is for a person to look at.
func weigh(found *scanner.Classification) (weight, bool) {
	if found == nil || found.Category == scanner.Unclassified {
		return weight{}, false
	}
	x := weight{sure: scanner.SureCertain}
	switch found.Exemption {
	case notExempt:
	case conditional:
		x = weight{scanner.SureReview, asNote}
	case contested:
		x = weight{scanner.SureReview, asWarning}
	default:
		return weight{}, false
	}
	switch found.Confidence {
	case scanner.Certain:
	case scanner.Likely:
		return x.atMost(scanner.SureLikely, asWarning), true
	default:
		return x.atMost(scanner.SureReview, asNote), true
	}
	return x, true
}

// atMost lowers a weight.
func (x weight) atMost(sure scanner.Sureness, most scanner.Severity) weight {
	return weight{lessSure(x.sure, sure), lighter(x.most, most)}
}

// order is heaviest and surest first.
var (
	severities = []scanner.Severity{"", asError, asWarning, asNote}
	surenesses = []scanner.Sureness{"", scanner.SureCertain, scanner.SureLikely, scanner.SureReview}
)

func lighter(a, b scanner.Severity) scanner.Severity {
	return severities[max(slices.Index(severities, a), slices.Index(severities, b), 0)]
}

func lessSure(a, b scanner.Sureness) scanner.Sureness {
	return surenesses[max(slices.Index(surenesses, a), slices.Index(surenesses, b), 0)]
}

// heavier tells whether a weighs more than b.
func heavier(a, b weight) bool {
	x, y := slices.Index(severities, a.most), slices.Index(severities, b.most)
	if x != y {
		return x < y
	}
	return slices.Index(surenesses, a.sure) < slices.Index(surenesses, b.sure)
}

// severity is what a check under a profile makes of an observation. Without a
// profile that the user chose, no law gives an error.
func severity(c Check, o Observation, p Profile, chosen bool) scanner.Severity {
	level := c.Levels.In(p)
	if level == Off {
		return Off
	}
	level = lighter(level, o.Most)
	if o.Sure != scanner.SureCertain {
		level = lighter(level, asWarning)
	}
	if c.Class == scanner.ClassLaw && !chosen {
		level = lighter(level, asWarning)
	}
	return level
}
