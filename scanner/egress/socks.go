package egress

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"time"
)

// SOCKS5 octets, RFC 1928.
const (
	socksVersion  = 0x05
	noAuth        = 0x00
	userPassword  = 0x02 // RFC 1929
	noneAccepted  = 0xff
	cmdConnect    = 0x01
	atypIPv4      = 0x01
	atypName      = 0x03
	atypIPv6      = 0x04
	repOK         = 0x00
	repFailure    = 0x01
	repNotAllowed = 0x02
	repNoNetwork  = 0x03
	repNoHost     = 0x04
	repRefused    = 0x05
	repTimeout    = 0x06 // "TTL expired" is the nearest there is
	repCommand    = 0x07
	repAddrType   = 0x08
)

// replyError is a handshake that is answered before it is dropped.
type replyError struct {
	reply []byte
	err   error
}

func (e *replyError) Error() string { return e.err.Error() }
func (e *replyError) Unwrap() error { return e.err }

// readGreeting takes the client's methods; no authentication must be among them.
func readGreeting(r io.Reader) error {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	if head[0] != socksVersion {
		return fmt.Errorf("version %#x, want SOCKS5", head[0])
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(r, methods); err != nil {
		return err
	}
	for _, m := range methods {
		if m == noAuth {
			return nil
		}
	}
	return &replyError{[]byte{socksVersion, noneAccepted}, errors.New("client insists on authentication")}
}

// readRequest takes a CONNECT and not an octet more: what follows belongs to
// the tunnel.
func readRequest(r io.Reader) (target, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return target{}, err
	}
	if head[0] != socksVersion {
		return target{}, fmt.Errorf("version %#x, want SOCKS5", head[0])
	}
	host, err := readAddress(r, head[3])
	if err != nil {
		return target{}, err
	}
	var port [2]byte
	if _, err := io.ReadFull(r, port[:]); err != nil {
		return target{}, err
	}
	if head[1] != cmdConnect {
		return target{}, &replyError{reply(repCommand), fmt.Errorf("command %#x, only CONNECT is served", head[1])}
	}
	return newTarget(host, binary.BigEndian.Uint16(port[:])), nil
}

func readAddress(r io.Reader, kind byte) (string, error) {
	switch kind {
	case atypIPv4:
		var b [4]byte
		_, err := io.ReadFull(r, b[:])
		return netip.AddrFrom4(b).String(), err
	case atypIPv6:
		var b [16]byte
		_, err := io.ReadFull(r, b[:])
		return netip.AddrFrom16(b).String(), err
	case atypName:
		var length [1]byte
		if _, err := io.ReadFull(r, length[:]); err != nil {
			return "", err
		}
		name := make([]byte, length[0])
		_, err := io.ReadFull(r, name)
		return string(name), err
	}
	return "", &replyError{reply(repAddrType), fmt.Errorf("address type %#x", kind)}
}

// reply is a whole SOCKS5 reply. The bound address is left out: Chromium
// ignores it, and it is nobody's business.
func reply(code byte) []byte {
	return []byte{socksVersion, code, 0, atypIPv4, 0, 0, 0, 0, 0, 0}
}

// replyCode tells the client what happened as well as RFC 1928 section 6 can.
// Chromium 156 makes one net error of them all; other clients do not.
func replyCode(err error) byte {
	var dialErr *DialError
	if !errors.As(err, &dialErr) {
		return repFailure
	}
	switch dialErr.Reason {
	case ReasonGuard, ReasonInvalid, ReasonSealed:
		return repNotAllowed
	case ReasonResolve:
		return repNoHost
	case ReasonTimeout:
		return repTimeout
	case ReasonConnect:
		return connectCode(err)
	case ReasonUpstream, ReasonClosed:
		return repFailure
	}
	return repFailure
}

// handle serves one client from greeting to end.
func (e *Exit) handle(ctx context.Context, client net.Conn) {
	if !e.track(client) {
		return
	}
	defer e.release(client)
	t, err := e.handshake(client)
	if err != nil {
		e.malformed.Add(1)
		return
	}
	server, entry, err := e.dial(ctx, t, fromBrowser)
	if err != nil {
		e.answer(client, reply(replyCode(err)))
		return
	}
	if !e.track(server) {
		return
	}
	defer e.release(server)
	if e.answer(client, reply(repOK)) {
		entry.addBytes(relay(client, server, e.opts.HalfCloseTimeout))
	}
}

// handshake has one deadline for all its octets, so that a client that sends
// one at a time gains nothing.
func (e *Exit) handshake(client net.Conn) (target, error) {
	if err := client.SetDeadline(time.Now().Add(e.opts.HandshakeTimeout)); err != nil {
		return target{}, err
	}
	err := readGreeting(client)
	if err == nil {
		_, err = client.Write([]byte{socksVersion, noAuth})
	}
	var t target
	if err == nil {
		t, err = readRequest(client)
	}
	var answered *replyError
	if errors.As(err, &answered) {
		e.answer(client, answered.reply)
	}
	if err != nil {
		return target{}, err
	}
	return t, client.SetDeadline(time.Time{})
}

// answer reports whether the client could be told; if not, it has gone.
func (e *Exit) answer(client net.Conn, octets []byte) bool {
	_, err := client.Write(octets)
	return err == nil
}
