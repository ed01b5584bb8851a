package rules

import "testing"

// TestPathGroup: what a rule for a path says of a request is said of the row of
// its group too, whose address has the pattern.
func TestPathGroup(t *testing.T) {
	db, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[[2]string]string{
		{"www.google.com", "/recaptcha/api.js"}:     "google-recaptcha",
		{"www.gstatic.com", "/recaptcha/releases/"}: "google-recaptcha",
		{"www.google.com", "/maps/embed"}:           "google-maps",
		{"www.google.com", "/pagead/1p-user-list/"}: "google-ads",
		{"connect.facebook.net", "/en_US/sdk.js"}:   "facebook",
	} {
		group := db.PathGroup(address[0], address[1])
		m := db.Match(Query{Kind: Request, Domain: address[0], Path: group})
		if group == "" || m.Rule == nil || m.Rule.Vendor.ID != want || m.Confidence != Certain {
			t.Errorf("%v: group %q is %+v, want a rule of %s", address, group, m.Rule, want)
		}
	}
	for _, host := range []string{"www.google.com", "unheard.test", ""} {
		if group := db.PathGroup(host, "/"); group != "" {
			t.Errorf("%s: group %q", host, group)
		}
	}
	for r := range db.Rules() {
		if p := r.Match.Path; p != "" && !globMatch(p, p) {
			t.Errorf("%s: the pattern %s does not fit itself", r.ID, p)
		}
	}
}
