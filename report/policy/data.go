package policy

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed data/*.yaml
var dataFiles embed.FS

// facts are what a policy needs to know of the world.
type facts struct {
	jurisdictions []jurisdiction
	platforms     []platform
	links         links
}

// jurisdiction is a country with its law on cookies and its authority.
type jurisdiction struct {
	ID        string `yaml:"id"`     // as in cookies.yaml
	Region    string `yaml:"region"` // ISO 3166-1
	EEA       bool   `yaml:"eea"`
	Objection bool   `yaml:"objection"` // statistics without consent need a way to object
	Consent   string `yaml:"consent"`   // provision, cited
	Exempt    string `yaml:"exempt"`    // likewise
	Authority string `yaml:"authority"`
	Address   string `yaml:"address"`
	Web       string `yaml:"web"`
}

// platform is a consent platform with the way to open its settings.
type platform struct {
	ID         string            `yaml:"id"`
	Attributes map[string]string `yaml:"attributes"`
	Script     string            `yaml:"script"`
}

type links struct {
	Browsers []link `yaml:"browsers"`
	OptOut   []link `yaml:"optOut"`
}

// link is one to a page of others.
type link struct {
	Name       string   `yaml:"name"`
	Address    string   `yaml:"address"`
	Categories []string `yaml:"categories"` // shown only with one of these
	Vendors    []string `yaml:"vendors"`    // shown only with one of these
	Written    string   `yaml:"written"`    // day on which it was entered, YYYY-MM-DD
}

func loadFacts() (*facts, error) {
	f := &facts{}
	for name, to := range map[string]any{
		"data/jurisdictions.yaml": &f.jurisdictions, "data/platforms.yaml": &f.platforms, "data/links.yaml": &f.links,
	} {
		src, err := dataFiles.ReadFile(name)
		if err == nil {
			err = yaml.UnmarshalWithOptions(src, to, yaml.Strict())
		}
		if err != nil {
			return nil, fmt.Errorf("reading the facts for policies %s: %w", name, err)
		}
	}
	return f, nil
}

// of are the facts about jurisdictions, those that are known.
func (f *facts) of(ids []string) []jurisdiction {
	var list []jurisdiction
	for _, id := range ids {
		if i := slices.IndexFunc(f.jurisdictions, func(j jurisdiction) bool { return j.ID == id }); i >= 0 {
			list = append(list, f.jurisdictions[i])
		}
	}
	return list
}

// regionOf is the country of a jurisdiction: us-ca is in US.
func (f *facts) regionOf(id string) string {
	if known := f.of([]string{id}); len(known) > 0 {
		return known[0].Region
	}
	country, _, _ := strings.Cut(id, "-")
	return strings.ToUpper(country)
}

// inEEA tells whether a country (ISO 3166-1) is in the European Economic Area.
func (f *facts) inEEA(region string) bool {
	return slices.ContainsFunc(f.jurisdictions, func(j jurisdiction) bool { return j.Region == region && j.EEA })
}

// platformOf is a consent platform by its name.
func (f *facts) platformOf(name string) (platform, bool) {
	plain := func(s string) string {
		return strings.NewReplacer("-", "", " ", "", "_", "").Replace(strings.ToLower(s))
	}
	for _, p := range f.platforms {
		if plain(p.ID) == plain(name) {
			return p, true
		}
	}
	return platform{}, false
}
