package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"cookiescan/classify/rules"
)

var (
	// placeholders stand in lists for what differs from name to name.
	placeholders = regexp.MustCompile(`<[^<>]*>|\[[^\[\]]*\]|\{[^{}]*\}|%[A-Z][A-Z_]+%|#+|X{3,}(-X+)*|x{3,}(-x+)*`)
	times        = regexp.MustCompile(`\s*\[x\s*\d+\]$`) // "name [x4]": four of that name
	stars        = regexp.MustCompile(`\*+`)
	hostForm     = regexp.MustCompile(`(?i)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]`)
)

// fewest is how many literal characters a pattern without a domain needs.
const fewest = 4

// match makes a matcher of an item, or says why not.
func match(it item) (m rules.Matcher, why string) {
	name := times.ReplaceAllString(strings.TrimSpace(it.name), "")
	pattern := stars.ReplaceAllString(placeholders.ReplaceAllString(name, "*"), "*")
	if it.prefix && !strings.HasSuffix(pattern, "*") {
		pattern += "*"
	}
	m.Domain = it.domains
	short := false
	switch wild := strings.Contains(pattern, "*"); {
	case strings.Trim(pattern, "*") == "", strings.ContainsAny(name, "\t\n,;"):
		return m, noName
	case wild:
		m.Glob = pattern
		short = utf8.RuneCountInString(strings.NewReplacer("*", "", "?", "").Replace(pattern)) < fewest
		why = tooShort
	default:
		m.Exact = name
		short = rules.IsAnybodys(name)
		why = tooGeneral
	}
	if !short {
		return m, ""
	}
	if len(m.Domain) == 0 {
		return m, why
	}
	m.Require = "domain"
	return m, ""
}

// example is a name that a matcher is about.
func example(m rules.Matcher) string {
	if m.Exact != "" {
		return m.Exact
	}
	return strings.NewReplacer("*", "1", "?", "1").Replace(m.Glob)
}

// hostsIn are the hosts that a text names, without those below which everybody
// can have a domain.
func hostsIn(text string) []string {
	var hosts []string
	for _, h := range hostForm.FindAllString(text, -1) {
		h = strings.TrimPrefix(strings.ToLower(h), "www.")
		if suffix, icann := publicsuffix.PublicSuffix(h); (icann || strings.Contains(suffix, ".")) && suffix != h {
			hosts = append(hosts, h)
		}
	}
	return hosts
}

// address is a text that is the address of a page, or "".
func address(text string) string {
	text = strings.TrimSpace(text)
	if host, ok := strings.CutPrefix(text, "https://"); ok && !strings.ContainsAny(text, " \t\n\"<>") && hostForm.MatchString(host) {
		return text
	}
	return ""
}
