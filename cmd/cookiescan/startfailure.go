package main

import (
	"fmt"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/egress"
)

// startFailure says why a start page could not be loaded, and what to do. The
// browser knows only that its proxy did not connect; the way out knows why.
func startFailure(doc *scanner.Scan, gap scanner.Incomplete) (hint string, err error) {
	why, hint := gap.Detail, "for a host that is just starting add --wait 60s, for one at another address --resolve HOST=ADDR"
	host, _ := endpoint(gap.Page)
	for _, h := range doc.Hosts {
		if h.Name == host && h.Outcome != string(egress.OutcomeOK) {
			why, hint = wayOutFailure(h.Reason, why, hint)
		}
	}
	switch {
	case strings.Contains(gap.Detail, "answered with status"), strings.Contains(gap.Detail, "refused this visitor"):
		hint = "check the address; a page behind a login needs --cookie, --header or --basic-auth"
	case strings.Contains(gap.Detail, "ERR_CERT_"):
		hint = certificateHint
		if doc.Settings.CACert {
			hint = "--ca-cert vouches for the hosts of the start addresses alone: start with https at the host to which this address leads"
		}
	case strings.Contains(gap.Detail, "ERR_SSL_PROTOCOL_ERROR"): // as of a server of a developer, without https
		hint = "for a host without https write http:// before it"
	case strings.Contains(gap.Detail, "ERR_UNSAFE_PORT"):
		hint = "serve the site at another port, such as 443 or 8443"
	case strings.Contains(gap.Detail, "AUTH_CREDENTIALS"):
		hint = "give them with --basic-auth, best from the environment: COOKIESCAN_BASIC_AUTH"
	}
	return hint, fmt.Errorf("%s could not be loaded: %s", gap.Page, why)
}

const certificateHint = "if a private authority signed it, name that with --ca-cert FILE; --insecure looks without checking, and every report says so"

// wayOutFailure words why the host was not reached.
func wayOutFailure(reason, why, hint string) (string, string) {
	switch egress.Reason(reason) {
	case egress.ReasonGuard:
		return "its address is not public", "--allow-private lets private addresses be reached"
	case egress.ReasonResolve:
		return "the host name does not resolve", "check the spelling; for a host that DNS does not know add --resolve HOST=ADDR"
	case egress.ReasonConnect:
		return "nothing accepts connections at this address", hint
	case egress.ReasonTimeout:
		return "the host does not answer", hint
	case egress.ReasonUpstream:
		return "the proxy could not reach the host", "check --proxy and the spelling of the host"
	case egress.ReasonInvalid, egress.ReasonSealed, egress.ReasonClosed:
	}
	return why, hint
}
