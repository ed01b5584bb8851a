package page

import (
	"regexp"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// mostSaid is how many octets of a page are searched for statements.
const mostSaid = 1 << 20

var (
	mail        = regexp.MustCompile(`[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,190}\.[A-Za-z]{2,24}`)
	sentenceEnd = regexp.MustCompile(`([\p{L}\p{N}]{3}[”"»)]?[.!?…]+)\s+([“"«¿¡(]?(?:\p{Lu}|\d))`)
	company     = regexp.MustCompile(`\p{L}[\p{L}&.\-]*,? (?:GmbH|AG|Ltd|Limited|Inc|LLC|SAS|SARL|S\.A\.|S\.L\.|S\.r\.l\.|S\.p\.A\.|B\.V\.|BV|NV|N\.V\.|AB|A/S|ApS|Oy|s\.r\.o\.|a\.s\.|Kft|Zrt|d\.o\.o\.|Lda|e\.V\.|eG|KG|SE|plc|sp\. z o\.o\.|SRL|OÜ|UAB|SIA|e\.K\.)(?:\P{L}|$)`)
)

// sentence is one with its place.
type sentence struct {
	text, place string
	ofOne       bool // in a table of cookies, of one of which it speaks
}

// statements finds what the page says about all of its cookies.
func (in *interpretation) statements() {
	sentences := in.sentences()
	vendors := map[string]bool{}
	for i, s := range sentences {
		words := joined(s.text)
		in.say(s, words)
		in.controller(s, words, sentences[i+1:])
		in.date(s, words, i)
		in.vendorsIn(s, vendors)
		for _, address := range mail.FindAllString(s.text, 5) {
			in.state(Contact, address, s.place)
		}
		if len(in.r.Retired(s.text)) > 0 {
			in.state(Retired, s.text, s.place)
		}
	}
	for _, l := range in.doc.links {
		if address, ok := strings.CutPrefix(l.address, "mailto:"); ok {
			address, _, _ = strings.Cut(address, "?")
			in.state(Contact, address, l.place)
		}
		if kind := in.r.kindOfLink(l); kind != "" {
			in.state(kind, l.address, l.place)
		}
		if u, ok := webAddress(l.address); ok && len(in.r.Retired(u.String())) > 0 {
			in.state(Retired, l.address, l.place)
		}
	}
	for _, n := range in.named {
		in.state(Category, n.category+": "+n.text, n.place)
	}
	in.missing(sentences)
}

// sentences are those of the page, in its order.
func (in *interpretation) sentences() []sentence {
	list, _ := in.sentencesOf(nil, in.doc.blocks, false, 0)
	return list
}

func (in *interpretation) sentencesOf(list []sentence, blocks []block, ofOne bool, octets int) (_ []sentence, read int) {
	for _, b := range blocks {
		if b.kind == aTable {
			list, octets = in.sentencesOf(list, b.inner, ofOne || in.declares[b.table], octets)
			continue
		}
		text := squeeze(seamless(b.text))
		if octets += len(text); octets > mostSaid {
			break
		}
		for _, s := range strings.Split(sentenceEnd.ReplaceAllString(text, "$1\x00$2"), "\x00") {
			list = append(list, sentence{strings.TrimSpace(s), b.place, ofOne})
		}
		list, octets = in.sentencesOf(list, b.inner, ofOne, octets)
	}
	return list, octets
}

// say finds the statements that are told by their words, in the language of
// the page and in English.
func (in *interpretation) say(s sentence, words string) {
	own := in.r.words.statements[in.language]
	english := in.r.words.statements["en"]
	if len(words) < 4 {
		return
	}
	for _, kind := range english.kinds {
		if kind == Updated || kind == Controller || kind == Contact || s.ofOne && strings.HasPrefix(kind, "claim-") {
			continue
		}
		if english.says(kind, words) || own != english && own.says(kind, words) {
			in.state(kind, s.text, s.place)
		}
	}
}

// longestAddress is how many lines follow an announcement such as "Responsible
// is:" at most, until a company or a mail address.
const longestAddress = 5

// controller finds who is responsible: in a sentence that says so and names a
// company or a mail address, or in the lines that one announces with a colon.
func (in *interpretation) controller(s sentence, words string, after []sentence) {
	if !in.r.words.statements["en"].says(Controller, words) && !in.r.words.statements[in.language].says(Controller, words) {
		return
	}
	text := s.text
	if strings.HasSuffix(text, ":") {
		for _, line := range after[:min(len(after), longestAddress)] {
			text += " " + line.text
		}
	}
	if company.MatchString(text) || mail.MatchString(text) {
		in.state(Controller, text, s.place)
	}
}

// date finds when the page was changed: in a sentence that says so, or in a
// line near its top that is hardly more than a date.
func (in *interpretation) date(s sentence, words string, at int) {
	said := in.r.words.statements["en"].says(Updated, words) || in.r.words.statements[in.language].says(Updated, words)
	if !said && (at > 12 || !onlyDate(s.text)) {
		return
	}
	american := strings.EqualFold(in.doc.language, "en-US") || in.language == "en" && !strings.Contains(in.doc.language, "-GB")
	found := in.r.dateIn(s.text, in.language, american)
	if found == "" && said {
		found = shortDateIn(s.text, american)
	}
	if found == "" {
		return
	}
	in.state(Updated, s.text, s.place)
	if in.decl.Updated == "" || found > in.decl.Updated {
		in.decl.Updated = found
	}
}

// vendorsIn finds vendors that a sentence names. Many are words as well: a name
// counts if it is written as the vendor writes it, and a single word not where
// any word has a capital letter.
func (in *interpretation) vendorsIn(s sentence, seen map[string]bool) {
	t := tokens(s.text)
	for i := 0; i < len(t); i++ {
		v, ok := in.r.vendors.at(t, i)
		if !ok {
			continue
		}
		at := strings.Index(s.text, v.name)
		if at < 0 || len(v.words) == 1 && (at == 0 || len(v.name) < 4 || v.name == strings.ToLower(v.name)) || seen[v.name] {
			continue
		}
		seen[v.name] = true
		in.state(ThirdParty, v.name, s.place)
		i += len(v.words) - 1
	}
}

// state adds a statement once.
func (in *interpretation) state(kind, text, place string) {
	s := declaration.Statement{Kind: kind, Text: cut(text, mostText), Place: place}
	if len(in.decl.Statements) >= mostStatements || slices.ContainsFunc(in.decl.Statements, func(o declaration.Statement) bool { return o.Kind == s.Kind && o.Text == s.Text }) {
		return
	}
	in.decl.Statements = append(in.decl.Statements, s)
}

// missing notes what the page announces and does not have.
func (in *interpretation) missing(sentences []sentence) {
	if len(in.decl.Entries) == 0 {
		in.unread()
		for _, s := range in.decl.Statements {
			if s.Kind == TablePromised {
				in.misunderstood(s.Text, s.Place, "a table or list of cookies is announced, and none was found")
				break
			}
		}
	}
	english, own := in.r.words.statements["en"], in.r.words.statements[in.language]
	for _, s := range sentences {
		words := joined(s.text)
		if !english.says(Contact, words) && !own.says(Contact, words) {
			continue
		}
		if in.has(Contact) {
			return
		}
		in.misunderstood(s.text, s.place, "it says to get in touch, and no address was found")
		return
	}
}

// unread notes that lines begin with names of cookies where nothing was read, as
// in the text of a PDF, whose columns are lost.
func (in *interpretation) unread() {
	var first *block
	count := 0
	for _, b := range flat(in.doc.blocks) {
		words := strings.Fields(seamless(b.text))
		if len(words) == 0 || b.kind == aTable {
			continue
		}
		if n := in.r.readName(words[0]); !n.known || n.strength < sureName || ambiguous[n.text] || slices.Contains(in.denied, n.text) {
			continue
		}
		if count++; first == nil {
			first = &b
		}
	}
	if count > 1 {
		in.misunderstood(first.text, first.place, "names of cookies stand here, and nothing about them could be read")
	}
}

func (in *interpretation) has(kind string) bool {
	return slices.ContainsFunc(in.decl.Statements, func(s declaration.Statement) bool { return s.Kind == kind })
}
