package crawl

import (
	"slices"
	"strings"
)

// kind tells templates that deserve fewer visits.
type kind int

const (
	endless kind = iota // calendars, pages of lists: others of the same
	file                // no pages
	ordinary
)

// maxSegments is how many parts of a path a template tells apart.
const maxSegments = 12

// way is where an address belongs in the tree of templates.
type way struct {
	host     string
	language variant
	dirs     []segment
	end      segment
	query    string // without language
	names    string // of the query, sorted, joined by "&"
	kind     kind
	twin     uint32 // equal for translations of one page
}

// variant is the language or market of an address: where it stands and what it
// is. Templates of different variants are siblings.
type variant struct {
	host  string // "de."
	path  string // "/de", "/ch/fr"
	query string // "lang=de"
}

func (v variant) less(o variant) int {
	return strings.Compare(v.host+"\x00"+v.path+"\x00"+v.query, o.host+"\x00"+o.path+"\x00"+o.query)
}

// way finds an address's place, from the address alone.
func (l lexicon) way(a address) way {
	w := way{kind: ordinary}
	w.host = l.cutHost(a.host(), &w.language)
	segments := l.cutPath(strings.Split(strings.TrimPrefix(a.path, "/"), "/"), &w.language)
	if a.fragment != "" {
		fragment, query, _ := strings.Cut(strings.TrimLeft(a.fragment, "!/"), "?")
		if last := len(segments) - 1; segments[last] == "" {
			segments = segments[:last]
		}
		segments = append(append(segments, "#"), strings.Split(fragment, "/")...)
		a.query = joined(a.query, "&", query)
	}
	w.names = l.names(a.query, &w)
	w.twin = uint32(hash(w.host + "/" + strings.Join(segments, "/") + "?" + w.query))
	w.place(l, untrap(segments))
	return w
}

// cutHost takes a language off a host: de.example.com.
func (l lexicon) cutHost(host string, v *variant) string {
	first, rest, ok := strings.Cut(host, ".")
	if ok && strings.Contains(rest, ".") && (l["language"][first] || len(first) == 5 && l.isVariant(first)) {
		v.host = first + "."
		return rest
	}
	return host
}

// cutPath takes a language, a market or both off the beginning of a path.
func (l lexicon) cutPath(segments []string, v *variant) []string {
	for range 2 {
		if len(segments) == 0 || !l.isVariant(segments[0]) {
			break
		}
		v.path += "/" + segments[0]
		segments = segments[1:]
	}
	if len(segments) == 0 {
		return []string{""}
	}
	return segments
}

// untrap cuts a path where it begins to repeat itself or goes on for too long.
func untrap(segments []string) []string {
	seen := map[string]int{}
	for i, s := range segments {
		if seen[s]++; s != "" && seen[s] >= 3 {
			return append(slices.Clone(segments[:slices.Index(segments, s)+1]), "{repeat}")
		}
		if i >= maxSegments {
			return append(slices.Clone(segments[:i]), "{deep}")
		}
	}
	return segments
}

// place parses the segments.
func (w *way) place(l lexicon, segments []string) {
	last := len(segments) - 1
	for i, s := range segments {
		parsed := l.parse(s)
		switch {
		case i > 0 && isYear(segments[i-1]) && isMonth(s):
			parsed = segment{label: "{month}"}
			w.dirs[i-1] = segment{label: "{year}"}
		case i > 1 && w.dirs[i-1].label == "{month}" && len(s) <= 2 && parsed.label == "{n}":
			parsed = segment{label: "{day}"}
		}
		if i < last {
			w.dirs = append(w.dirs, parsed)
		} else {
			w.end = parsed
		}
	}
	w.kind = min(w.kind, l.kindOf(w))
}

// home tells the first page of a host or of a language.
func (w way) home() bool { return len(w.dirs) == 0 && w.end.label == "" && w.names == "" }

func isMonth(s string) bool {
	return between(s, "01", "12") || len(s) == 1 && '1' <= s[0] && s[0] <= '9'
}

// kindOf judges by the end of the path.
func (l lexicon) kindOf(w *way) kind {
	end, before := w.end.label, ""
	if n := len(w.dirs); n > 0 {
		before = w.dirs[n-1].label
		if end == "" && n > 1 {
			end, before = before, w.dirs[n-2].label
		}
	}
	word, paged := strings.CutSuffix(end, "{n}")
	switch {
	case end == "{month}", end == "{day}", end == "{date}", end == "{repeat}", end == "{deep}":
		return endless
	case paged && word != "", paged && l["paging"][before]:
		return endless
	}
	if i := strings.LastIndexByte(end, '.'); i >= 0 && l["file"][strings.ToLower(end[i+1:])] {
		return file
	}
	return ordinary
}

// maxName is how much of a parameter's name counts.
const maxName = 40

// names lists a query's parameters, sorted. One that holds a language goes to
// the variant, those that count on and on say so in the kind, the others are
// the way's query.
func (l lexicon) names(query string, w *way) string {
	if query == "" {
		return ""
	}
	var list []string
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		lower := strings.ToLower(name)
		switch {
		case name == "":
			continue
		case l["query"][lower] && l.isVariant(value):
			w.language.query = pair
			continue
		case l["endless"][lower]:
			w.kind = min(w.kind, endless)
		}
		list = append(list, foldName(name))
		w.query = joined(w.query, "&", pair)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), "&")
}

// foldName writes f[12] and f%5B12%5D as f[].
func foldName(name string) string {
	if i := strings.IndexAny(name, "[%"); i > 0 && (name[i] == '[' || strings.HasPrefix(name[i:], "%5B")) {
		name = name[:i] + "[]"
	}
	return name[:min(len(name), maxName)]
}
