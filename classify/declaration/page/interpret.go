package page

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"cookiescan/classify/declaration"
)

// interpretation is the reading of one document.
type interpretation struct {
	r        *Reader
	doc      *document
	language string
	local    string // of the table under way, if another one
	section  section
	record   *record // what labels and lines tell so far
	cookies  bool    // the page speaks of cookies as a whole
	decl     *declaration.Declaration
	named    []namedCategory
	told     []declaration.Entry // what sentences name
	denied   []string            // what they say is not used
	prosed   int                 // octets of them
	declares map[*grid]bool      // tables in which cookies were found
}

// namedCategory is a category where the page first names it.
type namedCategory struct{ category, text, place string }

// interpret reads a document.
func (r *Reader) interpret(source string, doc *document) *declaration.Declaration {
	in := &interpretation{
		r: r, doc: doc, language: languageOf(r, doc), declares: map[*grid]bool{},
		decl: &declaration.Declaration{
			Source: source, Entries: []declaration.Entry{}, Statements: []declaration.Statement{}, NotUnderstood: []declaration.NotUnderstood{},
		},
	}
	in.record = &record{in: in}
	in.cookies = in.speaksOfCookies()
	in.decl.Language = in.language
	in.blocks(doc.blocks)
	in.record.end()
	in.addTold()
	in.settleFunctional()
	in.decl.Entries = distinct(in.decl.Entries)
	in.statements()
	return in.decl
}

// languageOf is the language that a page says, else that of its words.
func languageOf(r *Reader, doc *document) string {
	var words []string
	for _, b := range flat(doc.blocks) {
		if len(words) < 4000 && b.kind != aTable {
			words = append(words, tokens(cut(b.text, mostText))...)
		}
	}
	guessed := r.words.language(words)
	if tag, err := language.Parse(doc.language); err == nil && doc.language != "" {
		base, _ := tag.Base()
		// A template in English often holds a page in another language.
		if base.String() != "en" || guessed == "" {
			return base.String()
		}
	}
	return guessed
}

// flat are all blocks, those within tables too.
func flat(blocks []block) []block {
	var all []block
	for _, b := range blocks {
		all = append(all, b)
		all = append(all, flat(b.inner)...)
	}
	return all
}

const tooMany = "the page declares more than can be read; the rest is left out"

func (in *interpretation) blocks(blocks []block) {
	barred := 0 // up to here it is known whether strokes separate cells
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if len(in.decl.Entries) >= mostEntries {
			in.misunderstood("", b.place, tooMany)
			return
		}
		if i >= barred {
			n, ok := in.barred(blocks[i:])
			if barred = i + n; ok {
				i += n - 1
				continue
			}
		}
		switch b.kind {
		case aHeading:
			in.heading(b)
		case aTable:
			in.table(b)
		default:
			in.record.line(b)
		}
	}
}

// heading takes in a heading, or what only looks like one: a label, a name.
func (in *interpretation) heading(b block) {
	if in.record.heading(b) {
		return
	}
	in.push(b, b.rank)
}

// weakRank is that of a line in bold that names a category.
const weakRank = 8

func (in *interpretation) push(b block, rank float64) {
	text := seamless(b.text)
	h := heading{
		rank: rank, text: text, category: in.categoryAt(text, b.place), party: in.r.partyOf(text, in.language),
		kind: in.r.kindOf(text, in.language), cookies: in.r.mentionsCookies(text),
	}
	switch { // the title of a page names who publishes it
	case in.r.vendors.is(text), rank > 1 && in.r.isProvider(text):
		h.by = text
	case rank > 1:
		h.by = in.vendorBeside([]string{text})
	}
	if h.kind == "pixel" && in.r.vendors.within(text) { // the name of a service, which sets cookies
		h.kind = ""
	}
	in.section.push(h)
}

// categoryAt is the category that a text names, which is noted.
func (in *interpretation) categoryAt(text, place string) string {
	c := in.r.categoryOf(text, cmp.Or(in.local, in.language))
	if c == "" && in.local != "" {
		c = in.r.categoryOf(text, in.language)
	}
	if c == "" {
		return ""
	}
	if !in.names(c) {
		in.named = append(in.named, namedCategory{c, cut(squeeze(text), 200), place})
	}
	return c
}

// names tells whether the page names a category.
func (in *interpretation) names(category string) bool {
	return slices.ContainsFunc(in.named, func(n namedCategory) bool { return n.category == category })
}

// settleFunctional decides what functional means on this page: preferences, or
// what is necessary if nothing else is called so.
func (in *interpretation) settleFunctional() {
	is := "preferences"
	if !in.names("necessary") {
		is = "necessary"
	}
	for i := range in.decl.Entries {
		if in.decl.Entries[i].Category == functional {
			in.decl.Entries[i].Category = is
		}
	}
	for i := range in.named {
		if in.named[i].category == functional {
			in.named[i].category = is
		}
	}
}

// speaksOfCookies tells whether cookies are a subject of the page: in a heading,
// near its beginning, time and again, or by headings of several categories.
func (in *interpretation) speaksOfCookies() bool {
	mentions, categories := 0, map[string]bool{}
	for i, b := range flat(in.doc.blocks) {
		if b.kind == aHeading && in.r.isCategory(b.text, in.language) {
			categories[in.r.categoryOf(b.text, in.language)] = true
			if len(categories) > 1 {
				return true
			}
		}
		if b.kind != aTable && in.r.mentionsCookies(b.text) {
			mentions++
			if b.kind == aHeading || i < 10 || mentions >= 3 {
				return true
			}
		}
	}
	return false
}

// about tells whether cookies are the subject here: the headings say so, or
// name a category on a page about cookies.
func (in *interpretation) about() bool {
	return in.section.aboutCookies() || in.cookies && in.section.category() != ""
}

func (in *interpretation) misunderstood(text, place, why string) {
	if len(in.decl.NotUnderstood) < mostStatements {
		in.decl.NotUnderstood = append(in.decl.NotUnderstood, declaration.NotUnderstood{Text: cut(squeeze(seamless(text)), 300), Place: place, Why: why})
	}
}

// distinct leaves out what a page shows twice, once for narrow screens.
func distinct(entries []declaration.Entry) []declaration.Entry {
	type key struct{ name, kind, domain, category, raw, provider string }
	seen := map[key]bool{}
	out := entries[:0]
	for _, e := range entries {
		k := key{e.Name, e.Kind, e.Domain, e.Category, squeeze(e.Lifetime.Raw), e.Provider}
		if !seen[k] {
			out = append(out, e)
		}
		seen[k] = true
	}
	return out
}

// fields is what a row, a card or a line says.
type fields struct {
	names, provider, domain, purpose, expiry, category string
	types                                              []string
}

func (f *fields) set(what role, text string) {
	join := func(to *string) { *to = strings.TrimSpace(*to + " " + squeeze(seamless(text))) }
	switch what {
	case nameRole, itemRole:
		f.names = text
	case providerRole:
		join(&f.provider)
	case domainRole:
		f.domain = squeeze(seamless(text))
	case purposeRole:
		join(&f.purpose)
	case expiryRole:
		f.expiry = strings.TrimSpace(f.expiry + "\n" + seamless(text))
	case typeRole:
		f.types = append(f.types, squeeze(seamless(text)))
	case categoryRole:
		join(&f.category)
	case noRole:
	}
}

// entries makes an entry of each name. A category, provider or kind that the
// row itself lacks comes from above.
func (in *interpretation) entries(f fields, names []name, above fields, sure declaration.Confidence, place string) []declaration.Entry {
	e := declaration.Entry{Purpose: cut(f.purpose, mostText), Provider: cut(cmp.Or(f.provider, above.provider, in.vendorBeside(f.types), in.section.provider()), 300), Confidence: sure, Place: place}
	e.Domain = hostOf(f.domain)
	if e.Domain == "" {
		e.Domain = hostOf(e.Provider)
	}
	e.Category = in.categoryAt(f.category, place)
	for _, t := range f.types {
		e.Category = cmp.Or(e.Category, in.categoryAt(t, place))
		e.Kind = cmp.Or(e.Kind, in.r.typeOf(t, in.language))
		e.Party = cmp.Or(e.Party, alone(&in.r.words.aloneParties, t), in.r.partyOf(t, in.language))
	}
	if e.Category == "" && in.r.isCategory(f.purpose, in.language) {
		e.Category = in.categoryAt(f.purpose, place)
	}
	e.Category = cmp.Or(e.Category, above.category, in.section.category(), in.announced(f.purpose, place))
	e.Kind = cmp.Or(e.Kind, in.kindBeside(f.domain), in.section.kind(), "cookie")
	e.Party = cmp.Or(e.Party, in.r.partyOf(e.Provider, in.language), in.section.party())
	var all []declaration.Entry
	for i, n := range names {
		e := e
		e.Name = n.text
		e.Lifetime = in.lifetimeOf(f, n, i, names)
		if n.strength < likeName && sure == declaration.Certain {
			e.Confidence = declaration.Likely
		}
		all = append(all, e)
	}
	return all
}

// lifetimeOf is the lifetime of one of the names of a row: what stands beside
// its name, what stands at its place of as many, or what holds for all.
func (in *interpretation) lifetimeOf(f fields, n name, i int, names []name) declaration.Lifetime {
	text := f.expiry
	if text == "" && n.lifetime != "" {
		text = n.lifetime
	}
	if len(names) > 1 {
		text = in.partFor(text, n.text, i, len(names))
	}
	if text == "" {
		text = in.embedded(f.purpose)
	}
	if text == "" {
		for _, t := range f.types {
			if l := in.r.lifetimes.Read(t, in.language); l.Session || l.UntilCleared {
				text = t
				continue
			}
			for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("/,;()", r) }) {
				if in.r.isLifetime(part, in.language) { // "first party / 7 days"
					text = strings.TrimSpace(part)
				}
			}
		}
	}
	return in.lifetime(text)
}

func (in *interpretation) lifetime(text string) declaration.Lifetime {
	l := in.r.lifetimes.Read(text, cmp.Or(in.local, in.language))
	out := declaration.Lifetime{Raw: cut(squeeze(text), 200)}
	switch {
	case l.Seconds > 0:
		out.Seconds = &l.Seconds
	case l.Session:
		out.Session = true
	}
	return out
}

// partFor is the part of a cell that is for one of several names. A stroke
// separates parts only if each is a lifetime.
func (in *interpretation) partFor(text, name string, i, n int) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ',' || r == ';' })
	for _, p := range parts {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(p), name); ok && rest != "" && strings.ContainsAny(rest[:1], " :=(–-") {
			return strings.Trim(rest, " :=()–-")
		}
	}
	if len(parts) == n {
		return strings.TrimSpace(parts[i])
	}
	parts = strings.Split(text, " / ")
	if len(parts) == n && !slices.ContainsFunc(parts, func(p string) bool { return !in.r.isLifetime(p, in.language) }) {
		return strings.TrimSpace(parts[i])
	}
	return text
}

// embedded is a lifetime within a text: behind a word that announces one, or as
// a part that is nothing else.
func (in *interpretation) embedded(text string) string {
	parts := strings.FieldsFunc(cut(text, mostText), func(r rune) bool { return strings.ContainsRune(".;()\n,–—", r) })
	for _, part := range parts {
		t := tokens(part)
		for _, h := range in.r.words.headers.all(t, in.language) {
			if h.value != expiryRole {
				continue
			}
			rest := strings.Join(t[h.at+h.words:], " ")
			if len(t)-h.at-h.words <= 8 && strings.Trim(rest, "0123456789 ") != "" && in.r.isLifetime(rest, in.language) {
				return strings.TrimSpace(part)
			}
		}
	}
	for _, part := range parts {
		if len(strings.Fields(part)) <= 3 && letters(part) > 0 && in.r.isLifetime(part, in.language) {
			return strings.TrimSpace(part)
		}
	}
	return ""
}

// hostOf is the host that a cell is, with or without a note in brackets, "" if it
// is something else.
func hostOf(text string) string {
	text = strings.ToLower(strings.TrimSpace(parentheses.ReplaceAllString(text, "")))
	text = strings.TrimPrefix(strings.TrimPrefix(text, "https://"), "http://")
	text, _, _ = strings.Cut(text, "/")
	text = strings.TrimPrefix(text, ".")
	if strings.ContainsAny(text, " \n,") || !isHost(text) {
		return ""
	}
	return text
}
