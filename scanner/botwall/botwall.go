// Package botwall recognises pages that stand before another page and ask for
// proof that the visitor is a person, or refuse programs. It knows pages by what
// the services behind them show: status, headers, title, what is loaded, names
// of cookies. It solves nothing and gets around nothing.
package botwall

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sync"
)

// Page is what a document shows of itself.
type Page struct {
	Status  int
	Headers map[string]string // of its answer, names in lower case
	Title   string
	Loads   []string // addresses of its scripts and frames
	Cookies []string // names that its answer set
	Links   int
	Fields  int // inputs for text
}

// Wall is what stands before a page.
type Wall struct {
	Vendor  string // of the service, by its own name
	Refuses bool   // it asks for nothing: programs are turned away
}

// Sentence says for a person what happened.
func (w Wall) Sentence() string {
	if w.Refuses {
		return w.Vendor + " turns away what it takes for a program, and shows that in place of the page"
	}
	return w.Vendor + " asks for proof that the visitor is a person, in place of the page"
}

//go:embed walls.json
var source []byte

// sign is one set of things that together are a wall. What is left out does not
// matter.
type sign struct {
	Vendor  string            `json:"vendor"`
	Refuses bool              `json:"refuses"`
	Status  []int             `json:"status"`  // one of these
	Headers map[string]string `json:"headers"` // name and expression of its value, all of them
	Title   string            `json:"title"`   // expression
	Loads   string            `json:"loads"`   // expression of an address
	Cookie  string            `json:"cookie"`  // expression of a name
	Bare    bool              `json:"bare"`    // hardly a link and no field: nothing but the wall
	Empty   bool              `json:"empty"`   // the answer has no body: its headers alone say what it is

	headers             map[string]*regexp.Regexp
	title, load, cookie *regexp.Regexp
}

// mostLinks is how many a page may have that is nothing but a wall: a way to
// help, the terms of the service.
const mostLinks = 10

// signs are read once; a test reads them too.
var signs = sync.OnceValue(func() []sign {
	list, err := read(source)
	if err != nil {
		panic(err) // a file of this package
	}
	return list
})

func read(data []byte) ([]sign, error) {
	var list []sign
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("reading the signs of bot walls: %w", err)
	}
	for i := range list {
		if err := list[i].compile(); err != nil {
			return nil, fmt.Errorf("reading the signs of bot walls: %s, sign %d: %w", list[i].Vendor, i+1, err)
		}
	}
	return list, nil
}

func (s *sign) compile() error {
	s.headers = map[string]*regexp.Regexp{}
	for name, text := range s.Headers {
		re, err := regexp.Compile("(?i)" + text)
		if err != nil {
			return err
		}
		s.headers[name] = re
	}
	for _, e := range []struct {
		to   **regexp.Regexp
		text string
	}{{&s.title, s.Title}, {&s.load, s.Loads}, {&s.cookie, s.Cookie}} {
		if e.text == "" {
			continue
		}
		re, err := regexp.Compile("(?i)" + e.text)
		if err != nil {
			return err
		}
		*e.to = re
	}
	return nil
}

// Recognize tells whether a page is a wall.
func Recognize(p Page) (Wall, bool) {
	for _, s := range signs() {
		if s.matches(p) {
			return Wall{Vendor: s.Vendor, Refuses: s.Refuses}, true
		}
	}
	return Wall{}, false
}

func (p Page) empty() bool {
	return p.Title == "" && len(p.Loads) == 0 && p.Links == 0 && p.Fields == 0
}

func (s *sign) matches(p Page) bool {
	if len(s.Status) > 0 && !slices.Contains(s.Status, p.Status) || s.Bare && (p.Links > mostLinks || p.Fields > 0) || s.Empty && !p.empty() {
		return false
	}
	for name, re := range s.headers {
		if value, ok := p.Headers[name]; !ok || !re.MatchString(value) {
			return false
		}
	}
	return (s.title == nil || s.title.MatchString(p.Title)) &&
		(s.load == nil || slices.ContainsFunc(p.Loads, s.load.MatchString)) &&
		(s.cookie == nil || slices.ContainsFunc(p.Cookies, s.cookie.MatchString))
}
