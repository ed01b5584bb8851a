package report

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"

	"cookiescan/report/html"
	"cookiescan/scanner"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// longestChain is how many loaders are shown between the page and a cookie. Of
// a longer one the first and the last three, with a gap between them.
const longestChain = 5

// graph is the tree of who loaded whom: the site's pages are its root, and each
// cookie hangs from who set it first.
func (h htmlSite) graph() html.Graph {
	if len(h.kept) == 0 {
		return html.Graph{}
	}
	t := tree{root: &html.Node{Host: htmlName(h.scan.Target.Site), File: "the site's pages"}, by: map[nodeKey]*html.Node{}}
	documents := map[string]bool{}
	for _, p := range h.pages {
		documents[p.URL], documents[p.FinalURL] = true, true
	}
	for _, g := range h.cookies {
		for _, e := range g.entries {
			chain, unsure := h.chain(*e.cookies[0], documents)
			node := t.root
			for _, step := range chain {
				node = t.child(node, step)
			}
			node.Unsure = node.Unsure || unsure && node != t.root
			node.Leaves = append(node.Leaves, html.Item{Text: joinNonEmpty(" ", htmlName(e.name()), e.times()), Category: categoryKey(e.found)})
		}
	}
	order(t.root)
	return html.Graph{Root: t.root}
}

// chain leads from the page to who set a cookie, without the page.
func (h htmlSite) chain(c scanner.Cookie, documents map[string]bool) (steps []string, unsure bool) {
	w := setting(c)
	if w.Attribution == scanner.NoOne || w.URL == "" {
		return []string{""}, true
	}
	for _, u := range append([]string{w.URL}, w.Initiators...) {
		if documents[u] {
			break
		}
		steps = append(steps, u)
	}
	slices.Reverse(steps)
	if more := len(steps) - longestChain; more > 0 {
		steps = append([]string{steps[0], "…"}, steps[more+2:]...)
	}
	return steps, w.Attribution != scanner.Exact
}

// tree is a graph being built, in which each loader has one node for each who
// loaded it.
type tree struct {
	root *html.Node
	by   map[nodeKey]*html.Node
}

type nodeKey struct {
	parent     *html.Node
	host, file string
}

func (t tree) child(parent *html.Node, address string) *html.Node {
	host, file := "not known", "seen in the jar only"
	if address != "" {
		host, file = address, ""
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			host, file = u.Host, path.Base(u.Path)
			if file == "." {
				file = "/"
			}
		}
	}
	key := nodeKey{parent, host, file}
	if t.by[key] == nil {
		t.by[key] = &html.Node{Host: htmlName(host), File: htmlName(file)}
		parent.Children = append(parent.Children, t.by[key])
	}
	return t.by[key]
}

// order puts first who sets or loads most, so that a drawing without room for
// all has these.
func order(n *html.Node) int {
	weight := len(n.Leaves)
	weights := map[*html.Node]int{}
	for _, child := range n.Children {
		weights[child] = order(child)
		weight += weights[child]
	}
	slices.SortStableFunc(n.Children, func(a, b *html.Node) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a.Host, b.Host), cmp.Compare(a.File, b.File))
	})
	n.Children = merged(n.Children)
	return weight
}

// merged makes one node of those of a host that load nothing.
func merged(list []*html.Node) []*html.Node {
	type key struct {
		host   string
		unsure bool
	}
	first := map[key]*html.Node{}
	var kept []*html.Node
	for _, n := range list {
		k := key{n.Host, n.Unsure}
		if m := first[k]; m != nil && len(n.Children) == 0 {
			m.Leaves = append(append(m.Leaves, html.Item{Text: n.File}), n.Leaves...)
			continue
		}
		if len(n.Children) == 0 {
			first[k] = n
		}
		kept = append(kept, n)
	}
	return kept
}
