package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/formats"
	"cookiescan/classify/declaration/page"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/words"
	"cookiescan/report"
)

// A declarationReader reads declarations of one form.
type declarationReader struct {
	recognise func(name string, head []byte) bool // head is the beginning of the file
	read      func(name string, data []byte, l *words.Lang) (*declaration.Declaration, error)
}

// declarationReaders are asked in this order.
func declarationReaders() []declarationReader {
	list := []declarationReader{{register.Recognise, readRegister}}
	for _, f := range formats.All() {
		list = append(list, declarationReader{f.Recognise, func(name string, data []byte, _ *words.Lang) (*declaration.Declaration, error) {
			d, err := f.Read(name, data)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return d, nil
		}})
	}
	return append(list, declarationReader{page.Recognise, readPage})
}

func readPage(name string, data []byte, _ *words.Lang) (*declaration.Declaration, error) {
	r, err := page.New()
	if err != nil {
		return nil, err
	}
	return r.Read(name, data)
}

func readRegister(name string, data []byte, l *words.Lang) (*declaration.Declaration, error) {
	f, err := register.Read(name, data, openDeclared)
	if err != nil {
		return nil, err
	}
	return f.Declaration(l), nil
}

// declarationOptions are the flags of declaration.
type declarationOptions struct {
	format *choice
	lang   string
	scan   scanOptions // of pages that are read
}

func (o *declarationOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.format = newChoice("table", declarationFormats()...)
		f.VarP(o.format, "format", "f", "`FORM` of the output: "+strings.Join(declarationFormats(), ", "))
		f.StringVar(&o.lang, "lang", "en", "`LANGUAGE` of purposes and titles: an official one of the European Union, such as de")
	})
	flagGroup(c, "Page", o.scan.addReadingFlags)
	markOwnFormat(c)
}

func (p *program) newDeclaration() *cobra.Command {
	var o declarationOptions
	c := &cobra.Command{
		Use:   "declaration FILE|URL...",
		Short: "Show what a site declares about its cookies; check the file that says so",
		Long: `declaration reads what a site says about its cookies, and shows it row by row: name,
kind, provider, lifetime, category, purpose, and where in the file it stands. It reads
the cookies.yaml that init writes, with the files that it extends; a cookie policy as it
is published, in HTML, Markdown or plain text; and what others write:

` + otherDeclarations() + `
A page is read in the browser when its scripts have come to rest, with what stands in
frames and in sections that are closed; no consent banner is answered. One that could not
be seen is an error: nothing is said of what it declares.

- is standard input. With -f it converts one into another; what the other has no place
for is told. Several are shown one below the other, as a table or as JSON.

Exit codes: 0 it was read, 2 a mistake in the command line or a file, 3 a page could not
be seen.`,
		Example: `  cookiescan declaration cookies.yaml
  cookiescan declaration cookies.yaml -f json
  cookiescan declaration policy.html
  cookiescan declaration https://www.example.com/cookies https://www.example.com/de/cookies
  cookiescan declaration cookies.csv -f klaro > klaro-config.js
  cookiescan declaration lint cookies.yaml
  cookiescan declaration schema > cookies.schema.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return p.runDeclaration(c.Context(), &o, args, colour(c))
		},
	}
	o.addFlags(c)
	c.AddCommand(p.newDeclarationLint(), p.newDeclarationSchema())
	return c
}

func (p *program) runDeclaration(ctx context.Context, o *declarationOptions, args []string, colour string) error {
	l, err := words.Language(o.lang)
	if err != nil {
		return usage("", "--lang: %w", err)
	}
	if len(args) > 1 && !slices.Contains(severalDeclarations, o.format.value) {
		return usage("convert them one by one", "-f %s takes one declaration, but %d were given", o.format.value, len(args))
	}
	if f, err := formats.Named(o.format.value); err == nil && f.Binary && isTerminal(p.stdout) {
		return usage("redirect it: ... > declaration"+f.Extensions[0], "--format: %s is nothing for a terminal", f.Name)
	}
	if err := o.scan.network.check(); err != nil {
		return err
	}
	list, err := p.readSeveral(ctx, &o.scan, args, l)
	if err != nil {
		return err
	}
	look := p.look(colour)
	look.Lang = l
	for i, d := range list {
		if len(list) > 1 && o.format.value == "table" {
			fmt.Fprintf(p.stdout, "%s%s\n\n", strings.Repeat("\n", min(i, 1)), printable(d.Source))
		}
		if err := p.writeDeclaration(o.format.value, d, look); err != nil {
			return err
		}
	}
	return nil
}

// severalDeclarations are the formats in which one can stand below another.
var severalDeclarations = []string{"table", "json"}

// readSeveral reads files and pages, in their order. The pages are read first,
// in one browser.
func (p *program) readSeveral(ctx context.Context, o *scanOptions, args []string, l *words.Lang) ([]*declaration.Declaration, error) {
	var addresses []string
	for _, arg := range args {
		if !isAddress(arg) {
			continue
		}
		if _, err := parseAddress(arg); err != nil {
			return nil, usage("save the page and give the file", "%w", err)
		}
		if !slices.Contains(addresses, arg) {
			addresses = append(addresses, arg)
		}
	}
	if o.network.insecure && len(addresses) > 0 {
		p.warn("certificate errors are ignored, as --insecure says: the pages may be from anybody")
	}
	pages, err := p.readPages(ctx, o, addresses, nil)
	if err != nil {
		return nil, err
	}
	var list []*declaration.Declaration
	for _, arg := range args {
		shown, data := arg, []byte(nil)
		if i := slices.Index(addresses, arg); i >= 0 {
			data = pages[i].data
		} else if shown, data, err = p.readDeclared(arg); err != nil {
			return nil, err
		}
		d, err := readKnown(shown, data, l)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

// declarationFormats are those of report, and of others what can be written.
func declarationFormats() []string {
	list := report.DeclarationFormats()
	for _, f := range formats.All() {
		if f.CanWrite() && !slices.Contains(list, f.Name) {
			list = append(list, f.Name)
		}
	}
	return list
}

// otherDeclarations lists the forms of others for the help.
func otherDeclarations() string {
	var text strings.Builder
	for _, f := range formats.All() {
		fmt.Fprintf(&text, "  %-24s %s\n", f.Name, f.Description)
	}
	return text.String()
}

// writeDeclaration writes it, and tells what gets lost.
func (p *program) writeDeclaration(format string, d *declaration.Declaration, look report.Options) error {
	if slices.Contains(report.DeclarationFormats(), format) {
		return report.WriteDeclaration(p.stdout, format, d, look)
	}
	f, err := formats.Named(format)
	if err != nil {
		return err
	}
	for _, lost := range f.Lost(d) {
		p.say("%s has no place for: %s", f.Name, lost)
	}
	return f.Write(p.stdout, d)
}

// readDeclared reads a file or standard input, and says what to call it.
func (p *program) readDeclared(name string) (shown string, data []byte, err error) {
	from, shown := p.stdin, "standard input"
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return name, nil, usage("", "reading %s: %s", name, reason(err))
		}
		defer f.Close() //nolint:errcheck // it was only read
		from, shown = f, name
	}
	if data, err = io.ReadAll(io.LimitReader(from, formats.Largest+1)); err != nil {
		return shown, nil, usage("", "reading %s: %s", shown, reason(err))
	}
	return shown, data, nil
}

func (p *program) newDeclarationSchema() *cobra.Command {
	which := map[string]func() []byte{"cookies": register.Schema, "waivers": register.WaiversSchema}
	return &cobra.Command{
		Use:   "schema [cookies|waivers]",
		Short: "Print the JSON Schema of cookies.yaml or cookies.waivers.yaml, for editors",
		Long: `schema prints the JSON Schema (draft 2020-12) of cookies.yaml, or of
cookies.waivers.yaml. Editors that know YAML complete and check the files with it.`,
		Example: `  cookiescan declaration schema > cookies.schema.json
  cookiescan declaration schema waivers > cookies.waivers.schema.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && which[args[0]] == nil {
				return usage("", "schema takes cookies or waivers")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			name := "cookies"
			if len(args) == 1 {
				name = args[0]
			}
			if _, err := p.stdout.Write(which[name]()); err != nil {
				return fmt.Errorf("writing the schema: %w", err)
			}
			return nil
		},
	}
}
