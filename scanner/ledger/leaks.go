package ledger

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/setcookie"
)

// needleWindow is the length of the index over needles, and the least length
// of a value that is looked for: shorter ones meet by chance.
const needleWindow = 8

// needles are cookie values, in the forms in which scripts send them, indexed
// by their first octets.
type needles struct {
	known map[string]bool
	index map[[needleWindow]byte][]needle
}

type needle struct {
	text string
	form string
	key  Key
}

func newNeedles() needles {
	return needles{known: map[string]bool{}, index: map[[needleWindow]byte][]needle{}}
}

// componentEscapes makes of a form's encoding that of encodeURIComponent
// (ECMA-262), which scripts use.
var componentEscapes = strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")

// jsonEscapes makes of a value what stands for it in JSON (RFC 8259 section 7).
var jsonEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// add indexes a value in all its forms.
func (n needles) add(value string, k Key) {
	if !telling(value) {
		return
	}
	id := k.Domain + "\x00" + k.Name + "\x00" + k.Path + "\x00" + value
	if n.known[id] {
		return
	}
	n.known[id] = true
	m, s1, s2 := md5.Sum([]byte(value)), sha1.Sum([]byte(value)), sha256.Sum256([]byte(value))
	n.put(value, "plain", k)
	n.put(jsonEscapes.Replace(value), "plain", k)
	if id := clientID.FindStringSubmatch(value); id != nil {
		n.put(id[1], "plain", k)
	}
	if esc := url.QueryEscape(value); esc != value {
		n.put(esc, "urlencoded", k)
		n.put(url.PathEscape(value), "urlencoded", k)
		n.put(componentEscapes.Replace(esc), "urlencoded", k)
	}
	n.put(base64.RawStdEncoding.EncodeToString([]byte(value)), "base64", k)
	n.put(base64.RawURLEncoding.EncodeToString([]byte(value)), "base64", k)
	n.put(hex.EncodeToString([]byte(value)), "hex", k)
	n.put(hex.EncodeToString(m[:]), "md5", k)
	n.put(hex.EncodeToString(s1[:]), "sha1", k)
	n.put(hex.EncodeToString(s2[:]), "sha256", k)
}

// clientID is the part of a cookie of Google Analytics that tells visitors apart:
// requests carry it alone, without the version and the depth of the domain.
var clientID = regexp.MustCompile(`^GA\d\.\d+(?:-\d+)?\.(\d{6,}\.\d{9,})$`)

// ordinary are values that visitors share: sizes of a screen, languages, time
// zones and other words, moments to the second.
var ordinary = regexp.MustCompile(`(?i)^(?:\d+x\d+(?:x\d+)?` +
	`|[a-z]{2,3}(?:-[a-z]{2,4})?(?:;q=[\d.]+)?(?:, ?[a-z]{2,3}(?:-[a-z]{2,4})?(?:;q=[\d.]+)?)*` +
	`|[a-z]+(?:[/_ -][a-z]+)+` +
	`|\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.0+)?z?)?)$`)

// telling tells whether a value is long and varied enough to be recognised
// elsewhere: not "true", not a word, not a second of the clock.
func telling(v string) bool {
	if len(v) < needleWindow || ordinary.MatchString(v) {
		return false
	}
	digits, distinct := 0, map[rune]bool{}
	for _, r := range v {
		if r >= '0' && r <= '9' {
			digits++
		}
		distinct[r] = true
	}
	if digits == len(v) {
		return len(v) >= 16
	}
	return len(distinct) >= 6 && (digits > 0 || len(v) >= 16)
}

func (n needles) put(text, form string, k Key) {
	if len(text) < needleWindow {
		return
	}
	head := [needleWindow]byte([]byte(text[:needleWindow]))
	for _, x := range n.index[head] {
		if x.text == text && x.key == k {
			return
		}
	}
	n.index[head] = append(n.index[head], needle{text: text, form: form, key: k})
}

// find calls hit for every needle in the text.
func (n needles) find(text string, hit func(needle)) {
	for i := 0; i+needleWindow <= len(text); i++ {
		for _, x := range n.index[[needleWindow]byte([]byte(text[i:i+needleWindow]))] {
			if strings.HasPrefix(text[i:], x.text) {
				hit(x)
			}
		}
	}
}

// leaks looks for cookie values in the address and body of a request to
// another site than the cookie's own, and in what a socket to it was given. left
// is how many octets may still be unpacked.
func (l *Ledger) leaks(q Request, left *int) {
	u, err := url.Parse(q.URL)
	if err != nil || u.Host == "" || len(l.needles.index) == 0 {
		return
	}
	site := setcookie.Site(u.Hostname())
	look := func(text, how string) {
		told := map[Key]bool{}
		for _, in := range layersOf(text, left) {
			var found []Key
			l.needles.find(in.text, func(x needle) {
				if setcookie.Site(x.key.Domain) == site || told[x.key] {
					return
				}
				form := x.form
				if form == "plain" && in.form != "" {
					form = in.form
				}
				found = append(found, x.key)
				l.entry(x.key).sentTo(scanner.SentTo{Host: u.Hostname(), How: how, Form: form, Pass: l.pass, State: l.state(q.Time)})
			})
			for _, k := range found {
				told[k] = true
			}
		}
	}
	look(q.URL+q.Fragment, "url")
	look(string(q.Body), "body")
	look(string(q.Messages), "body")
}
