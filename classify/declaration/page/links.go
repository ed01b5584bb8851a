package page

import (
	"embed"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"cookiescan/classify/rules"
)

//go:embed data/links.yaml
var linkFiles embed.FS

// A Retirement is a tool, programme or browser that is no more.
type Retirement struct {
	Name     string
	Since    string // YYYY-MM-DD
	Verified string // day on which that was last checked, YYYY-MM-DD
	Source   string
}

// linkList is what is known of the places that policy pages point to.
type linkList struct {
	optOut, browserHelp, policy []place
	retired                     []retired
}

type retired struct {
	Retirement
	links    []place
	mentions *regexp.Regexp
}

// place is a part of the web: a host and all below it, a beginning of the path,
// a word in it.
type place struct {
	Host string `yaml:"host"`
	Path string `yaml:"path"`
	Word string `yaml:"word"`
}

type linkFile struct {
	OptOut      []place `yaml:"optOut"`
	BrowserHelp []place `yaml:"browserHelp"`
	Policy      []place `yaml:"policy"`
	Retired     []struct {
		Name     string   `yaml:"name"`
		Since    string   `yaml:"since"`
		Verified string   `yaml:"verified"`
		Source   string   `yaml:"source"`
		Links    []place  `yaml:"links"`
		Mentions []string `yaml:"mentions"`
	} `yaml:"retired"`
}

func loadLinks() (linkList, error) {
	const file = "data/links.yaml"
	src, err := linkFiles.ReadFile(file)
	if err != nil {
		return linkList{}, fmt.Errorf("reading the links of policy pages: %w", err)
	}
	var f linkFile
	if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
		return linkList{}, fmt.Errorf("reading %s: %w", file, err)
	}
	l := linkList{optOut: f.OptOut, browserHelp: f.BrowserHelp, policy: f.Policy}
	for _, r := range f.Retired {
		w, err := compileStatements(map[string][]string{Retired: r.Mentions})
		if err != nil {
			return linkList{}, fmt.Errorf("reading %s: %s: %w", file, r.Name, err)
		}
		l.retired = append(l.retired, retired{Retirement{r.Name, r.Since, r.Verified, r.Source}, r.Links, w.by[Retired]})
	}
	return l, nil
}

// Retired tells what an address leads to, or a sentence speaks of, that is no
// more.
func (r *Reader) Retired(text string) []Retirement {
	u, isLink := webAddress(text)
	words := ""
	if !isLink {
		words = joined(text)
	}
	var found []Retirement
	for _, gone := range r.links.retired {
		if isLink && holds(gone.links, u) || !isLink && gone.mentions.MatchString(words) {
			found = append(found, gone.Retirement)
		}
	}
	return found
}

func webAddress(text string) (*url.URL, bool) {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, " \n") || !strings.HasPrefix(text, "http") {
		return nil, false
	}
	u, err := url.Parse(text)
	return u, err == nil && u.Hostname() != ""
}

func holds(places []place, u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	for _, p := range places {
		if (host == p.Host || strings.HasSuffix(host, "."+p.Host)) && strings.HasPrefix(u.Path, p.Path) && strings.Contains(u.Path, p.Word) {
			return true
		}
	}
	return false
}

// kindOfLink is the kind of statement that a link is, "" if it is none.
func (r *Reader) kindOfLink(l link) string {
	u, ok := webAddress(l.address)
	if !ok {
		return ""
	}
	switch {
	case holds(r.links.optOut, u):
		return LinkOptOut
	case holds(r.links.browserHelp, u):
		return LinkBrowserHelp
	case holds(r.links.policy, u):
		return LinkPolicy
	}
	v, owned := r.db.VendorOfHost(u.Hostname())
	where := strings.ToLower(u.Path + " " + l.text)
	switch {
	case !owned || v.Role == rules.RoleSoftware:
		return ""
	case strings.Contains(where, "opt-out") || strings.Contains(where, "optout") || strings.Contains(where, "opt_out") || strings.Contains(where, "opt out"):
		return LinkOptOut
	case strings.Contains(where, "privacy") || strings.Contains(where, "datenschutz") || strings.Contains(where, "confidential") || strings.Contains(where, "cookie") || strings.Contains(where, "polic"):
		return LinkPolicy
	}
	return ""
}

// Gone is what Reader.Retired tells, for a caller that reads no page.
func Gone(text string) ([]Retirement, error) {
	links, err := loadLinks()
	if err != nil {
		return nil, err
	}
	return (&Reader{links: links}).Retired(text), nil
}
