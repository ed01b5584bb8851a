package input

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"cookiescan/classify"
	"cookiescan/classify/rules"
)

// entry is what counts of an entry of a HAR file (HTTP Archive 1.2).
type entry struct {
	StartedDateTime string
	Request         struct {
		URL     string
		Headers []field
		Cookies []struct{ Name, Value string }
	}
	Response struct {
		Headers []field
		Cookies []struct {
			Name, Value, Domain, Expires string
			HTTPOnly                     bool
		}
	}
}

type field struct{ Name, Value string }

// cookies are those of a HAR file, each once, in the order in which they are
// first met.
type cookies struct {
	list []classify.Item
	set  map[[2]string]int // by name and domain, where in the list
	sent map[[2]string]int // by name and site, of those that are only sent
}

// har reads the log of a HAR file. The site is that of the first request.
func (s *stream) har(add func(classify.Item) error) error {
	d, err := s.open()
	if err != nil {
		return err
	}
	if d != '{' {
		return errors.New("the log of the HAR is no object")
	}
	found, site := cookies{set: map[[2]string]int{}, sent: map[[2]string]int{}}, ""
	err = s.each(func(key string) error {
		if key != "entries" {
			return s.skip()
		}
		return s.list(func() error {
			var e entry
			if err := s.next(&e); err != nil {
				return err
			}
			if site == "" {
				site = classify.Site(Host(e.Request.URL))
			}
			found.take(&e)
			return nil
		})
	})
	for _, i := range found.list {
		if err != nil {
			return err
		}
		i.Site = site
		err = add(i)
	}
	return err
}

// take takes in what an entry says. Of a cookie that was only sent the domain
// is a guess, which its setting corrects.
func (c *cookies) take(e *entry) {
	from := Host(e.Request.URL)
	for _, i := range e.sent(from) {
		key := [2]string{i.Name, classify.Site(i.Domain)}
		if _, known := c.sent[key]; !known && i.Name != "" {
			c.sent[key] = len(c.list)
			c.list = append(c.list, i)
		}
	}
	for _, i := range e.isSet(from) {
		key, site := [2]string{i.Name, i.Domain}, [2]string{i.Name, classify.Site(i.Domain)}
		if _, known := c.set[key]; known || i.Name == "" {
			continue
		}
		at, guessed := c.sent[site]
		if guessed && c.list[at].Setter == "" {
			c.list[at] = i
		} else {
			at = len(c.list)
			c.list = append(c.list, i)
		}
		c.set[key], c.sent[site] = at, at
	}
}

// isSet are the cookies that a response sets, without those that it deletes.
func (e *entry) isSet(from string) []classify.Item {
	var list []classify.Item
	lines := 0
	for _, h := range e.Response.Headers {
		if !strings.EqualFold(h.Name, "set-cookie") {
			continue
		}
		for line := range strings.SplitSeq(h.Value, "\n") { // browsers join several
			lines++
			if i := setCookie(line, from, e.StartedDateTime); i.Session || i.Lasting {
				list = append(list, i)
			}
		}
	}
	if lines == 0 {
		for _, c := range e.Response.Cookies {
			i := classify.Item{Kind: rules.Cookie, Name: c.Name, Domain: first(Host(c.Domain), from), Setter: from, ByHeader: true, HTTPOnly: c.HTTPOnly, Value: c.Value, ValueSize: len(c.Value)}
			i.Session, i.Lasting = c.Expires == "", c.Expires != ""
			list = append(list, i)
		}
	}
	return list
}

// sent are the cookies of the request, of which no more is known than the host
// that they are sent to.
func (e *entry) sent(from string) []classify.Item {
	var list []classify.Item
	for _, c := range e.Request.Cookies {
		list = append(list, classify.Item{Kind: rules.Cookie, Name: c.Name, Domain: from, Value: c.Value, ValueSize: len(c.Value)})
	}
	if len(list) > 0 {
		return list
	}
	for _, h := range e.Request.Headers {
		if !strings.EqualFold(h.Name, "cookie") {
			continue
		}
		for pair := range strings.SplitSeq(h.Value, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			list = append(list, classify.Item{Kind: rules.Cookie, Name: name, Domain: from, Value: value, ValueSize: len(value)})
		}
	}
	return list
}

// setCookie takes from the line of a response header what helps to classify.
// What is neither of the session nor lasting is deleted.
func setCookie(line, from, at string) classify.Item {
	pair, rest, _ := strings.Cut(line, ";")
	name, value, _ := strings.Cut(pair, "=")
	value = strings.TrimSpace(value)
	i := classify.Item{
		Kind: rules.Cookie, Name: strings.TrimSpace(name), Domain: from, Setter: from, ByHeader: true,
		Session: true, Value: value, ValueSize: len(value),
	}
	maxAge := false
	for attribute := range strings.SplitSeq(rest, ";") {
		key, text, _ := strings.Cut(strings.TrimSpace(attribute), "=")
		switch strings.ToLower(key) {
		case "domain":
			i.Domain = first(Host(text), from)
		case "httponly":
			i.HTTPOnly = true
		case "max-age":
			if n, err := strconv.ParseInt(text, 10, 64); err == nil {
				i.Session, i.Lasting, i.Seconds, maxAge = false, n > 0, max(n, 0), true
			}
		case "expires":
			if !maxAge {
				seconds := until(text, at)
				i.Session, i.Lasting, i.Seconds = false, seconds >= 0, max(seconds, 0)
			}
		}
	}
	return i
}

// until is the seconds from the time of a request to that of an expiry, 0 if
// one of them cannot be read, and less if that is over.
func until(expires, at string) int64 {
	start, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return 0
	}
	for _, form := range []string{time.RFC1123, "Mon, 02-Jan-2006 15:04:05 MST", time.RFC850, time.ANSIC} {
		if end, err := time.Parse(form, strings.TrimSpace(expires)); err == nil {
			return int64(end.Sub(start).Seconds())
		}
	}
	return 0
}
