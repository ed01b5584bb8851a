package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"cookiescan/scanner/sitehost"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// What the user gives for the closed site of testdata/sites/secrets.
const (
	secretHeader   = "h-7c1e90d2"
	secretCookie   = "c-51b3aa07"
	secretPassword = "pa:ss word"
)

// TestSecretsReachTheirOriginOnly proves by what servers received that a
// header, a cookie and credentials reach every request to the target's own
// origin, across redirects, frames and workers, and no other host.
func TestSecretsReachTheirOriginOnly(t *testing.T) {
	for _, engine := range []string{"shell", "full"} {
		t.Run(engine, func(t *testing.T) {
			server := sitehosttest.Serve(t, "sites/secrets")
			t.Setenv("COOKIESCAN_HEADER", "X-Preview: "+secretHeader)
			t.Setenv("COOKIESCAN_COOKIE", "preview="+secretCookie)
			t.Setenv("COOKIESCAN_BASIC_AUTH", "ana:"+secretPassword)
			var stdout, stderr bytes.Buffer
			code := run([]string{
				"scan", "https://secret.test/", "--resolve", "*=" + server.Addr(), "--trust-spki", server.SPKI(),
				"--engine", engine, "--scope", "host", "--phases", "none,gpc", "-f", "json", "-v",
			}, strings.NewReader(""), &stdout, &stderr)
			if code != exitOK {
				t.Errorf("exit code %d, want 0\n%s", code, stderr.String())
			}
			secretsInRequests(t, server.Requests())
			secretsInText(t, "the document", stdout.String())
			secretsInText(t, "stderr", stderr.String())
		})
	}
}

func secretsInRequests(t *testing.T, requests []sitehost.Request) {
	t.Helper()
	own, wanted := map[string]bool{}, []string{
		"/", "/style.css", "/page.js", "/inner.html", "/worker.js", "/shared.js", "/sw.js", "/own-hop.svg", "/own.svg", "/leave.svg", "/leave-fetch", "/away", "/downgrade",
		"/from-frame.svg", "/bounced.svg", "/echo?page", "/echo?xhr", "/echo?beacon", "/echo?worker", "/echo?shared", "/echo?sw", "/echo?frame",
	}
	foreign := map[string]bool{}
	for _, r := range requests {
		if r.Scheme == "https" && r.Host == "secret.test" {
			// The browser looks for a new version of a service worker by
			// itself, some time after a visit; no one can intercept that.
			if r.Path != "/sw.js" || !own[r.Path] {
				hasSecrets(t, r)
			}
			own[r.Path] = true
			continue
		}
		foreign[r.Host] = true
		secretsInText(t, r.Method+" "+r.URL(), requestText(r))
	}
	for _, path := range wanted {
		if !own[path] {
			t.Errorf("the fixture is not exercised: no request for https://secret.test%s", path)
		}
	}
	for _, host := range []string{"third.test", "sub.secret.test", "secret.test.lookalike.test", "secret.test"} {
		if !foreign[host] {
			t.Errorf("the fixture is not exercised: no foreign request to %s", host)
		}
	}
}

// crossSite are the requests to the own origin that third parties cause. The
// user's cookie is SameSite=Lax, as any cookie without that attribute, so they
// do not carry it.
var crossSite = map[string]bool{"/from-frame.svg": true, "/bounced.svg": true, "/echo?frame": true}

func hasSecrets(t *testing.T, r sitehost.Request) {
	t.Helper()
	if got := r.Header.Get("X-Preview"); got != secretHeader {
		t.Errorf("%s %s: header X-Preview is %q, want the user's", r.Method, r.URL(), got)
	}
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("ana:"+secretPassword))
	if got := r.Header.Get("Authorization"); got != want {
		t.Errorf("%s %s: header Authorization is %q, want the user's", r.Method, r.URL(), got)
	}
	if got, _ := r.Cookie("preview"); got != secretCookie && !crossSite[r.Path] {
		t.Errorf("%s %s: cookie preview is %q, want the user's", r.Method, r.URL(), got)
	}
}

func requestText(r sitehost.Request) string {
	var b strings.Builder
	b.WriteString(r.URL() + "\n")
	_ = r.Header.Write(&b)
	b.Write(r.Body)
	return b.String()
}

// secretsInText finds the secrets in something that must not hold them.
func secretsInText(t *testing.T, what, text string) {
	t.Helper()
	for _, secret := range []string{secretHeader, secretCookie, secretPassword, "ana:", base64.StdEncoding.EncodeToString([]byte("ana:" + secretPassword))} {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds the secret %q", what, secret)
		}
	}
}
