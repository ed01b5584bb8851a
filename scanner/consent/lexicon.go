package consent

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// The lexicon is a file a language, words/<ISO 639-1>.txt. A line is a key, a
// colon and phrases between bars. In a phrase `word*` stands for every word
// that begins so and `*word*` for every word that has it in it, `_` for up to
// three words or none; `=phrase` must be the whole text. Keys are the roles,
// and: necessary (categories that are always on), interest (legitimate interest), or
// (the word), policy (pages about cookies or privacy, by the parts of words that
// stay in every case), recipients (who receives data), topic (what only a consent
// banner is about), consent and about (what it says besides), not (what other boxes
// are about), stop (frequent words, by which a language is known).
//
//go:embed words/*.txt
var wordFiles embed.FS

// lexicon is read once.
var lexicon = sync.OnceValue(func() *words {
	w, err := readWords()
	if err != nil {
		panic(err) // a file of this package: a test reads it
	}
	return w
})

// words are the phrases of all languages.
type words struct {
	phrases map[string][]phrase        // by key
	stop    map[string]map[string]bool // by language
	roles   remembered
}

type phrase struct {
	language string
	tokens   []string
	whole    bool
}

func readWords() (*words, error) {
	w := &words{phrases: map[string][]phrase{}, stop: map[string]map[string]bool{}}
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		return nil, fmt.Errorf("reading the lexicon: %w", err)
	}
	for _, f := range files {
		data, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("reading the lexicon: %w", err)
		}
		if err := w.read(strings.TrimSuffix(f.Name(), ".txt"), string(data)); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *words) read(language, text string) error {
	for n, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, list, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("reading the lexicon: %s.txt:%d: no key", language, n+1)
		}
		if key == "stop" {
			w.stop[language] = map[string]bool{}
			for _, t := range split(strings.ToLower(list)) {
				w.stop[language][t] = true
			}
			continue
		}
		for _, p := range strings.Split(list, "|") {
			p = plain(strings.TrimSpace(p))
			rest, whole := strings.CutPrefix(p, "=")
			if t := strings.Fields(rest); len(t) > 0 {
				w.phrases[key] = append(w.phrases[key], phrase{language: language, tokens: t, whole: whole})
			}
		}
	}
	return nil
}

// tokens splits a text into plain words.
func tokens(text string) []string { return split(plain(text)) }

// split splits a text into words.
func split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '€' && r != '×' && r != '✕' && r != '✖'
	})
}

const maxGap = 3 // words that _ stands for

// match is the number of words that a phrase covers in a text, 0 if it is not
// there.
func (p phrase) match(text []string) int {
	best := 0
	for i := range text {
		if n := matchAt(p.tokens, text[i:]); n > best && (!p.whole || i == 0 && n == len(text)) {
			best = n
		}
	}
	return best
}

func matchAt(pattern, text []string) int {
	if len(pattern) == 0 {
		return 0
	}
	if pattern[0] == "_" {
		for gap := 0; gap <= maxGap && gap < len(text); gap++ {
			if n := matchAt(pattern[1:], text[gap:]); n > 0 {
				return gap + n
			}
		}
		return 0
	}
	if len(text) == 0 || !matchWord(pattern[0], text[0]) {
		return 0
	}
	if len(pattern) == 1 {
		return 1
	}
	if n := matchAt(pattern[1:], text[1:]); n > 0 {
		return 1 + n
	}
	return 0
}

func matchWord(pattern, word string) bool {
	inner, head := strings.CutPrefix(pattern, "*")
	inner, tail := strings.CutSuffix(inner, "*")
	switch {
	case head && tail:
		return strings.Contains(word, inner)
	case head:
		return strings.HasSuffix(word, inner)
	case tail:
		return strings.HasPrefix(word, inner)
	}
	return word == inner
}

// roleOrder is in which order roles are asked for: a refusal has words of
// consent in it, and a button that saves has those of settings.
func roleOrder() []Role {
	return []Role{RoleSubscribe, RoleReject, RoleSave, RoleClose, RoleMore, RoleSettings, RoleAccept, RoleReopen}
}

// maxButtonWords is how long the text of a button may be.
const maxButtonWords = 12

// role says what a control of this text is for in a banner, and in which
// language; both are empty for a text that says nothing of the kind. The pages
// of a site have the same menus, so the answer is remembered.
func (w *words) role(text string) (Role, string) {
	return w.roles.of(text, w.findRole)
}

func (w *words) findRole(text string) (Role, string) {
	t := tokens(text)
	if len(t) == 0 {
		if s := strings.TrimSpace(text); s == "×" || s == "✕" || s == "✖" || s == "X" || s == "╳" || s == "⨯" {
			return RoleClose, ""
		}
		return "", ""
	}
	if len(t) > maxButtonWords {
		return "", ""
	}
	if len(t) == 1 && (t[0] == "×" || t[0] == "✕" || t[0] == "✖") {
		return RoleClose, ""
	}
	for _, r := range roleOrder() {
		n, language := w.best(string(r), t)
		if n == 0 {
			continue
		}
		if a, l := w.best(string(RoleAccept), t); outvoted(r, n, a) {
			r, language = RoleAccept, l
		}
		if r == RoleAccept && w.takesBack(t) {
			r = RoleReopen
		}
		if r == RoleReject && w.either(t) {
			return RoleSettings, language
		}
		if s, l := w.best(string(RoleSettings), t); r == RoleMore && s > n { // "learn more and customise"
			r, language = RoleSettings, l
		}
		if r == RoleAccept || r == RoleSave {
			if other, _ := w.best("not", t); other > 0 { // "accept and chat", "save order"
				return "", ""
			}
		}
		return r, language
	}
	return "", ""
}

// reads tells the text of a link to a page about cookies or privacy, and not to
// the maker of a banner.
func (w *words) reads(text string) bool {
	t := tokens(text)
	return len(t) <= maxButtonWords && w.count("policy", t) > 0 && w.count("topic", t)+w.count("consent", t) > 0
}

// takesBack tells a text whose words of consent are part of what changes a choice:
// "withdraw consent".
func (w *words) takesBack(t []string) bool {
	for _, p := range w.phrases[string(RoleReopen)] {
		if len(p.tokens) < 2 {
			continue
		}
		for i := range t {
			n := matchAt(p.tokens, t[i:])
			if n == 0 {
				continue
			}
			if left, _ := w.best(string(RoleAccept), slices.Concat(t[:i], t[i+n:])); left == 0 {
				return true
			}
		}
	}
	return false
}

// either tells a text that has a refusal beside settings, which is not to be had
// by one press: "settings or reject".
func (w *words) either(t []string) bool {
	for language := range w.stop {
		in := func(key string) bool {
			return slices.ContainsFunc(w.phrases[key], func(p phrase) bool { return p.language == language && p.match(t) > 0 })
		}
		if in("or") && in(string(RoleReject)) && in(string(RoleSettings)) {
			return true
		}
	}
	return false
}

// outvoted tells whether the words of consent weigh more than those of another
// role: "accept and close" is consent.
func outvoted(r Role, n, accept int) bool {
	switch r {
	case RoleClose, RoleMore, RoleSettings:
		return accept >= n && accept > 0
	case RoleSave:
		return accept > n
	default:
		return false
	}
}

func (w *words) best(key string, t []string) (n int, language string) {
	for _, p := range w.phrases[key] {
		if m := p.match(t); m > n {
			n, language = m, p.language
		}
	}
	return n, language
}

// count is how many different phrases of a key a text has, in the language
// that has most of them.
func (w *words) count(key string, t []string) int {
	seen := map[string]int{}
	best := 0
	for _, p := range w.phrases[key] {
		if p.match(t) > 0 {
			seen[p.language]++
			best = max(best, seen[p.language])
		}
	}
	return best
}

// strange tells a text that is about something else: it says so before it comes
// to consent, or as often. Within one sentence both may come in any order if the
// choice is detailed, as when a banner begins with what cookies are good for.
func (w *words) strange(text string, detailed bool) bool {
	t := tokens(text)
	t = t[:min(len(t), maxTokens)]
	other := w.first("not", t)
	if other < 0 {
		return false
	}
	topic := w.first("topic", t)
	if c := w.first("consent", t); before(c, topic) {
		topic = c
	}
	if topic < 0 || w.count("not", t) >= w.count("about", t) {
		return true
	}
	if !detailed {
		return other < topic
	}
	n := 0
	for _, s := range sentences(text) {
		if n+len(s) > topic {
			return other < n
		}
		n += len(s)
	}
	return false
}

// digresses tells a text that asks or says something else first, in a sentence
// without a word of what consent is about, and comes to cookies later.
func (w *words) digresses(text string) bool {
	for _, s := range sentences(text) {
		if w.count("topic", s)+w.count("consent", s) > 0 {
			return false
		}
		if len(s) >= 3 && w.count("about", s) == 0 { // shorter: a greeting
			return true
		}
	}
	return false
}

// sentences are the words of a text by sentence.
func sentences(text string) [][]string {
	var out [][]string
	var last []string
	for _, f := range strings.Fields(text) {
		last = append(last, tokens(f)...)
		if strings.ContainsAny(f[len(f)-1:], ".!?;") && len(last) > 0 {
			out, last = append(out, last), nil
		}
	}
	if len(last) > 0 {
		out = append(out, last)
	}
	return out
}

// before compares two places that first gave.
func before(a, b int) bool { return a >= 0 && (b < 0 || a < b) }

// first is where in a text the first phrase of a key begins, -1 if it has none.
func (w *words) first(key string, t []string) int {
	for i := range t {
		for _, p := range w.phrases[key] {
			if n := matchAt(p.tokens, t[i:]); n > 0 && (!p.whole || i == 0 && n == len(t)) {
				return i
			}
		}
	}
	return -1
}
