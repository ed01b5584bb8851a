package checks

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed *.md
var pages embed.FS

// Page is the documentation of a check. Why, Wrong and Fix are one paragraph
// each, since findings carry them.
type Page struct {
	Title    string
	What     string // what is observed
	Why      string // why it matters
	Wrong    string // what would make it wrong
	Fix      string // what to do
	Examples []string
}

// Page reads the documentation of a check.
func (c Check) Page() (Page, error) {
	name := strings.ToLower(c.ID) + "_" + c.Slug + ".md"
	text, err := pages.ReadFile(name)
	if err != nil {
		return Page{}, fmt.Errorf("the page of check %s: %w", c.ID, err)
	}
	p, err := parsePage(string(text))
	if err != nil {
		return Page{}, fmt.Errorf("the page of check %s: %s: %w", c.ID, name, err)
	}
	return p, nil
}

// parsePage reads a heading and five sections.
func parsePage(text string) (Page, error) {
	var p Page
	sections := map[string]*string{"What": &p.What, "Why": &p.Why, "What would make it wrong": &p.Wrong, "What to do": &p.Fix}
	var into *string
	examples := false
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "# "):
			p.Title = line[2:]
		case line == "## Examples":
			into, examples = nil, true
		case strings.HasPrefix(line, "## "):
			if into = sections[line[3:]]; into == nil {
				return p, fmt.Errorf("line %d: unknown section %q", i+1, line[3:])
			}
			examples = false
		case line == "":
		case examples && strings.HasPrefix(line, "- "):
			p.Examples = append(p.Examples, line[2:])
		case examples && len(p.Examples) > 0:
			p.Examples[len(p.Examples)-1] += " " + line
		case into == nil:
			return p, fmt.Errorf("line %d: text outside of a section", i+1)
		default:
			*into = strings.TrimSpace(*into + " " + line)
		}
	}
	for name, text := range sections {
		if *text == "" {
			return p, fmt.Errorf("the section %q is missing", name)
		}
	}
	if p.Title == "" || len(p.Examples) == 0 {
		return p, fmt.Errorf("a title or the examples are missing")
	}
	return p, nil
}
