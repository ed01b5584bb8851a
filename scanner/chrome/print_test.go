package chrome_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
)

// TestPrint: what is printed is the page as it is in the file, with page
// numbers, links and an outline; its scripts do not run, and what it would load
// from elsewhere is not there.
func TestPrint(t *testing.T) {
	const pageOf = `<!doctype html><html lang="en"><title>A &lt;b&gt; report</title><style>h2 { break-before: page }</style>` +
		`<script>document.title = "owned"; document.write("scripted")</script><noscript>unscripted</noscript>` +
		`<p><a href="#second">to the second</a><img src="http://127.0.0.1:9/x.png" alt="no picture">` +
		`<iframe src="file:///etc/passwd"></iframe><h1>First</h1><h2 id="second">Second</h2><p>the end</html>`
	bin, err := process.Find(t.Context(), process.FindOptions{Engine: process.Shell, Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := chrome.Print(t.Context(), bin, []byte(pageOf))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"%PDF-", "/Type /Outlines", "/Title (A <b> report)", "/Dest /second", "/Lang (en)", "/CreationDate (D:"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF has no %q", want)
		}
	}
	if n := len(regexp.MustCompile(`/Type /Page\b`).FindAll(pdf, -1)); n != 2 {
		t.Errorf("the PDF has %d pages, want 2", n)
	}
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("without pdftotext the text of the PDF is not looked at")
	}
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), reader, path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"A <b> report", "1/2", "2/2", "unscripted", "the end"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the PDF does not say %q:\n%s", want, text)
		}
	}
	for _, bad := range []string{"owned", "scripted\n", "root:"} {
		if strings.Contains(strings.ReplaceAll(string(text), "unscripted", ""), bad) {
			t.Errorf("the PDF says %q:\n%s", bad, text)
		}
	}
}
