package main

import (
	"fmt"
	"regexp"

	"github.com/spf13/pflag"

	"cookiescan/scanner/crawl"
)

// pageOptions say which pages are visited.
type pageOptions struct {
	max, depth       int
	scope            *choice
	include, exclude []string

	included, excluded []*regexp.Regexp // after check
}

func (o *pageOptions) addFlags(f *pflag.FlagSet) {
	var names []string
	for _, s := range crawl.Scopes {
		names = append(names, string(s))
	}
	o.scope = newChoice(string(crawl.ScopeDomain), names...)
	f.IntVar(&o.max, "max-pages", 50, "visit at most `N` pages of a site")
	f.IntVar(&o.depth, "depth", -1, "follow links at most `N` steps away from a start page: 0 visits the start pages alone, -1 has no limit")
	f.Var(o.scope, "scope", "how far links are followed, `WHERE` is page (the start pages only), prefix (the same folder and below), host or domain (all hosts of the site)")
	f.StringArrayVar(&o.include, "include", nil, "follow only links whose address matches this regular expression, `REGEXP`; repeatable, one of them must match")
	f.StringArrayVar(&o.exclude, "exclude", nil, "follow no link whose address matches this regular expression, `REGEXP`, such as /logout; repeatable")
}

func (o *pageOptions) check() error {
	if o.max < 1 {
		return usage("", "--max-pages: %d is too few, at least 1 page must be visited", o.max)
	}
	if o.depth < -1 {
		return usage("", "--depth: %d is no number of steps; -1 means no limit", o.depth)
	}
	var err error
	if o.included, err = expressions("--include", o.include); err != nil {
		return err
	}
	o.excluded, err = expressions("--exclude", o.exclude)
	return err
}

func expressions(flag string, texts []string) ([]*regexp.Regexp, error) {
	var out []*regexp.Regexp
	for _, t := range texts {
		re, err := regexp.Compile(t)
		if err != nil {
			return nil, usage("the syntax is RE2: https://github.com/google/re2/wiki/Syntax", "%s: %w", flag, fmt.Errorf("%q is no regular expression (%s)", t, reason(err)))
		}
		out = append(out, re)
	}
	return out, nil
}

// inScope tells whether links to an address are followed. Start addresses are
// visited in any case.
func (o *pageOptions) inScope(starts []string, address string) bool {
	return crawl.Scope(o.scope.value).In(starts, address) &&
		(len(o.included) == 0 || anyMatches(o.included, address)) && !anyMatches(o.excluded, address)
}

func anyMatches(list []*regexp.Regexp, s string) bool {
	for _, re := range list {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}
