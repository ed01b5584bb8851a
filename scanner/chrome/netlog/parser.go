package netlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"
)

// part is where in the log's JSON document the parser is.
type part uint8

const (
	partConstants part = iota
	partOpening
	partEvents
	partTail
)

// parser turns the lines of one log into events. It keeps only what open
// requests need.
type parser struct {
	part     part
	consts   *constants
	seq      int64
	requests requests
	change   lastChange
	noSends  bool
	bad      int64 // event lines that could not be decoded
}

func newParser(noSends bool) *parser {
	return &parser{requests: newRequests(), noSends: noSends}
}

// rawEvent is the union of the events that are decoded.
type rawEvent struct {
	Params rawParams `json:"params"`
	Phase  int       `json:"phase"`
	Source struct {
		ID int `json:"id"`
	} `json:"source"`
	Time json.Number `json:"time"`
}

type rawParams struct {
	Name       string `json:"name"`
	Value      string `json:"value"`
	NewValue   string `json:"newvalue"`
	Domain     string `json:"domain"`
	Path       string `json:"path"`
	NewPath    string `json:"newpath"`
	Secure     bool   `json:"secure"`
	HTTPOnly   bool   `json:"httponly"`
	Persistent bool   `json:"is_persistent"`
	SameSite   string `json:"same_site"`
	Priority   string `json:"priority"`
	Cause      string `json:"deletion_cause"`

	Operation    string `json:"operation"`
	Status       string `json:"status"`
	PartitionKey string `json:"partition_key"`

	URL            string   `json:"url"`
	Method         string   `json:"method"`
	Initiator      string   `json:"initiator"`
	IsolationKey   string   `json:"network_isolation_key"`
	SiteForCookies string   `json:"site_for_cookies"`
	RequestType    string   `json:"request_type"`
	LoadFlags      int64    `json:"load_flags"`
	Headers        []string `json:"headers"`
}

// line takes the next line and returns the event in it, nil for most. An error
// means that this is not a log that the parser understands; a single bad event
// line is only counted.
func (p *parser) line(line []byte) (Event, error) {
	p.seq++
	switch p.part {
	case partConstants:
		c, err := parseConstants(line)
		if err != nil {
			return nil, err
		}
		p.consts, p.part = c, partOpening
	case partOpening:
		if !bytes.HasPrefix(bytes.TrimSpace(line), []byte(`"events"`)) {
			return nil, errors.New("the log's constants are not followed by its events")
		}
		p.part = partEvents
	case partEvents:
		if bytes.HasPrefix(line, []byte("]")) {
			p.part = partTail
			return nil, nil
		}
		return p.event(line), nil
	case partTail:
	}
	return nil, nil
}

func (p *parser) event(line []byte) Event {
	typ, ok := eventType(line)
	if !ok {
		if len(bytes.TrimSpace(line)) > 0 {
			p.bad++
		}
		return nil
	}
	k := p.consts.kindOf(typ)
	if k == kindIgnored || p.noSends && k == kindInclusion && bytes.Contains(line, []byte(`"operation":"send"`)) {
		return nil
	}
	var raw rawEvent
	if err := json.Unmarshal(bytes.TrimSuffix(bytes.TrimSpace(line), []byte(",")), &raw); err != nil {
		p.bad++
		return nil
	}
	return p.dispatch(k, &raw)
}

func (p *parser) dispatch(k kind, raw *rawEvent) Event {
	switch k {
	case kindAdded:
		return p.stored(raw)
	case kindDeleted:
		return p.deleted(raw)
	case kindRejectedSecure:
		return p.rejected(raw, "OverwriteSecure")
	case kindRejectedHTTPOnly:
		return p.rejected(raw, "OverwriteHttpOnly")
	case kindInclusion:
		return p.inclusion(raw)
	case kindReadHeaders:
		return p.responseHeaders(raw)
	case kindStartJob:
		p.startJob(raw)
	case kindSendHeaders:
		p.requestHeaders(raw)
	case kindAlive:
		if raw.Phase == p.consts.end {
			p.requests.end(raw.Source.ID)
		}
	case kindIgnored:
	}
	return nil
}

func (p *parser) stamp(raw *rawEvent) Stamp {
	ms, err := raw.Time.Int64()
	if err != nil {
		ms = 0
	}
	tick := time.Duration(ms) * time.Millisecond
	return Stamp{
		Seq:    p.seq,
		Time:   time.UnixMilli(0).UTC().Add(p.consts.tickOffset + tick),
		Tick:   tick,
		Source: raw.Source.ID,
	}
}

// newCookie reads the identity; Chromium marks a domain cookie by a leading dot.
func newCookie(name, domain, path string) Cookie {
	bare, dotted := strings.CutPrefix(domain, ".")
	return Cookie{Name: name, Domain: bare, HostOnly: !dotted && domain != "", Path: path}
}
