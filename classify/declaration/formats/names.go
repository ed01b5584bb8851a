package formats

import (
	"regexp"
	"strings"
)

var (
	// placeholders stand in names for what differs from visitor to visitor.
	placeholders = regexp.MustCompile(`<[^<>]*>|\[[^\[\]]*\]|\{\{[^{}]*\}\}|\$?\{[^{}]*\}|%[A-Za-z][A-Za-z_]*%|#+|\bX{3,}(-X+)*\b|\bx{3,}(-x+)*\b|(_)X{2,}(-X+)*\b|(_)x{2,}(-x+)*\b`)
	stars        = regexp.MustCompile(`\*+`)
	hostForm     = regexp.MustCompile(`(?i)^\.?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
)

// glob is a name with its placeholders as globs: _ga_<ID> is _ga_*. A name of
// nothing else stays as it is, since its glob would be any name.
func glob(name string) string {
	name = plain(name)
	g := stars.ReplaceAllString(placeholders.ReplaceAllString(name, "${3}${5}*"), "*")
	if strings.Trim(g, "*-_.:") == "" && !strings.Contains(name, "*") {
		return name
	}
	return g
}

// domainOf is a domain without what may stand before and behind it: a scheme, a
// dot or a wildcard, a port, a path. It is "" of a lone wildcard.
func domainOf(text string) string {
	text = plain(text)
	if _, rest, ok := strings.Cut(text, "://"); ok {
		text = rest
	}
	text, _, _ = strings.Cut(text, "/")
	if host, port, ok := strings.Cut(text, ":"); ok && strings.Trim(port, "0123456789") == "" {
		text = host
	}
	return strings.ToLower(strings.TrimLeft(text, ".*"))
}

func isHost(text string) bool { return hostForm.MatchString(text) }

// isGlob tells whether a name stands for several.
func isGlob(name string) bool { return strings.ContainsAny(name, "*?") }
