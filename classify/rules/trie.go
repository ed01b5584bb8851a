package rules

// A trie finds the patterns whose literal begins a name, in one walk along it.
type trie struct {
	nodes []trieNode
}

type trieNode struct {
	next    []trieEdge
	many    *[256]int32 // the same as next where there are many, 0 for none
	entries []*entry
}

// manyEdges is from when on a table is faster than a list.
const manyEdges = 6

type trieEdge struct {
	char byte
	node int32
}

func (t *trie) add(key string, e *entry) {
	if len(t.nodes) == 0 {
		t.nodes = make([]trieNode, 1)
	}
	at := int32(0)
	for i := range len(key) {
		next := t.child(at, key[i])
		if next < 0 {
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, trieNode{})
			t.nodes[at].link(key[i], next)
		}
		at = next
	}
	t.nodes[at].entries = append(t.nodes[at].entries, e)
}

func (n *trieNode) link(char byte, to int32) {
	n.next = append(n.next, trieEdge{char, to})
	if len(n.next) == manyEdges {
		n.many = new([256]int32)
		for _, edge := range n.next {
			n.many[edge.char] = edge.node
		}
	} else if n.many != nil {
		n.many[char] = to
	}
}

// child is the node after a character, or negative.
func (t *trie) child(at int32, char byte) int32 {
	if many := t.nodes[at].many; many != nil {
		if node := many[char]; node > 0 {
			return node
		}
		return -1
	}
	for _, edge := range t.nodes[at].next {
		if edge.char == char {
			return edge.node
		}
	}
	return -1
}

// forward hands a search the entries whose key begins its name.
func (t *trie) forward(s *search) {
	at := int32(0)
	for i := 0; i < len(s.q.Name) && len(t.nodes) > 0; i++ {
		if at = t.child(at, s.q.Name[i]); at < 0 {
			return
		}
		s.considerAll(t.nodes[at].entries)
	}
}

// backward does so from the end; keys are stored backwards.
func (t *trie) backward(s *search) {
	at := int32(0)
	for i := len(s.q.Name) - 1; i >= 0 && len(t.nodes) > 0; i-- {
		if at = t.child(at, s.q.Name[i]); at < 0 {
			return
		}
		s.considerAll(t.nodes[at].entries)
	}
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
