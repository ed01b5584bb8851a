package policy

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	xlanguage "golang.org/x/text/language"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/page"
	"cookiescan/classify/declaration/register"
	"cookiescan/report/opc/opctest"
)

// edited is the declaration of the tests with some text in the place of other.
func edited(t *testing.T, pairs ...string) *register.File {
	t.Helper()
	src, err := os.ReadFile("testdata/cookies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(src)
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("%q is not in the declaration", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return parse(t, "cookies.yaml", text)
}

func TestGaps(t *testing.T) {
	for _, row := range []struct {
		old, new string
		tags     string
		want     string // a gap that is listed, empty if there is none
	}{
		{"", "", "de,en", ""},
		{"", "", "de", ""},
		{"on: 2026-11-20}\n  - id: consent", "on: 2026-11-20}\n  - id: consentt", "de", ""},
		{"status: {state: reviewed, by: dsb, on: 2026-11-20}\n  - id: old", "status: {state: todo}\n  - id: old", "de", "facebook-pixel: to review"},
		{", en: Our shop is intended for adults.", "", "de,en", "cookies.yaml:8:1: policy.sections.children in en is missing"},
		{"{de: Sie schützt Zahlungen., en: It protects payments.}", "It protects payments.", "de,en", "stripe: exemptReason is one text for all languages, write {de: ..., en: ...}"},
		{"{de: Sie schützt Zahlungen., en: It protects payments.}", "Sie schützt Zahlungen.", "de", ""},
		{"en: Meta recognises", "fr: Meta recognises", "de,en", "fbp: purpose in en is missing"},
		{"choiceKept: 6 months, ", "", "de", "cookies.yaml:19:1: consent.choiceKept is missing"},
		{"cmp: onetrust", "cmp: our own", "de", "consent.reopen is missing, and consent.cmp is none that is known"},
		{"cmp: onetrust", `cmp: our own, reopen: "#settings"`, "de", ""},
		{"jurisdictions: [de, fr, at]", "jurisdictions: [us-ca]", "de", "controller.authority is missing, and jurisdictions names no country whose authority is known"},
		{"contact: datenschutz@shop.example, ", "", "de", "controller.contact is missing"},
		{"transfers: [{to: US, mechanism: SCC}]", "transfers: [{to: US}]", "de", "vendor meta: a transfer needs to and mechanism"},
		{"country: MT, ", "", "de", "vendor hotjar: country is missing"},
		{"country: MT, ", "country: US, ", "de", "vendor hotjar: transfers is missing: US is outside the European Economic Area"},
		{"data: [settings]", "data: [Schuhgröße]", "de", ""},
		{"data: [settings]", "data: [Schuhgröße]", "de,en", `language: data: "Schuhgröße" is in one language only; known in all are basket, campaign, consent choice`},
	} {
		var f *register.File
		if row.old == "" {
			f = edited(t)
		} else {
			f = edited(t, row.old, row.new)
		}
		gaps, err := Gaps(f, strings.Split(row.tags, ","))
		if err != nil {
			t.Fatal(err)
		}
		found := row.want == "" && len(gaps) == 0
		for _, g := range gaps {
			found = found || row.want != "" && strings.Contains(g.String(), row.want)
		}
		if !found {
			t.Errorf("%q, in %s: %v, want %q", row.new, row.tags, gaps, row.want)
		}
	}
}

func TestHistory(t *testing.T) {
	first := shop(t, "de", "en")
	second := build(t, Source{
		Register: edited(t, "version: 7", "version: 8", "updated: 2026-11-22", "updated: 2026-12-01", "lifetime: 90 days", "lifetime: 60 days",
			"role: joint-controller", "role: controller", "name: OptanonConsent", "name: choice", "recipients: [stripe]", "recipients: []",
			"state: reviewed, by: dsb, on: 2026-11-20}\n  - id: fbp", "state: retired, by: dsb, on: 2026-11-20}\n  - id: fbp"),
		Languages: []string{"en"}, Previous: first,
	})
	third := build(t, Source{Register: edited(t, "version: 7", "version: 9"), Languages: []string{"en"}, Previous: second})
	want := []Revision{
		{Version: "9", Updated: "2026-11-22", Added: []string{"_hjSession_*"}, Changed: []Revised{
			{"OptanonConsent", []string{"name"}}, {"__stripe_mid", []string{"other"}}, {"_fbp", []string{"lifetime"}},
		}},
		{Version: "8", Updated: "2026-12-01", Removed: []string{"_hjSession_*"}, Changed: []Revised{
			{"choice", []string{"name"}}, {"__stripe_mid", []string{"other"}}, {"_fbp", []string{"lifetime"}},
		}},
		{Version: "7", Updated: "2026-11-22"},
	}
	if diff := cmp.Diff(want, third.History); diff != "" {
		t.Error(diff)
	}
	text := render(t, third, "markdown", "en", Options{Archive: []Archived{{"8", "2026-12-01", "archive/v8/policy.en.md"}, {"7", "2026-11-22", ""}}}, false)
	for _, line := range []string{"### Version 8, 1 December 2026", "- No longer used: \\_hjSession\\_\\*", "- Changed: choice (Name)", "- [Version 8, 1 December 2026](<archive/v8/policy.en.md>)", "- Version 7, 22 November 2026"} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("the page does not say %s", line)
		}
	}
	if !first.SaysTheSame(shop(t, "en")) || first.SaysTheSame(second) {
		t.Error("SaysTheSame does not tell versions apart")
	}
}

// TestStagingHostsNeverAppear declares something at a host that stands for
// another.
func TestStagingHostsNeverAppear(t *testing.T) {
	f := edited(t, "domain: www.shop.example", "domain: staging.shop.example")
	f.Entries[0].Match.Domain = "pr-7.preview.shop.example"
	s := readScan(t, "typical")
	s.Target.URL, s.Target.As = "https://staging.shop.example/", "https://www.shop.example/"
	d := build(t, Source{Register: f, Languages: []string{"en"}, Scan: s})
	for _, format := range []string{"html", "markdown", "docx", "json"} {
		text := render(t, d, format, "en", Options{}, false)
		if format == "docx" {
			text = opctest.Parts(t, text)["word/document.xml"] + opctest.Parts(t, text)["docProps/core.xml"]
		}
		if strings.Contains(text, "staging.") || strings.Contains(text, "preview.") {
			t.Errorf("the policy in %s names a host that is not public", format)
		}
		if !strings.Contains(text, "www.shop.example") {
			t.Errorf("the policy in %s does not name the public host", format)
		}
	}
}

// TestNothingIsSaidThatNobodyDeclared looks at a declaration that says as little
// as it can.
func TestNothingIsSaidThatNobodyDeclared(t *testing.T) {
	d := build(t, Source{Languages: []string{"en"}, Register: parse(t, "cookies.yaml", `
version: 1
site: a.example
jurisdictions: [de]
policy: {updated: 2026-11-22}
controller: {name: A, address: B, contact: c@a.example}
entries:
  - id: s
    match: {name: sid, domain: "{site}"}
    category: necessary
    purpose: keep-session
    lifetime: session
    when: always
    basis: exempt
    exemptReason: needed
    status: {state: reviewed, by: a, on: 2026-11-20}
`)})
	p, err := Compose(d, "en", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range p.Sections {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff(strings.Fields("controller scope technologies purposes items browser rights changes made"), ids); diff != "" {
		t.Error(diff)
	}
	text := render(t, d, "markdown", "en", Options{}, false)
	for _, word := range []string{"pixel", "Fingerprinting", "Local storage", "Global Privacy", "withdraw", "button", "Recipients", "profil", "children", "opt out", "program"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			t.Errorf("the policy speaks of %s", word)
		}
	}
}

// TestSaleAndSignal is what California asks for, where it is declared.
func TestSaleAndSignal(t *testing.T) {
	f := edited(t, "jurisdictions: [de, fr, at]", "jurisdictions: [us-ca, uk]", "expectBanner: true", "gpc: true",
		"  sections:\n", "  sections:\n    sale: {en: You can opt out of the sale of your data., de: Sie können dem Verkauf widersprechen.}\n",
		`fr: "exempt:audience"`, `uk: "exempt:statistics"`)
	text := render(t, build(t, Source{Register: f, Languages: []string{"en"}}), "html", "en", Options{}, false)
	for _, want := range []string{"Do not sell or share my personal information", "You can opt out of the sale", "Global Privacy Control", "in: United Kingdom.", "https://ico.org.uk"} {
		if !strings.Contains(text, want) {
			t.Errorf("the policy does not say %q", want)
		}
	}
	if n := strings.Count(text, "<button"); n != 1 {
		t.Errorf("there are %d buttons with one id", n)
	}
}

// TestLaw cites the provision of each country, and the directive once for those
// whose provision is not in our data.
func TestLaw(t *testing.T) {
	for _, row := range []struct{ countries, consent, exempt string }{
		{"[ro, fr]", "art. 4 alin. (5) din Legea nr. 506/2004, article 82 de la loi Informatique et Libertés, Article 6(1)(a) GDPR.", "art. 4 alin. (6) din Legea nr. 506/2004, article 82 de la loi Informatique et Libertés."},
		{"[hu, lt, fr]", "az elektronikus hírközlésről szóló 2003. évi C. törvény 155. § (4) bekezdése, national law implementing Article 5(3) of Directive 2002/58/EC, article 82 de la loi Informatique et Libertés, Article 6(1)(a) GDPR.", "national law implementing Article 5(3) of Directive 2002/58/EC, article 82 de la loi Informatique et Libertés."},
	} {
		f := edited(t, "jurisdictions: [de, fr, at]", "jurisdictions: "+row.countries)
		text := render(t, build(t, Source{Register: f, Languages: []string{"en"}}), "html", "en", Options{}, false)
		for _, want := range []string{"we use with your consent: " + row.consent, "that need no consent: " + row.exempt} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the policy does not say %q", row.countries, want)
			}
		}
	}
}

func TestControl(t *testing.T) {
	for _, row := range []struct {
		consent string
		want    Control
	}{
		{"cmp: OneTrust", Control{Attributes: map[string]string{"id": "ot-sdk-btn", "class": "ot-sdk-show-settings"}}},
		{"cmp: cookiebot", Control{map[string]string{"id": "cookie-settings"}, "Cookiebot.renew()"}},
		{`cmp: x, reopen: "#open"`, Control{Attributes: map[string]string{"id": "open"}}},
		{`cmp: x, reopen: ".open"`, Control{Attributes: map[string]string{"class": "open"}}},
		{`cmp: x, reopen: "footer .open"`, Control{Attributes: map[string]string{"id": "cookie-settings"}}},
	} {
		d := build(t, Source{Register: edited(t, "cmp: onetrust", row.consent), Languages: []string{"de"}})
		if diff := cmp.Diff(row.want, d.Consent.Control); diff != "" {
			t.Errorf("%s: %s", row.consent, diff)
		}
	}
}

func TestSchema(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("policy", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("policy")
	if err != nil {
		t.Fatal(err)
	}
	first := shop(t, "de", "en")
	first.Rendering = &Rendering{Formats: []string{"html"}, Taxonomy: "tcf", Fragment: true, Templates: "sha256:00"}
	second := build(t, Source{Register: edited(t, "version: 7", "version: 8", "lifetime: 90 days", "lifetime: {value: 60 days, refreshed: true}"), Languages: []string{"de"}, Previous: first})
	for _, d := range []*Document{first, second, draftOf(t, readScan(t, "typical")), draftOf(t, readScan(t, "hostile"))} {
		text := render(t, d, "json", "", Options{}, false)
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%v", err)
		}
		again, err := ReadDocument("policy.json", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if render(t, again, "json", "", Options{}, false) != text {
			t.Errorf("the policy of %s is another after it was written and read", d.Site)
		}
	}
	if _, err := ReadDocument("scan.json", []byte(`{"schema":"cookiescan/scan/v1"}`)); err == nil || !strings.Contains(err.Error(), "scan.json") {
		t.Errorf("%v", err)
	}
}

// TestTemplates takes templates of the user's own in the place of ours.
func TestTemplates(t *testing.T) {
	d := shop(t, "en")
	p, err := Compose(d, "en", Options{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := NewLook(fstest.MapFS{
		"fragment.gohtml": {Data: []byte(`<article>{{range .Sections}}{{.Title}};{{end}}</article>`)}, "style.css": {Data: []byte("p { color: red }")},
	}, true)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := writeHTML(&out, p, l); err != nil || !strings.HasPrefix(out.String(), "<article>Who is responsible;") {
		t.Errorf("%v %.80s", err, out.String())
	}
	l.Fragment = false
	out.Reset()
	if err := writeHTML(&out, p, l); err != nil || !strings.Contains(out.String(), "p { color: red }") || !strings.Contains(out.String(), "<h1>") {
		t.Errorf("%v %.80s", err, out.String())
	}
	l, err = NewLook(fstest.MapFS{"page.gomd": {Data: []byte("{{.Title}}: {{range .Sections}}{{range .Blocks}}{{with .Table}}{{range .Rows}}{{index . 0}} {{end}}{{end}}{{end}}{{end}}")}}, false)
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := writeMarkdown(&out, p, l); err != nil || out.String() != "Cookie policy for shop.example: `shop_session` `OptanonConsent` `__stripe_mid` `lang` `_ga_*` `_hjSession_*` `_fbp` `/tr/` " {
		t.Errorf("%v %s", err, out.String())
	}
	for name, src := range map[string]string{"page.gohtml": "{{", "page.gomd": "{{", "style.css": strings.Repeat(" ", mostTemplate+1)} {
		if _, err := NewLook(fstest.MapFS{name: {Data: []byte(src)}}, false); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l, err = NewLook(fstest.MapFS{"page.gomd": {Data: []byte("{{.Nothing}}")}}, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeMarkdown(&out, p, l); err == nil || !strings.Contains(err.Error(), "page.gomd") {
		t.Errorf("%v", err)
	}
}

// TestDigest: what the templates of some formats are, and nothing else, makes
// their digest.
func TestDigest(t *testing.T) {
	digest := func(formats string, files ...string) string {
		t.Helper()
		own := fstest.MapFS{}
		for i := 0; i < len(files); i += 2 {
			own[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
		}
		l, err := NewLook(own, false)
		if err != nil {
			t.Fatal(err)
		}
		return l.Digest(strings.Split(formats, ","))
	}
	a := digest("html,json", "style.css", "a")
	if !strings.HasPrefix(a, "sha256:") || a != digest("html", "style.css", "a", "page.gomd", "x", "README", "y") {
		t.Errorf("%s", a)
	}
	for _, other := range []string{
		digest("html", "style.css", "b"), digest("html", "content.gohtml", "a"), digest("html", "style.css", "a", "content.gohtml", ""),
		digest("html,markdown", "style.css", "a", "page.gomd", "x"),
	} {
		if other == a {
			t.Error("other templates have the same digest")
		}
	}
	for _, none := range []string{digest("docx,json", "style.css", "a"), digest("markdown", "style.css", "a"), digest("html", "README", "a"), digest("html")} {
		if none != "" {
			t.Errorf("where nothing is the user's own, the digest is %s", none)
		}
	}
}

// TestFacts looks at our data: every country of the Union and those beside it,
// every profile of the checks, no link to what is no more.
func TestFacts(t *testing.T) {
	f, err := loadFacts()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range strings.Fields("at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk uk ch no is li") {
		if len(f.of([]string{id})) == 0 {
			t.Errorf("%s is missing", id)
		}
	}
	for _, p := range checks.Profiles() {
		if p != checks.EU && p != checks.USCA && len(f.of([]string{string(p)})) == 0 {
			t.Errorf("the profile %s is missing", p)
		}
	}
	r, err := page.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range append(f.links.Browsers, f.links.OptOut...) {
		if retired := r.Retired(l.Address + " " + l.Name); len(retired) > 0 || href(l.Address) == "" || len(l.Written) != 10 {
			t.Errorf("%+v is retired or no address: %v", l, retired)
		}
	}
	seen := map[string]bool{}
	for _, j := range f.jurisdictions {
		if _, err := xlanguage.ParseRegion(j.Region); err != nil || j.Authority == "" || !strings.HasPrefix(href(j.Web), "https://") || seen[j.ID] || j.Exempt != "" && j.Consent == "" {
			t.Errorf("%+v", j)
		}
		seen[j.ID] = true
	}
	for _, p := range f.platforms {
		if (p.Script == "") == (len(p.Attributes) == 0) {
			t.Errorf("%s opens by attributes or by a script", p.ID)
		}
		for name := range p.Attributes {
			if name != "id" && name != "class" && !strings.HasPrefix(name, "data-") {
				t.Errorf("%s: the attribute %s", p.ID, name)
			}
		}
	}
}
