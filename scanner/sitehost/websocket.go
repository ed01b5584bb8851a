package sitehost

import (
	"context"
	"net/http"
	"strings"

	"github.com/coder/websocket"
)

// maxMessage bounds what one client message may hold, in octets.
const maxMessage = 1 << 20

// serveWebsocket answers the handshake (RFC 6455, section 4.2) and plays the
// route's script.
func (e *exchange) serveWebsocket() {
	rt := e.route
	if !pause(e.r.Context(), rt.delay) {
		abandon()
	}
	if !e.authorized() {
		e.unauthorized(httpReply{e.w})
		return
	}
	if !isUpgrade(e.r) {
		c := content{status: http.StatusUpgradeRequired}
		e.send(httpReply{e.w}, c, e.defaults(nil, "", "no-store"))
		return
	}
	lines := append(expandHeaders(rt.headers, e.vals), expandHeaders(rt.wsHeaders, e.vals)...)
	httpReply{e.w}.put(lines)
	c, err := websocket.Accept(e.w, e.r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // fixtures connect from any origin
		Subprotocols:       offered(e.r),
	})
	if err != nil {
		return // Accept has told the client
	}
	defer func() { _ = c.CloseNow() }()
	c.SetReadLimit(maxMessage)
	_ = rt.spec.Websocket.play(e.r.Context(), c) // ends when the client leaves
}

// play sends, then echoes or listens until the client closes.
func (s *websocketSpec) play(ctx context.Context, c *websocket.Conn) error {
	for _, text := range s.Send {
		if err := c.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
			return err
		}
	}
	if s.Close {
		return c.Close(websocket.StatusNormalClosure, "")
	}
	for {
		kind, data, err := c.Read(ctx)
		if err != nil {
			return err
		}
		if !s.Echo {
			continue
		}
		if err := c.Write(ctx, kind, data); err != nil {
			return err
		}
	}
}

func isUpgrade(r *http.Request) bool {
	return r.ProtoMajor == 1 && r.Method == http.MethodGet && strings.EqualFold(r.Header.Get("Upgrade"), "websocket")
}

// offered lists the subprotocols that the client would take: a browser drops
// the connection if it offered some and none is chosen.
func offered(r *http.Request) []string {
	var list []string
	for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
		for p := range strings.SplitSeq(line, ",") {
			list = append(list, strings.TrimSpace(p))
		}
	}
	return list
}
