// Package steps reads what a visitor does before a scan begins, such as to log
// in, and does it on a page that it is given. It starts no browser, and what
// its files hold as values it keeps out of all that it says.
package steps

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"cookiescan/scanner/consent"
)

// Kind is what a step does.
type Kind string

// The kinds.
const (
	Open   Kind = "open"   // goes to an address, in a fresh tab
	Fill   Kind = "fill"   // replaces the content of a field
	Press  Kind = "press"  // clicks on a control
	Select Kind = "select" // chooses from a list, by value or text
	Check  Kind = "check"  // switches a checkbox or a radio button
	Key    Kind = "key"    // presses or releases a key
	Wait   Kind = "wait"   // until something shows
	Expect Kind = "expect" // the same, and it shows for as long as the session lasts
)

// Step is one step.
type Step struct {
	Number int // in the file, from 1
	Line   int // of the file, from 1
	Kind   Kind
	URL    string        // open: the address; wait, expect: an address, where "*" stands for anything
	Ways   []consent.Way // to the element
	Target string        // what the file says of the element or the text, for messages
	Value  string        // fill, select
	Env    string        // the variable that Value comes from
	Off    bool          // check: switched off
	Key    string        // key, as KeyboardEvent.key has it
	Up     bool          // key: released
	Count  Count         // wait, expect: how many elements there must be
}

// Count compares a number of elements. The zero value wants one that shows.
type Count struct {
	Operator string // "==", ">=" or "<="; empty: one that shows
	Number   int
}

// Script is a file of steps.
type Script struct {
	File  string
	Steps []Step
	// Hosts are the sites (eTLD+1) whose pages may be typed into, sorted: those
	// of the addresses in the file.
	Hosts []string
	// Passed over are steps that change nothing about what a site stores, such
	// as the size of the window.
	Passed []string
}

// The bounds of a file.
const (
	MaxFile  = 1 << 20 // octets
	maxSteps = 500
)

// Read reads a file of steps: YAML, or the JSON of the recorder in Chrome
// DevTools. Its error has file, line and column, and the line with a caret.
func Read(file string, src []byte) (*Script, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	switch {
	case len(src) > MaxFile:
		return nil, fmt.Errorf("%s: it is longer than %d MB", file, MaxFile>>20)
	case !utf8.Valid(src):
		return nil, fmt.Errorf("%s: it is no text in UTF-8", file)
	}
	read := readYAML
	if trimmed := bytes.TrimSpace(src); len(trimmed) > 0 && trimmed[0] == '{' {
		read = readRecording
	}
	s, err := read(file, src)
	if err != nil {
		return nil, err
	}
	return s, s.check()
}

// check judges what concerns the file as a whole.
func (s *Script) check() error {
	switch {
	case len(s.Steps) == 0:
		return fmt.Errorf("%s: it has no steps", s.File)
	case len(s.Steps) > maxSteps:
		return fmt.Errorf("%s: it has %d steps, more than %d", s.File, len(s.Steps), maxSteps)
	case s.Steps[0].Kind != Open:
		return fmt.Errorf("%s:%d: the first step must open an address", s.File, s.Steps[0].Line)
	}
	for _, st := range s.Steps {
		if st.Kind == Open {
			s.allow(st.URL)
		}
	}
	slices.Sort(s.Hosts)
	s.Hosts = slices.Compact(s.Hosts)
	return nil
}

// allow takes the site of an address or host into Hosts.
func (s *Script) allow(address string) {
	if site := siteOf(address); site != "" {
		s.Hosts = append(s.Hosts, site)
	}
}

// siteOf is the registrable domain of an address, or its host where it has none.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// Fetch fills in the values that come from the environment. Its error names the
// first variable that is not set.
func (s *Script) Fetch(getenv func(string) string) error {
	for i := range s.Steps {
		st := &s.Steps[i]
		if st.Env == "" {
			continue
		}
		if st.Value = getenv(st.Env); st.Value == "" {
			return fmt.Errorf("%s:%d: the environment variable %.60q is not set", s.File, st.Line, st.Env)
		}
	}
	return nil
}

// Probe is the step that shows whether the session lasts: the last that is
// expected, nil if none is.
func (s *Script) Probe() *Step {
	for i := range slices.Backward(s.Steps) {
		if s.Steps[i].Kind == Expect {
			return &s.Steps[i]
		}
	}
	return nil
}

// Parts are the steps from each opened address to the next.
func (s *Script) Parts() [][]Step {
	var out [][]Step
	for i, st := range s.Steps {
		if st.Kind == Open {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], s.Steps[i])
	}
	return out
}

// Opens tells whether an address, apart from its query and fragment, is one that
// the steps open: where a site sends those who are not logged in.
func (s *Script) Opens(address string) bool {
	return slices.ContainsFunc(s.Steps, func(st Step) bool { return st.Kind == Open && page(st.URL) == page(address) })
}

func page(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	return strings.TrimSuffix(address, "/")
}

// Digest tells scripts apart by what they do. It says nothing of their values.
func (s *Script) Digest() string {
	h := sha256.New()
	for _, st := range s.Steps {
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00%t\x00%s\x00%t\x00%s%d\n", st.Kind, st.URL, st.Target, st.Env, st.Off, st.Key, st.Up, st.Count.Operator, st.Count.Number)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
