// Package yamltree is what the strict readers of YAML files share: the tree of a
// file, and where in it something stands.
package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A Place is where something stands in a file. Lines and columns count from 1,
// columns in characters; the zero line is the file as a whole.
type Place struct {
	File         string
	Line, Column int
}

// String is file:line:column.
func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// PlaceOf is where a node of a file begins, or the file as a whole.
func PlaceOf(file string, n ast.Node) Place {
	p := Place{File: file}
	if n == nil {
		return p
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		p.Line, p.Column = t.Position.Line, t.Position.Column
	}
	return p
}

// An Error says why a file is no YAML. Its text is without the place.
type Error struct {
	Place Place
	Text  string
}

func (e *Error) Error() string { return e.Text }

// Parse is the tree of a file, which may begin with the byte order mark that
// editors of Windows write (YAML 1.2, section 5.2). Places do not count it.
func Parse(src []byte) (*ast.File, error) {
	return parser.ParseBytes(bytes.TrimPrefix(src, []byte("\ufeff")), 0)
}

// Documents are the roots of the documents in a file, without empty ones. The
// error is an *Error.
func Documents(file string, src []byte) ([]ast.Node, error) {
	if tooDeep(src) {
		return nil, &Error{Place{File: file}, fmt.Sprintf("brackets are nested more than %d levels deep", mostNesting)}
	}
	f, err := Parse(src)
	if err != nil {
		at, text := Place{File: file}, err.Error()
		var e yaml.Error
		if errors.As(err, &e) {
			text = Reason(e)
			if t := e.GetToken(); t != nil && t.Position != nil {
				at.Line, at.Column = t.Position.Line, t.Position.Column
			}
		}
		return nil, &Error{at, text}
	}
	var roots []ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType && doc.Body.Type() != ast.NullType {
			roots = append(roots, doc.Body)
		}
	}
	return roots, nil
}

// Reason is the parser's sentence about a file that is no YAML. It quotes a tab,
// the commonest mistake, as it is: a character that nobody sees.
func Reason(e yaml.Error) string {
	if strings.Contains(e.GetMessage(), "'\t'") {
		return "a tab cannot stand here; indent with spaces"
	}
	return e.GetMessage()
}

// mostNesting is far more levels than any format here has.
const mostNesting = 32

// tooDeep looks at brackets and indentation before the parser does, which goes
// down into itself for each level.
func tooDeep(src []byte) bool {
	depth := 0
	for line := range bytes.Lines(src) {
		if len(line)-len(bytes.TrimLeft(line, " \t-?:")) > 16*mostNesting {
			return true
		}
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			}
		}
		if depth > 16*mostNesting { // quoted brackets count too
			return true
		}
	}
	return false
}

// Pairs are those of a mapping. It is false for anything else.
func Pairs(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// Scalar is a text; what YAML takes for a number, a truth value or nothing is
// none, so that a name is what it looks like.
func Scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		if n.Value != nil {
			return n.Value.Value, true
		}
	}
	return "", false
}
