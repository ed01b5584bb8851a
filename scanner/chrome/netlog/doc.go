// Package netlog reads the NetLog of one running Chromium through a FIFO and
// turns its cookie events into typed values.
//
// The DevTools protocol is silent about some writes: the Set-Cookie of a
// WebSocket handshake, of a service worker's script and of a shared worker's
// fetches, and everything that removes a cookie. The NetLog names them all, and
// says why a cookie went: expired, evicted, overwritten or deleted.
//
// What the log has not: the expiry of a cookie, the browser context by name, the
// tab, and for a script's write anything but the stored cookie. Contexts are
// told apart by the source id of their cookie store; see [Recorder.WaitForStore].
//
// The package judges nothing and imports nothing of cookiescan. Cookie values
// are in the events and never in an error.
package netlog
