package robots

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// parser reads a file line by line.
type parser struct {
	groups   map[string]*group // by agent in lower case: ours and "*"
	current  []*group          // those that the last User-agent lines name
	ruled    bool              // rules followed them
	sitemaps []string
	problem  string
}

// group are the rules for one agent.
type group struct {
	rules map[string]bool // allowed or not, by pattern
	delay time.Duration
}

// line takes one line. Only rules end the list of agents of a group: other
// lines must not interfere (section 2.2.4).
func (p *parser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent":
		p.agent(value)
	case "allow":
		p.rule(value, true)
	case "disallow":
		p.rule(value, false)
	case "crawl-delay":
		for _, g := range p.current {
			g.delay = max(g.delay, delay(value))
		}
	case "sitemap":
		if value != "" && len(p.sitemaps) < MaxSitemaps {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

func (p *parser) agent(name string) {
	if p.ruled {
		p.current, p.ruled = nil, false
	}
	name = product(name)
	if name != Agent && name != "*" {
		return
	}
	g := p.groups[name]
	if g == nil {
		g = &group{rules: map[string]bool{}}
		p.groups[name] = g
	}
	p.current = append(p.current, g)
}

// product is the product token of a name, which may be followed by a version.
func product(name string) string {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "*") {
		return "*"
	}
	end := strings.IndexFunc(name, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r == '_' || r == '-') })
	if end < 0 {
		return name
	}
	return name[:end]
}

func (p *parser) rule(path string, allow bool) {
	p.ruled = true
	if path == "" { // forbids or allows nothing
		return
	}
	if path[0] != '/' && path[0] != '*' {
		path = "/" + path
	}
	path = normal(path)
	for _, g := range p.current {
		g.rules[path] = g.rules[path] || allow
	}
}

// delay reads seconds, with a fraction or without.
func delay(value string) time.Duration {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, MaxDelay.Seconds()) * float64(time.Second))
}

// rules are those of our group.
func (p *parser) rules() *Rules {
	r := &Rules{sitemaps: p.sitemaps, problem: p.problem, plain: map[string]bool{}}
	g := p.groups[Agent]
	if g == nil {
		g = p.groups["*"]
	}
	if g == nil {
		return r
	}
	r.delay = g.delay
	lengths := map[int]bool{}
	for text, allow := range g.rules {
		if strings.ContainsAny(text, "*$") {
			r.patterns = append(r.patterns, newPattern(text, allow))
		} else {
			r.plain[text] = allow
			lengths[len(text)] = true
		}
	}
	if len(r.patterns) > maxPatterns {
		return &Rules{forbidden: true, sitemaps: p.sitemaps, problem: "robots.txt has too many rules with wildcards, so everything counts as forbidden"}
	}
	r.lengths = slices.SortedFunc(maps.Keys(lengths), func(a, b int) int { return b - a })
	slices.SortFunc(r.patterns, func(a, b pattern) int {
		return cmp.Or(b.length-a.length, strings.Compare(a.first, b.first), slices.Compare(a.rest, b.rest))
	})
	return r
}
