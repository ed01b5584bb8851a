package checks

import (
	"strings"

	"cookiescan/scanner"
)

func d012() Check {
	return Check{
		ID: "D012", Slug: "language", Title: "banner in another language than the page", Class: scanner.ClassLaw, Since: firstRuleset,
		Levels:  Levels{EU: asWarning, UK: asWarning, CH: asWarning, USCA: asNote},
		Sources: []Source{gdpr("Article 12(1)")},
		Needs:   [][]Need{{Banner}},
		Run:     language,
	}
}

func language(c *Context) []Observation {
	for _, l := range c.banners {
		banner, page := primary(l.consent.Language), primary(l.consent.PageLanguage)
		if banner == "" || page == "" || banner == page || norwegian(banner) && norwegian(page) {
			continue
		}
		return []Observation{c.dialog(l, scanner.SureLikely, "the banner is in the language "+banner+", the page in "+page)}
	}
	return nil
}

// primary is the language of a tag without script and region.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	return tag
}

// norwegian languages are one to a reader, and pages name either.
func norwegian(tag string) bool { return tag == "no" || tag == "nb" || tag == "nn" }
