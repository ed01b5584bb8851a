package report

import (
	"strconv"
	"strings"
	"testing"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/classify/rules"
)

// TestParallel classifies, judges and writes scans beside each other, as a check
// of several sites does, with one rule database: all come out the same. It is
// meant for the race detector.
func TestParallel(t *testing.T) {
	db, err := rules.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var results [4]string
	t.Run("together", func(t *testing.T) {
		for i := range results {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				results[i] = judgedAndWritten(t, db)
			})
		}
	})
	for _, text := range results[1:] {
		if text != results[0] || text == "" {
			t.Errorf("got texts of %d and %d bytes", len(results[0]), len(text))
		}
	}
}

// judgedAndWritten is a scan in every format that differs in its texts.
func judgedAndWritten(t *testing.T, db *rules.DB) string {
	t.Helper()
	s := readScan(t, "consent")
	if err := classify.Apply(s, db, classify.Options{Profile: "de"}); err != nil {
		t.Fatal(err)
	}
	if err := checks.Judge(s, checks.Options{Profile: "de", Chosen: true}); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, format := range []string{"table", "json", "csv", "markdown", "html", "xlsx"} {
		out.WriteString(render(t, format, Options{}, s))
	}
	for _, f := range gateFormats() {
		out.WriteString(renderCheck(t, f.Name, &Gate{Text: []byte(declared), Declaration: "cookies.yaml"}, s))
	}
	return out.String()
}
