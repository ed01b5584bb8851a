package checks

import (
	"net/url"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// Context is a scan as checks look at it.
type Context struct {
	scan    *scanner.Scan
	profile Profile
	items   []*item // the site's cookies and storage that were stored
	looks   []look  // passes in which somebody looked for a banner
	banners []look  // those of them that found one
	pages   map[string]scanner.Page
	view    *view
	called  map[*scanner.Tracker][]*entry // that are about a request
	places  map[[3]string]*entry          // of declared items, by kind, pattern and domain; made when it is first asked
	options Options
	english *words.Lang
}

// look is what a pass found of the banner.
type look struct {
	phase   string
	page    scanner.Page // on which that was
	consent *scanner.Consent
}

func newContext(s *scanner.Scan, o Options) (*Context, error) {
	c := &Context{scan: s, profile: o.Profile, options: o, pages: map[string]scanner.Page{}, called: map[*scanner.Tracker][]*entry{}}
	for i := range s.Passes {
		pass := &s.Passes[i]
		for _, page := range pass.Pages {
			c.pages[page.ID] = page
		}
		if pass.Consent == nil {
			continue
		}
		l := look{phase: pass.Phase, consent: pass.Consent}
		if len(pass.Pages) > 0 {
			l.page = pass.Pages[0]
		}
		if page, ok := c.pages[pass.Consent.Page]; ok {
			l.page = page
		}
		c.looks = append(c.looks, l)
		if pass.Consent.Banner {
			c.banners = append(c.banners, l)
		}
	}
	c.collect()
	var err error
	if c.view, err = newView(o, c.site()); err != nil {
		return nil, err
	}
	if c.english, err = english(); err != nil {
		return nil, err
	}
	c.declare()
	return c, nil
}

// collect takes in what was stored.
func (c *Context) collect() {
	for i := range c.scan.Cookies {
		if cookie := classify.Real(c.scan, &c.scan.Cookies[i]); cookie.Stored && !givenByUser(cookie) {
			c.items = append(c.items, cookieItem(cookie))
		}
	}
	for i := range c.scan.Storage {
		c.items = append(c.items, storageItem(&c.scan.Storage[i]))
	}
}

func givenByUser(c *scanner.Cookie) bool {
	return len(c.Writes) > 0 && !slices.ContainsFunc(c.Writes, func(w scanner.Write) bool { return w.Via != scanner.ViaUser })
}

// banner is the look that tells most: with controls, before any other.
func (c *Context) banner() look {
	for _, l := range c.banners {
		if len(l.consent.Buttons) > 0 {
			return l
		}
	}
	if len(c.banners) > 0 {
		return c.banners[0]
	}
	return look{consent: &scanner.Consent{}}
}

// gpc is what the pass with Global Privacy Control recorded, or nil.
func (c *Context) gpc() *scanner.GPC {
	for _, l := range c.looks {
		if s := l.consent.Signals; l.phase == "gpc" && s != nil {
			for _, moment := range []*scanner.Signals{s.After, s.Before} {
				if moment != nil && moment.GPC != nil {
					return moment.GPC
				}
			}
		}
	}
	return nil
}

// before is what a look found said before any choice, never nil.
func (l look) before() *scanner.Signals {
	if s := l.consent.Signals; s != nil && s.Before != nil {
		return s.Before
	}
	return &scanner.Signals{}
}

// after is what was said after the choice, never nil.
func (l look) after() *scanner.Signals {
	if s := l.consent.Signals; s != nil && s.After != nil {
		return s.After
	}
	return &scanner.Signals{}
}

// site is the site that the findings are about: that for which the scanned host
// stands, by what the user or the register says.
func (c *Context) site() string {
	if c.scan.Target.As != "" {
		if host := hostOf(c.scan.Target.As); host != "" {
			return classify.Site(host)
		}
	}
	if c.view != nil {
		host := hostOf(c.scan.Target.URL)
		if stands := c.view.hosts.Canonical(host); stands != host {
			return classify.Site(stands)
		}
	}
	return c.scan.Target.Site
}

// canonical is the site of a domain, the scanned one being that it stands for.
func (c *Context) canonical(domain string) string {
	site := c.scan.Target.Site
	if domain == site || strings.HasSuffix(domain, "."+site) {
		return c.site()
	}
	return classify.Site(domain)
}

// hostOf is the host of an address, or the text if it has none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return address
	}
	return strings.ToLower(u.Hostname())
}

// here tells whether the operator says that the scanner stood where the profile
// holds. Where nobody says so, a site may show it something else.
func (c *Context) here() bool {
	region, _, _ := strings.Cut(strings.ToUpper(c.scan.Settings.Region), "-")
	return region != "" && slices.Contains(strings.Fields(c.profile.regions()), region)
}
