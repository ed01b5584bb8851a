package main

import (
	"context"
	"html"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"cookiescan/scanner"
	"cookiescan/scanner/evidence"
	"cookiescan/scanner/walk"
)

// keepPoliciesOf keeps, as evidence of what they said on the day, the policies
// that check has read already and those that banners of the site link to. One
// that cannot be read is told; of the scan itself nothing is missing then.
func (p *program) keepPoliciesOf(ctx context.Context, s *survey, doc *scanner.Scan) error {
	pages := slices.Clone(s.options.policies)
	linked := slices.DeleteFunc(linkedPolicies(doc), func(address string) bool {
		return slices.ContainsFunc(pages, func(read policyPage) bool { return read.address == address })
	})
	if len(linked) > 0 && ctx.Err() == nil {
		err := withExit(ctx, s.out, func(dial dialer) error {
			fetch, err := s.fetcher(dial)
			if err != nil {
				return err
			}
			for _, address := range linked {
				if page, ok := p.readLinked(ctx, s, fetch, address); ok {
					pages = append(pages, page)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return keepPolicies(s.dir, pages)
}

// readLinked reads a page as a crawl may. That the scan was ended is told by it.
func (p *program) readLinked(ctx context.Context, s *survey, fetch walk.Fetch, address string) (policyPage, bool) {
	o := s.options
	if o.pages.robots.value != "ignore" && !walk.MayVisit(ctx, fetch, address) {
		if ctx.Err() == nil {
			p.warn("%s: the policy at %s was not kept: robots.txt keeps crawlers from it", s.target.site, address)
		}
		return policyPage{}, false
	}
	page, err := o.readPage(ctx, s.browser.open, o.profile(s.out, s.target, "policy"), address)
	if err != nil && ctx.Err() == nil {
		p.warn("%s: %v", s.target.site, err)
	}
	return page, err == nil
}

// mostLinked bounds the policies of a site: banners of many languages may stand on
// it.
const mostLinked = 5

// linkedPolicies are the addresses that banners name, each once, in their order.
func linkedPolicies(doc *scanner.Scan) []string {
	var list []string
	for _, pass := range doc.Passes {
		if pass.Consent == nil {
			continue
		}
		u, err := url.Parse(pass.Consent.PolicyLink)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			continue
		}
		u.Fragment, u.RawFragment = "", ""
		if address := u.String(); !slices.Contains(list, address) && len(list) < mostLinked {
			list = append(list, address)
		}
	}
	return list
}

// keepPolicies writes pages as they were rendered into a folder of evidence.
func keepPolicies(dir string, pages []policyPage) error {
	used := map[string]bool{}
	for _, page := range pages {
		if page.kept == nil {
			continue
		}
		name := evidence.PolicyFile(page.address, 1)
		for n := 2; used[name]; n++ {
			name = evidence.PolicyFile(page.address, n)
		}
		used[name] = true
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := makeFolder(filepath.Dir(path)); err != nil {
			return err
		}
		from := strings.ReplaceAll(withoutQueryValues(page.address), "--", "-%2D")
		head, rest, _ := strings.Cut(string(page.kept), "\n")
		if err := writeFile(path, writes([]byte(head+"\n<!-- "+html.EscapeString(from)+" -->\n"+rest))); err != nil {
			return err
		}
	}
	return nil
}
