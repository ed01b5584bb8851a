package main

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/setcookie"
	"cookiescan/scanner/sitehost"
)

//go:embed doctorsite
var doctorFiles embed.FS

// doctorStart is the page of the self-check, doctorThird the host of its third
// party.
const (
	doctorStart = "https://www.patient.test/"
	doctorThird = "pixel.visitor.test"
)

// doctorSettle is more page time than the frame of the self-check waits before it
// stores something: a frame that virtual time does not reach never gets there.
const doctorSettle = 20 * time.Second

// doctorOptions are the flags of doctor.
type doctorOptions struct {
	browser  browserOptions
	format   *choice
	switches bool
}

func (o *doctorOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Result", func(f *pflag.FlagSet) { o.format = ownFormatFlag(f) })
	flagGroup(c, "Browser", func(f *pflag.FlagSet) {
		o.browser.addFlags(f)
		f.BoolVar(&o.switches, "switches", false, "only print the line for a shell that starts this browser so that scan can use it with --browser-url")
	})
	markOwnFormat(c)
}

func (p *program) newDoctor() *cobra.Command {
	var o doctorOptions
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check that scans work on this machine",
		Long: `doctor looks for the browsers that scan can use, starts each one, scans a page with a
third party on this machine to see whether cookies of both and of its frame are recorded,
and shows what of this machine matters to browsers. What is wrong comes with the way to
mend it. It ends with 0 if scans work and with 3 if they do not.`,
		Example: "  cookiescan doctor\n  cookiescan doctor --browser /opt/google/chrome/chrome\n  cookiescan doctor -f json\n" +
			"  cookiescan doctor --switches    # prints the command that starts a browser for the next\n  cookiescan doctor --browser-url http://127.0.0.1:9222",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return p.runDoctor(c.Context(), &o)
		},
	}
	o.addFlags(c)
	return c
}

// diagnosis is the JSON of doctor.
type diagnosis struct {
	OK       bool           `json:"ok"` // scan works
	Version  versionInfo    `json:"version"`
	Browsers []browserCheck `json:"browsers"`
	Machine  []machineFact  `json:"machine"`
}

// browserCheck is one browser and whether it can be used. The first one is
// that of scan.
type browserCheck struct {
	Path              string `json:"path"` // of its program, or the address of one that runs already
	Engine            string `json:"engine"`
	Product           string `json:"product"`
	Version           string `json:"version"`
	Starts            bool   `json:"starts"`
	FirstPartyCookies bool   `json:"firstPartyCookies"`
	ThirdPartyCookies bool   `json:"thirdPartyCookies"`
	Frames            bool   `json:"frames"` // what scripts in frames store is recorded
	Problem           string `json:"problem,omitempty"`
	Mend              string `json:"mend,omitempty"`
}

func (c browserCheck) ok() bool {
	return c.Starts && c.FirstPartyCookies && c.ThirdPartyCookies && c.Frames
}

// machineFact is a process.Fact.
type machineFact struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Problem string `json:"problem,omitempty"`
	Mend    string `json:"mend,omitempty"`
	Fatal   bool   `json:"fatal"` // browsers do not run like this
}

func (p *program) runDoctor(ctx context.Context, o *doctorOptions) error {
	if o.switches {
		return p.showSwitches(ctx, &o.browser)
	}
	d := diagnosis{Version: readVersion(), Browsers: []browserCheck{}, Machine: []machineFact{}}
	bins, missing := p.findBrowsers(ctx, &o.browser)
	var first process.Binary
	if len(bins) > 0 {
		first = bins[0]
	}
	for _, f := range process.Inspect(ctx, first).Facts() {
		d.Machine = append(d.Machine, machineFact(f))
	}
	for _, bin := range bins {
		d.Browsers = append(d.Browsers, p.examine(ctx, &o.browser, &defaultScan().visitor, bin))
	}
	if missing != nil {
		d.Browsers = append(d.Browsers, notFound(missing))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	d.OK = d.Browsers[0].ok()
	if o.format.value == "json" {
		if err := writeJSON(p.stdout, d); err != nil {
			return err
		}
	} else {
		p.showDiagnosis(d)
	}
	if !d.OK {
		return silent(exitIncomplete)
	}
	return nil
}

// findBrowsers finds the browser that scan would use and, if the user named
// none, one of the other engine. The error is set when there is none at all.
func (p *program) findBrowsers(ctx context.Context, o *browserOptions) ([]process.Binary, error) {
	first, err := o.find(ctx, p.getenv)
	if err != nil {
		return nil, err
	}
	bins := []process.Binary{first}
	if o.path == "" && o.url == "" && o.engine.value == "" && first.Engine == process.Shell {
		if other, err := process.Find(ctx, process.FindOptions{Engine: process.Full, Getenv: p.getenv}); err == nil {
			bins = append(bins, other)
		}
	}
	return bins, nil
}

func notFound(err error) browserCheck {
	_, mend := codeOf(err)
	return browserCheck{Problem: err.Error(), Mend: mend}
}

// showSwitches prints how the browser is started so that it can be used while it
// runs.
func (p *program) showSwitches(ctx context.Context, o *browserOptions) error {
	bin, err := o.find(ctx, p.getenv)
	if err != nil {
		return err
	}
	line, err := process.StartLine(bin, defaultScan().visitor.identity(bin.Version).Switches(bin.Engine))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.stdout, line)
	return err
}

// proven wants the self-check of a browser that was started by somebody else.
func (p *program) proven(ctx context.Context, o *scanOptions, bin process.Binary) error {
	c := p.examine(ctx, &o.browser, &o.visitor, bin)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case !c.ok():
		return impossible(c.Mend, "the browser at %s cannot be used: %s", o.browser.url, c.Problem)
	}
	return nil
}

// examine starts a browser and scans the page of the self-check with it, as this
// visitor.
func (p *program) examine(ctx context.Context, o *browserOptions, visitor *visitorOptions, bin process.Binary) browserCheck {
	c := browserCheck{Path: cmp.Or(bin.Path, o.url), Engine: string(bin.Engine), Product: bin.Product, Version: bin.Version}
	doc, err := p.selfCheck(ctx, o, visitor, bin)
	var perr *process.Error
	switch {
	case errors.As(err, &perr):
		c.Problem, c.Mend = perr.Error(), perr.Hint()
		return c
	case err != nil:
		c.Problem = err.Error()
		return c
	}
	c.Starts = true
	for _, cookie := range doc.Cookies {
		landed := cookie.Stored && len(cookie.Present) > 0
		c.FirstPartyCookies = c.FirstPartyCookies || landed && cookie.Name == "own"
		c.ThirdPartyCookies = c.ThirdPartyCookies || landed && cookie.Name == "third" && cookie.Domain == doctorThird
		c.Frames = c.Frames || landed && cookie.Name == "framed" && slices.ContainsFunc(cookie.Writes, byScript)
	}
	switch {
	case bin.Running != "" && len(doc.Incomplete) > 0 && strings.Contains(doc.Incomplete[0].Detail, "ERR_PROXY_CONNECTION_FAILED"):
		c.Starts = false
		c.Problem = "it does not reach the way out that cookiescan opens on this machine for each pass, so no page loads"
		c.Mend = "it seems to run in a container or on another machine: let it share this machine's network, such as with docker run --network host, or leave out --browser-url"
	case len(doc.Incomplete) > 0 && doc.Incomplete[0].Code != scanner.ThirdPartyBlocked:
		c.Problem = "the page of the self-check was not seen as it should: " + doc.Incomplete[0].Detail
	case !c.FirstPartyCookies:
		c.Problem = "the cookie of the page itself was not recorded"
	case !c.ThirdPartyCookies:
		c.Problem, c.Mend = "it refuses third-party cookies, which visitors' browsers store", "use another one with --browser PATH or --engine"
		if bin.Running != "" {
			c.Mend = startAgain
		}
	case !c.Frames:
		c.Problem = "what a script in a frame of a third party stores after a while was not recorded"
		if bin.Running != "" {
			c.Mend = startAgain
		}
	}
	return c
}

// startAgain mends a browser that runs already.
const startAgain = "start it with the line that `cookiescan doctor --switches` prints for its --engine"

// byScript is a write as the script hook sees it.
func byScript(w scanner.Write) bool {
	return w.Via == scanner.ViaDocumentCookie && w.Attribution == scanner.Exact
}

// selfCheck scans a page with a third party, served on this machine.
func (p *program) selfCheck(ctx context.Context, o *browserOptions, visitor *visitorOptions, bin process.Binary) (*scanner.Scan, error) {
	site, err := fs.Sub(doctorFiles, "doctorsite")
	if err != nil {
		return nil, fmt.Errorf("opening the page of the self-check: %w", err)
	}
	server, err := sitehost.Start(ctx, site)
	if err != nil {
		return nil, fmt.Errorf("serving the page of the self-check: %w", err)
	}
	defer server.Close()
	scan := defaultScan()
	scan.browser, scan.visitor = *o, *visitor
	scan.serveFrom(server)
	scan.pace.settle = doctorSettle
	if err := scan.check(); err != nil {
		return nil, err
	}
	quiet := *p
	quiet.stderr = io.Discard
	return quiet.scanSite(ctx, scan, bin, target{site: setcookie.Site("www.patient.test"), starts: []string{doctorStart}}, "", nil)
}
