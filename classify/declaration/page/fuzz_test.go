package page

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

// FuzzRead reads anything as HTML, Markdown and text: it never panics, every
// entry has a name and a place, and all is text that can be written as JSON.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	r := newReader(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"policy.html", "policy.md", "policy.txt"} {
			d, err := r.Read(name, data)
			if err != nil {
				continue
			}
			for _, e := range d.Entries {
				if e.Name == "" || e.Place == "" || e.Confidence == "" || e.Kind == "" {
					t.Errorf("an entry lacks something: %+v", e)
				}
				if strings.Contains(e.Name+e.Purpose+e.Provider, seam) || e.Category == functional {
					t.Errorf("an entry has something internal: %+v", e)
				}
			}
			text, err := json.Marshal(d)
			if err != nil || !utf8.Valid(text) {
				t.Errorf("it cannot be written: %v", err)
			}
		}
	})
}
