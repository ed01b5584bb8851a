package checks

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/declaration"
	"cookiescan/scanner"
)

// Three policies as companies publish them, in words of our own: one announces
// a table that is not there, one takes use for consent and names no one who
// measures, one is old and says that only the site reads its cookies.
const (
	promisesTable = `Cookies on our service

14 March 2021 | Version 2.0

The table below shows the categories of cookies that we use, their purpose and when they expire. We have four categories of cookies: essential, functional, analytical and tracking.

Essential cookies

Some cookies are necessary for the service to work.

Analytical cookies

They show us overall anonymous patterns of use, and not what one person does.

Tracking cookies

They can be shared by more than one website.

Which cookies we use, for what purpose and for how long

Change cookie settings

If you do not accept any cookies, you can switch them off and delete them in the settings of your browser.

You may opt out of some of these cookies with the opt-out tool of the Network Advertising Initiative.

We may change this statement from time to time. If you have questions, please contact us via
`
	takesUse = `Privacy policy

The portal is operated by Bergwerk GmbH. By using the portal, you consent to the collection and use of your data as described in this privacy policy.

Payments are processed by Stripe. We keep no complete card numbers.

The portal stores a cookie with a session number. The portal also stores cookies in order to analyse anonymously what users do.

Write to us at privacy@bergwerk.test.

We may update this privacy policy from time to time.
`
	readsAlone = `Cookie policy

By using this site, you agree to our use of cookies. If you do not agree, adjust your browser settings or do not use this site.

Necessary cookies

They are essential for the site to work.

Our own cookies

These are cookies that can only be read by this website.

Performance cookies

All data are collected and aggregated anonymously.

We also use web beacons.

Use the help button of your browser (for example Internet Explorer) to see how cookies are refused.

This statement was last updated in May 2018.
`
)

// behaves is a site that measures with a vendor, keeps a number in local
// storage, and has a cookie of a third party.
func behaves(t *testing.T) *scanner.Scan {
	t.Helper()
	year := int64(31536000)
	marketing := &scanner.Classification{Category: scanner.Marketing, Exemption: notExempt, Confidence: scanner.Certain, Vendor: "AdNet Inc", VendorID: "adnet", Rule: "adnet/id", Pattern: "id"}
	statistics := &scanner.Classification{Category: scanner.Statistics, Exemption: notExempt, Confidence: scanner.Certain, Vendor: "Stats Ltd", VendorID: "stats", Rule: "stats/vid", Pattern: "vid"}
	write := func(pass, digest string) scanner.Write {
		return scanner.Write{
			Pass: pass, State: pass, Trigger: scanner.OnLoad, Page: pass + "/1", URL: "https://c.stats.test/s.js", Action: scanner.Set, Proof: scanner.ProofJar,
			ValueDigest: digest, Lifetime: scanner.Lifetime{DeclaredSeconds: &year, StoredSeconds: &year},
		}
	}
	doc := document(t, "U001", "must")
	life := scanner.Lifetime{DeclaredSeconds: &year, StoredSeconds: &year}
	doc.Cookies = []scanner.Cookie{
		{
			Name: "vid", Domain: "shop.test", Party: scanner.First, Stored: true, Size: 30, Lifetime: life, Classification: statistics,
			Writes: []scanner.Write{write("none", "a"), write("accept", "b")},
			SentTo: []scanner.SentTo{{Host: "c.stats.test", How: "url", Pass: "none", State: "none"}},
		},
		{Name: "id", Domain: "adnet.test", Party: scanner.Third, Stored: true, Size: 30, Lifetime: life, Classification: marketing, Writes: []scanner.Write{write("none", "c")}},
	}
	doc.Storage = []scanner.StorageItem{{
		Kind: scanner.LocalStorage, Origin: "https://www.shop.test", Key: "visitor", Party: scanner.First, Classification: statistics,
		Writes: []scanner.StorageWrite{{Pass: "none", State: "none", Trigger: scanner.OnLoad, Page: "none/1", Via: "setItem", URL: "https://c.stats.test/s.js", Action: scanner.Set}},
	}}
	doc.Trackers = []scanner.Tracker{
		{Kind: scanner.RequestTo, URL: "https://c.stats.test/", Host: "c.stats.test", Party: scanner.Third, Phases: []string{"none"}, Pages: []string{"none/1"}, Classification: statistics},
		{Kind: scanner.Pixel, URL: "https://adnet.test/p", Host: "adnet.test", Party: scanner.Third, Phases: []string{"none"}, Pages: []string{"none/1"}, Classification: marketing},
	}
	return doc
}

// Policies of these shapes have these defects, each found once, and no more
// errors than the one that each of them has.
func TestShapes(t *testing.T) {
	for name, row := range map[string]struct {
		text string
		want map[string]string // id and a part of the message
		not  []string
	}{
		"announces a table": {promisesTable, map[string]string{
			"U013": "announces a list of cookies, and none was found",
			"U020": "points to NAI opt-out tool, gone since 2025-09-15",
			"U022": "vid", "U002": "names no storage but cookies", "U003": "Stats Ltd",
			"U021 how to reach them":      "though it asks to",
			"U021 how to take consent":    "are the settings of the browser",
			"U021 on which legal basis":   "does not say on which legal basis",
			"U021 whether data leave":     "other countries",
			"U021 who else receives data": "AdNet Inc, Stats Ltd",
			"U021 who is responsible":     "",
			"U018":                        "2021-03-14",
		}, []string{"U001", "U017", "U019"}},
		"takes use for consent": {takesUse, map[string]string{
			"U003": "Stats Ltd", "U019": "By using the portal", "U017": "does not say when", "U022": "analyse anonymously", "U002": "names no storage but cookies",
			"U021 on which legal basis": "", "U021 how to take consent": "", "U013": "no table or list",
		}, []string{"U001", "U018", "U020", "U021 how to reach them", "U021 who is responsible"}},
		"only the site reads": {readsAlone, map[string]string{
			"U008": "1 cookie is stored for other sites: id", "U025": "the value of 1 item is sent to other sites: vid",
			"U019": "By using this site", "U020": "Internet Explorer, gone since 2022-06-15", "U018": "2018-05-31", "U002": "names no storage but cookies",
			"U021 on which legal basis": "", "U021 how to take consent": "are the settings of the browser", "U013": "no table or list",
		}, []string{"U001", "U017"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := behaves(t)
			judgeAs(t, doc, EU, false, Options{Published: []*declaration.Declaration{pageOf(t, "policy.txt", row.text)}})
			about := func(id string) []scanner.Finding {
				id, subject, _ := strings.Cut(id, " ")
				return slices.DeleteFunc(of(doc, id), func(f scanner.Finding) bool { return !strings.HasPrefix(f.Subject, subject) })
			}
			for id, says := range row.want {
				list := about(id)
				if !slices.ContainsFunc(list, func(f scanner.Finding) bool { return strings.Contains(f.Message, says) }) {
					t.Errorf("%s says nothing of %q: %+v", id, says, list)
				}
			}
			for _, id := range row.not {
				for _, f := range about(id) {
					t.Errorf("%s: %s", id, f.Message)
				}
			}
			for _, f := range doc.Findings {
				if f.ID[0] == 'U' && f.Declared == nil {
					t.Errorf("%s has no place: %s", f.ID, f.Message)
				}
			}
		})
	}
}
