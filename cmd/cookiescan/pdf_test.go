package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// contentsLine is an entry of the contents with the number of its page.
var contentsLine = regexp.MustCompile(`(\S+(?: \S+)*) +(\d+)(?:  |$)`)

// TestContentsOfPDF: the numbers in the contents of a report are those of the
// pages on which its parts are.
func TestContentsOfPDF(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip(".ci/setup.sh office installs pdftotext")
	}
	const scans = "../../testdata/scans/"
	var pdf, stderr bytes.Buffer
	if code := run([]string{"report", "-f", "pdf", scans + "small.json", scans + "typical.json"}, strings.NewReader(""), &pdf, &stderr); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, stderr.String())
	}
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, pdf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), reader, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(text), "\f")
	contentsHold(t, pages)
	headingRepeats(t, pages)
}

// headingRepeats looks at each page that the table of cookies goes on to.
func headingRepeats(t *testing.T, pages []string) {
	t.Helper()
	inTable, further := false, 0
	for i, page := range pages {
		page = strings.TrimSpace(page)
		end := tableEnd.FindStringIndex(page)
		if inTable && (end == nil || end[0] > 0) {
			further++
			if first, _, _ := strings.Cut(page, "\n"); !tableHeading.MatchString(first) {
				t.Errorf("page %d goes on with the table of cookies without its heading", i+1)
			}
		}
		start := tableHeading.FindStringIndex(page)
		inTable = end == nil && (inTable || start != nil) || end != nil && start != nil && start[0] > end[0]
	}
	if further < 2 {
		t.Errorf("the table of cookies goes on to %d pages: too few to show anything", further)
	}
}

var (
	tableHeading = regexp.MustCompile(`Name +Provider +Party +Lifetime +Purpose`)
	tableEnd     = regexp.MustCompile(`Refused by the browser|Cookies by consent state`)
)

// contentsHold looks for each part where the contents of its site say.
func contentsHold(t *testing.T, pages []string) {
	t.Helper()
	headings := map[string]string{
		"shop.test": "Cookies of shop.test", "What to do first": "", "Cookies": "", "Consent states": "Cookies by consent state", "Lifetimes": "How long they stay", "Who loads whom": "",
		"Receivers": "Who receives which identifier", "Other storage": "", "Third parties": "", "Findings": "", "Pages": "", "How and limits": "How this was scanned",
	}
	entries := 0
	for i, page := range pages {
		for l := range strings.Lines(page) {
			for _, m := range contentsLine.FindAllStringSubmatch(strings.TrimSpace(l), -1) {
				heading, ok := headings[m[1]]
				number, err := strconv.Atoi(m[2])
				if !ok || err != nil {
					continue
				}
				if heading == "" {
					heading = m[1]
				}
				entries++
				if number <= i || number > len(pages) || !hasLine(pages[number-1], heading) {
					t.Errorf("the contents on page %d say that %q is on page %d; it is not", i+1, m[1], number)
				}
			}
		}
	}
	if entries != 2+8+11 { // the sites, and the parts of each
		t.Errorf("the contents have %d entries", entries)
	}
}

func hasLine(page, line string) bool {
	for l := range strings.Lines(page) {
		if strings.TrimSpace(l) == line {
			return true
		}
	}
	return false
}
