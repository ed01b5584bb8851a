package control

import (
	"net/url"
	"slices"
	"strings"
)

const (
	// longestLogout is how many words the name of a link may have that logs
	// out: a longer one is a headline.
	longestLogout = 4
	// longestSegment is the same for a part of its address.
	longestSegment = 3
)

// LogsOut tells whether a link would end the visitor's session, by its name or
// by a part of its address. It rather says so once too often.
func (l *Lexicon) LogsOut(name, address string) bool {
	if l.leaves(words(name), longestLogout) {
		return true
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	parts := strings.Split(u.Path, "/")
	for _, values := range u.Query() {
		parts = append(parts, values...)
	}
	return slices.ContainsFunc(parts, func(part string) bool { return l.leaves(words(camel(part)), longestSegment) })
}

func (l *Lexicon) leaves(name []string, longest int) bool {
	return len(name) <= longest && slices.ContainsFunc(l.find(name), func(s span) bool { return s.phrase.leaves })
}
