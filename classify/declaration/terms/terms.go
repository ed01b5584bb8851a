// Package terms holds what declarations call the kinds of storage and the
// parties, for all that read declarations: spreadsheets and settings, where a
// word stands alone in a cell, and policy pages, where it stands among others.
// It holds the words and does not look for them.
package terms

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
)

//go:embed terms.yaml
var source []byte

// A Term is a phrase with what it means.
type Term struct {
	Language string // BCP 47, "" where it does not matter
	Text     string // with * at the end of a word for any ending
	Means    string // a kind (cookie, localStorage, ...), or first or third
	Alone    bool   // it means that only where nothing stands beside it
}

// Terms are the terms of declarations.
type Terms struct{ Kinds, Parties []Term }

// Load is the terms of all languages, always in the same order.
var Load = sync.OnceValues(func() (*Terms, error) {
	type words struct {
		In    map[string][]string `yaml:"in"`
		Alone []string            `yaml:"alone"`
	}
	var file struct{ Kinds, Parties map[string]words }
	if err := yaml.UnmarshalWithOptions(source, &file, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the terms of declarations: %w", err)
	}
	list := func(section map[string]words) []Term {
		var terms []Term
		for _, means := range slices.Sorted(maps.Keys(section)) {
			w := section[means]
			for _, language := range slices.Sorted(maps.Keys(w.In)) {
				for _, text := range w.In[language] {
					terms = append(terms, Term{Language: language, Text: text, Means: means})
				}
			}
			for _, text := range w.Alone {
				terms = append(terms, Term{Text: text, Means: means, Alone: true})
			}
		}
		return terms
	}
	return &Terms{Kinds: list(file.Kinds), Parties: list(file.Parties)}, nil
})
