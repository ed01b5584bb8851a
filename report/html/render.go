package html

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	_ "image/jpeg" // to know the size of a picture
	_ "image/png"  // likewise
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

//go:embed page.gohtml
var page string

//go:embed style.css
var style string

//go:embed script.js
var script string

// mostRows is how many rows of a drawing are shown before the rest is folded.
const mostRows = 60

// mostPicture is the size in bytes above which a picture is left out.
const mostPicture = 4 << 20

// Render writes a document as one file. The same document gives the same
// bytes.
func Render(w io.Writer, d Document) error {
	t, err := template.New("page").Funcs(template.FuncMap{
		"href": href, "filters": filters, "draw": draw, "bars": bars, "ticks": ticks, "strip": shares,
		"head": firstRows, "tail": otherRows, "matrices": splitMatrix, "image": embedded, "sub": func(a, b int) int { return a - b },
		"marks": func() int { return 8 }, "bit": func(n, i int) bool { return n&(1<<i) != 0 },
		"in": func(lang string, value any) scoped { return scoped{lang, value} }, "part": d.part,
	}).Parse(page)
	if err != nil {
		return fmt.Errorf("reading the template of the HTML report: %w", err)
	}
	var out bytes.Buffer
	if d.Lang == "en" {
		d.Lang = "" // the page's own
	}
	err = t.Execute(&out, struct {
		Document
		Policy string
		Style  template.CSS
		Script template.JS
	}{d, policy(), template.CSS(style), template.JS(script)}) //nolint:gosec // our own files
	if err != nil {
		return fmt.Errorf("filling the template of the HTML report: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("writing the HTML report: %w", err)
	}
	return nil
}

// part is an entry of the contents.
type part struct {
	Anchor, Title string
	Paged         bool
	Number        string
}

// part is an entry for a part of a site, or without its name for the site.
func (d Document) part(site, name, title string) part {
	p := part{Anchor: site, Title: title, Paged: d.Pages != nil}
	if name != "" {
		p.Anchor += "-" + name
	}
	if n := d.Pages[p.Anchor]; n > 0 {
		p.Number = strconv.Itoa(n)
	}
	return p
}

// scoped is a part of a document with the language of its Local texts; empty
// when that is the page's own.
type scoped struct {
	Lang  string
	Value any
}

// policy is the Content Security Policy (CSP Level 3): our style, our script,
// pictures in the file, nothing else.
func policy() string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) +
		"; img-src data:; base-uri 'none'; form-action 'none'"
}

// href is an address that may be followed, or empty.
func href(raw string) string {
	if len(raw) > 2000 {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// filter is a column that offers its values.
type filter struct {
	Column int
	Title  string
	Local  bool
	Values []Item
}

// filters collects the values of the columns to choose from.
func filters(t Table) []filter {
	var list []filter
	for i, c := range t.Columns {
		if !c.Pick {
			continue
		}
		f := filter{Column: i, Title: c.Title, Local: c.Local}
		seen := map[string]bool{}
		for _, g := range t.Groups {
			for _, r := range g.Rows {
				for _, item := range r.Cells[i].Items {
					if !seen[item.Text] {
						seen[item.Text] = true
						f.Values = append(f.Values, item)
					}
				}
			}
		}
		if len(f.Values) > 1 && len(f.Values) <= 40 {
			list = append(list, f)
		}
	}
	return list
}

// share is a part of a strip with its place, in per cent.
type share struct {
	Part
	X, Width string
}

// shares places the parts of a strip beside each other; full is the length of
// the longest.
func shares(all []Strip, s Strip) []share {
	full := 1
	for _, other := range all {
		full = max(full, other.Total)
	}
	percent := func(n int) string { return fmt.Sprintf("%.2f%%", 100*float64(n)/float64(full)) }
	var list []share
	sum := 0
	for _, p := range s.Parts {
		list = append(list, share{p, percent(sum), percent(p.Count)})
		sum += p.Count
	}
	return list
}

func firstRows(list []bar) []bar { return list[:min(len(list), mostRows)] }
func otherRows(list []bar) []bar { return list[min(len(list), mostRows):] }

// splitMatrix folds the rows of a matrix beyond the first.
func splitMatrix(m Matrix) (parts []Matrix) {
	room := mostRows
	first, rest := Matrix{States: m.States}, Matrix{States: m.States}
	for _, g := range m.Groups {
		n := min(room, len(g.Rows))
		room -= n
		if n > 0 {
			first.Groups = append(first.Groups, MatrixGroup{g.Category, g.Rows[:n]})
		}
		if n < len(g.Rows) {
			rest.Groups = append(rest.Groups, MatrixGroup{g.Category, g.Rows[n:]})
		}
	}
	parts = []Matrix{first}
	if len(rest.Groups) > 0 {
		parts = append(parts, rest)
	}
	return parts
}

// Columns is the number of columns of a matrix, with that of the names.
func (m Matrix) Columns() int { return len(m.States) + 1 }

// Rows is the number of rows of a matrix.
func (m Matrix) Rows() int {
	n := 0
	for _, g := range m.Groups {
		n += len(g.Rows)
	}
	return n
}

// Empty tells whether a table has no row.
func (t Table) Empty() bool {
	return !slices.ContainsFunc(t.Groups, func(g Group) bool { return len(g.Rows) > 0 })
}

// Number is the key of a mark's symbol: written 1, present 2, sent 4.
func (m Mark) Number() int {
	n := 0
	for i, set := range []bool{m.Written, m.Present, m.Sent} {
		if set {
			n |= 1 << i
		}
	}
	return n
}

// Words is a mark in words.
func (m Mark) Words() string {
	var words []string
	for i, word := range []string{"written", "present", "sent"} {
		if m.Number()&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return "not met"
	}
	return strings.Join(words, ", ")
}

// picture is a Picture with its size, so that nothing moves when it appears.
type picture struct {
	Source        template.URL
	Width, Height int
}

// IsPicture tells whether something is a picture that can be shown.
func IsPicture(data []byte) bool {
	if len(data) > mostPicture {
		return false
	}
	_, _, err := image.DecodeConfig(bytes.NewReader(data))
	return err == nil
}

// embedded is a picture as a data: address; nil when it is none.
func embedded(p Picture) *picture {
	c, kind, err := image.DecodeConfig(bytes.NewReader(p.Data))
	if err != nil {
		return nil
	}
	source := "data:image/" + kind + ";base64," + base64.StdEncoding.EncodeToString(p.Data)
	return &picture{template.URL(source), c.Width, c.Height} //nolint:gosec // base64 of a picture
}
