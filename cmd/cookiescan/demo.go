package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/rules"
	"cookiescan/scanner/sitehost"
)

//go:embed demosite
var demoFiles embed.FS

// demoRules are about the invented vendors of the demo site.
//
//go:embed demorules.yaml
var demoRules []byte

// demoStart is the demo site's start page.
const demoStart = "https://www.fjordfell.test/"

// demoOptions are the flags of demo.
type demoOptions struct {
	scan  scanOptions
	serve bool
}

func (o *demoOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Demo", func(f *pflag.FlagSet) {
		f.BoolVar(&o.serve, "serve", false, "keep serving the site after the scan, until Ctrl-C, and say how to open it in a browser")
	})
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		o.scan.output.addFlags(f, "write scan.json and cookies.EXT for each format into the folder `DIR`")
		f.BoolVarP(&o.scan.verbose, "verbose", "v", false, "say more about what is done")
	})
	flagGroup(c, "Classification", o.scan.judge.addFlags)
	flagGroup(c, "Browser", o.scan.browser.addFlags)
}

func (p *program) newDemo() *cobra.Command {
	o := demoOptions{scan: *defaultScan()}
	c := &cobra.Command{
		Use:   "demo",
		Short: "Scan a built-in demo site",
		Long: `demo serves a small built-in shop with its invented advertising, statistics, film,
map and chat vendors on this machine and scans it, exactly as scan would scan a real
site: before a choice, after its consent banner was accepted, and after it was refused.
The shop makes mistakes that are common. Nothing leaves the machine.`,
		Example: "  cookiescan demo\n  cookiescan demo -f json\n  cookiescan demo --serve",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			o.scan.typed = c.Flags().Changed
			o.scan.command = func() (command, environment []string) { return commandLine(c, nil, &o.scan, p.getenv) }
			return p.runDemo(c.Context(), &o, colour(c))
		},
	}
	o.addFlags(c)
	return c
}

// defaultScan are the options of a scan without any flag.
func defaultScan() *scanOptions {
	o := &scanOptions{}
	o.addFlags(&cobra.Command{})
	return o
}

func (p *program) runDemo(ctx context.Context, o *demoOptions, colour string) error {
	site, err := fs.Sub(demoFiles, "demosite")
	if err != nil {
		return fmt.Errorf("opening the demo site: %w", err)
	}
	server, err := sitehost.Start(ctx, site)
	if err != nil {
		return fmt.Errorf("serving the demo site: %w", err)
	}
	defer server.Close()
	o.scan.serveFrom(server)
	o.scan.judge.builtIn = []rules.Source{{Name: "demorules.yaml", Text: demoRules}}
	p.say("the demo site, an invented shop and its vendors, is served on %s of this machine only", server.Addr())
	p.say("it is scanned as by: cookiescan scan %s --resolve '*=%s', with its key trusted", demoStart, server.Addr())
	err = p.runScan(ctx, &o.scan, []string{demoStart}, colour)
	if err != nil || !o.serve {
		return err
	}
	p.say("%s stays until Ctrl-C; open it in a Chromium of its own:", demoStart)
	p.say("  chromium --user-data-dir=$(mktemp -d) --host-resolver-rules='MAP * %s' --ignore-certificate-errors-spki-list=%s %s", server.Addr(), server.SPKI(), demoStart)
	<-ctx.Done()
	return nil
}

// serveFrom sends every host to a server on this machine and trusts its key. A
// browser that runs already can no longer be told so.
func (o *scanOptions) serveFrom(s *sitehost.Server) {
	o.network.resolve = []string{"*=" + s.Addr()}
	if o.browser.url != "" {
		o.network.insecure = true
		return
	}
	o.network.trustSPKI = s.SPKI()
}
