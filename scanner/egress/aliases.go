package egress

import (
	"context"
	"encoding/binary"
	"net"
	"strings"
	"sync"

	"golang.org/x/net/dns/dnsmessage"
)

// maxAliases bounds a chain. Resolvers give up sooner.
const maxAliases = 16

// watched is a resolver that keeps all aliases of the answers that it gets:
// package net keeps the last name only.
type watched struct{ *net.Resolver }

// LookupAliases says where a host leads, and each name in turn.
func (w watched) LookupAliases(ctx context.Context, host string) ([]string, error) {
	seen := &aliasTable{to: map[string]string{}}
	dial := w.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	r := net.Resolver{
		PreferGo:     true, // else the system asks, and nobody sees the answers
		StrictErrors: w.StrictErrors,
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(ctx, network, address)
			switch c := conn.(type) {
			case *net.UDPConn:
				return watchedUDP{c, seen}, err
			case *net.TCPConn:
				return &watchedTCP{TCPConn: c, seen: seen}, err
			}
			return conn, err
		},
	}
	last, err := r.LookupCNAME(ctx, host)
	if err != nil {
		return nil, err
	}
	if chain := seen.from(host); len(chain) > 0 {
		return chain, nil
	}
	return []string{last}, nil
}

// watchedUDP gets a message with each Read.
type watchedUDP struct {
	*net.UDPConn
	seen *aliasTable
}

func (c watchedUDP) Read(b []byte) (int, error) {
	n, err := c.UDPConn.Read(b)
	c.seen.message(b[:n])
	return n, err
}

// watchedTCP gets messages behind their length (RFC 1035 section 4.2.2).
type watchedTCP struct {
	*net.TCPConn
	seen *aliasTable
	rest []byte
}

func (c *watchedTCP) Read(b []byte) (int, error) {
	n, err := c.TCPConn.Read(b)
	c.rest = append(c.rest, b[:n]...)
	for len(c.rest) >= 2 {
		end := 2 + int(binary.BigEndian.Uint16(c.rest))
		if len(c.rest) < end {
			break
		}
		c.seen.message(c.rest[2:end])
		c.rest = c.rest[end:]
	}
	return n, err
}

// aliasTable is what answers say of aliases: names to those behind them.
type aliasTable struct {
	mu sync.Mutex
	to map[string]string
}

// message takes the aliases out of one answer. What is no message has none.
func (t *aliasTable) message(b []byte) {
	var p dnsmessage.Parser
	if _, err := p.Start(b); err != nil || p.SkipAllQuestions() != nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.to) < 4*maxAliases {
		h, err := p.AnswerHeader()
		if err != nil {
			return
		}
		if h.Type != dnsmessage.TypeCNAME {
			if p.SkipAnswer() != nil {
				return
			}
			continue
		}
		r, err := p.CNAMEResource()
		if err != nil {
			return
		}
		t.to[strings.ToLower(h.Name.String())] = r.CNAME.String()
	}
}

// from is the chain behind a name.
func (t *aliasTable) from(host string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var chain []string
	for name := strings.ToLower(host); len(chain) < maxAliases; name = strings.ToLower(chain[len(chain)-1]) {
		to, ok := t.to[name]
		if !ok {
			break
		}
		chain = append(chain, to)
	}
	return chain
}
