package register

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/lifetime"
	"cookiescan/classify/yamltree"
)

// MaxSize is the most octets that a file may have.
const MaxSize = 16 << 20

// mostFaults of one file are told.
const mostFaults = 100

// A decoder reads the tree of a YAML document and notes everything that does
// not belong there, not only the first.
type decoder struct {
	file     string
	lines    []string
	faults   []Fault
	life     *lifetime.Reader
	purposes []string // the keys there are
}

func newDecoder(name string, src []byte) *decoder {
	return &decoder{file: name, lines: strings.Split(string(src), "\n")}
}

func (d *decoder) fault(at Place, hint, format string, args ...any) {
	if len(d.faults) >= mostFaults {
		return
	}
	f := Fault{Place: at, Message: fmt.Sprintf(format, args...), Hint: hint}
	if at.File == d.file && at.Line > 0 && at.Line <= len(d.lines) {
		f.excerpt = excerpt(d.lines[at.Line-1], at.Line, at.Column)
	}
	d.faults = append(d.faults, f)
}

func (d *decoder) place(n ast.Node) Place { return yamltree.PlaceOf(d.file, n) }

// root is the body of the only document of a file, nil if there is none.
func (d *decoder) root(src []byte) ast.Node {
	whole := Place{File: d.file}
	switch {
	case len(src) > MaxSize:
		d.fault(whole, "", "the file is longer than %d MB", MaxSize>>20)
		return nil
	case bytes.IndexByte(src, 0) >= 0, !utf8.Valid(src):
		d.fault(whole, "", "the file is no text in UTF-8")
		return nil
	}
	roots, err := yamltree.Documents(d.file, src)
	if e := (*yamltree.Error)(nil); errors.As(err, &e) {
		d.fault(e.Place, "", "%s", e.Text)
		return nil
	}
	switch {
	case len(roots) == 0:
		d.fault(whole, "", "the file is empty")
		return nil
	case len(roots) > 1:
		d.fault(d.place(roots[1]), "", "the file holds more than one document")
		return nil
	}
	return roots[0]
}

// fields says what to do with the value of each key.
type fields map[string]func(ast.Node)

// places says where each key of something stands; "" is the whole.
type places map[string]Place

// of is the place of a key, or of the whole if the key is not given.
func (p places) of(key string) Place {
	if at, ok := p[key]; ok {
		return at
	}
	return p[""]
}

// pairs are those of a mapping.
func (d *decoder) pairs(n ast.Node, what string) []*ast.MappingValueNode {
	if pairs, ok := yamltree.Pairs(n); ok {
		return pairs
	}
	d.fault(d.place(n), hintOf(n, ""), "%s must be a mapping of keys to values", what)
	return nil
}

// mapping reads a mapping whose keys are all known, or begin with x-, and says
// where each key is.
func (d *decoder) mapping(n ast.Node, what string, known fields) places {
	at := places{"": d.place(n)}
	pairs := d.pairs(n, what)
	if len(pairs) > 0 {
		at[""] = d.place(pairs[0].Key)
	}
	for _, pair := range pairs {
		key := d.place(pair.Key)
		name, ok := yamltree.Scalar(pair.Key)
		set := known[name]
		switch {
		case !ok:
			d.fault(key, "", "a key of %s must be a text", what)
		case strings.HasPrefix(name, "x-"):
		case set == nil:
			d.fault(key, oneOf(name, slices.Sorted(maps.Keys(known))), "unknown key %.60q in %s", name, what)
		default:
			at[name] = key
			set(pair.Value)
		}
	}
	return at
}

// hintOf is the hint for a node of the wrong type. Anchors and aliases are not
// read: what they stand for can be anywhere, and without end.
func hintOf(n ast.Node, otherwise string) string {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return "anchors, aliases and tags are not read, write it out"
	}
	return otherwise
}

// oneOf is a hint about what could have been meant.
func oneOf(text string, known []string) string {
	if near := nearest(text, known); near != "" {
		return "did you mean " + near + "?"
	}
	return "known are " + strings.Join(known, ", ")
}

// nearest is the text that differs least from a misspelt one, if it is near.
func nearest(text string, known []string) string {
	if len(text) > 60 {
		return ""
	}
	best, least := "", max(2, len(text)/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(text), strings.ToLower(k)); d < least && d < len(text) {
			best, least = k, d
		}
	}
	return best
}

// distance is the Levenshtein distance of two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j]+1, row[j+1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// text sets a text.
func (d *decoder) text(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		s, ok := yamltree.Scalar(n)
		if !ok {
			d.fault(d.place(n), hintOf(n, "what looks like a number, true, false or null needs quotes"), "%s must be a text", what)
		}
		*to = s
	}
}

// label sets a text that may be written as a number, such as a version.
func (d *decoder) label(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		switch n.(type) {
		case *ast.IntegerNode, *ast.FloatNode:
			*to = n.GetToken().Value
		default:
			d.text(to, what)(n)
		}
	}
}

// word sets a text that is one of a few.
func (d *decoder) word(to *string, what string, allowed ...string) func(ast.Node) {
	return func(n ast.Node) {
		d.text(to, what)(n)
		if _, ok := yamltree.Scalar(n); ok && !slices.Contains(allowed, *to) {
			d.fault(d.place(n), oneOf(*to, allowed), "%s is %.60q", what, *to)
		}
	}
}

// truth sets true or false.
func (d *decoder) truth(to *bool, what string) func(ast.Node) {
	return func(n ast.Node) {
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.fault(d.place(n), "", "%s must be true or false", what)
			return
		}
		*to = b.Value
	}
}

// texts sets a list of texts, each of which check may refuse.
func (d *decoder) texts(to *[]string, what string, check func(ast.Node, string)) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range d.items(n, what) {
			var s string
			d.text(&s, "each of "+what)(item)
			if _, ok := yamltree.Scalar(item); ok && check != nil {
				check(item, s)
			}
			*to = append(*to, s)
		}
	}
}

// items are those of a list; a key without a value has none.
func (d *decoder) items(n ast.Node, what string) []ast.Node {
	switch n := n.(type) {
	case *ast.SequenceNode:
		return n.Values
	case *ast.NullNode:
		return nil
	}
	d.fault(d.place(n), hintOf(n, ""), "%s must be a list", what)
	return nil
}
