package rules

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/language"
)

// complete finds what a rule must say beyond what loading asks for.
func (l *linter) complete(r *Rule) {
	for _, missing := range []struct{ key, value string }{{"purpose", r.Purpose}, {"source", r.Source}} {
		if missing.value == "" {
			l.rule(r, "id", "%s is missing", missing.key)
		}
	}
	l.purpose(r.at.of("purpose"), r.ID, r.Purpose)
}

// legal finds categories and exemptions that do not go together.
func (l *linter) legal(r *Rule) {
	e := r.Exemption
	limited := e.has(Conditional, Contested)
	switch {
	case limited && r.Condition == "":
		l.rule(r, "exemption", "an exemption that is conditional or contested needs a condition")
	case !limited && r.Condition != "":
		l.rule(r, "condition", "a condition needs an exemption that is conditional or contested")
	}
	switch {
	case r.Category == Necessary && e.Default == NoExemption:
		l.rule(r, "exemption", "what is necessary is exempt in some way: settled, conditional or contested; else the category is another")
	case (r.Category == Statistics || r.Category == Marketing) && e.has(Settled):
		l.rule(r, "exemption", "%s is never settled", r.Category)
	case r.Category == Marketing && e.has(Conditional):
		l.rule(r, "exemption", "marketing is not exempt under conditions: none or contested")
	}
	for _, p := range e.Profiles {
		if p.Profile != "uk" && p.Profile != "eu" && !isCountry(strings.ToUpper(p.Profile)) {
			l.rule(r, "exemption", "profile %q is no country", p.Profile)
		}
		if p.Exemption == e.Default {
			l.rule(r, "exemption", "profile %s says the same as the default", p.Profile)
		}
	}
}

var lifetimeForm = regexp.MustCompile(`^(session|until-cleared|[1-9][0-9]{0,4} (second|minute|hour|day|week|month|year)s?)$`)

// values finds texts that are not of the form they should have.
func (l *linter) values(r *Rule) {
	if r.Lifetime != "" && !lifetimeForm.MatchString(r.Lifetime) {
		l.rule(r, "lifetime", `lifetime %.60q must be session, until-cleared, or like "13 months"`, r.Lifetime)
	}
	if strings.Contains(r.Source, "://") {
		if fault := addressFault(r.Source); fault != "" {
			l.rule(r, "source", "source %s", fault)
		}
	}
	for _, hosts := range [][]string{r.Match.Domain, r.Match.Setter, r.Match.Host} {
		l.hosts(r.at.of("match"), r.ID, hosts)
	}
}

func (l *linter) country(v *Vendor) {
	if v.Country != "" && !isCountry(v.Country) {
		l.find(v.at.of("country"), v.ID, "country %.20q is no code of ISO 3166-1, such as DE or GB", v.Country)
	}
}

func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.Canonicalize().String() == code
}

// addressFault says what is wrong with an address; nothing is wrong with none.
func addressFault(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.User != nil || !hostForm.MatchString(u.Host):
		return "is no address of a page"
	case u.Scheme != "https" && u.Scheme != "http":
		return "must begin with https://"
	}
	return ""
}

var hostForm = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$`)

// hosts finds what cannot be a host or would be half the web.
func (l *linter) hosts(at Place, id string, hosts []string) {
	for _, h := range hosts {
		if !hostForm.MatchString(h) {
			l.find(at, id, "%.80q is no host name in lower case, without scheme, port and leading dot", h)
			continue
		}
		if suffix, icann := publicsuffix.PublicSuffix(h); suffix == h && icann {
			l.find(at, id, "everybody can have a domain below %s", h)
		}
	}
}
