package evidence

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/journal"
	"cookiescan/scanner/walk"
)

// Requests lists the requests of a scan by its log and by its file of
// Set-Cookie headers, which may be nil: pass by pass in the order in which they
// were sent. Of a pass that was walked again the last walk counts.
func Requests(events, setCookies io.Reader) ([]scanner.Request, error) {
	r := requestReader{addresses: map[string][]string{}}
	if err := journal.Read(events, r.take); err != nil {
		return nil, fmt.Errorf("reading the requests in the log: %w", err)
	}
	r.passEnds()
	var list []scanner.Request
	for _, p := range r.done {
		list = append(list, p.requests...)
	}
	r.locate(list)
	if setCookies != nil {
		if err := addSetCookies(list, setCookies); err != nil {
			return nil, err
		}
	}
	return list, nil
}

type requestReader struct {
	done, pending []passRequests
	addresses     map[string][]string // by host
}

type passRequests struct {
	pass     string
	requests []scanner.Request
}

func (r *requestReader) take(l journal.Line) error {
	var err error
	switch l.Event {
	case walk.EventPass:
		r.pending = nil // of a pass that was broken off
	case walk.EventPassEnd:
		r.passEnds()
	case walk.EventSent:
		err = with(l, func(e walk.RequestsEvent) {
			for i := range e.Requests {
				e.Requests[i].Pass = e.Pass
			}
			r.pending = append(r.pending, passRequests{e.Pass, e.Requests})
		})
	case walk.EventHosts:
		err = with(l, func(e walk.HostsEvent) {
			for _, h := range e.Hosts {
				r.addresses[h.Name] = union(r.addresses[h.Name], h.Addresses)
			}
		})
	}
	if err != nil {
		return fmt.Errorf("event %d (%.40s): %w", l.Seq, l.Event, err)
	}
	return nil
}

func (r *requestReader) passEnds() {
	whole := map[string]*passRequests{}
	for _, p := range r.pending {
		if whole[p.pass] == nil {
			whole[p.pass] = &passRequests{pass: p.pass}
		}
		whole[p.pass].requests = append(whole[p.pass].requests, p.requests...)
	}
	for _, pass := range slices.Sorted(maps.Keys(whole)) {
		p := *whole[pass]
		slices.SortStableFunc(p.requests, func(a, b scanner.Request) int { return a.Started.Compare(b.Started) })
		if i := slices.IndexFunc(r.done, func(d passRequests) bool { return d.pass == pass }); i >= 0 {
			r.done[i] = p
		} else {
			r.done = append(r.done, p)
		}
	}
	r.pending = nil
}

// locate gives requests the address of their server where the host had one.
func (r *requestReader) locate(list []scanner.Request) {
	for i := range list {
		q := &list[i]
		if a := r.addresses[hostOf(q.URL)]; len(a) == 1 && q.Status != 0 && q.From == "" {
			q.Address = a[0]
		}
	}
}

// hostOf is the host name in an address, without port.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if strings.HasPrefix(rest, "[") {
		host, _, _ := strings.Cut(rest[1:], "]")
		return host
	}
	host, _, _ := strings.Cut(rest, ":")
	return host
}

// hopKey tells the hops of a request apart. Requests of workers are known by
// their pass, those of pages by the page.
type hopKey struct{ of, request, address string }

func keyOfHop(page, pass, request, address string) hopKey {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	if page == "" {
		page = pass
	}
	return hopKey{page, request, address}
}

// maxSetCookieLine bounds a line of the file of headers.
const maxSetCookieLine = 16 << 20

// addSetCookies gives each line to the first hop that it can be of.
func addSetCookies(list []scanner.Request, from io.Reader) error {
	at := map[hopKey]int{}
	for i, q := range list {
		phase, _, _ := strings.Cut(q.Pass, "#") // the file of headers does not number runs
		k := keyOfHop(q.Page, phase, q.ID, q.URL)
		if _, known := at[k]; !known {
			at[k] = i
		}
	}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, maxSetCookieLine)
	for lines.Scan() {
		var l SetCookieLine
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			continue // torn, when the program was killed
		}
		i, known := at[keyOfHop(l.Page, l.Pass, l.Request, l.URL)]
		if !known {
			continue
		}
		text := l.Line
		if l.Base64 != "" {
			raw, err := base64.StdEncoding.DecodeString(l.Base64)
			if err != nil {
				continue
			}
			text = strings.ToValidUTF8(string(raw), "\uFFFD")
		}
		list[i].SetCookie = append(list[i].SetCookie, text)
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line is longer than %d bytes", maxSetCookieLine)
		}
		return fmt.Errorf("reading %s: %w", SetCookieFile, err)
	}
	return nil
}
