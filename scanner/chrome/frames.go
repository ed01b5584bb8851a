package chrome

import (
	"net/url"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/cdp"

	"cookiescan/scanner/setcookie"
)

// frame is one frame of a page, kept after it is gone: what it wrote may be
// reported later than its end.
type frame struct {
	id     cdp.FrameID
	parent *frame
	url    string
	origin string // "null" for opaque ones
	secure bool   // a secure context
	loader cdp.LoaderID
	sess   *session // of the page or pop-up that shows it
	opener *frame   // of a pop-up
}

// frameTree holds the frames of a page and of its pop-ups.
type frameTree struct {
	byID map[cdp.FrameID]*frame
	gone map[cdp.FrameID]bool
}

func newFrameTree() frameTree {
	return frameTree{byID: map[cdp.FrameID]*frame{}, gone: map[cdp.FrameID]bool{}}
}

func (t *frameTree) get(id cdp.FrameID) *frame {
	if id == "" {
		return nil
	}
	f := t.byID[id]
	if f == nil {
		f = &frame{id: id, url: "about:blank"}
		t.byID[id] = f
	}
	return f
}

func (t *frameTree) attach(id, parent cdp.FrameID, s *session) {
	f := t.get(id)
	f.sess = s
	f.parent = t.get(parent)
	if f.origin == "" && f.parent != nil {
		f.origin, f.secure = f.parent.origin, f.parent.secure // about:blank inherits
	}
	delete(t.gone, id)
}

func (t *frameTree) navigate(n *cdp.Frame, s *session) {
	f := t.get(n.ID)
	f.sess = s
	if n.ParentID != "" {
		f.parent = t.get(n.ParentID)
	}
	f.url, f.loader = n.URL, n.LoaderID
	f.origin = frameOrigin(n)
	f.secure = n.SecureContextType == cdp.SecureContextTypeSecure || n.SecureContextType == cdp.SecureContextTypeSecureLocalhost
	if f.origin == "null" && f.url == "about:blank" && f.opener != nil {
		f.origin = f.opener.origin
	}
	delete(t.gone, n.ID)
}

// frameOrigin is the origin of a frame's document. CDP writes "://" for an
// opaque one; about:blank and srcdoc carry the origin that they inherit.
func frameOrigin(n *cdp.Frame) string {
	if n.SecurityOrigin == "" || n.SecurityOrigin == "://" {
		return "null"
	}
	return n.SecurityOrigin
}

// live lists the frames that are still there, parents before children.
func (t *frameTree) live() []*frame {
	var out []*frame
	for id, f := range t.byID {
		if !t.gone[id] {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *frame) int {
		if d := depth(a) - depth(b); d != 0 {
			return d
		}
		if a.id < b.id {
			return -1
		}
		return 1
	})
	return out
}

// akin lists the live frames below a document that are of its origin, by their
// addresses: ids differ from one visit to the next.
func (t *frameTree) akin(top cdp.FrameID) []*frame {
	main := t.get(top)
	list := slices.DeleteFunc(t.live(), func(f *frame) bool {
		return f == main || f.sess != main.sess || f.origin != main.origin || f.origin == "null"
	})
	slices.SortStableFunc(list, func(a, b *frame) int { return strings.Compare(a.url, b.url) })
	return list
}

func depth(f *frame) int {
	n := 0
	for p := f.parent; p != nil && n < maxChain; p = p.parent {
		n++
	}
	return n
}

// origins is the chain of origins from the top document down to f.
func (t *frameTree) origins(f *frame) []string {
	var out []string
	for n := 0; f != nil && n < maxChain; f, n = f.parent, n+1 {
		out = append(out, f.origin)
	}
	slices.Reverse(out)
	return out
}

// maxChain bounds every walk over frames and initiators: pages build loops.
const maxChain = 64

// siteOf is the schemeful site of the top origin of a frame chain.
func siteOf(origins []string) string {
	if len(origins) == 0 {
		return ""
	}
	u, err := url.Parse(origins[0])
	if err != nil || u.Host == "" {
		return origins[0]
	}
	return u.Scheme + "://" + setcookie.Site(u.Hostname())
}

// originOf is the origin of an address as browsers serialise it.
func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return "null"
	}
	return u.Scheme + "://" + u.Host
}
