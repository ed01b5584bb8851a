package rules

import (
	"fmt"
	"strings"
	"testing"
)

// good is a rule file in which nothing is to be found.
const good = `vendor:
  id: acme
  name: Acme
  country: DE
  policy: https://www.acme.test/privacy
  domains: [acme.test]
  category: statistics
  purpose: count-visits
rules:
  - id: visitor
    match: {glob: "_acme_visitor_*", setter: [cdn.acme.test]}
    category: statistics
    exemption: {default: none, fr: conditional}
    condition: Only as the authority asks.
    purpose: count-visits
    lifetime: 13 months
    source: https://www.acme.test/cookies
    examples: [_acme_visitor_1]
    not: [_acme_visitor]
`

// more is a second rule; %s is its match, %s its category.
const more = `  - id: second
    match: {%s}
    category: %s
    exemption: none
    purpose: count-visits
    source: observed
    examples: [%s]
`

func TestLint(t *testing.T) {
	replace := func(old, by string) string { return strings.Replace(good, old, by, 1) }
	add := func(match, category, example string) string {
		return good + fmt.Sprintf(more, match, category, example)
	}
	tests := []struct{ name, src, want string }{
		{"nothing", good, ""},
		{"a fault of the file", replace("id: acme", "nmae: acme"), `acme.yaml:2:3: unknown key "nmae"`},
		{"empty", "", "acme.yaml: the file is empty"},
		{"file name", replace("id: acme", "id: acne"), "acme.yaml:2:7: acne: the file must be named acne.yaml"},
		{"country", replace("DE", "UK"), `acme.yaml:4:12: acme: country "UK" is no code`},
		{"policy", replace("https://www.acme.test/privacy", "acme.test"), "acme.yaml:5:11: acme: policy is no address"},
		{"opt-out", replace("country: DE", "optOut: https://thenai.org/opt-out"), "the opt-out tool of the NAI was closed"},
		{"domain", replace("[acme.test]", "[.acme.test]"), `".acme.test" is no host name`},
		{"everybody's domain", replace("[acme.test]", "[co.uk]"), "everybody can have a domain below co.uk"},
		{"what a service is for", replace("  category: statistics\n  purpose", "  purpose"), "a service with domains needs category and purpose"},
		{"purpose of the vendor", replace("purpose: count-visits", "purpose: spy"), `acme.yaml:8:12: acme: purpose "spy" is unknown`},
		{"no purpose", replace("    purpose: count-visits\n", ""), "acme.yaml:10:9: acme/visitor: purpose is missing"},
		{"purpose", replace("    purpose: count-visits", "    purpose: spy"), `acme/visitor: purpose "spy" is unknown`},
		{"translation", replace("    purpose: count-visits", "    purpose: keep-basket"), "purpose keep-basket has no sentence in de, mt"},
		{"no source", replace("    source: https://www.acme.test/cookies\n", ""), "source is missing"},
		{"source", replace("https://www.acme.test/cookies", "ftp://x.test"), "source must begin with https://"},
		{"lifetime", replace("13 months", "13 Monate"), `acme.yaml:16:15: acme/visitor: lifetime "13 Monate" must be`},
		{"no condition", replace("    condition: Only as the authority asks.\n", ""), "needs a condition"},
		{"condition of nothing", replace("{default: none, fr: conditional}", "none"), "a condition needs an exemption"},
		{"settled statistics", replace("fr: conditional", "fr: settled, uk: conditional"), "statistics is never settled"},
		{"necessary without exemption", replace("category: statistics\n    exemption", "category: necessary\n    exemption"), "what is necessary is exempt in some way"},
		{"conditional marketing", replace("category: statistics\n    exemption", "category: marketing\n    exemption"), "marketing is not exempt under conditions"},
		{"profile", replace("fr: conditional", "xx: conditional"), `profile "xx" is no country`},
		{"profile that says nothing", replace("fr: conditional", "fr: none, uk: conditional"), "profile fr says the same as the default"},
		{"no examples", replace("    examples: [_acme_visitor_1]\n", ""), "acme.yaml:10:9: acme/visitor: the rule has no examples"},
		{"example", replace("[_acme_visitor_1]", "[_acme_visitor_1, acme]"), `the example "acme" does not match`},
		{"counter-example", replace("not: [_acme_visitor]", "not: [_acme_visitor_x]"), `acme.yaml:19:10: acme/visitor: the counter-example "_acme_visitor_x" matches`},
		{"short pattern", add(`glob: "ab*"`, "statistics", "abc"), "fewer than 4 literal characters must require"},
		{"pattern without counter-examples", add(`glob: "abcde*"`, "statistics", "abcdef"), "fewer than 6 literal characters needs counter-examples"},
		{"no wildcard", add(`glob: "abcdefg"`, "statistics", "abcdefg"), "it is an exact name"},
		{"regexp without pattern", add(`regexp: "abcdefg[0-9]"`, "statistics", "abcdefg1"), "a regexp needs a pattern"},
		{"anybody's", add(`exact: session_id`, "statistics", "session_id"), `the name "session_id" could be anybody's`},
		{"id twice", strings.Replace(add(`exact: acme_other`, "statistics", "acme_other"), "id: second", "id: visitor", 1), "there is a rule of this id at acme.yaml:10:9"},
		{"duplicate", add(`glob: "_acme_visitor_*", setter: [cdn.acme.test]`, "statistics", "_acme_visitor_2"), "acme/second: acme/visitor at acme.yaml:10:9 matches the same"},
		{"shadowed", add(`regexp: "_acme_[v]isitor_.+", pattern: "_acme_visitor_*"`, "statistics", "_acme_visitor_2") + "  - id: third\n    match: {exact: _acme_visitor_2}\n    category: statistics\n    exemption: none\n    purpose: count-visits\n    source: observed\n    examples: [_acme_visitor_2]\n", "acme/second: the rule never wins: its examples are taken by acme/third"},
		{"an example of another rule", add(`exact: _acme_visitor_1, setter: [cdn.acme.test]`, "statistics", "_acme_visitor_1"), "acme/visitor: the rule never wins: its examples are taken by acme/second"},
		{"contradiction", add(`glob: "_acme_v?sitor_1*", setter: [cdn.acme.test]`, "marketing", "_acme_visitor_1"), `"_acme_visitor_1" is marketing here and statistics for acme/visitor`},
		{"as good", add(`glob: "_acme_v?sitor_1*", setter: [cdn.acme.test]`, "statistics", "_acme_visitor_1"), `"_acme_visitor_1" fits acme/visitor as well`},
		{"vendor twice", good + "---\n" + good, "acme.yaml:22:7: acme: there is a vendor of this id at acme.yaml:2:7"},
		{"domain of two", good + "---\n" + strings.ReplaceAll(good, "id: acme", "id: other"), "acme.yaml:26:12: other: domain acme.test belongs to acme already"},
		{"host", good + "  - id: hit\n    kind: [pixel]\n    match: {host: [hit.acme.test], path: /collect}\n    category: statistics\n    exemption: none\n    purpose: count-visits\n    source: observed\n    examples: [\"https://hit.acme.test/other?x\"]\n", `the example "https://hit.acme.test/other?x" does not match`},
	}
	options := LintOptions{
		Purposes: []string{"count-visits", "keep-basket"},
		Missing: func(key string) []string {
			if key == "keep-basket" {
				return []string{"de", "mt"}
			}
			return nil
		},
		Named: true,
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			findings, unread := Lint([]Source{{"acme.yaml", []byte(test.src)}}, options)
			var all []string
			for _, f := range findings {
				all = append(all, f.String())
			}
			got := strings.Join(all, "\n")
			if (unread > 0) != (test.src == "") {
				t.Errorf("%d files unread", unread)
			}
			if !strings.Contains(got, test.want) || test.want == "" && got != "" {
				t.Errorf("found:\n%s\nwant %s", got, test.want)
			}
		})
	}
}

// TestLintAcrossFiles has two files that are only wrong together, in the order
// in which they were given.
func TestLintAcrossFiles(t *testing.T) {
	other := strings.NewReplacer("id: acme", "id: other", "domains: [acme.test]", "domains: [other.test]").Replace(good)
	findings, _ := Lint([]Source{{"z.yaml", []byte(good)}, {"a.yaml", []byte(other)}}, LintOptions{})
	if len(findings) == 0 {
		t.Fatal("nothing was found")
	}
	for _, f := range findings {
		if f.Place.File != "a.yaml" {
			t.Errorf("%s is not in the second file", f)
		}
	}
}

func TestFind(t *testing.T) {
	db := load(t, nil, "sample.yaml", sample)
	tests := []struct {
		f    Filter
		want int
	}{
		{Filter{}, 24},
		{Filter{Vendor: "The B"}, 4},
		{Filter{Vendor: "b", Category: Marketing}, 2},
		{Filter{Kind: Request}, 3},
		{Filter{Match: "_x_long_1"}, 3},
		{Filter{Match: "X_LO"}, 1},
		{Filter{Purpose: "none"}, 0},
	}
	for _, test := range tests {
		if got := len(db.Find(test.f)); got != test.want {
			t.Errorf("%+v finds %d, want %d", test.f, got, test.want)
		}
	}
}
