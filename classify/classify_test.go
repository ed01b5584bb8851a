package classify

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cookiescan/classify/rules"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

const testRules = `
vendor:
  id: gauge
  name: Gauge Analytics
  role: service
  domains: [gauge.test]
  category: statistics
  purpose: measure-usage
rules:
  - id: client
    match: {exact: _gauge, setter: [gauge.test]}
    category: statistics
    exemption: {default: none, fr: conditional}
    condition: Only in its anonymous mode.
    purpose: distinguish-visitors
    lifetime: 2 years
    source: observed
    examples: [_gauge]
  - id: property
    match: {glob: "_gauge_*"}
    category: statistics
    exemption: none
    purpose: distinguish-visits
    lifetime: 2 years
    source: observed
    examples: [_gauge_AB12]
  - id: uid
    match: {exact: uid, domain: [ads.gauge.test], require: domain}
    category: marketing
    exemption: none
    purpose: recognise-across-sites
    source: observed
    examples: [uid]
  - id: collect
    kind: [request]
    match: {host: [c.gauge.test], path: "/collect*"}
    category: statistics
    exemption: none
    purpose: count-page-views
    source: observed
    examples: ["https://c.gauge.test/collect"]
---
vendor:
  id: forge
  name: Forge
  role: software
  category: necessary
  purpose: keep-session
rules:
  - id: session
    match: {exact: FORGESESSID}
    category: necessary
    exemption: settled
    purpose: keep-session
    lifetime: session
    source: observed
    examples: [FORGESESSID]
---
vendor:
  id: tagman
  name: Tag Man
  role: service
  domains: [tagman.test]
  category: marketing
  purpose: load-tags
rules:
  - id: debug
    match: {exact: tm_debug_mode}
    category: necessary
    exemption: contested
    condition: Only while somebody looks for faults.
    purpose: debug-site
    source: observed
    examples: [tm_debug_mode]
---
vendor:
  id: bazaar
  name: Bazaar
  role: service
  domains: [bazaar.test]
  category: preferences
  purpose: show-map
rules: []
`

func classifier(t testing.TB, o Options) *Classifier {
	t.Helper()
	db, err := rules.Load(nil, "test.yaml", []byte(testRules))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(db, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// short is what a row of a test says of a classification.
func short(c *scanner.Classification) string {
	who := c.Vendor
	if c.BySite {
		who += "@site"
	}
	return strings.Join([]string{c.Category, c.Exemption, c.Purpose, who, c.Rule, c.Confidence, c.Pattern}, " ")
}

func TestItem(t *testing.T) {
	c := classifier(t, Options{})
	const site = "shop.test"
	for name, row := range map[string]struct {
		item  Item
		want  string
		basis string
	}{
		"name and setter": {
			Item{Name: "_gauge", Domain: "shop.test", Site: site, Setter: "cdn.gauge.test"},
			"statistics none distinguish-visitors Gauge Analytics gauge/client certain _gauge", "its name and setter fit the rule gauge/client",
		},
		"pattern": {
			Item{Name: "_gauge_AB12", Domain: "shop.test", Site: site},
			"statistics none distinguish-visits Gauge Analytics gauge/property likely _gauge_*", "its name fits _gauge_* of the rule gauge/property",
		},
		"domain is a condition": {
			Item{Name: "uid", Domain: "ads.gauge.test", Site: site},
			"marketing none recognise-across-sites Gauge Analytics gauge/uid certain uid", "its name and domain fit",
		},
		"condition not met": {
			Item{Name: "uid", Domain: "shop.test", Site: site},
			"unclassified   @site  none uid", "no rule knows it",
		},
		"only a name": {
			Item{Name: "uid"},
			"marketing none recognise-across-sites Gauge Analytics gauge/uid inferred uid", "if it comes from ads.gauge.test",
		},
		"software is the site's": {
			Item{Name: "FORGESESSID", Domain: "shop.test", Site: site},
			"necessary settled keep-session Forge@site forge/session certain FORGESESSID", "its name fits",
		},
		"vendor of the setter": {
			Item{Name: "whatever", Domain: "shop.test", Site: site, Setter: "js.gauge.test"},
			"statistics none measure-usage Gauge Analytics  inferred whatever", "the script or response that set it comes from Gauge Analytics",
		},
		"vendor of the domain": {
			Item{Name: "whatever", Domain: "x.gauge.test", Site: site, Setter: "x.gauge.test"},
			"statistics none measure-usage Gauge Analytics  inferred whatever", "its domain belongs to Gauge Analytics",
		},
		"what a vendor prefers is only conditionally exempt": {
			Item{Name: "whatever", Domain: "maps.bazaar.test", Site: site},
			"preferences conditional show-map Bazaar  inferred whatever", "its domain belongs to Bazaar",
		},
		"a tag manager sets things for others": {
			Item{Name: "whatever", Domain: "shop.test", Site: site, Setter: "js.tagman.test"},
			"unclassified     none whatever", "neither its setter nor its shape",
		},
		"the vendor's own site": {
			Item{Name: "whatever", Domain: "www.gauge.test", Site: "gauge.test", Setter: "www.gauge.test"},
			"unclassified   @site  none whatever", "",
		},
		"hint": {
			Item{Name: "shopLanguage", Domain: "shop.test", Site: site, Setter: "www.shop.test", Seconds: 3600},
			"preferences conditional remember-language @site  inferred shopLanguage", `its name holds "language"`,
		},
		"basket of the visit": {
			Item{Name: "cart", Domain: "shop.test", Site: site, Session: true},
			"necessary settled keep-basket @site  inferred cart", `"cart"`,
		},
		"basket of a month": {
			Item{Name: "cart", Domain: "shop.test", Site: site, Seconds: 30 * 86400},
			"necessary conditional keep-basket @site  inferred cart", "",
		},
		"basket of unknown time": {
			Item{Name: "cart"},
			"necessary conditional keep-basket @site  inferred cart", "",
		},
		"a session that lasts is none": {
			Item{Name: "session", Domain: "shop.test", Site: site, Seconds: 86400 * 365},
			"unclassified   @site  none session", "",
		},
		"hints are about the site itself": {
			Item{Name: "cart", Domain: "other.test", Site: site, Session: true},
			"unclassified     none cart", "",
		},
		"token against forged requests": {
			Item{Name: "XSRF-TOKEN2", Domain: "other.test", Site: site},
			"necessary settled protect-forms   inferred XSRF-TOKEN2", `"xsrf"`,
		},
		"shape of a session": {
			Item{Name: "zz", Domain: "shop.test", Site: site, Setter: "shop.test", ByHeader: true, HTTPOnly: true, Session: true, ValueSize: 32},
			"necessary settled keep-session @site  inferred zz", "that scripts cannot read",
		},
		"shape of a tracker": {
			Item{Name: "zz", Domain: "other.test", Site: site, Seconds: 365 * 86400, ValueSize: 32, Individual: true},
			"marketing none recognise-across-sites   inferred zz", "another value for each new visitor",
		},
		"a third party's cookie of which nothing speaks": {
			Item{Name: "zz", Domain: "other.test", Site: site, Seconds: 365 * 86400, ValueSize: 32},
			"unclassified     none zz", "",
		},
		"shape of a visitor's id": {
			Item{Name: "zz", Domain: "shop.test", Site: site, Seconds: 365 * 86400, Value: "GA1.2.1234567890.1700000000"},
			"statistics none distinguish-visitors @site  inferred zz", "form of an identifier",
		},
		"service worker": {
			Item{Kind: "serviceWorker", Domain: "shop.test", Site: site, Party: "first"},
			"necessary conditional work-offline @site  inferred ", "",
		},
		"cache": {
			Item{Kind: rules.CacheStorage, Name: "shell-v12", Domain: "shop.test", Site: site, Party: "first"},
			"necessary conditional cache-content @site  inferred shell-v12", "",
		},
		"generated name": {
			Item{Name: "foo_8f3a9c12d4", Domain: "shop.test", Site: site},
			"unclassified   @site  none foo_*", "",
		},
	} {
		got := c.Item(row.item)
		if short(got) != row.want || !strings.Contains(got.Basis, row.basis) {
			t.Errorf("%s:\n got %s\nwant %s\nbasis %q", name, short(got), row.want, got.Basis)
		}
		if got.Exemption == "conditional" && got.Condition == "" {
			t.Errorf("%s: no condition", name)
		}
	}
}

// A name that several vendors use says only what they agree on, as long as
// nobody says where it comes from.
func TestSharedNames(t *testing.T) {
	const more = `
vendor: {id: NAME, name: NAME, role: service, domains: [NAME.test], category: marketing, purpose: show-ads}
rules:
  - {id: uid, match: {exact: uid, domain: [NAME.test], require: domain}, category: CATEGORY, exemption: none, purpose: PURPOSE, source: observed, examples: [uid]}
`
	for name, row := range map[string]struct{ category, purpose, want string }{
		"all agree":      {"marketing", "recognise-across-sites", "marketing none recognise-across-sites   inferred uid"},
		"other purpose":  {"marketing", "build-profile", "marketing none    inferred uid"},
		"other category": {"statistics", "build-profile", "unclassified     none uid"},
	} {
		src := strings.NewReplacer("NAME", "other", "CATEGORY", row.category, "PURPOSE", row.purpose).Replace(more)
		db, err := rules.Load(nil, "test.yaml", []byte(testRules+"---"+src))
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(db, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := c.Item(Item{Name: "uid"})
		if short(got) != row.want || len(got.Alternatives) != 2 || !strings.Contains(got.Basis, "rules of 2 vendors") {
			t.Errorf("%s: got %s, %+v", name, short(got), got)
		}
		if e := c.Explain(Item{Name: "uid"}); len(e.Others) != 2 || e.Rule != nil || e.Vendor != nil || e.Others[0].If == "" {
			t.Errorf("%s: explained as %+v", name, e)
		}
		if e := c.Explain(Item{Name: "uid", Domain: "x.other.test"}); len(e.Others) != 1 || e.Rule == nil || e.Vendor.ID != "other" {
			t.Errorf("%s: with a domain explained as %+v", name, e)
		}
	}
}

func TestProfile(t *testing.T) {
	i := Item{Name: "_gauge", Setter: "gauge.test"}
	if got := classifier(t, Options{}).Item(i); got.Exemption != "none" || got.Condition != "" {
		t.Errorf("the directive: %+v", got)
	}
	if got := classifier(t, Options{Profile: "fr"}).Item(i); got.Exemption != "conditional" || got.Condition == "" {
		t.Errorf("France: %+v", got)
	}
}

func TestNameWords(t *testing.T) {
	for name, want := range map[string]string{
		"darkMode":         "darkmode dark mode",
		"shop_dark-mode":   "shopdark darkmode shop dark mode",
		"XSRF-TOKEN":       "xsrftoken xsrf token",
		"i18nextLng":       "i18nextlng i18next lng",
		"":                 "",
		"__a__":            "a",
		"\xff\xfeLang\xff": "lang",
		"über-Größe":       "übergröße über größe",
	} {
		if got := strings.Join(nameWords(name), " "); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestHintsAreSound(t *testing.T) {
	english, err := words.Language("en")
	if err != nil {
		t.Fatal(err)
	}
	purposes := strings.Join(english.Purposes(), " ") + " "
	for word, list := range classifier(t, Options{}).hints {
		for _, h := range list {
			if word != strings.ToLower(word) || len(word) < 2 {
				t.Errorf("the word %q", word)
			}
			if !strings.Contains(purposes, h.Purpose+" ") || h.Purpose == "" {
				t.Errorf("%s: there is no purpose %q", word, h.Purpose)
			}
			if (h.Exemption == rules.Conditional) != (h.Condition != "") {
				t.Errorf("%s: the condition %q does not go with %s", word, h.Condition, h.Exemption)
			}
			if name, _ := english.Category(h.Category); name == h.Category {
				t.Errorf("%s: there is no category %q", word, h.Category)
			}
			if !strings.Contains(" session longer  ", " "+h.Lasts+" ") || !strings.Contains(" first third any ", " "+h.Party+" ") {
				t.Errorf("%s: %+v", word, h)
			}
		}
	}
}

func TestScan(t *testing.T) {
	year := int64(365 * 86400)
	lasting := seen("zz", 7, "none", "gpc")
	lasting.Domain, lasting.Party, lasting.Session, lasting.Size = "other.test", scanner.Third, false, 40
	lasting.Lifetime.StoredSeconds = &year
	both := seen("_gauge", 3, "none")
	both.Writes = append(both.Writes, both.Writes[0])
	both.Writes[1].URL = "https://cdn.gauge.test/g.js"
	given := seen("FORGESESSID", 0, "none")
	given.Writes[0].Via = scanner.ViaUser
	doc := &scanner.Scan{
		Target:  scanner.Target{Site: "shop.test"},
		Cookies: []scanner.Cookie{lasting, both, given},
		Storage: []scanner.StorageItem{
			{Kind: scanner.LocalStorage, Origin: "https://www.shop.test", Key: "theme", Party: scanner.First},
			{Kind: scanner.ServiceWorker, Origin: "https://www.shop.test", Key: "https://www.shop.test/", Party: scanner.First},
		},
		Trackers: []scanner.Tracker{
			{Kind: scanner.Pixel, URL: "https://c.gauge.test/collect", Host: "c.gauge.test", Party: scanner.Third},
			{Kind: scanner.RequestTo, URL: "https://www.gauge.test/", Host: "www.gauge.test", Party: scanner.Third},
			{Kind: scanner.Beacon, URL: "https://www.shop.test/log", Host: "www.shop.test", Party: scanner.First},
			{Kind: scanner.Fingerprint, URL: "https://x.test/f.js", Host: "x.test", Party: scanner.Third},
		},
		Hosts: []scanner.Host{
			{Name: "m.shop.test", Party: scanner.First, CanonicalName: "shop.www.gauge.test"},
			{Name: "n.shop.test", Party: scanner.First, Aliases: []string{"x.shop.test", "www.gauge.test", "y.test"}, CanonicalName: "edge.unheard.test"},
			{Name: "img.shop.test", Party: scanner.First, CanonicalName: "www.shop.test"},
			{Name: "cdn.shop.test", Party: scanner.First, CanonicalName: "edge.unheard.test"},
			{Name: "www.gauge.test", Party: scanner.Third},
		},
	}
	if Applied(doc) {
		t.Error("classified before it was")
	}
	classifier(t, Options{}).Scan(doc)
	var got []string
	for _, c := range doc.Cookies {
		got = append(got, short(c.Classification))
	}
	for _, s := range doc.Storage {
		got = append(got, short(s.Classification))
	}
	for _, tr := range doc.Trackers {
		if tr.Classification == nil {
			got = append(got, "nil")
			continue
		}
		got = append(got, short(tr.Classification))
	}
	for _, h := range doc.Hosts {
		if h.Classification != nil {
			got = append(got, short(h.Classification))
		}
	}
	want := []string{
		"marketing none recognise-across-sites   inferred zz",
		"statistics none distinguish-visitors Gauge Analytics gauge/client certain _gauge",
		"necessary settled keep-session Forge@site forge/session certain FORGESESSID",
		"preferences conditional remember-appearance @site  inferred theme",
		"necessary conditional work-offline @site  inferred https://www.shop.test/",
		"statistics none count-page-views Gauge Analytics gauge/collect certain c.gauge.test",
		"statistics none measure-usage Gauge Analytics  inferred www.gauge.test",
		"nil",
		"unclassified     none x.test",
		"statistics none measure-usage Gauge Analytics  inferred shop.www.gauge.test",
		"statistics none measure-usage Gauge Analytics  inferred www.gauge.test",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if !Applied(doc) || doc.Tool.Rules == "" {
		t.Errorf("version %q", doc.Tool.Rules)
	}
}

func FuzzItem(f *testing.F) {
	f.Add("_ga_8f3a9c12d4", "shop.test", "cdn.gauge.test", "1.2.3", "cookie")
	f.Add("\xff\xfe", "..", "", "4f1c1a0e-3b1f-4c57-9e2e-2f6f0b7a9d10", "localStorage")
	c := classifier(f, Options{})
	f.Fuzz(func(t *testing.T, name, domain, setter, value, kind string) {
		i := Item{Kind: rules.Kind(kind), Name: name, Domain: domain, Setter: setter, Value: value, Site: "shop.test", Seconds: 1e8}
		got := c.Item(i)
		if got.Category == "" || got.Confidence == "" || got.Basis == "" || got.Pattern == "" && name != "" {
			t.Errorf("%+v: %+v", i, got)
		}
		if (got.Category == scanner.Unclassified) != (got.Confidence == scanner.NotClassified) {
			t.Errorf("%+v: %+v", i, got)
		}
	})
}

func BenchmarkItem(b *testing.B) {
	c := classifier(b, Options{})
	for b.Loop() {
		c.Item(Item{Name: "foo_8f3a9c12d4", Domain: "shop.test", Site: "shop.test"})
	}
}
