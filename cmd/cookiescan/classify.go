package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify"
	"cookiescan/classify/input"
	"cookiescan/report"
	"cookiescan/scanner"
)

// classifyOptions are the flags of classify.
type classifyOptions struct {
	judge    judgeOptions
	format   *choice
	evidence bool
}

func (o *classifyOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Classification", o.judge.addFlags)
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.format = newChoice("table", report.ClassifiedFormats()...)
		f.VarP(o.format, "format", "f", "`FORM` of the output: "+strings.Join(report.ClassifiedFormats(), ", "))
		f.BoolVar(&o.evidence, "evidence", false, "say of each item in a table why it is classified so")
	})
	markOwnFormat(c)
}

func (p *program) newClassify() *cobra.Command {
	var o classifyOptions
	c := &cobra.Command{
		Use:   "classify FILE",
		Short: "Classify a list of cookies, without a browser",
		Long: `classify says of each cookie or storage key in a list what it is for and whose it
is. The list is one of these; - is standard input:

  CSV          columns name, domain, setter (host or address), kind, lifetime; all but
               name can be left out; separated by commas, semicolons or tabs
  JSON         a list of objects with these fields, or cookies as browsers export them
  cookies.txt  as Netscape, curl and wget write it
  HAR          what a browser's network panel saves
  scan.json    what scan writes

JSON and CSV results keep the order of the list.`,
		Example: `  cookiescan classify cookies.csv
  cookiescan classify www.example.com.har -f json
  cookiescan classify - --lang de -f markdown`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("for example: cookiescan classify cookies.csv", "classify needs one file, or - for standard input")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return p.runClassify(&o, args[0], p.look(colour(c)))
		},
	}
	o.addFlags(c)
	return c
}

func (p *program) runClassify(o *classifyOptions, name string, look report.Options) error {
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	from, shown := p.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return usage("", "reading %s: %s", name, reason(err))
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, shown = f, name
	}
	list, err := o.classify(from)
	if err != nil {
		return usage("cookiescan classify --help says what it reads", "%s cannot be read: %w", shown, err)
	}
	look.Evidence = o.evidence
	return report.WriteClassified(p.stdout, o.format.value, list, o.judge.show(look))
}

// classify reads a list and classifies it item by item.
func (o *classifyOptions) classify(from io.Reader) ([]report.Classified, error) {
	classifier, err := classify.New(o.judge.db, classify.Options{})
	if err != nil {
		return nil, fmt.Errorf("loading the hints: %w", err)
	}
	var list []report.Classified
	scans, err := input.Read(from, func(i classify.Item) error {
		found := classifier.Item(i)
		list = append(list, report.Classified{Name: i.Name, Domain: i.Domain, Kind: string(i.Kind), Classification: found})
		return nil
	})
	for _, doc := range scans {
		classifier.Scan(doc)
		list = append(list, listed(doc)...)
	}
	return list, err
}

// listed are the cookies and storage items of a scan.
func listed(doc *scanner.Scan) []report.Classified {
	var list []report.Classified
	for _, c := range doc.Cookies {
		list = append(list, report.Classified{Name: c.Name, Domain: c.Domain, Kind: "cookie", Classification: c.Classification})
	}
	for _, s := range doc.Storage {
		list = append(list, report.Classified{Name: s.Key, Domain: input.Host(s.Origin), Kind: string(s.Kind), Classification: s.Classification})
	}
	return list
}
