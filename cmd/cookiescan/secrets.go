package main

import (
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/jarfile"
)

// secretOptions are headers, cookies and credentials that only the target's
// own origins get. No error quotes a value.
type secretOptions struct {
	header, cookie []string
	basicAuth      string
	jar            string

	secrets chrome.Secrets // after read, without origins
}

func (o *secretOptions) addFlags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.header, "header", nil, "send a header, `'NAME: VALUE'`, with every request to the origins of the start addresses, to nobody else; repeatable")
	f.StringArrayVar(&o.cookie, "cookie", nil, "begin with a cookie, `NAME=VALUE`, for the hosts of the start addresses; repeatable")
	f.StringVar(&o.jar, "cookie-jar", "", "begin with the cookies in this `FILE` that the hosts of the start addresses would get: cookies.txt, or JSON as browser extensions, Puppeteer and Playwright export it")
	f.StringVar(&o.basicAuth, "basic-auth", "", "sign in to the origins of the start addresses, `USER:PASSWORD`")
}

// secretsHelp belongs into the long help text.
const secretsHelp = `Secrets (--header, --cookie, --basic-auth) do not belong on the command line, where
every user of the machine can see them. Put them into COOKIESCAN_HEADER,
COOKIESCAN_COOKIE (one a line) or COOKIESCAN_BASIC_AUTH, or write env:NAME or @FILE
in place of the value or of the whole: --header 'X-Preview: env:PREVIEW_TOKEN',
--basic-auth @password.txt. They reach the origins of the start addresses, across
redirects and workers, and nobody else.`

// read takes the secrets from where the user keeps them.
func (o *secretOptions) read(r *secretReader) error {
	for _, take := range []func(*secretReader) error{o.readHeaders, o.readCookies, o.readJar, o.readBasicAuth} {
		if err := take(r); err != nil {
			return err
		}
	}
	return nil
}

var headerName = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

func (o *secretOptions) readHeaders(r *secretReader) error {
	list, err := r.entries("header", o.header)
	if err != nil {
		return err
	}
	for _, s := range list {
		name, text, ok := strings.Cut(s.text, ":")
		name = strings.TrimSpace(name)
		if !ok || !headerName.MatchString(name) {
			return usage("the form is --header 'Name: value'", "--header: this is not a header")
		}
		if hint, reserved := reservedHeaders[strings.ToLower(name)]; reserved {
			return usage(hint, "--header: %s is written by the browser and cannot be given", name)
		}
		value, err := r.value("header", strings.TrimSpace(text), s)
		if err != nil {
			return err
		}
		if strings.ContainsAny(value, "\r\n\x00") {
			return usage("", "--header: the value of %s has more than one line", name)
		}
		o.secrets.Headers = append(o.secrets.Headers, chrome.NameValue{Name: name, Value: value})
	}
	return nil
}

// reservedHeaders are those that the browser writes, with what to do instead.
var reservedHeaders = map[string]string{
	"cookie":            "give cookies with --cookie name=value",
	"host":              "to reach a host at another address use --resolve HOST=ADDR",
	"user-agent":        "use --user-agent",
	"accept-language":   "use --locale",
	"content-length":    "",
	"transfer-encoding": "",
	"connection":        "",
}

func (o *secretOptions) readCookies(r *secretReader) error {
	list, err := r.entries("cookie", o.cookie)
	if err != nil {
		return err
	}
	for _, s := range list {
		name, text, ok := strings.Cut(s.text, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" {
			return usage("the form is --cookie name=value", "--cookie: this is not a cookie")
		}
		value, err := r.value("cookie", strings.TrimSpace(text), s)
		if err != nil {
			return err
		}
		if strings.ContainsAny(name+value, ";\r\n\t\x00") {
			return usage("attributes such as Path cannot be given", "--cookie: %.60q has a semicolon or a control character", name)
		}
		o.secrets.Cookies = append(o.secrets.Cookies, chrome.NameValue{Name: name, Value: value})
	}
	return nil
}

// readJar reads the file of cookies, of which each site gets its own.
func (o *secretOptions) readJar(*secretReader) error {
	if o.jar == "" {
		return nil
	}
	f, err := os.Open(o.jar)
	if err != nil {
		return usage("", "--cookie-jar: reading %s: %s", o.jar, reason(err))
	}
	defer f.Close() //nolint:errcheck // only read
	src, err := io.ReadAll(io.LimitReader(f, jarfile.MaxFile+1))
	if err == nil {
		o.secrets.Jar, err = jarfile.Read(src)
	}
	if err != nil {
		return usage("the form is cookies.txt or JSON, as a browser's extension exports it", "--cookie-jar: reading %s: %s", o.jar, reason(err))
	}
	return nil
}

// to are the secrets for one site.
func (o *secretOptions) to(t target, now time.Time) chrome.Secrets {
	s := o.secrets
	s.Origins = t.origins()
	s.Jar = jarfile.For(s.Jar, hostsOf(s.Origins), now.Unix())
	return s
}

func hostsOf(origins []string) []string {
	var out []string
	for _, o := range origins {
		if u, err := url.Parse(o); err == nil {
			out = append(out, u.Hostname())
		}
	}
	return out
}

func (o *secretOptions) readBasicAuth(r *secretReader) error {
	if o.basicAuth == "" {
		return nil
	}
	list, err := r.entries("basic-auth", []string{o.basicAuth})
	if err != nil {
		return err
	}
	if len(list) != 1 || !strings.Contains(list[0].text, ":") {
		return usage("the form is --basic-auth user:password", "--basic-auth: this is not a user name and a password")
	}
	for _, h := range o.secrets.Headers {
		if strings.EqualFold(h.Name, "Authorization") {
			return usage("leave one of them out", "--basic-auth and a header Authorization exclude each other")
		}
	}
	user, text, _ := strings.Cut(list[0].text, ":")
	password, err := r.value("basic-auth", text, list[0])
	o.secrets.BasicAuth = user + ":" + password
	return err
}

// names are the names of headers or cookies, for the document.
func names(list []chrome.NameValue) []string {
	var out []string
	for _, nv := range list {
		out = append(out, nv.Name)
	}
	return out
}

// cookieNames are those of all cookies, sorted where they come from a file.
func cookieNames(s chrome.Secrets) []string {
	var fromFile []string
	for _, c := range s.Jar {
		fromFile = append(fromFile, c.Name)
	}
	slices.Sort(fromFile)
	return append(names(s.Cookies), slices.Compact(fromFile)...)
}

// values are what must not stand anywhere: the whole of each header, cookie and
// password.
func (o *secretOptions) values() []string {
	var out []string
	for _, nv := range append(append([]chrome.NameValue{}, o.secrets.Headers...), o.secrets.Cookies...) {
		out = append(out, nv.Value)
	}
	for _, c := range o.secrets.Jar {
		out = append(out, c.Value)
	}
	if _, password, ok := strings.Cut(o.secrets.BasicAuth, ":"); ok {
		out = append(out, password)
	}
	return out
}
