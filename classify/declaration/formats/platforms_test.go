package formats

import (
	"bytes"
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"cookiescan/classify/declaration"
	"cookiescan/scanner/chrome/process"
	"cookiescan/testdata/platforms"
)

// settings is a declaration whose cookies a platform can clear.
func settings() *declaration.Declaration {
	return &declaration.Declaration{Source: "settings", Language: "en", Entries: []declaration.Entry{
		{Name: "session", Kind: "cookie", Provider: "Shop", Category: "necessary", Lifetime: declaration.Lifetime{Session: true}},
		{Name: "_ga_*", Kind: "cookie", Provider: "Google", Category: "statistics", Purpose: "Counts visits."},
		{Name: "uid", Kind: "cookie", Provider: "</script><b>Ads", Category: "marketing", Purpose: "<img src=x onerror=say('attacked')> & more"},
		{Name: "a.b$?", Kind: "cookie", Provider: "Shop", Category: "preferences"},
	}}
}

func TestKlaroTakesIt(t *testing.T) {
	got := visit(t, klaro, platforms.File(t, "klaro/dist"), "testdata/platforms/klaro.html")
	want := strings.Join([]string{
		"services: shop google script_b_ads shop_2",
		"accepted: _gaB _ga_A1 a.b$c aXb$c kept uid uidx",
		"rejected: _gaB aXb$c kept uidx",
		"titles: Shop | Google | </script><b>Ads | Shop",
		"descriptions: Counts visits. | <img src=x onerror=say('attacked')> & more",
		"injected: 0",
		"done",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestVanillaCookieConsentTakesIt(t *testing.T) {
	got := visit(t, vanilla, platforms.File(t, "vanilla-cookieconsent/dist"), "testdata/platforms/vanilla-cookieconsent.html")
	want := strings.Join([]string{
		"before: _gaB _ga_A1 a.b$c aXb$c kept uid uidx",
		"accepted: necessary preferences statistics marketing / _gaB _ga_A1 a.b$c aXb$c kept uid uidx",
		"rejected: necessary / _gaB aXb$c kept uidx",
		"row: Name | Kind | Provider | Lifetime",
		"row: session | Cookie | Shop | session",
		"row: Name | Kind | Provider",
		"row: a.b$? | Cookie | Shop",
		"row: Name | Kind | Provider | Purpose",
		"row: _ga_* | Cookie | Google | Counts visits.",
		"row: Name | Kind | Provider | Purpose",
		"row: uid | Cookie | </script><b>Ads | <img src=x onerror=say('attacked')> & more",
		"injected: 0",
		"done",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// visit opens a page with a real platform and with the settings as it was
// written for it, and returns what the page says.
func visit(t *testing.T, f Format, dir, page string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("opens a browser")
	}
	browser, err := process.Find(t.Context(), process.FindOptions{Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	var config bytes.Buffer
	if err := f.Write(&config, settings()); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		http.ServeFile(w, r, page)
	})
	mux.HandleFunc("GET /config.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(config.Bytes())
	})
	mux.Handle("GET /package/", http.StripPrefix("/package/", http.FileServer(http.Dir(dir))))
	server := httptest.NewServer(mux)
	defer server.Close()

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(ctx, browser.Path, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--proxy-bypass-list=<-loopback>",
		"--user-data-dir="+t.TempDir(), "--virtual-time-budget=5000", "--dump-dom", server.URL+"/page")
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", browser.Path, err, errs.String())
	}
	said := regexp.MustCompile(`(?s)<pre id="result">(.*?)</pre>`).FindStringSubmatch(out.String())
	if said == nil {
		t.Fatalf("the page says nothing:\n%s", out.String())
	}
	return strings.TrimSpace(html.UnescapeString(said[1]))
}
