package rules_test

import (
	"os"
	"strings"
	"testing"

	"cookiescan/classify/rules"
	"cookiescan/classify/words"
)

// TestFormat lints the example of FORMAT.md.
func TestFormat(t *testing.T) {
	text, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```yaml\n")
	example, _, ok := strings.Cut(after, "```")
	if !ok {
		t.Fatal("FORMAT.md has no example")
	}
	english, err := words.Language("en")
	if err != nil {
		t.Fatal(err)
	}
	findings, _ := rules.Lint([]rules.Source{{Name: "FORMAT.md", Text: []byte(example)}}, rules.LintOptions{Purposes: english.Purposes()})
	for _, f := range findings {
		t.Error(f)
	}
}
