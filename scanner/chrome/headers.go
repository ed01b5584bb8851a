package chrome

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/chromedp/cdproto/network"
	"golang.org/x/text/encoding/charmap"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
)

// sentExtra is what is used of Network.requestWillBeSentExtraInfo. The browser
// names all cookies of the host at each request, those that it does not send
// too: to read only this of them takes half the time.
type sentExtra struct {
	RequestID         network.RequestID `json:"requestId"`
	AssociatedCookies []struct {
		BlockedReasons []string `json:"blockedReasons"`
		Cookie         *struct {
			Name         string                      `json:"name"`
			Value        string                      `json:"value"`
			Domain       string                      `json:"domain"`
			Path         string                      `json:"path"`
			PartitionKey *network.CookiePartitionKey `json:"partitionKey"`
		} `json:"cookie"`
	} `json:"associatedCookies"`
	Headers struct {
		Length  string `json:"content-length"`
		Length1 string `json:"Content-Length"` // as HTTP/1.1 has it
	} `json:"headers"`
}

func (r *record) onSent(seq int64, e *sentExtra) {
	q := r.request(e.RequestID)
	if q == nil {
		return
	}
	s := &sentInfo{at: r.at(seq, q.context, q.frame)}
	for _, a := range e.AssociatedCookies {
		if len(a.BlockedReasons) == 0 && a.Cookie != nil {
			key := keyOf(a.Cookie.Name, a.Cookie.Domain, a.Cookie.Path, a.Cookie.PartitionKey)
			s.cookies = append(s.cookies, ledger.SentCookie{Key: key, Value: a.Cookie.Value})
		}
	}
	q.sent = append(q.sent, s)
	if n, err := strconv.Atoi(e.Headers.Length + e.Headers.Length1); err == nil {
		q.length = n
		q.askBody()
	}
}

func (r *record) onAnswer(seq int64, e *network.EventResponseReceivedExtraInfo) {
	q := r.request(e.RequestID)
	if q == nil {
		return
	}
	a := &answerInfo{at: r.at(seq, q.context, q.frame)}
	for name, v := range e.Headers {
		text, _ := v.(string)
		value := octets(text)
		switch strings.ToLower(name) {
		case "set-cookie":
			a.setCookie = cookieLines(value, e.BlockedCookies)
			r.stir()
		case "clear-site-data":
			a.clear = value
		case "date":
			a.date, _ = http.ParseTime(value)
		}
	}
	if k := e.CookiePartitionKey; k != nil {
		a.partition = &scanner.PartitionKey{TopLevelSite: k.TopLevelSite, HasCrossSiteAncestor: k.HasCrossSiteAncestor}
	}
	q.answers = append(q.answers, a)
}

// octets undoes the reading of header values as Windows-1252 by DevTools: a
// cookie is octets, most often UTF-8.
func octets(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		o, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			b = append(b, o)
		case r <= 0xff:
			b = append(b, byte(r)) // the five octets that the code page leaves open
		default:
			return s
		}
	}
	return string(b)
}

// cookieLines joins the raw lines with the browser's reasons, by their text
// and order: equal lines in one response are told apart by order alone.
func cookieLines(value string, blocked []*network.BlockedSetCookieWithReason) []ledger.SetCookieLine {
	rest := append([]*network.BlockedSetCookieWithReason(nil), blocked...)
	var out []ledger.SetCookieLine
	for line := range strings.SplitSeq(value, "\n") {
		l := ledger.SetCookieLine{Raw: line}
		for i, b := range rest {
			if octets(b.CookieLine) == line {
				for _, why := range b.BlockedReasons {
					l.Blocked = append(l.Blocked, string(why))
				}
				rest = append(rest[:i], rest[i+1:]...)
				break
			}
		}
		out = append(out, l)
	}
	return out
}
