package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"cookiescan/scanner/crawl"
	"cookiescan/scanner/crawl/control"
)

// pageOptions say which pages are visited.
type pageOptions struct {
	max, perTemplate, depth int
	scope, robots, interact *choice
	include, exclude        []string
	sitemaps                []string

	included, excluded []*regexp.Regexp // after check
}

// noSitemaps is the value of --sitemap that reads none.
const noSitemaps = "off"

func (o *pageOptions) addFlags(f *pflag.FlagSet) {
	var names []string
	for _, s := range crawl.Scopes {
		names = append(names, string(s))
	}
	o.scope = newChoice(string(crawl.ScopeDomain), names...)
	o.robots = newChoice("respect", "respect", "ignore")
	var modes []string
	for _, m := range control.Modes {
		modes = append(modes, string(m))
	}
	o.interact = newChoice(string(control.Safe), modes...)
	f.IntVar(&o.max, "max-pages", crawl.DefaultMaxPages, "visit at most `N` pages of a site")
	f.IntVar(&o.perTemplate, "per-template", 0, fmt.Sprintf("visit at most `N` pages that look alike, -1 all; 0 decides by the size of the site: all up to %d pages, else %d", crawl.SmallSite, crawl.DefaultPerTemplate))
	f.IntVar(&o.depth, "depth", -1, "follow links at most `N` steps away from a start page: 0 visits the start pages alone, -1 has no limit")
	f.Var(o.scope, "scope", "how far links are followed, `WHERE` is page (the start pages only), prefix (the same folder and below), host or domain (all hosts of the site)")
	f.StringArrayVar(&o.sitemaps, "sitemap", nil, "read the sitemap at this `URL` besides those that the site names; repeatable; off reads none")
	f.Var(o.robots, "robots", "what robots.txt forbids: `HOW` is respect (listed, not visited) or ignore; start pages are visited in any case")
	f.Var(o.interact, "interact", "press controls that are no links: `HOW` is off, safe (menus and their entries, cards, tabs, players and what else only shows something or leads on) or full (unknown ones too); never a form, a purchase, a log-out or a consent banner")
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
	if o.perTemplate < -1 {
		return usage("", "--per-template: %d is no number of pages; -1 means no limit", o.perTemplate)
	}
	for i, s := range o.sitemaps {
		if s == noSitemaps {
			continue
		}
		address, ok := crawl.Normalize(s)
		if !ok {
			return usage("such as https://www.example.com/sitemap.xml, or off", "--sitemap: %.100q is not an address", s)
		}
		o.sitemaps[i] = address
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

// bounds say which links are followed; as is the address that the first start
// stands for, or empty.
func (o *pageOptions) bounds(starts []string, as string) crawl.Bounds {
	return crawl.Bounds{Scope: crawl.Scope(o.scope.value), Starts: starts, Include: o.included, Exclude: o.excluded, As: strings.TrimSuffix(as, "/")}
}

// givenSitemaps are the sitemaps that the user named.
func (o *pageOptions) givenSitemaps() []string {
	return slices.DeleteFunc(slices.Clone(o.sitemaps), func(s string) bool { return s == noSitemaps })
}
