package rules_test

import (
	"slices"
	"testing"

	"cookiescan/classify/rules"
	"cookiescan/classify/words"
)

// TestEmbedded checks the rules that come with the program as rules lint does:
// among others, each example must be won by its rule.
func TestEmbedded(t *testing.T) {
	sources, err := rules.EmbeddedSources()
	if err != nil {
		t.Fatal(err)
	}
	english, err := words.Language("en")
	if err != nil {
		t.Fatal(err)
	}
	lacking := map[string][]string{}
	for _, tag := range words.Languages() {
		l, err := words.Language(tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range english.Purposes() {
			if !slices.Contains(l.Purposes(), key) {
				lacking[key] = append(lacking[key], tag)
			}
		}
	}
	findings, _ := rules.Lint(sources, rules.LintOptions{
		Purposes: english.Purposes(), Missing: func(key string) []string { return lacking[key] }, Named: true,
	})
	for _, f := range findings {
		t.Error(f)
	}
}

// TestExamples looks every example and counter-example up in the whole
// database.
func TestExamples(t *testing.T) {
	db, err := rules.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	examples, counter := 0, 0
	for r := range db.Rules() {
		for _, example := range r.Examples {
			examples++
			if m := db.Match(r.Query(example)); m.Rule != r {
				t.Errorf("%s: %q is taken by %s", r.ID, example, ruleID(m))
			}
		}
		for _, name := range r.Not {
			counter++
			for _, kind := range r.Kinds {
				q := r.Query(name)
				q.Kind = kind
				if m := db.Match(q); m.Rule == r {
					t.Errorf("%s: the counter-example %q matches", r.ID, name)
				}
			}
		}
	}
	t.Logf("%d examples, %d counter-examples", examples, counter)
}

func ruleID(m rules.Match) string {
	if m.Rule == nil {
		return "no rule"
	}
	return m.Rule.ID
}
