package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/yamltree"
)

// A Fault is something wrong at a place of a rule file.
type Fault struct {
	Place   Place
	Message string
}

// A FileError says why a rule file cannot be used.
type FileError struct{ Faults []Fault }

// Error is the first fault with its place, and how many follow.
func (e *FileError) Error() string {
	first := e.Faults[0]
	at := first.Place
	text := fmt.Sprintf("rule file %s: ", at.File)
	if at.Line > 0 {
		text += fmt.Sprintf("line %d, column %d: ", at.Line, at.Column)
	}
	text += first.Message
	if more := len(e.Faults) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// A decoder reads the tree of a YAML document into rules and notes everything
// that does not belong there, not only the first.
type decoder struct {
	file   string
	faults []Fault
}

func (d *decoder) fault(at Place, format string, args ...any) {
	d.faults = append(d.faults, Fault{at, fmt.Sprintf(format, args...)})
}

func (d *decoder) place(n ast.Node) Place { return yamltree.PlaceOf(d.file, n) }

// documents are the roots of the documents in a file.
func (d *decoder) documents(src []byte) []ast.Node {
	roots, err := yamltree.Documents(d.file, src)
	if e := (*yamltree.Error)(nil); errors.As(err, &e) {
		d.fault(e.Place, "%s", e.Text)
	}
	return roots
}

// fields says what to do with the value of each key.
type fields map[string]func(ast.Node)

// mapping reads a mapping whose keys are all known, and says where each is.
func (d *decoder) mapping(n ast.Node, what string, known fields) places {
	at := places{"": d.place(n)}
	pairs, ok := yamltree.Pairs(n)
	if !ok {
		d.fault(at[""], "%s must be a mapping of keys to values", what)
		return at
	}
	if len(pairs) > 0 {
		at[""] = d.place(pairs[0].Key)
	}
	for _, pair := range pairs {
		key := d.place(pair.Key)
		name, ok := yamltree.Scalar(pair.Key)
		set := known[name]
		switch {
		case !ok || set == nil:
			d.fault(key, "unknown key %.60q in %s, the keys are %s", name, what, list(known))
		case at[name].Line > 0:
			d.fault(key, "key %s is given twice", name)
		default:
			at[name] = d.place(pair.Value)
			if at[name].Line == 0 {
				at[name] = key
			}
			set(pair.Value)
		}
	}
	return at
}

func list(known fields) string {
	var names []string
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// text sets a text; what YAML takes for a number, a truth value or nothing must
// be quoted, so that a name is what it looks like.
func (d *decoder) text(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		s, ok := yamltree.Scalar(n)
		if !ok {
			d.fault(d.place(n), "%s must be a text; one that looks like a number, true, false or null needs quotes", what)
		}
		*to = s
	}
}

// word sets a text that is one of a few.
func (d *decoder) word(to *string, what string, allowed ...string) func(ast.Node) {
	return func(n ast.Node) {
		d.text(to, what)(n)
		if _, ok := yamltree.Scalar(n); ok && !slices.Contains(allowed, *to) {
			d.fault(d.place(n), "%s is %.60q, it must be one of %s", what, *to, strings.Join(allowed, ", "))
		}
	}
}

// texts sets a list of texts.
func (d *decoder) texts(to *[]string, what string) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range d.items(n, what) {
			var s string
			d.text(&s, "each of "+what)(item)
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
	d.fault(d.place(n), "%s must be a list", what)
	return nil
}
