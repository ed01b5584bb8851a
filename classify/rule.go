package classify

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/rules"
	"cookiescan/scanner"
)

// byRule classifies by the rule that fits. One that asks for a domain or a
// setter that is not known counts only if nothing about the place is known.
func (c *Classifier) byRule(i Item) *scanner.Classification {
	m := c.db.Match(i.query())
	if m.Rule == nil || m.Level == rules.LevelPossible && (i.Domain != "" || i.Setter != "") {
		return nil
	}
	r := m.Rule
	found := c.ruled(r)
	found.Confidence = m.Confidence
	found.Basis = basis(m, i)
	if found.Confidence == rules.None { // contradicted twice: no more than a guess
		found.Confidence = scanner.ByInference
	}
	for _, other := range m.Others {
		found.Alternatives = append(found.Alternatives, other.ID)
	}
	slices.Sort(found.Alternatives)
	return found
}

// ruled is what a rule says, without a judgement of how well it fits.
func (c *Classifier) ruled(r *rules.Rule) *scanner.Classification {
	found := &scanner.Classification{
		Category: r.Category, Exemption: r.Exemption.For(c.o.Profile), Purpose: r.Purpose,
		Vendor: r.Vendor.Name, VendorID: r.Vendor.ID, BySite: r.Vendor.Role == rules.RoleSoftware,
		Rule: r.ID, Lifetime: r.Lifetime,
	}
	if found.Exemption == rules.Conditional || found.Exemption == rules.Contested {
		found.Condition = r.Condition
	}
	if len(r.Match.Host) == 0 {
		found.Pattern = r.Match.Shown()
	}
	return found
}

// basis words why a rule was taken.
func basis(m rules.Match, i Item) string {
	r := m.Rule
	what := "its name fits"
	switch {
	case len(r.Match.Host) > 0 && r.Match.Path != "":
		what = "its host and path fit"
	case len(r.Match.Host) > 0:
		what = "its host fits"
	case m.Level == rules.LevelExactDomain:
		what = "its name and domain fit"
	case m.Level == rules.LevelExactSetter:
		what = "its name and setter fit"
	case m.Level == rules.LevelWildcardPlace:
		what = "its name (" + r.Match.Shown() + ") and where it comes from fit"
	case m.Level == rules.LevelWildcard:
		what = "its name fits " + r.Match.Shown() + " of"
	}
	text := what + " the rule " + r.ID
	if r.User() {
		text += " (" + r.Place().String() + ")"
	}
	if against := elsewhere(r, i); against != "" {
		text += ", " + against
	}
	if m.Level == rules.LevelPossible {
		text += ", if it comes from " + placeOf(r)
	}
	if len(m.Others) > 0 {
		text += "; other rules fit as well"
	}
	return text
}

// elsewhere words that something was met where its rule does not expect it.
func elsewhere(r *rules.Rule, i Item) string {
	domain, setter := hostOf(i.Domain), hostOf(i.Setter)
	if below(domain, r.Match.Domain) || below(setter, r.Match.Setter) || below(domain, r.Match.Setter) {
		return ""
	}
	switch {
	case domain != "" && len(r.Match.Domain) > 0:
		return "though it is usually met on " + places(r.Match.Domain)
	case i.Party == string(scanner.First) && r.Party == string(scanner.Third):
		return "though it is usually a third party's"
	}
	return ""
}

// placeOf is where a rule expects its names.
func placeOf(r *rules.Rule) string {
	if r.Match.Require == "setter" {
		return "what is set by " + places(r.Match.Setter)
	}
	return places(r.Match.Domain)
}

// places lists the first few of some hosts.
func places(hosts []string) string {
	const shown = 3
	if len(hosts) <= shown {
		return strings.Join(hosts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(hosts[:shown], ", "), len(hosts)-shown)
}

// below tells whether a host is one of some domains or below one.
func below(host string, domains []string) bool {
	return host != "" && slices.ContainsFunc(domains, func(d string) bool {
		return host == d || strings.HasSuffix(host, "."+d)
	})
}
