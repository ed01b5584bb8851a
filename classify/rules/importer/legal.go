package importer

import (
	"fmt"
	"math"
	"strings"

	"cookiescan/classify/lifetime"
	"cookiescan/classify/rules"
)

// unlimited is why what a list calls necessary is not settled.
const unlimited = "Only within the limits that the law sets; the list from which this was taken does not say whether they are kept."

// legalOf is the category of a list's own word, and what follows for consent. A
// list's word is never enough for settled.
func legalOf(word string) (legal, bool) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "security", "necessary", "strictly necessary", "technical", "essential":
		return legal{rules.Necessary, rules.Conditional, unlimited}, true
	case "functional", "personalization", "content customisation", "preferences":
		// The lists do not tell what a site cannot do without from comfort.
		return legal{rules.Preferences, rules.Conditional, unlimited}, true
	case "analytics (exempted)":
		return legal{rules.Statistics, rules.Conditional, unlimited}, true
	case "analytics", "statistics", "analytics (non exempted)":
		return legal{rules.Statistics, rules.NoExemption, ""}, true
	case "marketing", "advertising", "targeted advertising", "social", "social networks":
		return legal{rules.Marketing, rules.NoExemption, ""}, true
	}
	return legal{}, false
}

// claimed is why storage for which a vendor asks no consent is not settled.
const claimed = "The vendor states that it needs no consent for this (no purpose 1 of the TCF)."

// legalOfPurposes is the category of purposes of the TCF: advertising before
// statistics before content.
func legalOfPurposes(purposes []int) legal {
	asks, advertises, counts, selects := false, false, false, false
	for _, p := range purposes {
		switch p {
		case 1:
			asks = true
		case 2, 3, 4, 7:
			advertises = true
		case 8, 9, 10:
			counts = true
		case 5, 6, 11:
			selects = true
		}
	}
	l := legal{rules.Necessary, rules.Contested, claimed}
	switch {
	case advertises, asks && !counts && !selects:
		l.category = rules.Marketing
	case counts:
		l.category = rules.Statistics
	case selects:
		l.category = rules.Preferences
	}
	if asks {
		l.exemption, l.condition = rules.NoExemption, ""
	}
	return l
}

// lifetime is the usual lifetime of a text, as rules write it.
func (c *collector) lifetime(text string) string {
	if text == "" || c.failed != nil {
		return ""
	}
	if c.reader == nil {
		if c.reader, c.failed = lifetime.New(); c.failed != nil {
			return ""
		}
	}
	l := c.reader.Read(text, "en")
	switch {
	case l.Guessed:
	case l.Seconds > 0:
		return inUnits(l.Seconds)
	case l.Session:
		return "session"
	case l.UntilCleared:
		return "until-cleared"
	}
	return ""
}

// inUnits is a number of seconds in the largest unit of which it is a whole
// number, give or take a hundredth; "" if it is none.
func inUnits(seconds int64) string {
	for _, u := range []struct {
		name    string
		seconds float64
	}{{"year", 365.25 * 86400}, {"month", 365.25 * 86400 / 12}, {"week", 7 * 86400}, {"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}} {
		n := math.Round(float64(seconds) / u.seconds)
		if n < 1 || n > 99999 || math.Abs(n*u.seconds-float64(seconds)) > u.seconds*n/100 {
			continue
		}
		if n == 1 {
			return "1 " + u.name
		}
		return fmt.Sprintf("%d %ss", int64(n), u.name)
	}
	return ""
}
