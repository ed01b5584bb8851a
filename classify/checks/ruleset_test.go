package checks

import (
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestParseRuleset(t *testing.T) {
	const current = 202703
	for text, want := range map[string]Ruleset{"": 0, "2026.11": 202611, "2026.12": 202612, "2027.03": 202703} {
		if got, err := parseRuleset(text, current); got != want || err != nil || got.String() != text {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"2027.04":                         "this program has the ruleset 2027.03, which is older than 2027.04",
		"2026.10":                         "the first is 2026.11",
		"2026.1":                          "a year and a month such as 2027.03",
		"2026.13":                         "a year and a month",
		"v2026.11":                        "a year and a month",
		"2026.11 ":                        "a year and a month",
		"1.4":                             "a year and a month",
		strings.Repeat("9", 1000) + ".01": "a year and a month",
	} {
		if got, err := parseRuleset(text, current); err == nil || got != 0 || !strings.Contains(err.Error(), want) || len(err.Error()) > 200 {
			t.Errorf("%.40q: %s, %v", text, got, err)
		}
	}
}

func FuzzParseRuleset(f *testing.F) {
	for _, text := range []string{"", "2026.11", "2026.1", "9999.12", "0000.01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := parseRuleset(text, 999912); err == nil && r.String() != text {
			t.Errorf("%q is read as %s", text, r)
		}
	})
}

// A check is a note in the first ruleset that has it, unless that is the first
// of all, and as long as the user keeps to that one or an earlier.
func TestNewCheck(t *testing.T) {
	for name, row := range map[string]struct {
		since, kept, current Ruleset
		want                 scanner.Severity
		says                 string // empty: nothing of rulesets
	}{
		"old in the first":         {firstRuleset, 0, firstRuleset, asError, ""},
		"old":                      {firstRuleset, 0, 202703, asError, ""},
		"old, and kept to that":    {firstRuleset, firstRuleset, 202703, asError, ""},
		"new":                      {202612, 0, 202612, asNote, " (a note, since the check is new in the ruleset 2026.12; with one after 2026.12 it counts as error)"},
		"not new any more":         {202612, 0, 202703, asError, ""},
		"newer than what is kept":  {202612, 202611, 202703, asNote, " (a note, since the ruleset is kept at 2026.11; with one after 2026.12 it counts as error)"},
		"new in what is kept":      {202612, 202612, 202703, asNote, " (a note, since the check is new in the ruleset 2026.12; with one after 2026.12 it counts as error)"},
		"kept to one after it":     {202612, 202701, 202703, asError, ""},
		"kept, and new in the end": {202703, 202701, 202703, asNote, " (a note, since the ruleset is kept at 2027.01; with one after 2027.03 it counts as error)"},
	} {
		t.Run(name, func(t *testing.T) {
			list := All()
			at := slices.IndexFunc(list, func(c Check) bool { return c.ID == "B001" })
			list[at].Since = row.since
			doc := document(t, "B001", "must")
			if err := judgeBy(list, row.current, doc, Options{Profile: DE, Chosen: true, Ruleset: row.kept}); err != nil {
				t.Fatal(err)
			}
			plain := document(t, "B001", "must")
			judge(t, plain, DE, true)
			found, errors := map[string]scanner.Finding{}, 0
			for _, f := range of(doc, "B001") {
				found[f.Fingerprint] = f
			}
			for _, was := range of(plain, "B001") {
				if was.Severity != asError {
					continue
				}
				errors++
				if f := found[was.Fingerprint]; f.Severity != row.want || f.Message != was.Message+row.says {
					t.Errorf("%s %s", f.Severity, f.Message)
				}
			}
			if errors == 0 {
				t.Error("the document has no error to lower")
			}
			if doc.Checks.Ruleset != row.current.String() || doc.Checks.Kept != row.kept.String() {
				t.Errorf("the scan says ruleset %s, kept %s", doc.Checks.Ruleset, doc.Checks.Kept)
			}
			for _, f := range doc.Findings {
				if f.ID != "B001" && strings.Contains(f.Message, "ruleset") {
					t.Errorf("%s is held: %s", f.ID, f.Message)
				}
			}
		})
	}
}

// What weighs no more anyway says nothing of rulesets.
func TestNewCheckThatIsANote(t *testing.T) {
	f := scanner.Finding{Severity: asNote, Message: "m"}
	if hold(&f, Check{Since: 202612}, 0, 202612); f.Severity != asNote || f.Message != "m" {
		t.Errorf("%+v", f)
	}
}

// No check is of a ruleset to come: it would be a note for ever.
func TestSince(t *testing.T) {
	for _, c := range slices.Concat(All(), OfWaivers()) {
		if c.Since < firstRuleset || c.Since > Current {
			t.Errorf("%s is in the rulesets since %q, which are %s to %s", c.ID, c.Since, firstRuleset, Current)
		}
	}
}

func TestRulesetOf(t *testing.T) {
	for _, row := range []struct {
		run       *scanner.CheckRun
		has, kept Ruleset
	}{
		{nil, 0, 0},
		{&scanner.CheckRun{}, 0, 0},
		{&scanner.CheckRun{Ruleset: "2027.03"}, 202703, 202703},
		{&scanner.CheckRun{Ruleset: "2027.03", Kept: "2026.12"}, 202703, 202612},
		{&scanner.CheckRun{Ruleset: "tomorrow"}, 0, 0},
	} {
		if has, kept := RulesetOf(&scanner.Scan{Checks: row.run}); has != row.has || kept != row.kept {
			t.Errorf("%+v: has %s, kept %s", row.run, has, kept)
		}
	}
}

func TestWithout(t *testing.T) {
	for _, r := range []Ruleset{0, firstRuleset, 202703} {
		doc, same := fixture(t, "B001", "must"), fixture(t, "B001", "must")
		if Without(doc, r); len(doc.Findings) == 0 || len(doc.Findings) != len(same.Findings) || len(doc.Checks.Tested) != len(same.Checks.Tested) {
			t.Errorf("%s takes something out", r)
		}
	}
	doc := fixture(t, "B001", "must")
	if Without(doc, firstRuleset-1); len(doc.Findings)+len(doc.Checks.Tested)+len(doc.Checks.NotTested) > 0 {
		t.Errorf("%+v stays", doc.Checks)
	}
	Without(&scanner.Scan{}, 202703)
}
