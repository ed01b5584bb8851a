package rules

import (
	"cmp"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// An entry is a rule as the index holds it.
type entry struct {
	rule     *Rule
	kinds    kindSet
	exact    bool
	listed   bool    // found by the whole name: it need not be compared again
	literals int     // characters that a name surely shares with it
	generic  bool    // the name could be anybody's
	shapes   shapes  // for a simple regexp
	re       *lazyRE // for any other
}

// lazyRE is compiled when it is first needed: few are in one run.
type lazyRE struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
}

func (l *lazyRE) match(name string) bool {
	l.once.Do(func() { l.re, _ = regexp.Compile(anchored(l.expr)) })
	return l.re != nil && l.re.MatchString(name)
}

// gram is three octets of a name: how patterns without a good prefix or suffix
// are found.
const gram = 3

// A gramFilter says quickly of most grams that no pattern has them.
type gramFilter [1024]bool

func gramHash(g string) int { return (int(g[0])*31 + int(g[1])*7 + int(g[2])) % len(gramFilter{}) }

// A DB is a compiled rule database. It does not change and may be used by many
// goroutines at once.
type DB struct {
	docs    []document
	version string

	vendors map[string]*Vendor
	owners  map[string][]*Vendor // by domain
	exact   map[string][]*entry
	begin   trie
	end     trie
	within  map[string][]*entry // by a gram
	grams   gramFilter          // of within
	loose   []*entry            // patterns with hardly any literal
	hosts   map[string][]*entry
}

// build compiles documents; the later win over the earlier where both are of
// the user.
func build(docs []document, version string) *DB {
	rules := 0
	for _, doc := range docs {
		rules += len(doc.rules)
	}
	entries := make([]entry, rules) // in one piece: start-up is mostly allocation
	db := &DB{
		docs: docs, version: version,
		vendors: make(map[string]*Vendor, len(docs)), owners: make(map[string][]*Vendor, 2*len(docs)),
		exact: make(map[string][]*entry, rules), within: map[string][]*entry{}, hosts: map[string][]*entry{},
	}
	for _, doc := range docs {
		v := doc.vendor
		if old := db.vendors[v.ID]; old == nil || old.layer <= v.layer {
			db.vendors[v.ID] = v
		}
		for _, domain := range v.Domains {
			domain = strings.ToLower(domain)
			db.owners[domain] = append(db.owners[domain], v)
		}
		for _, r := range doc.rules {
			entries[0].rule = r
			db.add(&entries[0])
			entries = entries[1:]
		}
	}
	return db
}

// add files the entry of a rule.
func (db *DB) add(e *entry) {
	r := e.rule
	for _, k := range r.Kinds {
		e.kinds |= k.set()
	}
	m := &r.Match
	switch {
	case m.Exact != "":
		e.exact, e.listed = true, true
		e.literals, e.generic = utf8.RuneCountInString(m.Exact), isGeneric(m.Exact)
		db.exact[m.Exact] = append(db.exact[m.Exact], e)
	case m.Glob != "":
		l := literalsOfGlob(m.Glob)
		e.literals, e.generic = l.total, isGeneric(m.Glob)
		db.addPattern(e, l)
	case m.Regexp != "":
		re := parsed(m.Regexp)
		l := literalsOfRegexp(re)
		e.literals, e.generic = l.total, isGeneric(m.Shown())
		if e.shapes = shapesOf(re); e.shapes == nil {
			e.re = &lazyRE{expr: m.Regexp}
		}
		if names := e.shapes.names(); names != nil {
			e.listed = true
			for _, name := range names {
				db.exact[name] = append(db.exact[name], e)
			}
			return
		}
		db.addPattern(e, l)
	default:
		_, e.literals = globLiterals(m.Path)
		for _, host := range m.Host {
			host = strings.ToLower(host)
			db.hosts[host] = append(db.hosts[host], e)
		}
	}
}

// addPattern files a pattern under whatever of it is rarest in names.
func (db *DB) addPattern(e *entry, l literals) {
	switch {
	case len(l.prefix) >= gram, l.prefix != "" && len(l.inner) < gram && len(l.suffix) <= len(l.prefix):
		db.begin.add(l.prefix, e)
	case len(l.suffix) >= gram, l.suffix != "" && len(l.inner) < gram:
		db.end.add(reversed(l.suffix), e)
	case len(l.inner) >= gram:
		key := l.inner[:gram]
		db.within[key] = append(db.within[key], e)
		db.grams[gramHash(key)] = true
	default:
		db.loose = append(db.loose, e)
	}
}

// matches tells whether a name that was found under an entry's literals is one
// of its names.
func (e *entry) matches(name string) bool {
	switch {
	case e.listed:
		return true
	case e.shapes != nil:
		return e.shapes.match(name)
	case e.re != nil:
		return e.re.match(name)
	}
	return globMatch(e.rule.Match.Glob, name)
}

func compareText(a, b string) int { return cmp.Compare(a, b) }
