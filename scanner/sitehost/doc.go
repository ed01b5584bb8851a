// Package sitehost serves a folder as many web sites at once: a loopback
// server of fake hosts (shop.test, cdn.test, shop.co.uk, user.github.io, any
// name) for browser tests and for the built-in demo site.
//
// One listener on one ephemeral port speaks both schemes: a connection whose
// first byte is 0x16 is TLS (h2 or http/1.1 by ALPN), any other is plain
// HTTP/1.1. So one rule, `--resolve '*=127.0.0.1:PORT'`, serves http and https
// of every host. URLs in fixtures carry no port: write https://shop.test/.
//
// Certificates are made in memory: one CA per server and one certificate per
// host, all with one leaf key, so that Chromium can trust them by
// --ignore-certificate-errors-spki-list (SPKI) and Go by the CA (CAPEM).
//
// The package does no caching, no range requests, no conditional requests, no
// compression by negotiation, no HTTP/3. A request that net/http itself
// refuses (malformed, header over 1 MB) is answered with 400 by net/http and
// is not in the log of Requests.
//
// # Site folder
//
//	site.yaml                 routes, optional
//	shop.test/index.html      https://shop.test/ and http://shop.test/
//	shop.test/app.js          https://shop.test/app.js
//	shop.test/cart/index.html https://shop.test/cart/ and https://shop.test/cart
//	cdn.test/pixel.gif        https://cdn.test/pixel.gif
//	_shared/lib.js            not a host: folders that begin with _ or . hold
//	                          what routes name with file:
//	truth.json                files at the top are never served by themselves
//
// Host folders are lower case, without port, in punycode if international. A
// path is looked up percent-decoded; the query plays no part. A file that is
// not there is 404 with a small HTML body and no cookies; so is every host
// without folder and without route (/favicon.ico too: it costs nothing to add
// one). Every method gets the file.
//
// The content type follows the extension: html htm js mjs css json map svg png
// gif jpg jpeg webp ico webmanifest txt xml pdf wasm woff2 mp4; anything else
// is application/octet-stream. Text is declared UTF-8.
//
// Every response carries `Date` (of the server's clock) and
// `Cache-Control: no-store`, so that fixtures are deterministic; a route
// changes the latter with cacheControl or with a header of that name.
//
// # site.yaml
//
// One key, routes: a list. The first route that matches answers; if none does,
// the static file does. Unknown fields, contradictory fields, bad values and
// missing files are errors at Start that name the line. Example:
//
//	routes:
//	  - host: shop.test
//	    path: /
//	    headers:                      # no body: the file shop.test/index.html
//	      - "Set-Cookie: sid=1; Path=/; HttpOnly"
//	      - "Set-Cookie: ab=2; Expires={{date +86400}}"
//	  - host: "*.ads.test"
//	    path: /sync*
//	    whenNoCookie: uid
//	    redirect: https://partner.test/match?back={{host}}
//	    headers: ["Set-Cookie: uid=7; SameSite=None; Secure; Max-Age=63072000"]
//	  - path: /collect
//	    method: POST
//	    cors: true
//	    status: 204
//
// # Which requests a route answers
//
// Every condition given must hold; none given means every request.
//
//	host: shop.test        exact, "*.suffix" (any depth below suffix, not the
//	                       suffix itself) or "*" (the default)
//	path: /x               exact, or a prefix ending in "*"; compared with the
//	                       percent-decoded path; default any
//	scheme: https          http or https
//	method: POST           exact; HEAD is not GET. A preflight matches a cors
//	                       route by the method that it asks for
//	query: {id: "7"}       each named parameter is there with this first value
//	whenCookie: NAME       the request carries a cookie of this name
//	whenNoCookie: NAME     the request carries none of this name
//	whenHeader: {DNT: "1"} each named request header has this first value
//	nth: 2                 only the second request that fulfils the other
//	                       conditions, counted from 1 since Start, whether or
//	                       not an earlier route answered it; so two routes with
//	                       nth: 1 and nth: 2 answer the first and the second
//
// # What it answers
//
// At most one of these. With none, the static file of the requested path is
// served with the route's status and headers; if there is no such file, an
// empty body if status is given, else 404. (Where host and path are exact, the
// file is missing and no status is given, that is an error at Start.)
//
//	body: TEXT             a template, see below; "" is an empty body
//	file: _shared/lib.js   a path from the top of the site folder
//	pixel: true            a transparent GIF of 1x1
//	redirect: URL          a template; Location, status 302, empty body
//	echoHeaders: true      JSON object of the request's headers: canonical name
//	                       to list of values, Host included
//	websocket: {...}       answers the upgrade, see below
//	eventStream: {...}     server-sent events, see below
//	gzipBomb: SIZE         gzip of so many zero bytes, made while sending
//	hang: true             reads the request, never answers
//	hangAfterHeaders: true sends the headers, never a body
//	reset: true            reads the request, then TCP RST; over h2 this ends
//	                       every stream of the connection
//
// Two more can stand alone or follow a body or file:
//
//	bigBody: SIZE          so many bytes "x" (after body or file)
//	endless: true          bytes "x" until the client leaves (after body or
//	                       file): 1 kB each 10 ms, or one byte each drip
//
// SIZE is a number of bytes or has a unit: 64kB, 10MB, 1GB (powers of 1000),
// 64KiB, 10MiB, 1GiB (powers of 1024).
//
// # How it answers
//
//	status: 200            200 to 599. 204, 205 and 304 have no body
//	headers: ["Name: value", ...]   repeats allowed, sent as written, see below
//	type: text/html        the content type; default by the extension of the
//	                       file, else of the path, else text/html
//	cacheControl: VALUE    instead of no-store; "none" sends no such header
//	template: true         the file (file: or static) is a template as well
//	gzip: true             body, file or static file is sent gzip-encoded,
//	                       whether or not the client accepts that
//	earlyHints: ["Link: ..."]   a 103 at once, before delay. Chromium acts on
//	                       103 over h2 only
//	delay: 300ms           before the status line (Go duration: ms, s, m)
//	bodyDelay: 2s          between headers and body
//	drip: 50ms             between single bytes of the body
//	basicAuth: {user: u, password: p, realm: r}   401 without these headers or
//	                       body unless the request brings them; realm optional
//	cors: true             with Origin in the request: Allow-Origin reflects
//	                       it, Allow-Credentials: true, Vary: Origin. A
//	                       preflight is answered 204 with Allow-Methods and
//	                       Allow-Headers reflected and Max-Age 0, without the
//	                       route's headers; whenCookie, whenNoCookie,
//	                       whenHeader, nth and basicAuth do not apply to it
//	preflightHeaders: [..] further headers of the preflight's answer
//	raw: true              the response is written by hand, see below
//
// # Headers, octets, raw
//
// A header is one line "Name: value". Without raw, net/http writes it: the
// value keeps every octet, the name its case (h2 has lower case only), repeats
// keep their order, but names are sorted. What net/http would alter or drop is
// an error at Start: control characters, spaces around the value, an odd name,
// a missing colon, and Content-Length, Transfer-Encoding, Connection, Upgrade
// and Trailer.
//
// With raw: true each line is sent as it stands, in order, after Date,
// Content-Type and Cache-Control (each left out if a line has that name), then
// Connection: close; the body ends with the connection. Any octet is allowed,
// including CR and LF. Raw is possible on HTTP/1.1 only, so a host that a raw
// route can match offers no h2 at all.
//
// YAML is UTF-8: "\xe9" in double quotes becomes the two octets of é. For
// single octets use {{hex "e9"}}.
//
// # Templates
//
// In headers, earlyHints, preflightHeaders, websocket headers, redirect and
// body; in files only with template: true.
//
//	{{date +86400}}        HTTP date (IMF-fixdate) of now plus seconds, which
//	                       may be negative; {{date}} is now
//	{{host}}               the requested host without port
//	{{port}}               the server's port
//	{{repeat "x" 4000}}    at most 1 MB
//	{{nonce}}              32 hex digits, another for every request, the same
//	                       throughout one response (for CSP)
//	{{hex "00 e9 ff"}}     these octets
//	{{"{{"}}               a quoted string stands for itself
//
// In a quoted string \" and \\ are the only escapes. In YAML put such values
// into single quotes: 'Set-Cookie: a={{repeat "x" 4000}}'.
//
// # websocket
//
//	websocket:
//	  headers: ["Set-Cookie: ws=1"]   in the 101, besides the route's headers
//	  send: ["hello"]                 text messages right after the handshake
//	  echo: true                      every message comes back
//	  close: true                     closes (1000) after send; not with echo
//
// Without close it stays open until the client leaves. The first offered
// subprotocol is accepted; any origin is. A request that is no upgrade gets
// 426. Besides it only conditions, headers, basicAuth and delay are allowed.
//
// # eventStream
//
//	eventStream:
//	  events: ["one", "two\nlines"]   data of one event each
//	  retryMs: 500                    the client's reconnection time
//	  close: true                     ends after the events; else stays open
package sitehost
