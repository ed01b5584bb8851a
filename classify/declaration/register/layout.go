package register

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/classify/yamltree"
)

// A layout knows which lines of a file hold what, so that lines can be put in
// or replaced and everything else stays as a person wrote it.
type layout struct {
	lines []string // without line ends
	eol   string
	top   []*ast.MappingValueNode
	edits []edit
}

// An edit replaces the lines from..to, counted from 0, to excluded.
type edit struct {
	from, to int
	text     []string
}

func newLayout(src []byte) (*layout, error) {
	text := string(src)
	l := &layout{eol: "\n"}
	if strings.Contains(text, "\r\n") {
		l.eol = "\r\n"
		text = strings.ReplaceAll(text, "\r\n", "\n")
	}
	l.lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	f, err := yamltree.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	for _, doc := range f.Docs {
		switch n := doc.Body.(type) {
		case *ast.MappingNode:
			if n.IsFlowStyle {
				return nil, errors.New("the file is written in braces, write it as a list of keys")
			}
			l.top = n.Values
		case *ast.MappingValueNode:
			l.top = []*ast.MappingValueNode{n}
		}
	}
	return l, nil
}

// lineOf is the line of a node, counted from 0.
func lineOf(n ast.Node) int { return n.GetToken().Position.Line - 1 }

// section is a key of the file and the line after its last one; nil if there is
// no such key.
func (l *layout) section(name string) (found *ast.MappingValueNode, end int) {
	for i, p := range l.top {
		if key, _ := yamltree.Scalar(p.Key); key != name {
			continue
		}
		end = len(l.lines)
		if i+1 < len(l.top) {
			end = lineOf(l.top[i+1].Key)
		}
		return p, l.back(lineOf(p.Key), end, 1)
	}
	return nil, 0
}

// back goes up from a line over empty ones and comments that stand further to
// the left than a column, but not above start.
func (l *layout) back(start, end, column int) int {
	for end > start+1 {
		line := l.lines[end-1]
		trimmed := strings.TrimSpace(line)
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if trimmed != "" && trimmed != "-" && (trimmed[0] != '#' || indent >= column) {
			break
		}
		end--
	}
	return end
}

func (l *layout) insert(at int, text ...string) { l.edits = append(l.edits, edit{at, at, text}) }

func (l *layout) replace(from, to int, text ...string) {
	l.edits = append(l.edits, edit{from, to, text})
}

// bytes are the file with the edits, which do not overlap.
func (l *layout) bytes() []byte {
	slices.SortStableFunc(l.edits, func(a, b edit) int { return a.from - b.from })
	var out []string
	at := 0
	for _, e := range l.edits {
		out = append(out, l.lines[at:e.from]...)
		out = append(out, e.text...)
		at = e.to
	}
	out = append(out, l.lines[at:]...)
	return []byte(strings.Join(out, l.eol) + l.eol)
}

// addItems appends items, each some lines with the first beginning "- ", to the
// list of a key, which is made if there is none.
func (l *layout) addItems(name string, items [][]string) error {
	if len(items) == 0 {
		return nil
	}
	p, end := l.section(name)
	indent := "  "
	if p == nil {
		if len(l.lines) > 0 && strings.TrimSpace(l.lines[len(l.lines)-1]) != "" {
			l.insert(len(l.lines), "")
		}
		l.insert(len(l.lines), name+":")
		end = len(l.lines)
	} else {
		switch n := p.Value.(type) {
		case *ast.NullNode:
			end = lineOf(p.Key) + 1
		case *ast.SequenceNode:
			switch at := lineOf(n); {
			case n.IsFlowStyle && len(n.Values) > 0:
				return fmt.Errorf("line %d: the list %s is written in brackets, write each item on lines of its own", at+1, name)
			case n.IsFlowStyle:
				l.replace(at, at+1, strings.Replace(l.lines[at], "[]", "", 1))
				end = at + 1
			default:
				indent = strings.Repeat(" ", n.GetToken().Position.Column-1)
			}
		}
	}
	for _, item := range items {
		for i, line := range item {
			if i == 0 {
				line = "- " + line
			} else {
				line = "  " + line
			}
			l.insert(end, indent+line)
		}
	}
	return nil
}

// addKeys appends keys, each with the lines below it, to the mapping of a key;
// false if it is written in a form that cannot be added to. If there is none it
// is made before another key.
func (l *layout) addKeys(name, before string, list [][]string) bool {
	p, end := l.section(name)
	indent := "  "
	if p == nil {
		end = len(l.lines)
		if next, _ := l.section(before); next != nil {
			end = l.back(0, lineOf(next.Key), 0)
			for end < lineOf(next.Key) && strings.TrimSpace(l.lines[end]) == "" {
				end++
			}
			for end > 0 && strings.HasPrefix(l.lines[end-1], "#") { // a comment above the key is its own
				end--
			}
		}
		l.insert(end, name+":")
	} else {
		switch n := p.Value.(type) {
		case *ast.NullNode:
			end = lineOf(p.Key) + 1
		case *ast.MappingNode:
			if n.IsFlowStyle {
				return false
			}
			indent = strings.Repeat(" ", n.Values[0].Key.GetToken().Position.Column-1)
		case *ast.MappingValueNode:
			indent = strings.Repeat(" ", n.Key.GetToken().Position.Column-1)
		}
	}
	for _, lines := range list {
		for _, line := range lines {
			l.insert(end, indent+line)
		}
	}
	return true
}

// observe sets the observed block of an entry of the list, by its place there.
func (l *layout) observe(index int, block []pair) error {
	p, end := l.section("entries")
	list, ok := p.Value.(*ast.SequenceNode)
	if !ok || list.IsFlowStyle {
		return errors.New("the list entries is written in brackets, write each entry on lines of its own")
	}
	values := mappingOf(list.Values[index])
	if len(values) == 0 {
		return nil
	}
	firstKey := values[0].Key.GetToken().Position
	if index+1 < len(list.Values) {
		if next := mappingOf(list.Values[index+1]); len(next) > 0 {
			end = lineOf(next[0].Key)
			if m, ok := list.Values[index+1].(*ast.MappingNode); ok && m.IsFlowStyle {
				end = m.Start.Position.Line - 1
			}
		}
	}
	if m, ok := list.Values[index].(*ast.MappingNode); ok && m.IsFlowStyle {
		return l.observeFlow(m, block)
	}
	end = l.back(firstKey.Line-1, end, firstKey.Column-1)
	from, to := end, end
	for i, v := range values {
		if name, _ := yamltree.Scalar(v.Key); name == observedKey {
			from = lineOf(v.Key)
			if i+1 < len(values) {
				to = lineOf(values[i+1].Key)
			}
			to = l.back(from, to, firstKey.Column)
			break
		}
	}
	indent := strings.Repeat(" ", firstKey.Column-1)
	text := []string{indent + observedKey + ":"}
	for _, p := range block {
		text = append(text, indent+"  "+p.key+": "+p.value)
	}
	if from == firstKey.Line-1 { // it stands behind the dash
		text[0] = l.lines[from][:firstKey.Column-1] + observedKey + ":"
	}
	if !slices.Equal(l.lines[from:to], text) {
		l.replace(from, to, text...)
	}
	return nil
}

func mappingOf(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	}
	return nil
}

// observeFlow does it for an entry that is written in braces.
func (l *layout) observeFlow(m *ast.MappingNode, block []pair) error {
	text := observedKey + ": " + inBraces(block)
	for _, v := range m.Values {
		if name, _ := yamltree.Scalar(v.Key); name != observedKey {
			continue
		}
		old, ok := v.Value.(*ast.MappingNode)
		if !ok || old.End == nil || old.End.Position.Line != v.Key.GetToken().Position.Line {
			return fmt.Errorf("line %d: observed stands in braces over several lines, take it away", lineOf(v.Key)+1)
		}
		line := []rune(l.lines[lineOf(v.Key)])
		l.replace(lineOf(v.Key), lineOf(v.Key)+1, string(line[:v.Key.GetToken().Position.Column-1])+text+string(line[old.End.Position.Column:]))
		return nil
	}
	at := m.End.Position
	line := []rune(l.lines[at.Line-1])
	head, separator := string(line[:at.Column-1]), ", "
	if strings.HasSuffix(strings.TrimSpace(head), ",") {
		separator = ""
	}
	l.replace(at.Line-1, at.Line, strings.TrimRight(head, " ")+separator+text+string(line[at.Column-1:]))
	return nil
}
