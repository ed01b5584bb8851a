package formats

import (
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/words"
)

// vanilla is a configuration of vanilla-cookieconsent, version 3
// (cookieconsent.orestbida.com): the cookies that it clears, by category, and
// the tables of cookies in the sections of its dialog, whose texts are HTML.
// What is in both is one entry. Of several languages the default one is read.
//
// Not kept: the date. What has no category comes back as unclassified, what has
// no language as English, and entries come back by category. A regular expression that is not simple is not
// understood; one that is may become a wider glob.
var vanilla = Format{
	Name:        "vanilla-cookieconsent",
	Description: "configuration of vanilla-cookieconsent 3, JavaScript",
	Extensions:  []string{".js", ".json", ".ts", ".mjs"},
	Keeps:       append([]string{"language"}, columns...),
	recognise: func(_, head string) bool {
		return isScript(head) && (strings.Contains(head, "CookieConsent.run") || hasKey(head, "autoClear") || hasKey(head, "preferencesModal") || hasKey(head, "linkedCategory"))
	},
	read:  readVanilla,
	write: writeVanilla,
}

func readVanilla(r *reading, data []byte) error {
	s, err := newScript(decode(data))
	if err != nil {
		return err
	}
	configs, _, err := s.find(func(l literal) bool { return l.get("categories").kind == objectLiteral })
	if err != nil {
		return err
	}
	if len(configs) == 0 {
		return errors.New("no object that is written down has categories: {categories: {...}}")
	}
	for _, config := range configs {
		r.vanillaTables(config)
		for _, c := range config.get("categories").fields {
			r.vanillaCategory(c.key, c.value)
		}
	}
	return nil
}

// vanillaTables reads the tables of the sections.
func (r *reading) vanillaTables(config literal) {
	language := config.get("language")
	translations := language.get("translations")
	if translations.kind == unknownLiteral && language.line > 0 {
		r.note(firstOf(translations.text, language.text), language.place(), "the translations are code, not an object that is written down")
		return
	}
	tag := language.get("default").string()
	if !translations.has(tag) && len(translations.fields) > 0 {
		tag = translations.fields[0].key
	}
	translation := translations.get(tag)
	r.into.Language = tag
	if translation.kind != objectLiteral && translation.line > 0 {
		r.note(translation.text, translation.place(), "the translation is not written down here")
		return
	}
	for _, section := range translation.get("preferencesModal").get("sections").items {
		table := section.get("cookieTable")
		if table.line == 0 {
			continue
		}
		key := section.get("linkedCategory").string()
		category := r.vanillaName(config, key)
		if category == "" {
			category = r.category(unmark(section.get("title").string()))
		}
		if key != "" && category == "" {
			r.note(key, section.place(), "the category is not known")
		}
		r.vanillaTable(table, category)
	}
}

// vanillaTable reads one table, by the titles of its columns or their keys.
func (r *reading) vanillaTable(table literal, category string) {
	titles := map[string]string{}
	for _, h := range table.get("headers").fields {
		titles[h.key] = firstOf(r.column(unmark(h.value.string())), r.column(h.key))
		if titles[h.key] == "" {
			r.note(h.value.string(), h.value.place(), "the title of the column is not known")
		}
	}
	for _, line := range table.get("body").items {
		if line.kind != objectLiteral {
			r.note(line.text, line.place(), "the row is code, not an object that is written down")
			continue
		}
		fields := map[string]string{}
		for _, cell := range line.fields {
			column := titles[cell.key]
			if column != "" && cell.value.kind == unknownLiteral {
				r.note(cell.value.text, cell.value.place(), "the "+column+" is code, not a text that is written down")
			}
			if column != "" && fields[column] == "" {
				fields[column] = unmark(cell.value.string())
			}
		}
		r.row(fields, line.place(), category, declaration.Certain)
	}
}

// vanillaName is the category that a key of the configuration means.
func (r *reading) vanillaName(config literal, key string) string {
	if c := r.category(key); c != "" || key == "" {
		return c
	}
	if config.get("categories").get(key).get("readOnly").isTrue() {
		return "necessary"
	}
	return ""
}

// vanillaCategory reads the cookies that are cleared with a category or with
// one of its services.
func (r *reading) vanillaCategory(key string, category literal) {
	e := declaration.Entry{Kind: "cookie", Category: r.category(key)}
	if e.Category == "" && category.get("readOnly").isTrue() {
		e.Category = "necessary"
	}
	cookies := category.get("autoClear").get("cookies")
	r.vanillaCookies(e, cookies)
	for _, s := range category.get("services").fields {
		e.Provider = unmark(firstOf(s.value.get("label").string(), s.key))
		r.vanillaCookies(e, s.value.get("cookies"))
	}
}

func (r *reading) vanillaCookies(e declaration.Entry, cookies literal) {
	if cookies.kind == unknownLiteral && cookies.line > 0 {
		r.note(cookies.text, cookies.place(), "the cookies are code, not a list that is written down")
	}
	for _, c := range cookies.items {
		before := len(r.into.Entries)
		e.Place, e.Domain = c.place(), c.get("domain").string()
		r.named(e, c.get("name"))
		r.merge(before)
	}
}

// merge takes what was added since then to what was there, where it is about
// one cookie: what a table declares is cleared under the same name.
func (r *reading) merge(before int) {
	added := slices.Clone(r.into.Entries[before:])
	r.into.Entries = r.into.Entries[:before]
	for _, e := range added {
		at := slices.IndexFunc(r.into.Entries[:before], func(other declaration.Entry) bool { return same(other, e) })
		if at < 0 {
			r.into.Entries = append(r.into.Entries, e)
			continue
		}
		other := &r.into.Entries[at]
		other.Domain, other.Kind, other.Provider = firstOf(other.Domain, e.Domain), firstOf(other.Kind, e.Kind), firstOf(other.Provider, e.Provider)
	}
}

// same tells whether two entries are about one cookie.
func same(a, b declaration.Entry) bool {
	return a.Name == b.Name && a.Category == b.Category && firstOf(a.Kind, "cookie") == firstOf(b.Kind, "cookie") &&
		(a.Domain == b.Domain || a.Domain == "" || b.Domain == "")
}

func writeVanilla(w io.Writer, d *declaration.Declaration) error {
	tag := firstOf(d.Language, "en")
	lang, err := wordsOf(d.Language)
	if err != nil {
		return err
	}
	var b, sections strings.Builder
	b.WriteString("// A configuration of vanilla-cookieconsent 3: cookieconsent.orestbida.com. The\n// texts of the dialog are still to be written.\nCookieConsent.run({\n\tcategories: {\n")
	for _, category := range categories {
		var entries []declaration.Entry
		for _, e := range d.Entries {
			if firstOf(e.Category, "unclassified") == category {
				entries = append(entries, e)
			}
		}
		if len(entries) == 0 {
			continue
		}
		writeVanillaCategory(&b, category, entries)
		if err := writeVanillaSection(&sections, lang, category, entries); err != nil {
			return err
		}
	}
	fmt.Fprintf(&b, "\t},\n\tlanguage: {\n\t\tdefault: %s,\n\t\ttranslations: {\n\t\t\t%s: {\n\t\t\t\tconsentModal: {},\n\t\t\t\tpreferencesModal: {\n\t\t\t\t\tsections: [\n", quote(tag), quote(tag))
	b.WriteString(sections.String())
	b.WriteString("\t\t\t\t\t],\n\t\t\t\t},\n\t\t\t},\n\t\t},\n\t},\n});\n")
	_, err = io.WriteString(w, b.String())
	return err
}

func writeVanillaCategory(b *strings.Builder, category string, entries []declaration.Entry) {
	fmt.Fprintf(b, "\t\t%s: {\n", category)
	if category == "necessary" { // those are never cleared
		b.WriteString("\t\t\tenabled: true,\n\t\t\treadOnly: true,\n\t\t},\n")
		return
	}
	b.WriteString("\t\t\tautoClear: {\n\t\t\t\tcookies: [\n")
	for _, e := range entries {
		if firstOf(e.Kind, "cookie") != "cookie" {
			continue
		}
		name := quote(e.Name)
		if isGlob(e.Name) {
			name = "/" + pattern(e.Name) + "/"
		}
		if e.Domain != "" {
			name += ", domain: " + quote(e.Domain)
		}
		fmt.Fprintf(b, "\t\t\t\t\t{name: %s},\n", name)
	}
	b.WriteString("\t\t\t\t],\n\t\t\t},\n\t\t},\n")
}

func writeVanillaSection(b *strings.Builder, lang *words.Lang, category string, entries []declaration.Entry) error {
	rows, err := asTable(&declaration.Declaration{Language: lang.Tag(), Entries: entries})
	if err != nil {
		return err
	}
	title, text := lang.Category(category)
	const in = "\n\t\t\t\t\t\t\t"
	fmt.Fprintf(b, "\t\t\t\t\t\t{%stitle: %s,%sdescription: %s,%slinkedCategory: %s,%scookieTable: {%s\theaders: {",
		in, quote(title), in, quote(text), in, quote(category), in, in)
	used := usedColumns(rows[1:])
	for _, i := range used {
		fmt.Fprintf(b, "%s\t\t%s: %s,", in, columns[i], quote(rows[0][i]))
	}
	fmt.Fprintf(b, "%s\t},%s\tbody: [", in, in)
	for _, cells := range rows[1:] {
		fmt.Fprintf(b, "%s\t\t{", in)
		for _, i := range used { // one that is missing would show as undefined
			fmt.Fprintf(b, "%s\t\t\t%s: %s,", in, columns[i], quote(html.EscapeString(cells[i])))
		}
		fmt.Fprintf(b, "%s\t\t},", in)
	}
	fmt.Fprintf(b, "%s\t],%s},\n\t\t\t\t\t\t},\n", in, in)
	return nil
}

// usedColumns are the columns with a text in any row, without that of the
// category, which the section names.
func usedColumns(rows [][]string) []int {
	var used []int
	for i, column := range columns {
		if column != "category" && slices.ContainsFunc(rows, func(cells []string) bool { return cells[i] != "" }) {
			used = append(used, i)
		}
	}
	return used
}
