package report

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strconv"
)

// SiteResult is how the check of one of several sites ended.
type SiteResult struct {
	URL      string          `json:"url"`    // as it was given, or the file of a stored scan
	Folder   string          `json:"folder"` // of its files, below that of the index
	ExitCode int             `json:"exitCode"`
	Error    string          `json:"error,omitempty"`   // why there is no outcome
	Summary  json.RawMessage `json:"summary,omitempty"` // of the check (SummarySchemaV1); absent without one
}

// IndexSchemaV1 names the version of the line of JSON that sums up the checks of
// several sites.
const IndexSchemaV1 = "cookiescan/sites/v1"

// IndexFormats are the extensions of the files over all sites.
func IndexFormats() []string { return []string{"html", "csv", "jsonl"} }

// WriteIndex writes how the checks of several sites ended: as html, csv or
// jsonl, as table for a terminal, or as summary, one line of JSON.
func WriteIndex(w io.Writer, format string, results []SiteResult) error {
	var b bytes.Buffer
	var err error
	switch format {
	case "html":
		err = indexHTML(&b, results)
	case "csv":
		err = indexCSV(&b, results)
	case "jsonl":
		for _, r := range results {
			if err = indexLine(&b, r); err != nil {
				break
			}
		}
	case "summary":
		err = indexSummary(&b, results)
	default:
		err = indexTable(&b, results)
	}
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing the index of sites: %w", err)
	}
	return nil
}

func indexLine(b *bytes.Buffer, value any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// siteRow is a result with the numbers of its summary.
type siteRow struct {
	SiteResult
	Outcome                       string
	Failing, Known, Waived, Below int
}

func rowsOf(results []SiteResult) []siteRow {
	rows := make([]siteRow, len(results))
	for i, r := range results {
		var o outcome
		if r.Summary != nil && json.Unmarshal(r.Summary, &o) != nil {
			o = outcome{}
		}
		r.URL, r.Error = htmlText(r.URL), htmlText(r.Error)
		rows[i] = siteRow{r, siteOutcome(r.ExitCode), o.Failing, o.Known, o.Waived, o.Below}
	}
	return rows
}

// siteOutcome is an exit code in a word.
func siteOutcome(code int) string {
	switch code {
	case 2:
		return "mistake"
	case 130:
		return "interrupted"
	}
	return outcomeWord(code)
}

func indexCSV(b *bytes.Buffer, results []SiteResult) error {
	w := csv.NewWriter(b)
	records := [][]string{{"url", "outcome", "exit_code", "failing", "known", "waived", "below", "folder", "error"}}
	for _, r := range rowsOf(results) {
		records = append(records, []string{
			csvText(r.URL), r.Outcome, strconv.Itoa(r.ExitCode), strconv.Itoa(r.Failing), strconv.Itoa(r.Known),
			strconv.Itoa(r.Waived), strconv.Itoa(r.Below), csvText(r.Folder), csvText(r.Error),
		})
	}
	return w.WriteAll(records)
}

// indexSummary counts the sites by outcome.
func indexSummary(b *bytes.Buffer, results []SiteResult) error {
	sum := struct {
		Schema     string       `json:"schema"`
		Passed     int          `json:"passed"`
		Failed     int          `json:"failed"`
		Incomplete int          `json:"incomplete"`
		Mistakes   int          `json:"mistakes"`
		Findings   int          `json:"failing"` // findings that fail, of all sites
		Sites      []SiteResult `json:"sites"`
	}{Schema: IndexSchemaV1, Sites: []SiteResult{}}
	for _, r := range rowsOf(results) {
		switch r.Outcome {
		case "passed":
			sum.Passed++
		case "failed":
			sum.Failed++
		case "mistake":
			sum.Mistakes++
		default:
			sum.Incomplete++
		}
		sum.Findings += r.Failing
		r.Summary = nil
		sum.Sites = append(sum.Sites, r.SiteResult)
	}
	return indexLine(b, sum)
}

func indexTable(b *bytes.Buffer, results []SiteResult) error {
	t := newTerminal(Options{})
	rows := sheet{columns: []column{{"SITE", 0, 0}, {"OUTCOME", 0, 0}, {"FAILING", 0, 0}, {"BELOW", 0, 0}, {"WAIVED", 0, 0}, {"WHY", 0, 0}}}
	for _, r := range rowsOf(results) {
		rows.rows = append(rows.rows, []cell{
			plain(r.URL), plain(r.Outcome), plain(strconv.Itoa(r.Failing)), plain(strconv.Itoa(r.Below)), plain(strconv.Itoa(r.Waived)), prose(r.Error),
		})
	}
	if err := rows.draw(t, t.width, t.bold); err != nil {
		return err
	}
	_, err := b.Write(t.Bytes())
	return err
}

//go:embed sites.html
var indexTemplate embed.FS

func indexHTML(b *bytes.Buffer, results []SiteResult) error {
	t, err := template.ParseFS(indexTemplate, "sites.html")
	if err != nil {
		return err
	}
	return t.Execute(b, rowsOf(results))
}
