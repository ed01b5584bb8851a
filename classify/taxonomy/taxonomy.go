// Package taxonomy sorts what is classified into the groups that consent tools
// and guides use: those of Cookiebot, OneTrust, the ICC UK guide, Google
// Consent Mode, the IAB TCF, or of a file of the user. The groups are data
// (data/<name>.yaml). It changes no category: that stays in the document.
package taxonomy

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"cookiescan/classify/words"
)

//go:embed data/*.yaml
var files embed.FS

// Default is the name of our own taxonomy.
const Default = "cookiescan"

// categories are those that the groups of a taxonomy must cover.
var categories = [...]string{"necessary", "preferences", "statistics", "marketing", "unclassified"}

// A Taxonomy is an ordered list of groups.
type Taxonomy struct {
	ID     string
	Name   string
	groups []Group
}

// A Group is one category of a taxonomy.
type Group struct {
	ID         string
	names      names
	texts      names
	words      string // the category whose words are the group's
	categories []string
	purposes   []string
}

// file is how a taxonomy is written.
type file struct {
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Groups []struct {
		ID         string   `yaml:"id"`
		Name       names    `yaml:"name"`
		Text       names    `yaml:"text"`
		Words      string   `yaml:"words"`
		Categories []string `yaml:"categories"`
		Purposes   []string `yaml:"purposes"`
	} `yaml:"groups"`
}

// names are texts by language. A lone text is for all languages.
type names map[string]string

// UnmarshalYAML reads one text or a mapping of languages to texts.
func (n *names) UnmarshalYAML(node ast.Node) error {
	var text string
	if err := yaml.NodeToValue(node, &text); err == nil {
		*n = names{"": text}
		return nil
	}
	var m map[string]string
	if err := yaml.NodeToValue(node, &m); err != nil {
		return &misplaced{node, "neither a text nor a text for each language, such as {en: ..., de: ...}"}
	}
	*n = m
	return nil
}

// misplaced is a value that is not of the form it should have.
type misplaced struct {
	node ast.Node
	text string
}

func (e *misplaced) Error() string { return e.text }

// in is the text in a language, else in English, else the one there is for all.
func (n names) in(tag string) string {
	for _, key := range []string{tag, "en", ""} {
		if text := n[key]; text != "" {
			return text
		}
	}
	for _, key := range slices.Sorted(maps.Keys(n)) {
		return n[key]
	}
	return ""
}

// Names lists the taxonomies there are, our own first.
func Names() []string {
	list := []string{Default}
	entries, err := fs.ReadDir(files, "data")
	if err != nil {
		return list // the folder is embedded
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".yaml"); name != Default {
			list = append(list, name)
		}
	}
	return list
}

// Lookup finds a taxonomy by its name; no name is our own. The error of an
// unknown one names those there are.
func Lookup(name string) (*Taxonomy, error) {
	if name == "" {
		name = Default
	}
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("taxonomy %.60q is unknown, the taxonomies are %s", name, strings.Join(Names(), ", "))
	}
	path := "data/" + name + ".yaml"
	src, err := files.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the taxonomy %s: %w", path, err)
	}
	return Parse(path, src)
}

// Parse reads a taxonomy file strictly. The name is for errors, which say the
// line and column of what the YAML decoder refuses.
func Parse(name string, src []byte) (*Taxonomy, error) {
	var f file
	if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("taxonomy file %s: %w", name, located(err))
	}
	t := &Taxonomy{ID: f.ID, Name: f.Name}
	for _, g := range f.Groups {
		t.groups = append(t.groups, Group{g.ID, g.Name, g.Text, g.Words, g.Categories, g.Purposes})
	}
	if err := t.check(); err != nil {
		return nil, fmt.Errorf("taxonomy file %s: %w", name, err)
	}
	return t, nil
}

// located is the error of the YAML decoder in one line.
func located(err error) error {
	first, _, _ := strings.Cut(err.Error(), "\n")
	var at *token.Token
	var e yaml.Error
	var m *misplaced
	switch {
	case errors.As(err, &m):
		first, at = m.text, m.node.GetToken()
	case errors.As(err, &e):
		first, at = e.GetMessage(), e.GetToken()
	}
	if at == nil || at.Position == nil {
		return errors.New(first)
	}
	return fmt.Errorf("line %d, column %d: %s", at.Position.Line, at.Position.Column, first)
}

// check refuses what would leave something without a group or give it two.
func (t *Taxonomy) check() error {
	if t.ID == "" {
		return errors.New("the taxonomy has no id")
	}
	if len(t.groups) == 0 {
		return errors.New("the taxonomy has no groups")
	}
	english, err := words.Language("en")
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, key := range english.Purposes() {
		known[key] = true
	}
	taken := map[string]string{}
	for i, g := range t.groups {
		if err := g.check(known, taken); err != nil {
			return fmt.Errorf("group %d (%s): %w", i+1, g.ID, err)
		}
	}
	for _, c := range categories[:len(categories)-1] { // what is unclassified needs no group
		if taken[c] == "" {
			return fmt.Errorf("no group takes the category %s", c)
		}
	}
	return nil
}

// check looks at one group. What its categories and purposes are is noted.
func (g *Group) check(purposes map[string]bool, taken map[string]string) error {
	take := func(key string) error {
		if other := taken[key]; other != "" {
			return fmt.Errorf("%s is in the group %s already", key, other)
		}
		taken[key] = g.ID
		return nil
	}
	if g.ID == "" {
		return errors.New("it has no id")
	}
	if err := take("id " + g.ID); err != nil {
		return err
	}
	if g.names.in("") == "" && g.words == "" {
		return errors.New("it has no name")
	}
	if g.words != "" && !slices.Contains(categories[:], g.words) {
		return fmt.Errorf("words: there is no category %.60q", g.words)
	}
	for _, c := range g.categories {
		if !slices.Contains(categories[:], c) {
			return fmt.Errorf("there is no category %.60q, the categories are %s", c, strings.Join(categories[:], ", "))
		}
		if err := take(c); err != nil {
			return err
		}
	}
	for _, p := range g.purposes {
		if !purposes[p] {
			return fmt.Errorf("there is no purpose %.60q", p)
		}
		if err := take(p); err != nil {
			return err
		}
	}
	return nil
}

// Groups lists the groups in their order, what has none last.
func (t *Taxonomy) Groups() []Group {
	list := slices.Clone(t.groups)
	for _, g := range t.groups {
		if slices.Contains(g.categories, "unclassified") {
			return list
		}
	}
	return append(list, unclassified())
}

// Of is the group of something by its purpose, else by its category. A category
// that is unknown is taken for unclassified.
func (t *Taxonomy) Of(category, purpose string) Group {
	for _, g := range t.groups {
		if purpose != "" && slices.Contains(g.purposes, purpose) {
			return g
		}
	}
	for _, g := range t.groups {
		if slices.Contains(g.categories, category) {
			return g
		}
	}
	if category != "unclassified" {
		return t.Of("unclassified", "")
	}
	return unclassified()
}

// unclassified is the group of what a taxonomy has no group for.
func unclassified() Group { return Group{ID: "unclassified", words: "unclassified"} }

// OneToOne tells whether each group is one category as a whole, so that the group
// of something says its category.
func (t *Taxonomy) OneToOne() bool {
	return !slices.ContainsFunc(t.groups, func(g Group) bool { return len(g.categories) != 1 || len(g.purposes) > 0 })
}

// Words are the group's name and a sentence about it, if there is one.
func (g Group) Words(l *words.Lang) (name, text string) {
	if g.words != "" {
		name, text = l.Category(g.words)
	}
	if own := g.names.in(l.Tag()); own != "" {
		name = own
	}
	if own := g.texts.in(l.Tag()); own != "" {
		text = own
	}
	return name, text
}
