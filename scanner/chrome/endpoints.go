package chrome

import (
	"net/url"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/network"
)

// endpoints are addresses that some page waited for in vain: servers that hold a
// request until they have news do so on each page, and no page hopes for the same
// again.
type endpoints struct {
	mu   sync.Mutex
	list map[string]bool
}

func (e *endpoints) add(addresses []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.list == nil {
		e.list = map[string]bool{}
	}
	for _, a := range addresses {
		if len(e.list) < maxEndpoints {
			e.list[endpoint(a)] = true
		}
	}
}

const maxEndpoints = 10_000

// hope tells whether one of the addresses may still answer.
func (e *endpoints) hope(addresses []string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, a := range addresses {
		if !e.list[endpoint(a)] {
			return true
		}
	}
	return false
}

// endpoint is host and path of an address, without what differs from call to call.
func endpoint(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	path := strings.Split(u.Path, "/")
	for i, p := range path {
		if strings.ContainsAny(p, "0123456789") {
			path[i] = "#"
		}
	}
	return u.Host + strings.Join(path, "/")
}

// open lists the addresses of the requests that are waited for.
func (r *record) open() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for id := range r.inflight {
		if q := r.requests[id]; q != nil && len(q.hops) > 0 {
			out = append(out, q.hops[len(q.hops)-1].url)
		}
	}
	return out
}

// noteUnanswered notes the hosts that had not answered when the page was left: what
// their answers would have stored is not known. Callers hold mu.
func (r *record) noteUnanswered() {
	for _, q := range r.order {
		if len(q.hops) == 0 || len(q.answers) > 0 || q.status != 0 || q.failed != "" || q.kind == network.ResourceTypeWebSocket {
			continue
		}
		if u, err := url.Parse(q.hops[len(q.hops)-1].url); err == nil && u.Host != "" {
			r.note("no-answer", u.Hostname())
		}
	}
}
