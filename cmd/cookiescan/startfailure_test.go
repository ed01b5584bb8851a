package main

import (
	"strings"
	"testing"

	"cookiescan/scanner"
)

func TestStartFailure(t *testing.T) {
	for detail, want := range map[string]string{
		"the host does not speak TLS as it should (ERR_SSL_PROTOCOL_ERROR)":           "http://",
		"the certificate is not signed by a trusted authority (ERR_CERT_AUTHORITY_X)": "--ca-cert",
		"the server answered with status 404 (not found) in place of the page":        "--basic-auth",
		"net::ERR_CONNECTION_RESET": "--wait",
	} {
		hint, err := startFailure(&scanner.Scan{}, scanner.Incomplete{Page: "https://localhost:8080/", Detail: detail})
		if !strings.Contains(hint, want) || !strings.Contains(err.Error(), detail) {
			t.Errorf("%s: %v, hint: %s", detail, err, hint)
		}
	}
	led := &scanner.Scan{Settings: scanner.Settings{CACert: true}}
	hint, _ := startFailure(led, scanner.Incomplete{Page: "http://shop.test/", Detail: "the certificate is not signed by a trusted authority (ERR_CERT_AUTHORITY_X)"})
	if !strings.Contains(hint, "start with https at the host to which this address leads") {
		t.Errorf("with --ca-cert: %s", hint)
	}
}
