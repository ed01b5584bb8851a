package chrome

import (
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// initiators is who made hop i happen, innermost first, up to the document:
// the hop before it, then the scripts of the stack, then whoever loaded those.
func (r *record) initiators(q *request, i int) []string {
	var chain []string
	for j := i - 1; j >= 0; j-- {
		chain = add(chain, q.hops[j].url)
	}
	for _, u := range q.caller {
		chain = add(chain, u)
	}
	if q.caller != nil {
		return chain
	}
	return r.climb(chain, q, q.hops[i].url)
}

// climb appends the loaders of q to chain until it reaches a document.
func (r *record) climb(chain []string, q *request, self string) []string {
	for n := 0; q != nil && n < maxChain; n++ {
		from := initiatorURLs(q)
		if len(from) == 0 && q.frame != nil && q.kind != network.ResourceTypeDocument {
			from = []string{q.frame.url}
		}
		if len(from) == 0 && q.kind == network.ResourceTypeDocument && q.frame != nil && q.frame.parent != nil {
			from = []string{q.frame.parent.url}
		}
		for _, u := range from {
			if u != self {
				chain = add(chain, u)
			}
		}
		if len(from) == 0 {
			break
		}
		last := from[len(from)-1]
		next := r.scripts[last]
		if next == q || last == self {
			break
		}
		q, self = next, last
	}
	return chain
}

func add(chain []string, u string) []string {
	if len(chain) >= maxChain {
		return chain
	}
	for _, c := range chain {
		if c == u {
			return chain
		}
	}
	return append(chain, u)
}

// initiatorURLs lists the addresses that the browser names as the origin of a
// request: the frames of the stack with its asynchronous parents, or the
// document for what the parser found.
func initiatorURLs(q *request) []string {
	in := q.initiator
	if in == nil {
		return nil
	}
	var out []string
	for st, n := in.Stack, 0; st != nil && n < maxChain; st, n = st.Parent, n+1 {
		out = addFrames(out, st)
	}
	if len(out) == 0 && in.URL != "" {
		out = append(out, in.URL)
	}
	return out
}

func addFrames(out []string, st *runtime.StackTrace) []string {
	for _, f := range st.CallFrames {
		if f.URL != "" {
			out = add(out, f.URL)
		}
	}
	return out
}
