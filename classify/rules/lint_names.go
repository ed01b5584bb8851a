package rules

import (
	"slices"
	"strings"
)

// How many literal characters a pattern needs: without a condition on the
// place at all, and without counter-examples.
const (
	fewestLiterals  = 4
	provenByCounter = 6
)

// pattern finds names and patterns that would be about too much.
func (l *linter) pattern(r *Rule) {
	m := &r.Match
	if len(m.Host) > 0 {
		return
	}
	literals, wild := 0, true
	switch {
	case m.Exact != "":
		wild = false
	case m.Glob != "":
		_, literals = globLiterals(m.Glob)
		if !strings.ContainsAny(m.Glob, "*?") {
			l.rule(r, "match", "the glob has neither * nor ?: it is an exact name")
		}
	default:
		literals = literalsOfRegexp(parsed(m.Regexp)).total
		if m.Pattern == "" {
			l.rule(r, "match", "a regexp needs a pattern: how its names are shown together")
		}
	}
	switch {
	case wild && m.Require == "" && literals < fewestLiterals:
		l.rule(r, "match", "a pattern of fewer than %d literal characters must require a domain or setter", fewestLiterals)
	case wild && literals < provenByCounter && len(r.Not) == 0:
		l.rule(r, "match", "a pattern of fewer than %d literal characters needs counter-examples (not)", provenByCounter)
	case !wild && m.Require == "" && IsAnybodys(m.Exact):
		l.rule(r, "match", "the name %q could be anybody's: it must require a domain or setter", m.Exact)
	}
}

// IsAnybodys tells whether a name is so short or general that alone it says
// nothing.
func IsAnybodys(name string) bool {
	if len(name) < 3 {
		return true
	}
	return slices.Contains([]string{
		"session", "sess", "sid", "uid", "uuid", "guid", "cid", "pid", "vid", "user", "userid", "user_id", "userId", "username", "token",
		"auth", "login", "lang", "language", "locale", "country", "currency", "region", "cookie", "cookies", "consent", "visitor", "visitor_id",
		"visitorId", "client_id", "clientId", "test", "key", "data", "name", "info", "cart", "theme", "ref", "session_id", "sessionId",
	}, name)
}

// names finds a rule whose examples do not prove it.
func (l *linter) names(r *Rule) {
	if len(r.Examples) == 0 && len(r.Match.Host) == 0 {
		l.rule(r, "id", "the rule has no examples")
	}
	for _, example := range r.Examples {
		if !r.about(example) {
			l.rule(r, "examples", "the example %.80q does not match", example)
		}
	}
	for _, name := range r.Not {
		if r.about(name) {
			l.rule(r, "not", "the counter-example %.80q matches", name)
		}
	}
}

// about tells whether the rule is about a name or, for a request, an address,
// wherever it is met.
func (r *Rule) about(name string) bool {
	m := &r.Match
	switch {
	case m.Exact != "":
		return m.Exact == name
	case m.Glob != "":
		return globMatch(m.Glob, name)
	case m.Regexp != "":
		return (&lazyRE{expr: m.Regexp}).match(name)
	}
	host, path := splitAddress(name)
	return below(host, m.Host) && (m.Path == "" || globMatch(m.Path, path))
}

// splitAddress takes the example of a request apart: host/path, with or
// without https:// before and a query behind.
func splitAddress(address string) (host, path string) {
	if _, after, ok := strings.Cut(address, "://"); ok {
		address = after
	}
	address, _, _ = strings.Cut(address, "?")
	if i := strings.IndexByte(address, '/'); i >= 0 {
		return address[:i], address[i:]
	}
	return address, "/"
}

// duplicates finds a rule that matches on exactly what another does.
func (l *linter) duplicates(r *Rule) {
	m := r.Match
	places := []string{m.Require}
	for _, hosts := range [][]string{m.Domain, m.Setter, m.Host} {
		hosts = slices.Clone(hosts)
		slices.Sort(hosts)
		places = append(places, strings.Join(hosts, " "))
	}
	for _, k := range r.Kinds {
		parts := append([]string{string(k), m.Exact, m.Glob, m.Regexp, m.Path}, places...)
		key := strings.Join(parts, "\x00")
		if first, ok := l.same[key]; ok {
			l.rule(r, "match", "%s at %s matches the same", first.ID, first.Place())
			l.doubled[r] = true
			break
		}
		l.same[key] = r
	}
	if first, ok := l.same[r.ID]; ok {
		l.rule(r, "id", "there is a rule of this id at %s", first.Place())
	}
	l.same[r.ID] = r
}
