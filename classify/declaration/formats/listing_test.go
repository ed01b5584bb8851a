package formats

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"cookiescan/classify/declaration"
)

var update = flag.Bool("update", false, "write what the files of testdata give")

// listing is a declaration with a line for each thing in it.
func listing(d *declaration.Declaration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "source %s, language %q, updated %q\n", d.Source, d.Language, d.Updated)
	for _, e := range d.Entries {
		lasts := fmt.Sprintf("%q", e.Lifetime.Raw)
		if e.Lifetime.Seconds != nil {
			lasts += fmt.Sprintf(" %d s", *e.Lifetime.Seconds)
		}
		if e.Lifetime.Session {
			lasts += " session"
		}
		fmt.Fprintf(&b, "%s: %s %q at %q by %q, %s, %s, party %q, %s: %s\n",
			e.Place, firstOf(e.Kind, "-"), e.Name, e.Domain, e.Provider, firstOf(e.Category, "-"), lasts, e.Party, e.Confidence, e.Purpose)
	}
	for _, n := range d.NotUnderstood {
		fmt.Fprintf(&b, "not understood: %s: %s: %s\n", n.Place, n.Text, n.Why)
	}
	return b.String()
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}
