package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"cookiescan/report"
)

// runSites checks one site after the other, a few at the same time, each as if
// it were checked alone: whatever happens to one, the others are checked.
func (p *program) runSites(ctx context.Context, c *cobra.Command, o *checkOptions) error {
	dir := o.scan.output.dir
	switch {
	case dir == "":
		return usage("-o evidence, for example", "--sites needs a folder for the results, -o DIR")
	case o.parallel < 1 || o.parallel > maxParallel:
		return usage("", "--parallel: %d is not between 1 and %d", o.parallel, maxParallel)
	case o.scan.browser.url != "" && o.parallel > 1 && c.Flags().Changed("parallel"):
		return usage("leave out --parallel", "--parallel: sites that share the browser of --browser-url are checked one after the other")
	case o.compareRules:
		return usage("check the sites one by one", "--compare-rules and --sites exclude each other")
	}
	sites, err := readSites(o.sites, c)
	if err != nil {
		return err
	}
	if err := makeFolder(dir); err != nil {
		return err
	}
	shared := typedFlags(c)
	results := make([]report.SiteResult, len(sites))
	group := errgroup.Group{}
	group.SetLimit(o.atOnce())
	for i, s := range sites {
		group.Go(func() error {
			results[i] = p.checkSite(ctx, s, shared, dir)
			return nil
		})
	}
	_ = group.Wait() // no site fails the others
	for _, format := range report.IndexFormats() {
		path := filepath.Join(dir, "index."+format)
		if err := writeFile(path, func(w io.Writer) error { return report.WriteIndex(w, format, results) }); err != nil {
			return err
		}
	}
	form := "table"
	if o.summary {
		form = "summary"
	}
	if err := report.WriteIndex(p.stdout, form, results); err != nil {
		return err
	}
	p.say("written: %s", filepath.Join(dir, "index.html"))
	if code := worst(results); code != exitOK {
		return silent(code)
	}
	return nil
}

// atOnce is how many sites are checked at the same time.
func (o *checkOptions) atOnce() int {
	if o.scan.browser.url != "" {
		return 1
	}
	return o.parallel
}

// maxParallel bounds --parallel: each site has a browser of its own.
const maxParallel = 16

// checkSite checks one site in a run of the program of its own.
func (p *program) checkSite(ctx context.Context, s siteToCheck, shared []flagValue, dir string) report.SiteResult {
	result := report.SiteResult{URL: s.url, Folder: s.folder, ExitCode: exitInterrupted, Error: errInterrupted.Error()}
	if ctx.Err() != nil {
		return result
	}
	args := []string{"check", "--summary", "--log-format=text", "--output=" + filepath.Join(dir, s.folder)}
	for _, f := range append(shared, s.flags...) {
		if !slices.Contains(s.own, f.name) || slices.ContainsFunc(s.flags, func(own flagValue) bool { return own == f }) {
			args = append(args, "--"+f.name+"="+f.value)
		}
	}
	var stdout, stderr bytes.Buffer
	one := &program{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr, getenv: p.getenv, environ: func() []string { return nil }}
	root := one.newRoot()
	root.SetArgs(append(args, "--", s.url))
	result.ExitCode = one.finish(root.ExecuteContext(ctx))
	result.Error = ""
	if result.ExitCode != exitOK && result.ExitCode != exitFindings {
		result.Error = firstReason(stderr.String())
	}
	for line := range strings.Lines(stderr.String()) {
		p.say("%s: %s", s.folder, strings.TrimPrefix(strings.TrimRight(line, "\n"), "cookiescan: "))
	}
	if json.Valid(stdout.Bytes()) {
		result.Summary = bytes.TrimSpace(stdout.Bytes())
	}
	return result
}

// firstReason is what a run said before its first hint, or else first: that is
// what kept it from an outcome.
func firstReason(stderr string) string {
	first, last := "", ""
	for line := range strings.Lines(stderr) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "hint: ") && last != "" {
			return last
		}
		if text, ours := strings.CutPrefix(line, "cookiescan: "); ours {
			last = text
			if first == "" {
				first = text
			}
		}
	}
	return first
}

// worst is the code of all: a mistake before findings, these before what could
// not be seen.
func worst(results []report.SiteResult) int {
	order := []int{exitOK, exitIncomplete, exitFindings, exitUsage, exitInterrupted}
	code := exitOK
	for _, r := range results {
		if slices.Index(order, r.ExitCode) > slices.Index(order, code) {
			code = r.ExitCode
		}
	}
	return code
}

// A siteToCheck is one of the list.
type siteToCheck struct {
	url, folder string
	flags       []flagValue
	own         []string // names of these flags
}

type flagValue struct{ name, value string }

// notOfSites are flags that are for all of the list, or for none.
var notOfSites = []string{"sites", "output", "format", "evidence", "summary", "parallel", "compare-rules", "help", "color"}

// typedFlags are the flags of the command line that hold for every site.
func typedFlags(c *cobra.Command) []flagValue {
	var list []flagValue
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Changed || slices.Contains([]string{"sites", "output", "summary", "parallel", "color"}, f.Name) {
			return
		}
		values := []string{f.Value.String()}
		if s, ok := f.Value.(pflag.SliceValue); ok {
			values = s.GetSlice()
		}
		for _, v := range values {
			list = append(list, flagValue{f.Name, v})
		}
	})
	return list
}

// readSites reads the list: of each site its url, and flags of check by their
// names.
func readSites(name string, c *cobra.Command) ([]siteToCheck, error) {
	src, err := os.ReadFile(name)
	if err == nil && len(src) > longestConfig {
		err = fmt.Errorf("it is longer than %d MB", longestConfig>>20)
	}
	if err != nil {
		return nil, usage("", "--sites: reading %s: %s", name, reason(err))
	}
	list, err := parseSites(name, src)
	if err != nil {
		return nil, usage("for example - {url: https://www.example.com, declaration: cookies.yaml, run: nightly}", "--sites: %w", err)
	}
	var sites []siteToCheck
	taken := map[string]string{}
	for _, item := range list {
		s, err := siteOf(item, c)
		if err != nil {
			return nil, err
		}
		if at, ok := taken[s.folder]; ok {
			return nil, usage("name: OTHER gives a site another folder", "--sites: %s: the folder %s is that of the site in %s", item.at, s.folder, at)
		}
		taken[s.folder] = item.at
		sites = append(sites, s)
	}
	return sites, nil
}

// siteItem is one of the list, as the file has it.
type siteItem struct {
	settings []setting
	at       string
}

func siteOf(item siteItem, c *cobra.Command) (siteToCheck, error) {
	var s siteToCheck
	for _, x := range item.settings {
		switch f := c.Flags().Lookup(x.name); {
		case x.name == "url" || x.name == "name":
			if len(x.values) != 1 {
				return s, usage("", "--sites: %s: %s takes one value", x.at, x.name)
			}
			if x.name == "url" {
				s.url = x.values[0]
			} else if s.folder = x.values[0]; s.folder != folderName(s.folder) {
				return s, usage("letters, digits, dots and dashes", "--sites: %s: %.60q is no name of a folder", x.at, s.folder)
			}
		case f == nil || slices.Contains(notOfSites, x.name):
			hint := "cookiescan check --help lists the flags"
			if near := nearest(c, x.name); near != "" && !slices.Contains(notOfSites, near) {
				hint = "did you mean " + near + "?"
			}
			return s, usage(hint, "--sites: %s: %.60q is neither url, name nor a flag that one site can have", x.at, x.name)
		default:
			s.own = append(s.own, x.name)
			for _, v := range x.values {
				s.flags = append(s.flags, flagValue{x.name, v})
			}
		}
	}
	if s.url == "" {
		return s, usage("url: https://www.example.com", "--sites: %s: a site has no url", item.at)
	}
	if s.folder == "" {
		if s.folder = folderName(siteName(s.url)); s.folder == "" {
			return s, usage("name: FOLDER gives it one", "--sites: %s: %.60q has no name for a folder", item.at, s.url)
		}
	}
	return s, nil
}

// siteName is the host of an address, or the name of a stored scan.
func siteName(url string) string {
	if isStored(url) {
		name := strings.TrimSuffix(filepath.Base(url), ".json")
		if name == "scan" {
			name = filepath.Base(filepath.Dir(url))
		}
		return name
	}
	u, err := parseAddress(url)
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(u.Host, ":", "_")
}

// folderName is a name without what cannot stand in that of a folder.
func folderName(name string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r) {
			return r
		}
		return -1
	}, name), ".")
}
