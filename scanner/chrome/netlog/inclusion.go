package netlog

import "strings"

// inclusion reads a verdict and joins it with its request, its Set-Cookie line
// and the change of the store that it explains.
func (p *parser) inclusion(raw *rawEvent) Event {
	e := &CookieInclusion{
		Stamp:        p.stamp(raw),
		Operation:    raw.Params.Operation,
		Cookie:       newCookie(raw.Params.Name, raw.Params.Domain, raw.Params.Path),
		PartitionKey: partitionKey(raw.Params.PartitionKey),
		Status:       raw.Params.Status,
		Blocked:      blockedReasons(raw.Params.Status, raw.Params.Operation),
		LineIndex:    -1,
	}
	e.Included = len(e.Blocked) == 0
	q := p.requests.open[raw.Source.ID]
	if q == nil {
		return e
	}
	e.Request = q.hop
	if e.Operation != OpSend {
		q.line(e)
		if q.last > 0 {
			e.StoreSource, e.ChangeSeq = p.change.claim(e.Cookie, q.last)
		}
		q.last = e.Seq
	}
	if q.store == 0 {
		q.store = e.StoreSource
	}
	e.StoreSource = q.store
	return e
}

// line finds the Set-Cookie line that a verdict is about. Chromium judges the
// lines of a response one after the other and always gives a verdict; one that
// was refused before it became a cookie comes without a name and is then known
// by its turn alone.
func (q *openRequest) line(e *CookieInclusion) {
	named := e.Domain != ""
	if !named && q.jumped {
		return
	}
	for i := q.next; i < len(q.lines); i++ {
		if named && lineName(q.lines[i]) != e.Name {
			continue
		}
		q.jumped = q.jumped || i != q.next
		q.next = i + 1
		e.Line, e.LineIndex = q.lines[i], i
		return
	}
	q.jumped = true
}

// lineName is the cookie's name as the log would write it (RFC 6265bis 5.6: no
// "=" means an empty name).
func lineName(line string) string {
	pair, _, _ := strings.Cut(line, ";")
	name, _, ok := strings.Cut(pair, "=")
	if !ok {
		return ""
	}
	// The log has U+FFFD for octets that are not UTF-8, as has the conversion.
	return string([]rune(strings.Trim(name, " \t")))
}

// partitionKey reads "(none)", "https://shop.test, cross-site" or a text about
// an opaque key.
func partitionKey(s string) *PartitionKey {
	if s == "" || s == "(none)" {
		return nil
	}
	top, ancestor, _ := strings.Cut(s, ", ")
	if site(top) == "" || ancestor != "same-site" && ancestor != "cross-site" {
		return &PartitionKey{Opaque: s}
	}
	return &PartitionKey{TopLevelSite: top, HasCrossSiteAncestor: ancestor == "cross-site"}
}
