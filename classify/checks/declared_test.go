package checks

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cookiescan/classify/declaration"
	"cookiescan/scanner"
)

// handwritten is a cookies.yaml as people write one, for the site of the
// fixture B001.
const handwritten = `version: 1
site: shop.test
hosts:
  www.shop.test: {aliases: ["staging.other.test"]}
vendors:
  stats: {name: Stats Ltd, policy: https://stats.test/privacy, domains: [stats.test]}
entries:
  - id: uid
    match: {name: "uid_*", domain: "{site}"}
    category: CATEGORY
    purpose: measure-audience
    vendor: stats
    lifetime: 13 months
    basis: BASIS
    status: {state: STATE, by: ana@shop.test, on: 2026-11-20}
`

// cookieOf is one that the rules take for something else than is declared.
func cookieOf(category, exemption string, seconds int64) scanner.Cookie {
	return scanner.Cookie{
		Name: "uid_7", Domain: "shop.test", Path: "/", Party: scanner.First, Stored: true, Size: 30, Session: seconds == 0,
		Lifetime: scanner.Lifetime{DeclaredSeconds: &seconds, StoredSeconds: &seconds},
		Writes: []scanner.Write{{
			Pass: "none", State: "none", Trigger: scanner.OnLoad, Page: "none/1", URL: "https://stats.test/s.js", Line: 3, Action: scanner.Set, Proof: scanner.ProofJar,
		}},
		Classification: &scanner.Classification{
			Category: category, Exemption: exemption, Confidence: scanner.Certain, Vendor: "Stats Ltd", VendorID: "stats", Rule: "stats/uid", Pattern: "uid_*",
		},
	}
}

// shop is a scan of one page with one cookie.
func shop(t *testing.T, c scanner.Cookie) *scanner.Scan {
	t.Helper()
	doc := document(t, "B001", "mustnot")
	doc.Cookies, doc.Storage, doc.Trackers = []scanner.Cookie{c}, nil, nil
	return doc
}

// The category and the reason that the site declares decide, and the rules only
// about what it does not declare.
func TestDeclarationDecides(t *testing.T) {
	for name, row := range map[string]struct {
		state, category, basis string
		known, exemption       string
		profile                Profile
		want                   []string // check and severity, of B and U001, U011, U023
	}{
		"declared marketing, unknown to the rules":      {"reviewed", "marketing", "consent", scanner.Unclassified, "", DE, []string{"B001 error"}},
		"declared statistics, known as necessary":       {"reviewed", "statistics", "consent", scanner.Necessary, settledExempt, DE, []string{"B001 error"}},
		"declared necessary, known as marketing":        {"reviewed", "necessary", "exempt", scanner.Marketing, notExempt, DE, []string{"U011 error"}},
		"not reviewed, known as marketing":              {"todo", "necessary", "exempt", scanner.Marketing, notExempt, DE, []string{"B001 error", "U023 error"}},
		"retired, known as marketing":                   {"retired", "marketing", "consent", scanner.Marketing, notExempt, DE, []string{"B001 error", "U001 error"}},
		"audience measurement in France":                {"reviewed", "statistics", "{fr: \"exempt:audience\", de: consent}", scanner.Statistics, notExempt, FR, nil},
		"the same in Germany":                           {"reviewed", "statistics", "{fr: \"exempt:audience\", de: consent}", scanner.Statistics, notExempt, DE, []string{"B001 error"}},
		"a reason that no German law has":               {"reviewed", "statistics", "\"exempt:audience\"", scanner.Statistics, notExempt, DE, []string{"B001 error"}},
		"a reason of which nothing is known in Austria": {"reviewed", "statistics", "\"exempt:audience\"", scanner.Statistics, notExempt, AT, []string{"B001 warning"}},
		"marketing that claims to be exempt":            {"reviewed", "marketing", "exempt", scanner.Marketing, notExempt, FR, []string{"B001 error"}},
		"a legitimate interest is no consent":           {"reviewed", "marketing", "legitimate-interest", scanner.Marketing, notExempt, DE, []string{"B001 error"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.NewReplacer("STATE", row.state, "CATEGORY", row.category, "BASIS", row.basis).Replace(handwritten)
			doc := shop(t, cookieOf(row.known, row.exemption, 34128000))
			judgeAs(t, doc, row.profile, true, Options{Register: registerOf(t, "cookies.yaml", text)})
			var got []string
			for _, f := range doc.Findings {
				if f.ID[0] == 'B' || slices.Contains([]string{"U001", "U011", "U023"}, f.ID) {
					got = append(got, f.ID+" "+string(f.Severity))
				}
			}
			if slices.Sort(got); !slices.Equal(got, row.want) {
				t.Errorf("%v, want %v", got, row.want)
			}
		})
	}
}

// A finding about what is declared has the line of its entry.
func TestPlaceOfEntry(t *testing.T) {
	text := strings.NewReplacer("STATE", "reviewed", "CATEGORY", "marketing", "BASIS", "consent").Replace(handwritten)
	doc := shop(t, cookieOf(scanner.Marketing, notExempt, 63072000))
	judgeAs(t, doc, DE, true, Options{Register: registerOf(t, "conf/cookies.yaml", text)})
	for id, line := range map[string]int{"B001": 10, "U004": 13} {
		list := of(doc, id)
		if id == "U004" { // two years are 400 days in a browser, which 13 months allow for
			if len(list) > 0 {
				t.Errorf("%s: %s", id, list[0].Message)
			}
			continue
		}
		if len(list) != 1 || list[0].Declared == nil || list[0].Declared.Source != "conf/cookies.yaml" || list[0].Declared.Line != line || list[0].Declared.Entry != "uid" {
			t.Fatalf("%s: %+v", id, list)
		}
		if d := list[0].Declared; d.Text != "marketing, 13 months, Stats Ltd" {
			t.Errorf("the entry says %q", d.Text)
		}
		if !strings.Contains(list[0].Message, "declared as marketing") {
			t.Errorf("nothing says that it is declared: %s", list[0].Message)
		}
	}
}

// A preview host stands for the site: its cookies are those that are declared,
// with the fingerprints that they have there.
func TestAliases(t *testing.T) {
	text := strings.NewReplacer("STATE", "reviewed", "CATEGORY", "marketing", "BASIS", "consent").Replace(handwritten)
	o := Options{Register: registerOf(t, "cookies.yaml", text)}
	real := shop(t, cookieOf(scanner.Marketing, notExempt, 34128000))
	judgeAs(t, real, DE, true, o)
	for name, as := range map[string]string{"by --as": "https://www.shop.test/", "by the aliases of the register": ""} {
		c := cookieOf(scanner.Marketing, notExempt, 34128000)
		c.Domain = "staging.other.test"
		doc := shop(t, c)
		doc.Target = scanner.Target{URL: "https://staging.other.test/", Site: "other.test", As: as}
		judgeAs(t, doc, DE, true, o)
		if list := of(doc, "U001"); len(list) > 0 {
			t.Errorf("%s: %s", name, list[0].Message)
		}
		list := of(doc, "B001")
		if len(list) != 1 || list[0].Declared == nil {
			t.Fatalf("%s: %+v", name, list)
		}
		if list[0].Fingerprint != of(real, "B001")[0].Fingerprint {
			t.Errorf("%s: another fingerprint than on the real host", name)
		}
	}
}

// How lifetimes are compared: both what is declared beyond the limit of browsers
// and the limit are right, and so is what differs by a day or one in twenty.
func TestCompareLife(t *testing.T) {
	const d = daySeconds
	for name, row := range map[string]struct {
		declared string
		asked    int64
		stored   int64
		want     agreement
	}{
		"two years, capped":       {"2 years", 730 * d, 400 * d, agrees},
		"400 days, asked for two": {"400 days", 730 * d, 400 * d, agrees},
		"13 months and 395 days":  {"13 months", 395 * d, 395 * d, agrees},
		"13 months and 400 days":  {"13 months", 400 * d, 400 * d, agrees},
		"180 days and 179":        {"180 days", 179 * d, 179 * d, agrees},
		"an hour and a day":       {"1 hour", d, d, agrees},
		"an hour and two days":    {"1 hour", 2 * d, 2 * d, muchLonger},
		"six months and seven":    {"180 days", 210 * d, 210 * d, longer},
		"six months and a year":   {"6 months", 365 * d, 365 * d, muchLonger},
		"a year and a month":      {"1 year", 30 * d, 30 * d, shorter},
		"a session, and a day":    {"session", d, d, swapped},
		"a year, and the session": {"1 year", 0, 0, swapped},
		"until deleted":           {"until-cleared", 365 * d, 400 * d, agrees},
		"until deleted, session":  {"until-cleared", 0, 0, swapped},
		"nothing declared":        {"", d, d, notComparable},
	} {
		f := registerOf(t, "x", "version: 1\nentries:\n  - {id: a, match: {name: a}, lifetime: \""+row.declared+"\"}\n")
		i := &item{kind: "cookie", seconds: row.asked, stored: row.stored, session: row.stored == 0}
		if got := compareLife(i, f.Entries[0].Lifetime); got != row.want {
			t.Errorf("%s: %d, want %d", name, got, row.want)
		}
	}
}

// A register decides where a page says otherwise, and of several scans of one
// run the first speaks for the declaration.
func TestSeveralSources(t *testing.T) {
	text := strings.NewReplacer("STATE", "reviewed", "CATEGORY", "marketing", "BASIS", "consent").Replace(handwritten)
	table := "# Cookies\n\n| Name | Purpose | Expiry | Category |\n|---|---|---|---|\n| uid_* | Counts | 13 months | Necessary |\n| other | Counts | 1 year | Statistics |\n"
	first, second := shop(t, cookieOf(scanner.Unclassified, "", 34128000)), shop(t, cookieOf(scanner.Unclassified, "", 34128000))
	second.Started = second.Started.Add(1)
	o := Options{Register: registerOf(t, "cookies.yaml", text), Published: []*declaration.Declaration{pageOf(t, "https://www.shop.test/cookies.md", table)}}
	for k, doc := range []*scanner.Scan{first, second} {
		with := o
		with.Others = []*scanner.Scan{[]*scanner.Scan{second, first}[k]}
		judgeAs(t, doc, DE, true, with)
		if len(of(doc, "B001")) != 1 {
			t.Errorf("scan %d: the page has the last word: %+v", k, doc.Findings)
		}
		if n := len(of(doc, "U014")); (n > 0) != (k == 0) {
			t.Errorf("scan %d: %d findings about the page", k, n)
		}
	}
}

// Without a declaration, nothing is said of one, and why is one reason.
func TestNothingDeclared(t *testing.T) {
	doc := document(t, "U001", "must")
	judge(t, doc, DE, true)
	for _, u := range doc.Checks.NotTested {
		if u.ID[0] == 'U' && u.Reason != "no declaration was given" {
			t.Errorf("%+v", u)
		}
	}
	if i := slices.IndexFunc(doc.Checks.Tested, func(id string) bool { return id[0] == 'U' }); i >= 0 {
		t.Errorf("%s is tested", doc.Checks.Tested[i])
	}
}

// Names from pages are as hostile as any.
func TestHostileDeclaration(t *testing.T) {
	d := &declaration.Declaration{Source: "https://x.test/" + strings.Repeat("a", 5000)}
	for _, name := range []string{"", "*", "**", `\`, `a\*`, strings.Repeat("*a", 40), strings.Repeat("n", 1<<16), "\x00", "é*"} {
		d.Entries = append(d.Entries, declaration.Entry{Name: name}, declaration.Entry{Name: name, Kind: "pixel", Domain: "*.."}, declaration.Entry{Name: name, Domain: name, Provider: name, Category: name, Purpose: name})
	}
	doc := document(t, "U001", "must")
	judgeAs(t, doc, DE, true, Options{Published: []*declaration.Declaration{d}})
	for _, f := range doc.Findings {
		said := len(f.Message) + len(f.Subject) + len(f.Domain)
		if f.Declared != nil {
			said += len(f.Declared.Text)
		}
		if said > 4000 {
			t.Errorf("%s is %d octets long", f.ID, len(f.Message))
		}
	}
}

// A row that was read with less confidence carries less.
func TestConfidenceOfRows(t *testing.T) {
	day := int64(daySeconds)
	for confidence, want := range map[declaration.Confidence]string{
		declaration.Certain: "error certain", declaration.Likely: "warning likely", declaration.Inferred: "note review", "": "error certain",
	} {
		doc := shop(t, cookieOf(scanner.Marketing, notExempt, 34128000))
		judgeAs(t, doc, DE, true, Options{Published: []*declaration.Declaration{{Source: "p", Entries: []declaration.Entry{
			{Name: "uid_*", Category: "marketing", Purpose: "x", Provider: "y", Confidence: confidence, Lifetime: declaration.Lifetime{Raw: "1 day", Seconds: &day}},
			{Name: "basket", Category: "necessary", Purpose: "x", Provider: "y", Confidence: confidence},
			{Name: "basket", Category: "statistics", Purpose: "x", Provider: "y", Confidence: confidence},
		}}}})
		for _, id := range []string{"B001", "U004", "U026"} {
			list := of(doc, id)
			if len(list) != 1 || string(list[0].Severity)+" "+string(list[0].Confidence) != want {
				t.Errorf("%s of a row that is %q: want %s: %+v", id, confidence, want, list)
			}
		}
	}
}

// Pages often have the host of the vendor in the place of the cookie's own, and
// name its company in other words than the rules.
func TestVendorsOfPages(t *testing.T) {
	c := cookieOf(scanner.Statistics, notExempt, 34128000)
	c.Classification.Vendor = "Stats Analytics"
	doc := shop(t, c)
	doc.Trackers = []scanner.Tracker{
		{Kind: scanner.RequestTo, URL: "https://stats-cdn.test/", Host: "stats-cdn.test", Party: scanner.Third, Classification: c.Classification},
		{Kind: scanner.RequestTo, URL: "https://x.open.test/", Host: "x.open.test", Party: scanner.Third, Classification: &scanner.Classification{Category: scanner.Marketing, Vendor: "Open Ads"}},
		{Kind: scanner.RequestTo, URL: "https://www.fjordtube.test/", Host: "www.fjordtube.test", Party: scanner.Third},
		{Kind: scanner.RequestTo, URL: "https://data.test/", Host: "data.test", Party: scanner.Third},
	}
	row := declaration.Entry{Name: "uid_*", Category: "statistics", Purpose: "x", Domain: "stats.test"}
	d := &declaration.Declaration{Source: "p", Entries: []declaration.Entry{row, {Name: "o", Provider: "Open Street Ltd"}, {Name: "s", Provider: "Stats Ireland Limited"}, {Name: "f", Provider: "Fjordtube AS (data)"}}}
	judgeAs(t, doc, EU, false, Options{Published: []*declaration.Declaration{nil, d}, Others: []*scanner.Scan{nil}})
	if list := of(doc, "U001"); len(list) > 0 {
		t.Errorf("declared at the host of its vendor: %s", list[0].Message)
	}
	if list := of(doc, "U008"); len(list) != 1 || !strings.Contains(list[0].Message, "declared as one of stats.test, and was met at shop.test") {
		t.Errorf("%+v", list)
	}
	if list := of(doc, "U003"); len(list) != 2 || list[0].Subject != "Open Ads" || list[1].Subject != "data.test" {
		t.Errorf("a word that many companies begin with names nobody, and the first word of a company or of a site does: %+v", list)
	}
}

// Lists of cookies have storage among them: a row that no cookie fits is about
// the storage of its name.
func TestStorageInListsOfCookies(t *testing.T) {
	stored := func(kind scanner.StorageKind, key string) scanner.StorageItem {
		return scanner.StorageItem{
			Kind: kind, Key: key, Origin: "https://www.shop.test", Party: scanner.First, Present: []string{"none"},
			Writes: []scanner.StorageWrite{{Pass: "none", State: "none", Page: "none/1", Trigger: scanner.OnLoad, URL: "https://www.shop.test/s.js", Line: 1, Action: scanner.Set}},
		}
	}
	seconds := int64(86400)
	day, session := declaration.Lifetime{Raw: "1 day", Seconds: &seconds}, declaration.Lifetime{Raw: "Session", Session: true}
	never := declaration.Lifetime{Raw: "never"}
	row := func(kind, name string, l declaration.Lifetime) declaration.Entry {
		return declaration.Entry{Name: name, Kind: kind, Category: "necessary", Purpose: "Works", Lifetime: l, Confidence: declaration.Certain}
	}
	for name, test := range map[string]struct {
		row    declaration.Entry
		item   scanner.StorageItem
		cookie string
		want   []string
	}{
		"a key among cookies":                    {row("cookie", "cart_*", never), stored(scanner.LocalStorage, "cart_7"), "uid_7", []string{"U001"}},
		"and with a lifetime of a session":       {row("cookie", "cart_*", session), stored(scanner.LocalStorage, "cart_7"), "uid_7", []string{"U001", "U007"}},
		"a cookie has the name too":              {row("cookie", "uid_*", day), stored(scanner.LocalStorage, "uid_7"), "uid_7", []string{"U002"}},
		"session storage that is called HTML":    {row("localStorage", "tab_*", session), stored(scanner.SessionStorage, "tab_7"), "uid_7", []string{"U001"}},
		"session storage, declared for longer":   {row("localStorage", "tab_*", never), stored(scanner.SessionStorage, "tab_7"), "uid_7", []string{"U001", "U002"}},
		"local storage, declared as a session's": {row("sessionStorage", "tab_*", session), stored(scanner.LocalStorage, "tab_7"), "uid_7", []string{"U001", "U002"}},
		"a store in a database":                  {row("indexedDB", "Logs:V*||Requests", never), stored(scanner.IndexedDB, "Logs:V1"), "uid_7", []string{"U001"}},
		"the same among cookies":                 {row("cookie", "Logs:V*||Requests", never), stored(scanner.IndexedDB, "Logs:V1"), "uid_7", []string{"U001"}},
		"another key":                            {row("cookie", "cart_*", never), stored(scanner.LocalStorage, "basket"), "uid_7", []string{"U001", "U002", "U006"}},
	} {
		t.Run(name, func(t *testing.T) {
			doc := shop(t, cookieOf(scanner.Necessary, settledExempt, 86400))
			doc.Storage = []scanner.StorageItem{test.item}
			judgeAs(t, doc, DE, true, Options{Published: []*declaration.Declaration{{Source: "p", Entries: []declaration.Entry{test.row}}}})
			var got []string
			for _, f := range doc.Findings {
				if slices.Contains([]string{"U001", "U002", "U006", "U007"}, f.ID) {
					got = append(got, f.ID)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Where something was written does not depend on which page came first, and
// two of many are not said to be all.
func TestWhere(t *testing.T) {
	for want, paths := range map[string][]string{
		", on /":                         {"/", "/"},
		", on / and /menu":               {"/menu", "/"},
		", on /, /blog and 2 more":       {"/shop", "/menu", "/", "/blog", "/menu"},
		", on /a-page, /menu and 1 more": {"/menu", "/shop", "/a-page"},
	} {
		c := cookieOf(scanner.Unclassified, "", 86400)
		doc := shop(t, c)
		w := c.Writes[0]
		doc.Cookies[0].Writes = nil
		for i, path := range paths {
			id := fmt.Sprintf("none/%d", i+1)
			w.Page = id
			doc.Cookies[0].Writes = append(doc.Cookies[0].Writes, w)
			page := doc.Passes[0].Pages[0]
			page.ID, page.URL = id, "https://www.shop.test"+path
			doc.Passes[0].Pages = append(doc.Passes[0].Pages[:i:i], page)
		}
		judgeAs(t, doc, EU, false, Options{Register: registerOf(t, "cookies.yaml", "version: 1\nsite: shop.test\n")})
		if found := of(doc, "U001"); len(found) != 1 || !strings.HasSuffix(found[0].Message, want) {
			t.Errorf("%v: %+v, want %q", paths, found, want)
		}
	}
}
