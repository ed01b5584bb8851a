package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/scanner"
)

// reportOptions are the flags of report.
type reportOptions struct {
	judge  judgeOptions
	output outputOptions
}

func (o *reportOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.output.addFlags(f, "write cookies.EXT for each format into the folder `DIR`")
	})
	flagGroup(c, "Classification", func(f *pflag.FlagSet) {
		o.judge.addFlags(f)
		o.judge.addProfileFlag(f)
	})
}

func (p *program) newReport() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "report SCAN.JSON...",
		Short: "Show a stored scan again, in any format",
		Long: `report renders the documents that scan wrote (scan.json), without a browser and
without the network. A folder stands for the scan.json in it, - for standard input.
It keeps the classification and the findings that are in a document, unless --rules
brings other rules or --profile chooses another law.`,
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
	if err := o.output.check(); err != nil {
		return err
	}
	var docs []*scanner.Scan
	for _, name := range args {
		if err := ctx.Err(); err != nil {
			return err
		}
		more, err := p.readScans(name)
		if err != nil {
			return err
		}
		for _, doc := range more {
			if err := o.judge.applyAgain(doc); err != nil {
				return fmt.Errorf("classifying what is in %s: %w", name, err)
			}
		}
		docs = append(docs, more...)
	}
	written, err := o.output.write(p.stdout, o.judge.show(p.look(colour)), o.output.dir, docs)
	if len(written) > 0 {
		p.say("written: %s", strings.Join(written, ", "))
	}
	return err
}

// readScans reads the documents of a file, of a folder's scan.json or of
// standard input.
func (p *program) readScans(name string) ([]*scanner.Scan, error) {
	var from io.Reader = p.stdin
	shown := "standard input"
	if name != "-" {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			name = filepath.Join(name, "scan.json")
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, usage("report reads the scan.json that scan -o DIR writes", "reading %s: %s", name, reason(err))
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, shown = f, name
	}
	docs, err := scanner.Read(from)
	if err != nil {
		return nil, usage("report reads what scan -f json or scan -o DIR wrote", "%s is no scan document: %w", shown, err)
	}
	if len(docs) == 0 {
		return nil, usage("report reads what scan -f json or scan -o DIR wrote", "%s is empty", shown)
	}
	return docs, nil
}
