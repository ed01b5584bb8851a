package crawl

import (
	_ "embed"
	"strings"
)

//go:embed data/parameters.txt
var parametersFile string

// uselessness is why a parameter says nothing about the page.
type uselessness int

const (
	useful       uselessness = iota
	tracking                 // whatever its value
	session                  // whatever its value, in paths too
	tokenIfLong              // when its value looks random
	numberIfLong             // when its value is a long number
)

// parameters knows the names of parameters that say nothing about the page.
// Names are in lower case.
type parameters struct {
	names    map[string]uselessness
	prefixes map[string]uselessness // of names, by their first part up to "*"
	learned  map[string]bool        // names whose values proved to be tokens
}

func loadParameters() *parameters {
	p := &parameters{names: map[string]uselessness{}, prefixes: map[string]uselessness{}, learned: map[string]bool{}}
	kinds := map[string]uselessness{"tracking": tracking, "session": session, "token": tokenIfLong, "number": numberIfLong}
	for line := range strings.Lines(parametersFile) {
		fields := strings.Fields(line)
		if len(fields) != 2 || strings.HasPrefix(line, "#") {
			continue
		}
		if prefix, ok := strings.CutSuffix(fields[1], "*"); ok {
			p.prefixes[prefix] = kinds[fields[0]]
		} else {
			p.names[fields[1]] = kinds[fields[0]]
		}
	}
	return p
}

// longestPrefix bounds the look for prefixes.
const longestPrefix = 16

// kind looks a name up, which may be in any case and escaped.
func (p *parameters) kind(name string) uselessness {
	name = strings.ToLower(unescape(name))
	if k, ok := p.names[name]; ok {
		return k
	}
	for i := range min(len(name), longestPrefix) {
		if k, ok := p.prefixes[name[:i+1]]; ok {
			return k
		}
	}
	return useful
}

// drops tells whether a parameter says nothing about the page.
func (p *parameters) drops(name, value string) bool {
	switch p.kind(name) {
	case tracking, session:
		return true
	case tokenIfLong:
		return random(value)
	case numberIfLong:
		return len(value) >= 10 && strings.Trim(value, "0123456789.") == ""
	case useful:
	}
	return len(p.learned) > 0 && p.learned[strings.ToLower(unescape(name))]
}

// random tells a value that no person chose: 16 characters or more of hex
// digits, a UUID, or letters and digits that change places often.
func random(value string) bool {
	if len(value) < 16 || len(value) > 512 {
		return false
	}
	digits, changes, hex := 0, 0, true
	var last int
	for i := range len(value) {
		class := classOf(value[i])
		if class == other {
			return false
		}
		if class == digit {
			digits++
		}
		if i > 0 && class != last && class != joint && last != joint {
			changes++
		}
		if _, ok := unhex(value[i]); !ok && value[i] != '-' {
			hex = false
		}
		last = class
	}
	return hex && (digits > 0 && digits*4 > len(value) || changes > 0) || digits >= 2 && changes >= 5
}

// The classes of characters that random compares.
const (
	other = iota
	lower
	upper
	digit
	joint
)

func classOf(c byte) int {
	switch {
	case 'a' <= c && c <= 'z':
		return lower
	case 'A' <= c && c <= 'Z':
		return upper
	case isDigit(c):
		return digit
	case strings.IndexByte("-_.~%+/=", c) >= 0:
		return joint
	}
	return other
}
