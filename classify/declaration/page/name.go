package page

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"cookiescan/classify/rules"
)

// strength says how much a text looks like the name of a cookie.
type strength int

const (
	noName    strength = iota
	aWordName          // it may be a name and may be any word: lang, Access, GDPR
	likeName           // it is no ordinary word: sessionID, cf-ray, GA4
	sureName           // nothing else is written so, or the database knows it: _ga, NID
)

// name is a name that was read.
type name struct {
	text     string // with placeholders as a glob
	strength strength
	known    bool // the database knows it
	lifetime string
}

const mostName = 200 // octets

var (
	bracketed   = regexp.MustCompile(`<[^<>\n]{1,40}>|\{\{?[^{}\n]{1,40}\}?\}|\$\{[^{}\n]{1,40}\}|%[A-Za-z_]{2,30}%`)
	squared     = regexp.MustCompile(`\[[^\[\]\n]{0,40}\]`)
	footnote    = regexp.MustCompile(`\s*(?:\[\d{1,2}\]|\(\d{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡§]+|\s\*{1,3})\s*$`)
	manyX       = regexp.MustCompile(`(^|[^A-Za-z])(?:x{3,}|X{2,})(\b|_|$)`)
	glued       = regexp.MustCompile(`X{4,}`)
	hashes      = regexp.MustCompile(`#+|…|\.{3,}`)
	stars       = regexp.MustCompile(`\*(?:[_.\-]?\*)+`)
	afterStar   = regexp.MustCompile(`\*[_.\-][XYN]$`)
	nameOctets  = regexp.MustCompile(`^[!$%&'*+\-.^_|~0-9A-Za-z][!$%&'*+\-.^_|~0-9A-Za-z:/@?=]*$`)
	plainWord   = regexp.MustCompile(`^[A-Z]?[a-z]+$`)
	capitalised = regexp.MustCompile(`^_*[A-Z][a-z]+_*$`)
	allCapitals = regexp.MustCompile(`^[A-Z]+$`)
	hyphenated  = regexp.MustCompile(`^[A-Za-z]?[a-z]+(?:-[A-Za-z]?[a-z]+)+$`)
	shortMixed  = regexp.MustCompile(`^[A-Z]{1,4}[0-9]{1,3}$`)
	numeric     = regexp.MustCompile(`^[\d.,:/%+\-*#()]+$`)
)

// globOf writes placeholders as *.
func globOf(text string) string {
	text = bracketed.ReplaceAllString(text, "*")
	text = squared.ReplaceAllString(text, "*")
	text = hashes.ReplaceAllString(text, "*")
	text = manyX.ReplaceAllString(text, "$1*$2")
	text = glued.ReplaceAllString(text, "*")
	text = stars.ReplaceAllString(text, "*")
	return afterStar.ReplaceAllString(text, "*")
}

// readName reads one word as a name.
func (r *Reader) readName(text string) name {
	text = strings.Trim(text, " \t\u00a0\"'`“”„«»‘’,;")
	text = strings.TrimRight(text, ":")
	if !strings.Contains(text, "(") {
		text = strings.TrimRight(text, ")")
	}
	if len(text) > 2 && !strings.HasSuffix(text, "..") {
		text = strings.TrimSuffix(text, ".")
	}
	glob := globOf(text)
	n := name{text: glob}
	if len(text) == 0 || len(text) > mostName || !nameOctets.MatchString(glob) || numeric.MatchString(glob) || letters(glob) < 1 {
		return n
	}
	if len(strings.Trim(glob, "*_-.")) < 2 && len(glob) < 3 {
		if glob[0] == '_' && r.db.Match(rules.Query{Name: glob}).Rule != nil { // _s, _y
			n.strength, n.known = sureName, true
		}
		return n
	}
	if strings.Contains(glob, "@") || strings.Contains(glob, "://") || strings.HasPrefix(text, "#") {
		return n
	}
	n.known = r.isKnown(glob)
	if !n.known && isHost(glob) {
		return n
	}
	n.strength = strengthOf(glob, n.known)
	return n
}

func strengthOf(text string, known bool) strength {
	inner := strings.Trim(text, "*")
	switch {
	case plainWord.MatchString(inner) && inner == text, capitalised.MatchString(inner) && !known:
		return aWordName
	case known:
		return sureName
	case strings.Contains(strings.TrimRight(strings.Trim(inner, "-.~+"), "_"), "_") && letters(inner) > 1:
		return sureName
	case allCapitals.MatchString(inner), hyphenated.MatchString(inner), shortMixed.MatchString(inner):
		return aWordName
	case strings.ContainsAny(text, "/'&?=,"):
		return aWordName
	}
	return likeName
}

func letters(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			n++
		}
	}
	return n
}

// isKnown tells whether the database has a rule for a name. A placeholder may be
// letters, digits, or both.
func (r *Reader) isKnown(glob string) bool {
	if letters(glob) < 2 {
		return false
	}
	candidates := []string{glob}
	if strings.Contains(glob, "*") {
		for _, fill := range []string{"1A2B3C4D5E", "123456", "abcdef12", ""} {
			candidates = append(candidates, strings.ReplaceAll(glob, "*", fill))
		}
	}
	for _, c := range candidates {
		if m := r.db.Match(rules.Query{Name: c}); m.Rule != nil && m.Level >= rules.LevelPossible {
			return true
		}
	}
	return false
}

// isHost tells whether a text is the name of a host on the internet.
func isHost(text string) bool {
	host := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(text, "*"), "."))
	host, _, _ = strings.Cut(host, "/")
	if !strings.Contains(host, ".") || strings.ContainsAny(host, "_*:@()[]{}=?%~ ") || strings.HasSuffix(host, ".") {
		return false
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	last := host[strings.LastIndexByte(host, '.')+1:]
	return icann && suffix != host || last == "example" || last == "test" || last == "local"
}
