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
	switch {
	case m.Rule == nil:
		return nil
	case m.Level == rules.LevelPossible:
		return c.possible(m, i)
	}
	found := c.ruled(m.Rule)
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

// possible classifies a name whose rules all ask for a place. If they are of
// several vendors, it says no more than what they agree on.
func (c *Classifier) possible(m rules.Match, i Item) *scanner.Classification {
	if i.Domain != "" || i.Setter != "" {
		return nil
	}
	found := c.ruled(m.Rule)
	found.Confidence = scanner.ByInference
	found.Basis = basis(m, i)
	vendors := map[string]bool{m.Rule.Vendor.ID: true}
	for _, r := range c.db.Candidates(i.query()) {
		if r.Vendor != m.Rule.Vendor {
			vendors[r.Vendor.ID] = true
			found.Alternatives = append(found.Alternatives, r.ID)
		}
		agree(found, c.ruled(r))
	}
	if len(vendors) > 1 {
		found.Alternatives = append(found.Alternatives, m.Rule.ID)
		slices.Sort(found.Alternatives)
		found.Vendor, found.VendorID, found.Rule, found.Lifetime, found.Pattern, found.BySite = "", "", "", "", i.Name, false
		found.Basis = fmt.Sprintf("rules of %d vendors fit its name; which one depends on where it comes from", len(vendors))
	}
	if found.Category == scanner.Unclassified {
		found.Confidence = scanner.NotClassified
	}
	return found
}

// agree takes from a classification what another one contradicts.
func agree(found, other *scanner.Classification) {
	if found.Purpose != other.Purpose {
		found.Purpose = ""
	}
	if found.Exemption != other.Exemption && found.Exemption != "" {
		found.Exemption, found.Condition = rules.NoExemption, ""
	}
	if found.Category != other.Category {
		found.Category, found.Exemption, found.Condition = scanner.Unclassified, "", ""
	}
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
	if r.Match.Require == "setter" || len(r.Match.Domain) == 0 {
		return "a script or response of " + places(r.Match.Setter)
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
