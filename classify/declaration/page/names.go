package page

import (
	"regexp"
	"slices"
	"strings"
)

var (
	nameBreaks  = regexp.MustCompile(`[\n;,•|·]| / | & `)
	strokes     = regexp.MustCompile(`([^\s|])\|\|([^\s|])`) // within a name: of a database and a store in it
	parentheses = regexp.MustCompile(`(^|\s)\(([^()]*)\)`)
	bullets     = regexp.MustCompile(`^[\s\-–—•·*]+\s`)
)

// ambiguous are names of cookies that are words as well: among others they are
// that.
var ambiguous = setOf("ID UID SID GPS LANG CONSENT")

// A cell of more words or octets than these is prose.
const (
	mostWords = 40
	mostNames = 10_000
)

// namesIn are the names in a cell: one, or several in lines, behind commas, run
// together, in brackets behind a service. What is no name is left out.
func (r *Reader) namesIn(text string) []name {
	if len(text) > mostNames {
		return nil
	}
	text = bracketed.ReplaceAllString(text, "*")
	text = squared.ReplaceAllStringFunc(text, func(s string) string {
		if digits := strings.Trim(s, "[]"); digits != "" && strings.Trim(digits, "0123456789") == "" {
			return s // a footnote
		}
		return "*"
	})
	if len(strings.Fields(text)) > mostWords {
		return nil
	}
	text = parentheses.ReplaceAllStringFunc(text, func(s string) string { return strings.ReplaceAll(s, ",", " ") })
	text = strokes.ReplaceAllString(text, "$1\x00$2")
	var found []name
	for _, part := range nameBreaks.Split(text, 200) {
		part = strings.ReplaceAll(part, "\x00", "||")
		for _, piece := range r.unglue(part) {
			found = append(found, r.namesOf(piece)...)
		}
	}
	return found
}

// unglue separates what touches: code elements without a space between them.
func (r *Reader) unglue(part string) []string {
	pieces := strings.Split(part, seam)
	if len(pieces) > 1 {
		for _, p := range pieces {
			if r.readName(stripNotes(p)).strength < sureName {
				return []string{strings.Join(pieces, "")}
			}
		}
	}
	return pieces
}

// namesOf are the names in a part of a cell.
func (r *Reader) namesOf(part string) []name {
	part = stripNotes(bullets.ReplaceAllString(" "+part, ""))
	var inside []string
	for _, m := range parentheses.FindAllStringSubmatch(part, 10) {
		inside = append(inside, m[2])
	}
	found := r.namesOfWords(strings.Fields(parentheses.ReplaceAllString(part, " ")))
	if len(found) == 1 && len(inside) > 0 {
		if l := r.lifetimes.Read(inside[0], ""); l.Known() && !l.Guessed {
			found[0].lifetime = inside[0]
		}
	}
	for _, text := range inside {
		for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '/' || c == ',' }) {
			if n := r.readName(stripNotes(word)); n.strength == sureName {
				found = append(found, n)
			}
		}
	}
	return found
}

func (r *Reader) namesOfWords(words []string) []name {
	words = slices.DeleteFunc(words, func(w string) bool {
		t := tokens(w)
		return len(t) == 1 && r.words.and[t[0]] && r.readName(w).strength == noName || w == "–" || w == "-" || w == "&" || w == "/"
	})
	var found []name
	for _, word := range words {
		if sides := strings.Split(word, "/"); len(sides) > 1 && len(sides) < 10 && !slices.ContainsFunc(sides, func(s string) bool { return r.readName(s).strength < sureName }) {
			for _, s := range sides {
				found = append(found, r.readName(s))
			}
			continue
		}
		found = append(found, r.readName(word))
	}
	if len(found) == 1 && found[0].strength > noName {
		return found
	}
	// Several words are names only if all are, or as far as nothing else is
	// written so.
	least := sureName
	if !slices.ContainsFunc(found, func(n name) bool { return n.strength < likeName }) {
		least = likeName
	}
	if len(found) > 1 && found[0].strength == likeName && r.areCookieWords(words[1:]) {
		return found[:1]
	}
	return slices.DeleteFunc(found, func(n name) bool { return n.strength < least || len(found) > 1 && ambiguous[n.text] })
}

// areCookieWords tells whether words only say that something is a cookie.
func (r *Reader) areCookieWords(words []string) bool {
	t := tokens(strings.Join(words, " "))
	covered := 0
	for _, h := range r.words.cookie.all(t, "") {
		covered += h.words
	}
	return covered == len(t)
}

// stripNotes takes the marks of footnotes from the end of a name.
func stripNotes(text string) string {
	for range 3 {
		text = footnote.ReplaceAllString(text, "")
	}
	return strings.TrimSpace(text)
}

// strongest is the strength of the best name in a cell, and whether the
// database knows one.
func (r *Reader) strongest(text string) (best strength, known bool) {
	for _, n := range r.namesIn(text) {
		best = max(best, n.strength)
		known = known || n.known && n.strength == sureName
	}
	return best, known
}

// acceptable leaves out words that are names of something else.
func (in *interpretation) acceptable(names []name, explicit, words bool) []name {
	return slices.DeleteFunc(names, func(n name) bool {
		switch {
		case n.strength == noName:
			return true
		case n.strength > aWordName:
			return !explicit && n.strength < sureName
		case !explicit && !n.known:
			return true
		case n.known || words && n.text == strings.ToLower(n.text):
			return false
		case in.r.vendors.is(n.text), in.r.isCategory(n.text, in.language), in.r.areCookieWords([]string{n.text}):
			return true
		}
		// A word with a capital letter is a name only among names.
		return plainWord.MatchString(n.text) && n.text[0] < 'a' && !words
	})
}
