package policy

// Page is a policy in one language, in parts that every format can show. It is
// what templates are filled with.
type Page struct {
	Lang     string // BCP 47
	Dir      string // ltr
	Title    string
	Author   string // who answers for the site
	Version  string
	Updated  string // YYYY-MM-DD, empty if it is not known
	Draft    string // the word for a draft, to stand on every page; empty: it may be published
	Lead     []Line // below the title: version and date
	Contents string // title of the list of sections; empty: there is none
	Sections []Section
}

// Section is a part of a page under a heading.
type Section struct {
	ID     string // of the heading
	Title  string
	Blocks []Block
}

// Block is a paragraph, a list, a table, a heading or the button that opens the
// settings of consent: the one of these that is not empty.
type Block struct {
	Heading   string // below that of the section
	Paragraph Line
	Items     []Line
	Table     *Table
	Control   *Button
}

// Button opens the settings of consent.
type Button struct {
	ID         string // of what holds it, for links
	Text       string
	Attributes map[string]string // by which the consent platform finds it
}

// Table is one with the names of things in its first column.
type Table struct {
	Caption string
	Columns []string
	Widths  []int // shares of the width, one for each column
	Rows    []Row
}

// Row has a cell for each column.
type Row struct{ Cells []Cell }

// Cell is one or more lines.
type Cell struct{ Lines []Line }

// Line is text of one or more spans.
type Line []Span

// Span is a piece of text.
type Span struct {
	Text string
	Href string // https or http address, empty if it is no link
	Code bool   // a name as machines write it
}

// Plain is the text of a line.
func (l Line) Plain() string {
	s := ""
	for _, span := range l {
		s += span.Text
	}
	return s
}

func plain(s string) Line { return Line{{Text: s}} }

func paragraph(s string) Block { return Block{Paragraph: plain(s)} }
