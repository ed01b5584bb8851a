package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/scanner"
)

// reportOptions are the flags of report.
type reportOptions struct {
	judge   judgeOptions
	output  outputOptions
	browser browserOptions
}

func (o *reportOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.output.addFlags(f, "write cookies.EXT for each format into the folder `DIR`")
	})
	flagGroup(c, "Classification", func(f *pflag.FlagSet) {
		o.judge.addFlags(f)
		o.judge.addLawFlags(f)
	})
	flagGroup(c, "Browser, for format pdf", o.browser.addPath)
}

func (p *program) newReport() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report SCAN.JSON...",
		Short: "Show a stored scan again, in any format",
		Long: `report renders the documents that scan wrote (scan.json), without a browser and
without the network. A folder stands for the scan.json in it, - for standard input.
It keeps the classification and the findings that are in a document, unless --rules
brings other rules, --profile chooses another law or --ruleset other checks. Only format pdf needs a browser,
which prints it, and only format har the whole folder of the scan.`,
		Example: `  cookiescan report audit/2026-11/scan.json
  cookiescan report audit/2026-11 -f markdown > cookies.md
  cookiescan report audit/2026-11 --lang de --taxonomy onetrust
  cookiescan scan https://www.example.com -f json | cookiescan report - -f csv`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("scan writes them: cookiescan scan URL -o DIR", "report needs a scan.json, or - for standard input")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.runReport(c.Context(), &o, args, colour(c))
		},
	}
	o.addFlags(c)
	return c
}

func (p *program) runReport(ctx context.Context, o *reportOptions, args []string, colour string) error {
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	if err := p.checkOutput(&o.output); err != nil {
		return err
	}
	look := p.look(colour)
	if o.output.browser() {
		bin, err := o.browser.find(ctx, p.getenv)
		if err != nil {
			return err
		}
		look.Print = printer(ctx, bin)
	}
	var docs []*scanner.Scan
	folders := scanFolders{}
	for _, name := range args {
		if err := ctx.Err(); err != nil {
			return err
		}
		more, err := p.readScans(name)
		if err != nil {
			return err
		}
		for _, doc := range more {
			folders.add(doc, name, len(more))
			if err := o.judge.applyAgain(doc); err != nil {
				return fmt.Errorf("classifying what is in %s: %w", name, err)
			}
		}
		docs = append(docs, more...)
	}
	if len(args) == 1 && len(docs) == 1 {
		look.Pictures = pictures(folderOf(args[0]))
	}
	look.Requests = folders.requests
	written, err := o.output.write(p.stdout, o.judge.show(look), o.output.dir, docs)
	if len(written) > 0 {
		p.say("written: %s", shownFiles(o.output.dir, written))
	}
	return err
}

// folderOf is the folder of a stored scan, which holds its screenshots.
func folderOf(name string) string {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return name
	}
	return filepath.Dir(name)
}

// readScans reads the documents of a file, of a folder's scan.json, of those in
// the folders of a scan of several sites, or of standard input.
func (p *program) readScans(name string) ([]*scanner.Scan, error) {
	info, err := os.Stat(name)
	if name == "-" || err != nil || !info.IsDir() {
		return p.readScanFile(name)
	}
	path := filepath.Join(name, "scan.json")
	if _, err := os.Stat(path); err == nil {
		return p.readScanFile(path)
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, usage("", "reading %s: %s", name, reason(err))
	}
	var all []*scanner.Scan
	for _, e := range entries {
		sub := filepath.Join(name, e.Name(), "scan.json")
		if _, err := os.Stat(sub); err != nil {
			continue
		}
		docs, err := p.readScanFile(sub)
		if err != nil {
			return nil, err
		}
		all = append(all, docs...)
	}
	if len(all) == 0 {
		return p.readScanFile(path)
	}
	return all, nil
}

func (p *program) readScanFile(name string) ([]*scanner.Scan, error) {
	var from io.Reader = p.stdin
	shown := "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, usage("scan -o DIR writes a scan.json", "reading %s: %s", name, reason(err))
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, shown = f, name
	}
	docs, err := scanner.Read(from)
	if errors.Is(err, scanner.ErrNewer) {
		return nil, usage("a newer cookiescan reads it; cookiescan version shows which this is", "%s: %w", shown, err)
	}
	if errors.Is(err, scanner.ErrContradicts) {
		return nil, usage("take the file as scan wrote it, or scan again; verify tells whether it was changed", "%s: %w", shown, err)
	}
	if err != nil {
		return nil, usage("scan -f json and scan -o DIR write them", "%s is no scan document: %w", shown, err)
	}
	if len(docs) == 0 {
		return nil, usage("scan -f json and scan -o DIR write them", "%s is empty", shown)
	}
	return docs, nil
}
