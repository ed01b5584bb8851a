package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// Options says how to render. The zero value is plain text of 120 columns.
type Options struct {
	Width    int                // columns of the terminal; 0 means 120, less than 60 counts as 60
	Color    bool               // use bold and red (ANSI), only for format table
	Lang     *words.Lang        // of purposes, categories, lifetimes and titles; nil means English
	Taxonomy *taxonomy.Taxonomy // the groups of the tables; nil means our own categories
	Evidence bool               // say of every row who set it, when it was first seen and why it is classified so
	// Pictures are screenshots of at most 4 MiB, PNG or JPEG, for one scan in
	// format html: by the phase of the pass (none) or the id of the page (none/1)
	// that they show. What is no such picture is left out.
	Pictures map[string][]byte
	Gate     *Gate // what check decided; nil: nothing was decided
	// Print makes a PDF of an HTML page, with its day in it or without. Formats
	// that need a browser have none of their own.
	Print func(page []byte) ([]byte, error)
	// Requests lists what a scan asked for, which its document does not hold.
	Requests func(s *scanner.Scan) ([]scanner.Request, error)
}

// Format is one output: a file, or a folder of files.
type Format struct {
	Name        string // as in --format
	Description string // one line for the help text
	Extension   string // of the file, without dot
	Render      func(w io.Writer, scans []*scanner.Scan, o Options) error
	// Files is there in place of Extension and Render for a format that is a
	// folder of its name.
	Files func(scans []*scanner.Scan, o Options) ([]File, error)

	Binary   bool // no text: nothing for a terminal
	Browser  bool // Options.Print is needed
	Requests bool // Options.Requests is needed
}

// File is one file of a format that is a folder.
type File struct {
	Path string // within the folder, with forward slashes
	Data []byte
}

// Formats returns all formats, the default one first.
func Formats() []Format {
	return []Format{
		{Name: "table", Description: "tables for a person at a terminal", Extension: "txt", Render: renderTable},
		{Name: "json", Description: "the scan document; several sites are one a line", Extension: "json", Render: renderJSON},
		{Name: "csv", Description: "a row for each cookie and storage item", Extension: "csv", Render: renderCSV},
		{Name: "html", Description: "one file to look at in a browser, with drawings, filters and the evidence", Extension: "html", Render: renderHTML},
		{Name: "markdown", Description: "GitHub Flavored Markdown, for an issue or a wiki", Extension: "md", Render: renderMarkdown},
		{Name: "xlsx", Description: "a workbook: cookies, storage, trackers, findings and pages in sheets with filters", Extension: "xlsx", Render: renderXLSX, Binary: true},
		{Name: "pdf", Description: "the html report on paper, printed by the browser", Extension: "pdf", Render: renderPDF, Binary: true, Browser: true},
		{Name: "wec", Description: "a folder of inspection files as the Website Evidence Collector of the EDPS writes them, for each pass", Files: wecFiles},
		{Name: "har", Description: "the requests as HTTP Archive (HAR 1.2), without values; from the folder of a scan", Extension: "har", Render: renderHAR, Requests: true},
	}
}

// CheckFormats returns the formats of check, the default one first: those of a
// scan that need nothing but the document, and those that pipelines read, which
// look at Options.Gate.
func CheckFormats() []Format {
	return append(slices.DeleteFunc(Formats(), func(f Format) bool { return f.Browser || f.Requests }),
		Format{Name: "sarif", Description: "SARIF 2.1.0, for code scanning", Extension: "sarif", Render: renderSARIF},
		Format{Name: "junit", Description: "JUnit XML, a test case for each check and finding", Extension: "junit.xml", Render: renderJUnit},
		Format{Name: "github", Description: "workflow commands, annotations on a pull request", Extension: "github.txt", Render: renderGitHub},
		Format{Name: "gitlab", Description: "a GitLab code quality report", Extension: "gitlab.json", Render: renderGitLab},
		Format{Name: "patch", Description: "what git apply adds to the declaration, to review; empty if nothing is missing", Extension: "patch", Render: renderPatch},
		Format{Name: "summary", Description: "one line of JSON", Extension: "summary.json", Render: renderOutcome},
	)
}

// Lookup finds a format of a scan by its name. The error names those that exist.
func Lookup(name string) (Format, error) { return lookup(Formats(), name) }

// LookupCheck finds a format of check, as Lookup does.
func LookupCheck(name string) (Format, error) { return lookup(CheckFormats(), name) }

func lookup(formats []Format, name string) (Format, error) {
	var names []string
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("format %.40q is unknown, the formats are %s", name, strings.Join(names, ", "))
}

// renderJSON writes one scan as an indented document, several as JSON Lines.
func renderJSON(w io.Writer, scans []*scanner.Scan, _ Options) error {
	if len(scans) == 1 {
		return scanner.WriteJSON(w, scans[0])
	}
	for _, s := range scans {
		if err := scanner.WriteLine(w, s); err != nil {
			return err
		}
	}
	return nil
}
