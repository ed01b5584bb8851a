package egress

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// connectSOCKS is the client's side of RFC 1928, with RFC 1929 if there is a
// user. golang.org/x/net/proxy would do, but tells the proxy's answer in words
// only.
func (p *upstream) connectSOCKS(conn net.Conn, r route) error {
	method := byte(noAuth)
	if p.user != nil {
		method = userPassword
	}
	chosen, err := p.exchange(conn, []byte{socksVersion, 1, method}, 2)
	if err != nil {
		return err
	}
	if chosen[0] != socksVersion || chosen[1] != method {
		return p.fail("it does not accept %s", methodName(method))
	}
	if method == userPassword {
		if err := p.authenticate(conn); err != nil {
			return err
		}
	}
	return p.requestSOCKS(conn, r)
}

func methodName(method byte) string {
	if method == userPassword {
		return "a user name and password"
	}
	return "clients without a user name and password"
}

func (p *upstream) authenticate(conn net.Conn) error {
	user := p.user.Username()
	password, _ := p.user.Password()
	message := append([]byte{0x01, byte(len(user))}, user...)
	message = append(append(message, byte(len(password))), password...)
	status, err := p.exchange(conn, message, 2)
	if err == nil && status[1] != 0 {
		err = p.fail("it rejects the user name or password")
	}
	return err
}

func (p *upstream) requestSOCKS(conn net.Conn, r route) error {
	request, err := socksRequest(r)
	if err != nil {
		return p.fail("%w", err)
	}
	head, err := p.exchange(conn, request, 4)
	if err != nil {
		return err
	}
	if head[0] != socksVersion {
		return p.fail("it does not speak SOCKS5")
	}
	if head[1] != repOK {
		return p.replied(head[1])
	}
	if _, err := readAddress(conn, head[3]); err != nil {
		return p.fail("%w", err)
	}
	_, err = p.exchange(conn, nil, 2)
	return err
}

// exchange writes and reads exactly n octets.
func (p *upstream) exchange(conn net.Conn, message []byte, n int) ([]byte, error) {
	if _, err := conn.Write(message); err != nil {
		return nil, p.fail("%w", err)
	}
	answer := make([]byte, n)
	if _, err := io.ReadFull(conn, answer); err != nil {
		return nil, p.fail("%w", err)
	}
	return answer, nil
}

func socksRequest(r route) ([]byte, error) {
	request := []byte{socksVersion, cmdConnect, 0}
	if len(r.addrs) > 0 {
		return appendAddress(request, r.addrs[0]), nil
	}
	name, service, err := net.SplitHostPort(r.name)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, err
	}
	request = append(append(request, atypName, byte(len(name))), name...)
	return binary.BigEndian.AppendUint16(request, uint16(port)), nil
}

func appendAddress(request []byte, a netip.AddrPort) []byte {
	kind := byte(atypIPv4)
	if a.Addr().Is6() {
		kind = atypIPv6
	}
	request = append(append(request, kind), a.Addr().AsSlice()...)
	return binary.BigEndian.AppendUint16(request, a.Port())
}

// replied keeps what the proxy tells of the host apart from its own trouble.
func (p *upstream) replied(code byte) error {
	switch code {
	case repNoNetwork:
		return because(ReasonConnect, "upstream proxy: %w", syscall.ENETUNREACH)
	case repNoHost:
		return because(ReasonResolve, "upstream proxy: name not found or %w", syscall.EHOSTUNREACH)
	case repRefused:
		return because(ReasonConnect, "upstream proxy: %w", syscall.ECONNREFUSED)
	case repTimeout:
		return because(ReasonTimeout, "upstream proxy: %w", errors.New("the host did not answer"))
	case repNotAllowed:
		return p.fail("its rules do not allow this host")
	}
	return p.fail("%w", fmt.Errorf("SOCKS5 reply %#x", code))
}
