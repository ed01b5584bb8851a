package formats

import (
	"cmp"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
)

// row is a row of a table and where it stands.
type row struct {
	cells []string
	place string
}

// filled are the cells that have a text.
func (w row) filled() []string {
	var all []string
	for _, c := range w.cells {
		if c = plain(c); c != "" {
			all = append(all, c)
		}
	}
	return all
}

// headerRows is how many rows are looked at to find the titles.
const headerRows = 20

// table reads rows. Titles in any language say what the columns are; without
// titles, what most cells of a column are. A row of nothing but a category is
// a heading. The category is that of rows for which the table names none.
func (r *reading) table(rows []row, category string) {
	rows = slices.DeleteFunc(rows, func(w row) bool { return len(w.filled()) == 0 })
	at, titles := r.titles(rows)
	if titles == nil {
		if titles = r.guess(rows); titles != nil {
			r.rows(rows, titles, category, declaration.Likely)
			return
		}
		for _, w := range rows {
			r.note(strings.Join(w.filled(), ", "), w.place, "no title says which column holds the name")
		}
		return
	}
	for _, w := range rows[:at] {
		if c := r.heading(w); c != "" {
			category = c
			continue
		}
		r.note(strings.Join(w.filled(), ", "), w.place, "it stands before the titles of the columns")
	}
	for i, title := range titles {
		if text := plain(rows[at].cells[i]); title == "" && text != "" {
			r.note(text, rows[at].place, "the title of the column is not known")
		}
	}
	r.rows(rows[at+1:], titles, category, declaration.Certain)
}

// titles finds the row that names most columns among the first.
func (r *reading) titles(rows []row) (at int, titles []string) {
	most := 0
	for i, w := range rows[:min(len(rows), headerRows)] {
		header, known := r.header(w)
		if known > most {
			at, titles, most = i, header, known
		}
	}
	return at, titles
}

// rows reads rows with given columns. Titles that are repeated are left out.
func (r *reading) rows(rows []row, titles []string, category string, confidence declaration.Confidence) {
	for _, w := range rows {
		if header, _ := r.header(w); slices.Equal(header, titles) {
			continue
		}
		if c := r.heading(w); c != "" && len(titles) > 1 {
			category = c
			continue
		}
		fields := map[string]string{}
		for i, cell := range w.cells {
			if i < len(titles) && titles[i] != "" && strings.TrimSpace(fields[titles[i]]) == "" {
				fields[titles[i]] = cell
			}
		}
		r.row(fields, w.place, category, confidence)
	}
}

// header is the column of each cell and how many different ones there are, if a
// row holds titles: one of names beside others, or alone in its row. Values may
// be words for columns too ("Cookie"), but then stand beside hosts, lengths of
// time and other texts.
func (r *reading) header(w row) (titles []string, known int) {
	titles = make([]string, len(w.cells))
	columns := map[string]bool{}
	for i, cell := range w.cells {
		text := plain(cell)
		if titles[i] = r.column(text); titles[i] != "" {
			columns[titles[i]] = true
		} else if isHost(text) || r.lifetime(text).Seconds != nil {
			return nil, 0
		}
	}
	filled := len(w.filled())
	if known = len(columns); !columns["name"] || known < 2 && filled > 1 || known < 5 && known*3 < filled {
		return nil, 0
	}
	return titles, known
}

// heading is the category that a row of nothing else names.
func (r *reading) heading(w row) string {
	if filled := w.filled(); len(filled) == 1 {
		return r.category(filled[0])
	}
	return ""
}

// row reads a row by its columns.
func (r *reading) row(fields map[string]string, place, category string, confidence declaration.Confidence) {
	e := declaration.Entry{
		Domain: fields["domain"], Provider: fields["provider"], Purpose: fields["purpose"],
		Lifetime: r.lifetime(fields["lifetime"]), Confidence: confidence, Place: place,
	}
	for _, column := range []string{"kind", "category", "party"} {
		if text := plain(fields[column]); text != "" && !r.take(&e, column, text) {
			r.note(text, place, "the "+column+" is not known")
		}
	}
	if e.Category == "" {
		e.Category = category
	}
	names := strings.FieldsFunc(fields["name"], func(c rune) bool { return c == '\n' || c == ',' || c == ';' })
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		if name = plain(name); name == "" && len(names) > 1 {
			continue
		}
		e.Name = name
		r.add(e)
	}
}

// take takes a word that says what an entry is. Columns titled type hold kinds,
// categories, parties or lifetimes, so that the word decides, after the title.
func (r *reading) take(e *declaration.Entry, column, text string) bool {
	for _, c := range []string{column, "kind", "category", "party"} {
		var meaning string
		var into *string
		switch c {
		case "kind":
			meaning, into = r.kind(text), &e.Kind
		case "category":
			meaning, into = r.category(text), &e.Category
		default:
			meaning, into = r.party(text), &e.Party
		}
		if meaning != "" {
			if *into == "" {
				*into = meaning
			}
			return true
		}
	}
	if l := r.lifetime(text); l.Session || l.Seconds != nil {
		if e.Lifetime.Raw == "" {
			e.Lifetime = l
		}
		return true
	}
	if column == "party" && e.Provider == "" {
		e.Provider = text
		return true
	}
	return false
}

// guess tells the columns of a table without titles by what most of their cells
// are; nil if none can be that of the names.
func (r *reading) guess(rows []row) []string {
	width := 0
	for _, w := range rows {
		width = max(width, len(w.cells))
	}
	titles := make([]string, min(width, 100))
	texts := make([]int, len(titles)) // characters in all
	named := false
	for i := range titles {
		votes := map[string]int{}
		cells := 0
		for _, w := range rows[:min(len(rows), 1000)] {
			if i >= len(w.cells) || plain(w.cells[i]) == "" {
				continue
			}
			cells++
			texts[i] += len(w.cells[i])
			votes[r.looksLike(plain(w.cells[i]))]++
		}
		for _, c := range []string{"category", "kind", "party", "lifetime", "domain", "name"} {
			if votes[c]*2 > cells && !slices.Contains(titles, c) {
				titles[i] = c
				named = named || c == "name"
				break
			}
		}
	}
	if !named || width < 2 {
		return nil
	}
	free := []int{}
	for i, title := range titles {
		if title == "" && texts[i] > 0 {
			free = append(free, i)
		}
	}
	if len(free) > 0 {
		titles[slices.MaxFunc(free, func(a, b int) int { return cmp.Compare(texts[a], texts[b]) })] = "purpose"
	}
	return titles
}

// looksLike is the column that a cell would stand in.
func (r *reading) looksLike(text string) string {
	switch {
	case r.category(text) != "":
		return "category"
	case r.kind(text) != "":
		return "kind"
	case r.party(text) != "":
		return "party"
	case isHost(text):
		return "domain"
	case len(text) <= 40 && (r.lifetime(text).Session || r.lifetime(text).Seconds != nil):
		return "lifetime"
	case len(text) <= 100 && !strings.Contains(text, " "):
		return "name"
	}
	return ""
}

// asTable is a declaration as rows, with titles, in the language of the
// declaration if cookiescan has it, else in English.
func asTable(d *declaration.Declaration) ([][]string, error) {
	lang, err := wordsOf(d.Language)
	if err != nil {
		return nil, err
	}
	var titles []string
	for _, c := range columns {
		titles = append(titles, lang.Title(c))
	}
	rows := [][]string{titles}
	for _, e := range d.Entries {
		e.Lifetime.Raw, err = lifetimeText(e.Lifetime)
		if err != nil {
			return nil, err
		}
		if e.Kind != "" {
			e.Kind = lang.Kind(e.Kind)
		}
		if e.Category != "" {
			e.Category, _ = lang.Category(e.Category)
		}
		if e.Party != "" {
			e.Party = lang.Title(e.Party)
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, plain(*fieldOf(&e, c)))
		}
		rows = append(rows, cells)
	}
	return rows, nil
}
