package main

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/classify/input"
	"cookiescan/classify/rules"
	"cookiescan/classify/words"
	"cookiescan/report"
	"cookiescan/scanner/setcookie"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	line, url, topLevel  string
	script               bool
	domain, setter, kind string
	judge                judgeOptions
	format               *choice
}

func (o *explainOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "A name", func(f *pflag.FlagSet) {
		f.StringVar(&o.domain, "domain", "", "`HOST` that the cookie is for, or whose storage it is")
		f.StringVar(&o.setter, "setter", "", "`HOST` or address of the script or response that sets it")
		f.StringVar(&o.kind, "kind", "cookie", "`KIND`: cookie, localStorage, sessionStorage, indexedDB, cacheStorage, fileSystem, pixel or request (whose NAME is an address)")
		o.judge.addFlags(f)
	})
	flagGroup(c, "A Set-Cookie header", func(f *pflag.FlagSet) {
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
		Use:   "explain NAME | CHECK-ID | --set-cookie LINE --url URL",
		Short: "Explain what a cookie is for, or how a browser treats a Set-Cookie header",
		Long: `explain NAME says what a cookie or a storage key of that name is for, who sets it,
how long it usually stays, why that is so and what else it could be. Where it is
stored and who sets it make the answer surer.

explain CHECK-ID, such as B001, says what a check looks for, why it matters, what would
make a finding wrong, what to do, how it weighs under each profile and on what it rests.

With --set-cookie, explain says whether a browser would store the cookie of a
Set-Cookie header, in which form and for how long, or why it would refuse it. Neither
needs a browser or the network.`,
		Example: `  cookiescan explain _ga_K4X9QT2LBD
  cookiescan explain B001
  cookiescan explain uid --domain criteo.com --lang de
  cookiescan explain i18nextLng --kind localStorage -f json
  cookiescan explain --set-cookie 'id=1; SameSite=None' --url https://www.example.com
  cookiescan explain --set-cookie 'id=1; Max-Age=63072000' --url https://ads.example.net/p.gif --top-level https://www.example.com -f json`,
		Args: explainsOne,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				if check, ok := checks.Lookup(args[0]); ok {
					return report.WriteCheck(p.stdout, o.format.value, check, p.look(colour(c)))
				}
				p.suggestCheck(args[0])
				return p.explainName(&o, args[0], p.look(colour(c)))
			}
			return p.runExplain(&o)
		},
	}
	o.addFlags(c)
	return c
}

func explainsOne(c *cobra.Command, args []string) error {
	line := c.Flags().Changed("set-cookie")
	switch {
	case len(args) > 1:
		return usage("a name with spaces needs quotes", "explain takes one name, but was given %d", len(args))
	case len(args) == 1 && line:
		return usage("", "explain takes either a name or --set-cookie")
	}
	return nil
}

// checkForm is how ids of checks look, to those who type them too.
var checkForm = regexp.MustCompile(`^[A-Za-z][0-9]{3}$`)

// suggestCheck says of a name that looks like the id of a check and is none that
// it is taken for a cookie.
func (p *program) suggestCheck(name string) {
	if !checkForm.MatchString(name) {
		return
	}
	id := strings.ToUpper(name)
	if _, ok := checks.Lookup(id); ok {
		p.say("%s is taken for the name of a cookie; the check is %s", name, id)
		return
	}
	p.say("there is no check %s; it is taken for the name of a cookie", name)
}

// explainName says what is known of a name. That nothing is known is an answer.
func (p *program) explainName(o *explainOptions, name string, look report.Options) error {
	kind, err := input.KindOf(o.kind)
	if err != nil {
		return usage("", "--kind: %w", err)
	}
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	classifier, err := classify.New(o.judge.db, classify.Options{})
	if err != nil {
		return err
	}
	i := classify.Item{Kind: kind, Name: name, Domain: input.Host(o.domain), Setter: input.Host(o.setter)}
	if kind == rules.Pixel || kind == rules.Request {
		u, err := anyAddress("NAME", name)
		if err != nil {
			return err
		}
		i.Name, i.Domain, i.Path = "", u.Hostname(), u.EscapedPath()
	}
	return report.WriteExplanation(p.stdout, o.format.value, classifier.Explain(i), o.judge.show(look))
}

func (p *program) runExplain(o *explainOptions) error {
	switch {
	case o.line == "" && o.url == "":
		return usage("for example: cookiescan explain _ga", "explain needs a name, or --set-cookie and --url")
	case o.line == "" || o.url == "":
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
	english, err := words.Language("en")
	if err != nil {
		return err
	}
	return p.show(explanation(e, english))
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

// explanation is what becomes of the cookie, a line for each of its attributes.
func explanation(e setcookie.Explanation, english *words.Lang) string {
	var out strings.Builder
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
		lifetime = fmt.Sprintf("%s (%d s)", english.Duration(*e.MaxAgeSeconds), *e.MaxAgeSeconds)
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
		fmt.Fprintln(&out, strings.TrimRight(fmt.Sprintf("%-12s %s", r[0], oneLine(r[1])), " "))
	}
	for i, n := range e.Notes {
		if i == 0 {
			fmt.Fprintln(&out)
		}
		fmt.Fprintln(&out, "- "+oneLine(n))
	}
	return out.String()
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// oneLine is printable text without line breaks.
func oneLine(s string) string { return strings.ReplaceAll(printable(s), "\n", "\uFFFD") }
