package main

import (
	"context"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// dialTo connects to one address, whatever was asked for.
func dialTo(address string) dialer {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
}

func caFile(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func smallSite(t *testing.T) *sitehost.Server {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), []byte("routes:\n  - {path: /, body: hello}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return sitehosttest.Serve(t, dir)
}

func TestTrustCAReturnsTheKeyOfAVerifiedHost(t *testing.T) {
	s := smallSite(t)
	starts := []string{"https://a.test/", "https://b.test/", "http://c.test/"}
	got, err := trustCA(t.Context(), caFile(t, s.CAPEM()), starts, dialTo(s.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != s.SPKI() {
		t.Errorf("keys are %v, want that of the server %s", got, s.SPKI())
	}
}

func TestTrustCAChecksTheHostName(t *testing.T) {
	s := httptest.NewTLSServer(http.NotFoundHandler()) // its certificate is for example.com
	defer s.Close()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	dial := dialTo(s.Listener.Addr().String())
	if _, err := trustCA(t.Context(), caFile(t, ca), []string{"https://example.com/"}, dial); err != nil {
		t.Errorf("the right name: %v", err)
	}
	_, err := trustCA(t.Context(), caFile(t, ca), []string{"https://example.org/"}, dial)
	if err == nil || !strings.Contains(err.Error(), "it is for another host name") {
		t.Errorf("another name: %v, want an error that says so", err)
	}
	if code, _ := codeOf(err); code != exitIncomplete {
		t.Errorf("exit code %d, want %d", code, exitIncomplete)
	}
}

func TestTrustCALeavesUnreachableHostsToTheScan(t *testing.T) {
	s := smallSite(t)
	refuse := func(context.Context, string, string) (net.Conn, error) { return nil, os.ErrDeadlineExceeded }
	keys, err := trustCA(t.Context(), caFile(t, s.CAPEM()), []string{"https://a.test/"}, refuse)
	if err != nil || len(keys) != 0 {
		t.Errorf("keys %v, error %v, want neither", keys, err)
	}
}

// TestWaitForTriesUntilTheHostAnswers has a host that takes connections only at
// the third attempt.
func TestWaitForTriesUntilTheHostAnswers(t *testing.T) {
	s := smallSite(t)
	var attempts atomic.Int32
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		if attempts.Add(1) < 3 {
			return nil, os.ErrDeadlineExceeded
		}
		return dialTo(s.Addr())(ctx, network, address)
	}
	waitFor(t.Context(), dial, []string{"https://a.test/"}, time.Hour)
	if n := attempts.Load(); n != 3 {
		t.Errorf("%d attempts, want 3", n)
	}
}

func TestAnswersWantsTLSForHTTPS(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	dial := dialTo(s.Listener.Addr().String())
	if !answers(t.Context(), dial, "http://a.test/") {
		t.Error("http: the host answers, but is not taken for it")
	}
	if answers(t.Context(), dial, "https://a.test/") {
		t.Error("https: a host without TLS is taken for ready")
	}
}
