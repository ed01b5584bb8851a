// Package egress is the only way out of a scan.
//
// A pass opens one [Exit]: a SOCKS5 listener (RFC 1928) on 127.0.0.1 that
// Chromium uses as its proxy, and a dialer for the scanner's own requests.
// Chromium is started with
//
//	--proxy-server=socks5://127.0.0.1:PORT --proxy-bypass-list=<-loopback>
//
// or its browser context is created with the same two values. It then sends
// every name and every literal here, loopback too, and resolves nothing itself.
// The exit resolves, guards, applies overrides and the upstream proxy, dials,
// and logs every host.
//
// # What the guard promises
//
// Without an upstream proxy no connection is made to an address that is not
// public, unless the user asked for it ([Options.AllowPrivate],
// [Options.AllowPrivateFor], [Options.Resolve]). The address that was checked
// is the address that is dialled, so a name that changes its answer (DNS
// rebinding) gains nothing. NAT64 prefixes other than 64:ff9b::/96 belong to a
// network operator and cannot be told from public addresses.
//
// With an upstream proxy names are resolved there, so the guard sees literals
// (in every notation), localhost, names that only a local network can know
// (RFC 6762 appendix G, RFC 8375) and names of one label. A public name that
// the upstream proxy resolves to a private address is beyond it; a proxy that
// must not reach its own network has to see to that itself.
//
// # What this package does not do
//
// It does not read what passes through (TLS stays end to end). It carries TCP
// only, so QUIC is off by itself, but WebRTC's UDP would pass it by: Chromium
// must be told (--force-webrtc-ip-handling-policy=disable_non_proxied_udp). It
// does not authenticate: Chromium has no SOCKS credentials, so any process of this
// machine can use the listener while it is open. It gives such a process
// nothing that it could not do itself, except what lies behind the upstream
// proxy with its credentials, and its hosts would appear in the log.
//
// Chromium 156 reports every SOCKS5 failure as ERR_SOCKS_CONNECTION_FAILED,
// whatever the reply code, and its remoteIPAddress is the listener's. Why a
// request failed, and which address a host had, is to be taken from [Exit.Host].
package egress
