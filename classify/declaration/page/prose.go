package page

import (
	"path"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// Bounds of what is read in sentences: cookies of a page, words of one.
const (
	mostTold     = 500
	mostSentence = 150
)

// told is a cookie that a sentence names.
type told struct {
	name     name
	at       int // its word
	cue      int // the word for cookie, -1 if it stands behind
	lifetime string
}

// telling is a sentence in which names are looked for.
type telling struct {
	in     *interpretation
	words  []string
	tokens []string // of all words
	starts []int    // of each word in tokens, and the end
	found  []told
	cue    int    // the word for cookie that what follows belongs to, -1 if none does
	how    naming // what stands between it and here
}

// prose reads the cookies that sentences name: "a cookie called _ga", "das
// PHPSESSID-Cookie". What is found counts only if no table, list or card has it.
func (in *interpretation) prose(b block) {
	if !in.cookies || in.prosed > mostSaid || len(in.told) >= mostTold {
		return
	}
	text := bracketed.ReplaceAllString(squeeze(seamless(b.text)), "*")
	in.prosed += len(text)
	if !in.r.mentionsCookies(text) {
		return
	}
	for s := range strings.SplitSeq(sentenceEnd.ReplaceAllString(text, "$1\x00$2"), "\x00") {
		t := in.tell(s)
		for i, f := range t.found {
			in.told = append(in.told, t.entry(i, f, b.place))
		}
	}
}

// tell finds the names in a sentence.
func (in *interpretation) tell(sentence string) *telling {
	t := &telling{in: in, words: strings.Fields(sentence), cue: -1}
	if len(t.words) > mostSentence {
		return t
	}
	for _, w := range t.words {
		t.starts = append(t.starts, len(t.tokens))
		t.tokens = append(t.tokens, tokens(w)...)
	}
	t.starts = append(t.starts, len(t.tokens))
	if len(in.r.words.cookie.all(t.tokens, in.language)) == 0 {
		return t
	}
	for i := 0; i < len(t.words); {
		i = t.step(i)
	}
	t.found = slices.DeleteFunc(t.found, func(f told) bool {
		denied := t.denied(f)
		if denied && len(in.denied) < mostTold {
			in.denied = append(in.denied, f.name.text)
		}
		return denied
	})
	return t
}

// step reads a word or a phrase and tells where the next one begins.
func (t *telling) step(i int) int {
	if n := t.cookie(i); n > 0 {
		t.cue, t.how = i, ""
		return i + n
	}
	if t.cue >= 0 {
		if how, n := t.named(i); n > 0 {
			if how == called {
				t.how = how
			}
			return i + n
		}
		if t.between(i) {
			return i + 1
		}
	}
	if end := t.bracket(i); end > i {
		return end
	}
	if n, ok := t.nameAt(i); ok {
		cue := t.cue
		if t.follows(i) {
			cue = -1
		}
		t.found = append(t.found, told{name: n, at: i, cue: cue})
		return i + 1
	}
	t.cue = -1
	return i + 1
}

// between tells whether a word can stand between the word for a cookie and a
// name: and, a lone mark, or what is called so, as a key of the local storage.
func (t *telling) between(i int) bool {
	own := t.tokens[t.starts[i]:t.starts[i+1]]
	if len(own) == 0 || len(own) == 1 && t.in.r.words.and[own[0]] {
		return true
	}
	if what, exact := t.in.r.titleOf(t.words[i], t.in.language); !exact || what != itemRole || i+1 == len(t.words) {
		return false
	}
	how, n := t.named(i + 1)
	return n > 0 && how == called
}

// cookie tells how many words from here on are the word for a cookie, which may
// stand behind a hyphen.
func (t *telling) cookie(i int) int {
	if t.starts[i] == t.starts[i+1] {
		return 0
	}
	if h, ok := t.in.r.words.cookie.at(t.tokens, t.starts[i], t.in.language); ok {
		return t.wordsOf(i, h.words)
	}
	if before, ok := t.hyphened(i); ok && t.in.r.readName(before).strength < sureName {
		return 1
	}
	return 0
}

// hyphened is what stands before the word for a cookie in a word such as
// _ga-Cookie.
func (t *telling) hyphened(i int) (before string, ok bool) {
	at := strings.LastIndexByte(t.words[i], '-')
	if at <= 0 || len(tokens(t.words[i][at:])) == 0 || !t.in.r.areCookieWords([]string{t.words[i][at:]}) {
		return "", false
	}
	return t.words[i][:at], true
}

// named tells how many words from here on announce a name.
func (t *telling) named(i int) (naming, int) {
	if t.starts[i] == len(t.tokens) {
		return "", 0
	}
	h, ok := t.in.r.words.naming.at(t.tokens, t.starts[i], t.in.language)
	if !ok || h.value == not {
		return "", 0
	}
	return h.value, t.wordsOf(i, h.words)
}

// wordsOf is how many words from one on some tokens are, 0 if they end within
// a word.
func (t *telling) wordsOf(i, tokens int) int {
	end := slices.Index(t.starts[i+1:], t.starts[i]+tokens)
	return end + 1
}

// bracket reads what stands in brackets behind a name; it is where that ends.
func (t *telling) bracket(i int) int {
	if len(t.found) == 0 || !strings.HasPrefix(t.words[i], "(") || t.cue < 0 && t.found[len(t.found)-1].at != i-1 {
		return i
	}
	for end := i; end < min(i+8, len(t.words)); end++ {
		if strings.Contains(t.words[end], ")") {
			text := strings.Trim(strings.Join(t.words[i:end+1], " "), "().,;")
			if t.in.r.isLifetime(text, t.in.language) {
				t.found[len(t.found)-1].lifetime = text
			}
			return end + 1
		}
	}
	return i
}

const quotes = "\"'`“”„«»‘’‹›"

// nameAt is the name that a word is, if the sentence says so: by a word for
// cookie before or behind it, or because nothing else is written so.
func (t *telling) nameAt(i int) (name, bool) {
	r := t.in.r
	word, quoted := t.unquoted(i)
	follows := t.follows(i)
	if t.cue < 0 && !follows && !strings.HasPrefix(word, "_") {
		return name{}, false
	}
	if before, ok := t.hyphened(i); ok {
		word = strings.Trim(before, quotes+"([")
	}
	n := r.readName(word)
	if r.vendors.is(n.text) || r.isCategory(n.text, t.in.language) || r.areCookieWords([]string{n.text}) {
		return n, false
	}
	switch {
	case n.strength == noName, strings.Contains(n.text, "="):
		return n, false
	case t.cue >= 0 && t.how == called:
		return n, quoted || n.strength == sureName || (n.known || n.strength == likeName) && !follows
	case t.cue >= 0 || follows:
		return n, n.strength == sureName && (quoted || !ambiguous[n.text]) || quoted && n.strength == likeName
	}
	return n, n.known && n.strength == sureName
}

// unquoted is a word without its quotes, and whether it has some; they may stand
// apart, as in French.
func (t *telling) unquoted(i int) (word string, quoted bool) {
	word = strings.TrimLeft(t.words[i], "([")
	if end := strings.TrimRight(word, ".,;:!?)]"); strings.TrimRight(end, quotes) != end {
		word = end
	}
	bare := strings.Trim(word, quotes)
	apart := 0
	for _, w := range t.words[:i] {
		if strings.Trim(w, quotes) == "" {
			apart++
		}
	}
	around := strings.TrimLeft(word, quotes) != word && strings.TrimRight(word, quotes) != word
	return bare, around || apart%2 == 1
}

// follows tells whether the word for cookie stands in a word behind a hyphen, or
// right behind it, or behind a word such as called.
func (t *telling) follows(i int) bool {
	if _, ok := t.hyphened(i); ok {
		return true
	}
	if i+1 >= len(t.words) || strings.ContainsAny(t.words[i][len(t.words[i])-1:], ",;:.") {
		return false
	}
	if how, n := t.named(i + 1); how == called && n > 0 {
		i += n
	}
	return i+1 < len(t.words) && t.cookie(i+1) > 0
}

// denied tells whether the part of the sentence with a name, or with the word
// for cookie that belongs to it, says no.
func (t *telling) denied(f told) bool {
	for i := range t.words {
		h, ok := hit[naming]{}, false
		if t.starts[i] < t.starts[i+1] {
			h, ok = t.in.r.words.naming.at(t.tokens, t.starts[i+1]-1, t.in.language)
		}
		if !ok || h.value != not || h.language != t.in.language && h.language != "en" {
			continue
		}
		if t.together(i, f.at) || f.cue >= 0 && t.together(i, f.cue) {
			return true
		}
	}
	return false
}

// together tells whether no mark stands between two words.
func (t *telling) together(a, b int) bool {
	for i := min(a, b); i < max(a, b); i++ {
		if strings.ContainsAny(t.words[i][len(t.words[i])-1:], ",;:)") || strings.HasPrefix(t.words[i+1], "(") {
			return false
		}
	}
	return true
}

// entry is the declaration of a name that was found.
func (t *telling) entry(i int, f told, place string) declaration.Entry {
	var none fields
	said := fields{purpose: strings.Join(t.words, " "), expiry: t.lifetimeOf(i)}
	if f.cue >= 0 {
		said.types = []string{strings.Join(t.words[max(0, f.cue-2):f.cue+max(1, t.cookie(f.cue))], " ")}
	}
	sure := declaration.Inferred
	if said.expiry != "" {
		sure = declaration.Likely
	}
	return t.in.entries(said, []name{f.name}, none, sure, place)[0]
}

// lifetimeOf is the lifetime that a sentence says of a name: in brackets behind
// it, before the next name, or with the next one; of one name anywhere.
func (t *telling) lifetimeOf(i int) string {
	if len(t.found) == 1 && t.found[0].lifetime == "" {
		return t.length(t.words)
	}
	for ; i < len(t.found); i++ {
		if t.found[i].lifetime != "" {
			return t.found[i].lifetime
		}
		end := len(t.words)
		if i+1 < len(t.found) {
			end = t.found[i+1].at
		}
		if text := t.length(t.words[t.found[i].at+1 : end]); text != "" {
			return text
		}
	}
	return ""
}

// length is the part of a text that says how long something lasts.
func (t *telling) length(words []string) string {
	text := strings.Join(words, " ")
	if part := t.in.embedded(text); part != "" {
		return part
	}
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(";(),", c) }) {
		if l := t.in.r.lifetimes.Read(part, t.in.language); !l.Guessed && l.Seconds > 0 || l.Session && !t.speaksOfSession(part) {
			return strings.TrimSpace(part)
		}
	}
	return ""
}

// speaksOfSession tells whether a word alone means the session: then a sentence
// may only speak of it, unlike one that says "when you close your browser".
func (t *telling) speaksOfSession(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool { return t.in.r.lifetimes.Read(w, t.in.language).Session })
}

// addTold adds what sentences name and nothing else has, unless one says that it
// is not used.
func (in *interpretation) addTold() {
	for _, e := range in.told {
		has := slices.IndexFunc(in.decl.Entries, func(o declaration.Entry) bool {
			ok, err := path.Match(o.Name, e.Name)
			return o.Name == e.Name || err == nil && ok
		})
		switch {
		case slices.Contains(in.denied, e.Name):
		case has < 0 && len(in.decl.Entries) < mostEntries:
			in.decl.Entries = append(in.decl.Entries, e)
		case has >= 0 && in.decl.Entries[has].Confidence == declaration.Inferred && in.decl.Entries[has].Lifetime.Raw == "":
			in.decl.Entries[has].Lifetime = e.Lifetime
		}
	}
}
