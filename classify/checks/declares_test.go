package checks

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/page"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// policyReader is made once: it loads the lexicons of all languages.
var policyReader = sync.OnceValues(page.New)

// registerOf reads a cookies.yaml.
func registerOf(t testing.TB, name, text string) *register.File {
	t.Helper()
	f, err := register.Read(name, []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// pageOf reads a policy page in Markdown.
func pageOf(t testing.TB, name, text string) *declaration.Declaration {
	t.Helper()
	r, err := policyReader()
	if err != nil {
		t.Fatal(err)
	}
	d, err := r.Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// declares is what a fixture declares: NAME.cookies.yaml, NAME.previous.yaml,
// the pages NAME.policy*.md, the further scan NAME.other.json and the states of
// links NAME.links.json, as far as they are there.
func declares(t *testing.T, id, name string) Options {
	t.Helper()
	var o Options
	beside := func(suffix string) ([]byte, bool) {
		text, err := os.ReadFile(filepath.Join(dir, id, name+suffix))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		return text, err == nil
	}
	if text, ok := beside(".cookies.yaml"); ok {
		o.Register = registerOf(t, "cookies.yaml", string(text))
	}
	if text, ok := beside(".previous.yaml"); ok {
		o.Previous = registerOf(t, "cookies.yaml", string(text))
	}
	pages, err := filepath.Glob(filepath.Join(dir, id, name+".policy*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range pages {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		o.Published = append(o.Published, pageOf(t, strings.TrimPrefix(filepath.Base(path), name+"."), string(text)))
	}
	if text, ok := beside(".links.json"); ok {
		if err := json.Unmarshal(text, &o.Links); err != nil {
			t.Fatal(err)
		}
	}
	if text, ok := beside(".other.json"); ok {
		docs, err := scanner.Read(strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		o.Others = docs
	}
	return o
}
