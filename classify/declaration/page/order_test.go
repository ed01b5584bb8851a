package page

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"cookiescan/classify/declaration/formats"
)

// TestNoFormatTakesPages: files are offered to the formats first. One that took
// a policy for a spreadsheet would make cookies of its sentences.
func TestNoFormatTakesPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no fixtures: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		policy := archive.Files[0]
		if f, ok := formats.Detect(policy.Name, policy.Data); ok {
			t.Errorf("%s: %s is taken for %s", file, policy.Name, f.Description)
		}
	}
}
