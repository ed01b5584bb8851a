package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"cookiescan/classify/checks"
)

func writeCheck(t *testing.T, format, id string, o Options) string {
	t.Helper()
	c, ok := checks.Lookup(id)
	if !ok {
		t.Fatalf("no check %s", id)
	}
	var out bytes.Buffer
	if err := WriteCheck(&out, format, c, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCheckPages(t *testing.T) {
	checkGolden(t, "check-B001.txt", writeCheck(t, "", "B001", Options{}))
	checkGolden(t, "check-B001.json", writeCheck(t, "json", "B001", Options{}))
	for _, c := range checks.All() {
		text := writeCheck(t, "", c.ID, Options{Width: 80})
		checkText(t, c.ID, text)
		for line := range strings.Lines(text) {
			if width(strings.TrimSuffix(line, "\n")) > 80 {
				t.Errorf("%s: too wide: %q", c.ID, line)
			}
		}
		if !json.Valid([]byte(writeCheck(t, "json", c.ID, Options{}))) {
			t.Errorf("%s: no JSON", c.ID)
		}
	}
}
