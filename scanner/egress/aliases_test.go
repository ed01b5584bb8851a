package egress

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// answer is what a name server says to a question: a chain of aliases with an
// address at its end, or that the answer does not fit.
func answer(t *testing.T, question []byte, chain []string, truncated bool) []byte {
	t.Helper()
	var p dnsmessage.Parser
	head, err := p.Start(question)
	if err != nil {
		t.Error(err)
		return nil
	}
	q, err := p.Question()
	if err != nil {
		t.Error(err)
		return nil
	}
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: head.ID, Response: true, RecursionAvailable: true, Truncated: truncated},
		Questions: []dnsmessage.Question{q},
	}
	at := q.Name
	for _, to := range chain {
		if truncated {
			break
		}
		next := dnsmessage.MustNewName(to)
		m.Answers = append(m.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: at, Class: dnsmessage.ClassINET, TTL: 60}, Body: &dnsmessage.CNAMEResource{CNAME: next},
		})
		at = next
	}
	if q.Type == dnsmessage.TypeA && !truncated {
		m.Answers = append(m.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: at, Class: dnsmessage.ClassINET, TTL: 60}, Body: &dnsmessage.AResource{A: [4]byte{192, 0, 2, 1}},
		})
	}
	b, err := m.Pack()
	if err != nil {
		t.Error(err)
	}
	return b
}

// nameServer answers every question on loopback, by TCP alone if it is short of
// room, and returns how to reach it.
func nameServer(t *testing.T, chain []string, short bool) func(context.Context, string, string) (net.Conn, error) {
	t.Helper()
	packets, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	stream, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{}, 2)
	t.Cleanup(func() {
		packets.Close()
		stream.Close()
		<-done
		<-done
	})
	go func() {
		defer func() { done <- struct{}{} }()
		b := make([]byte, 1500)
		for {
			n, from, err := packets.ReadFrom(b)
			if err != nil {
				return
			}
			if _, err := packets.WriteTo(answer(t, b[:n], chain, short), from); err != nil {
				return
			}
		}
	}()
	go func() {
		defer func() { done <- struct{}{} }()
		for {
			conn, err := stream.Accept()
			if err != nil {
				return
			}
			if err := answerTCP(t, conn, chain); err != nil {
				t.Error(err)
			}
			conn.Close()
		}
	}()
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		to := packets.LocalAddr()
		if network == "tcp" {
			to = stream.Addr()
		}
		return new(net.Dialer).DialContext(ctx, to.Network(), to.String())
	}
}

func answerTCP(t *testing.T, conn net.Conn, chain []string) error {
	t.Helper()
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return err
	}
	b := make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(conn, b); err != nil {
		return err
	}
	said := answer(t, b, chain, false)
	_, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(said))), said...))
	return err
}

// Every name of a chain is told, whichever way the answer comes.
func TestLookupAliases(t *testing.T) {
	for name, row := range map[string]struct {
		chain, want []string
		short       bool
	}{
		"a chain":        {[]string{"shop.collect.tracker.test.", "eu.Edge.test."}, []string{"shop.collect.tracker.test", "eu.edge.test"}, false},
		"a chain by TCP": {[]string{"shop.collect.tracker.test.", "eu.edge.test."}, []string{"shop.collect.tracker.test", "eu.edge.test"}, true},
		"one alias":      {[]string{"tracker.test."}, []string{"tracker.test"}, false},
		"no alias":       {nil, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{Resolver: &net.Resolver{Dial: nameServer(t, row.chain, row.short)}}
			if got := o.CanonicalNames(t.Context(), "Metrics.shop.test"); !slices.Equal(got, row.want) {
				t.Errorf("%q, want %q", got, row.want)
			}
		})
	}
}

// A loop ends, and what is no message has no alias.
func FuzzAliasTable(f *testing.F) {
	for _, chain := range [][]string{nil, {"a.test."}, {"b.test.", "a.test.", "b.test."}} {
		m := dnsmessage.Message{Header: dnsmessage.Header{Response: true}}
		at := dnsmessage.MustNewName("a.test.")
		for _, to := range chain {
			next := dnsmessage.MustNewName(to)
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: at, Class: dnsmessage.ClassINET}, Body: &dnsmessage.CNAMEResource{CNAME: next},
			})
			at = next
		}
		b, err := m.Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		table := &aliasTable{to: map[string]string{}}
		table.message(b)
		if chain := table.from("a.test."); len(chain) > maxAliases || len(table.to) > 4*maxAliases {
			t.Errorf("%d names in a chain of %d", len(chain), len(table.to))
		}
	})
}
