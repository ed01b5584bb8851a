package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

// What the addresses and errors of several checks hold does nothing to who reads
// the index.
func TestIndexIsHarmless(t *testing.T) {
	hostile := "=cmd()\x1b[31m\u202e<script>alert(1)</script>\n\"x\""
	results := []SiteResult{
		{URL: hostile, Folder: "a", ExitCode: 3, Error: hostile},
		{URL: "https://b.test", Folder: "b", ExitCode: 1, Summary: json.RawMessage(`{"failing": 2, "below": 1}`)},
		{URL: "https://c.test", Folder: "c", ExitCode: 130, Summary: json.RawMessage(`{"failing": "many"}`)},
	}
	for _, format := range append(IndexFormats(), "table", "summary") {
		var b bytes.Buffer
		if err := WriteIndex(&b, format, results); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if strings.ContainsAny(text, "\x1b\u202e") && format != "jsonl" && format != "summary" {
			t.Errorf("%s controls a terminal: %q", format, text)
		}
		switch format {
		case "html":
			if strings.Contains(text, "<script") || !strings.Contains(text, `<a href="b/">https://b.test</a>`) || strings.Contains(text, `href="a/"`) {
				t.Errorf("html: %s", text)
			}
		case "csv":
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil || len(rows) != 4 || strings.HasPrefix(rows[1][0], "=") || rows[2][3] != "2" || rows[3][1] != "interrupted" {
				t.Errorf("csv: %v, %q", err, rows)
			}
		case "jsonl":
			if lines := strings.Split(strings.TrimSpace(text), "\n"); len(lines) != 3 || !json.Valid([]byte(lines[0])) || strings.ContainsAny(text, "\x1b") {
				t.Errorf("jsonl: %s", text)
			}
		case "summary":
			var sum struct {
				Failed, Incomplete, Failing int
				Sites                       []SiteResult
			}
			if err := json.Unmarshal(b.Bytes(), &sum); err != nil || sum.Failed != 1 || sum.Incomplete != 2 || sum.Failing != 2 || len(sum.Sites) != 3 {
				t.Errorf("summary: %v, %s", err, text)
			}
		}
	}
}
