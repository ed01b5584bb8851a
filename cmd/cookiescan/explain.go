package main

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/report"
	"cookiescan/scanner/setcookie"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	line, url, topLevel string
	script              bool
	format              *choice
}

func (o *explainOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "The cookie", func(f *pflag.FlagSet) {
		f.StringVar(&o.line, "set-cookie", "", "the header, `LINE`, with or without \"Set-Cookie:\"; - reads it from standard input")
		f.StringVar(&o.url, "url", "", "`URL` of the response, or of the document whose script sets it")
		f.StringVar(&o.topLevel, "top-level", "", "`URL` in the address bar, if the response is part of another page")
		f.BoolVar(&o.script, "script", false, "a script sets it (document.cookie), not a response")
	})
	flagGroup(c, "Result", func(f *pflag.FlagSet) { o.format = ownFormatFlag(f) })
	markOwnFormat(c)
}

func (p *program) newExplain() *cobra.Command {
	var o explainOptions
	c := &cobra.Command{
		Use:   "explain --set-cookie LINE --url URL",
		Short: "Explain how a browser treats a Set-Cookie header",
		Long: `explain says whether a browser would store the cookie of a Set-Cookie header, in
which form and for how long, or why it would refuse it. It needs no browser and no
network.`,
		Example: `  cookiescan explain --set-cookie 'id=1; SameSite=None' --url https://www.example.com
  cookiescan explain --set-cookie 'id=1; Max-Age=63072000' --url https://ads.example.net/p.gif --top-level https://www.example.com -f json`,
		Args: explainsHeadersOnly,
		RunE: func(*cobra.Command, []string) error { return p.runExplain(&o) },
	}
	o.addFlags(c)
	return c
}

func explainsHeadersOnly(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("to explain a header: cookiescan explain --set-cookie LINE --url URL", "explaining a cookie or a check by its name is not there yet, it comes with a later version")
}

func (p *program) runExplain(o *explainOptions) error {
	if o.line == "" || o.url == "" {
		return usage("for example: cookiescan explain --set-cookie 'id=1; Path=/' --url https://www.example.com", "explain needs --set-cookie and --url")
	}
	ctx, err := o.context()
	if err != nil {
		return err
	}
	line := []byte(o.line)
	if o.line == "-" {
		if line, err = io.ReadAll(io.LimitReader(p.stdin, 1<<20)); err != nil {
			return fmt.Errorf("reading standard input: %w", err)
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	}
	e := setcookie.Explain(withoutName(line), ctx)
	if o.format.value == "json" {
		return writeJSON(p.stdout, e)
	}
	p.showExplanation(e)
	return nil
}

func (o *explainOptions) context() (setcookie.Context, error) {
	u, err := anyAddress("--url", o.url)
	if err != nil {
		return setcookie.Context{}, err
	}
	ctx := setcookie.Context{URL: u, Now: time.Now(), Script: o.script}
	if o.topLevel != "" {
		top, err := anyAddress("--top-level", o.topLevel)
		if err != nil {
			return ctx, err
		}
		ctx.SameSite = setcookie.ContextFor(u, top)
		ctx.TopLevelSite = setcookie.SchemefulSite(top)
	}
	return ctx, nil
}

// anyAddress reads an address; https is assumed.
func anyAddress(flag, text string) (*url.URL, error) {
	if !schemeForm.MatchString(text) {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil, usage(addressHint, "%s: %.100q is not an address", flag, text)
	}
	return u, nil
}

// withoutName takes the header's name away if it was copied with the line.
func withoutName(line []byte) []byte {
	const name = "set-cookie:"
	if len(line) >= len(name) && bytes.EqualFold(line[:len(name)], []byte(name)) {
		return line[len(name):]
	}
	return line
}

func (p *program) showExplanation(e setcookie.Explanation) {
	verdict := "yes"
	switch {
	case e.Reason == setcookie.Expired:
		verdict = "no, its lifetime is over: it deletes the cookie"
	case !e.Stored:
		verdict = "no: " + string(e.Reason)
	}
	domain := e.Domain + " and its subdomains"
	if e.HostOnly {
		domain = e.Domain + " only"
	}
	sameSite := string(e.SameSite)
	if sameSite == "" {
		sameSite = "not given, treated as Lax"
	}
	lifetime := "session"
	if e.MaxAgeSeconds != nil {
		lifetime = fmt.Sprintf("%s (%d s)", report.Duration(*e.MaxAgeSeconds), *e.MaxAgeSeconds)
	}
	rows := [][2]string{
		{"stored", verdict},
		{"name", e.Name},
		{"value", e.Value},
		{"hosts", domain},
		{"path", e.Path},
		{"lifetime", lifetime},
		{"secure", yes(e.Secure)},
		{"httpOnly", yes(e.HTTPOnly)},
		{"sameSite", sameSite},
		{"partitioned", yes(e.Partitioned)},
	}
	for _, r := range rows {
		fmt.Fprintln(p.stdout, strings.TrimRight(fmt.Sprintf("%-12s %s", r[0], oneLine(r[1])), " "))
	}
	for i, n := range e.Notes {
		if i == 0 {
			fmt.Fprintln(p.stdout)
		}
		fmt.Fprintln(p.stdout, "- "+oneLine(n))
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// oneLine is printable text without line breaks.
func oneLine(s string) string { return strings.ReplaceAll(printable(s), "\n", "\uFFFD") }
