package checks

import (
	"cookiescan/classify"
	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// host is a domain as the declaration would name it: that of the site which the
// scanned one stands for.
func (c *Context) host(domain string) string { return classify.RealHost(c.scan, domain) }

// declare says of each item and tracker which entries are about it, and lets
// the category that the site declares decide.
func (c *Context) declare() {
	for _, i := range c.items {
		i.known = i.found
		host := c.host(i.domain)
		for _, s := range c.view.deciding() {
			for _, e := range s.about(i.kind, i.name, host) {
				switch state := e.state(); {
				case state == register.Reviewed && i.declared == nil:
					i.declared = e
				case state == register.Todo && i.todo == nil:
					i.todo = e
				case state == register.Retired && i.retired == nil:
					i.retired = e
				}
			}
		}
		if i.declared == nil && i.todo == nil && i.retired == nil {
			i.declared = c.elsewhere(i)
			i.misplaced = i.declared != nil
		}
	}
	c.declareStorage()
	for _, i := range c.items {
		if i.declared != nil {
			i.found = c.as(i.known, i.declared)
		}
	}
	for k := range c.scan.Trackers {
		t := &c.scan.Trackers[k]
		for _, s := range c.view.deciding() {
			for _, e := range s.about(string(t.Kind), register.TrackerName(t), c.host(t.Host)) {
				if e.state() != register.Retired {
					c.called[t] = append(c.called[t], e)
				}
			}
		}
		if e := c.callDeclared(t); e != nil && t.Classification != nil {
			t.Classification = c.as(t.Classification, e)
		}
	}
}

// declareStorage finds rows of pages about storage that they call by another
// kind: lists of cookies have keys of local storage among them, and some call
// session storage HTML as well. A row that a cookie fits is about the cookie.
func (c *Context) declareStorage() {
	met := map[*entry]bool{}
	for _, i := range c.items {
		if i.declared != nil {
			met[i.declared] = true
		}
	}
	calledSo := func(i *item, e *entry) bool {
		return e.row.Kind == "cookie" || e.row.Kind == "localStorage" && i.kind == "sessionStorage" && e.lifetime.Session
	}
	kinds := map[*entry]string{}
	for _, i := range c.items {
		if i.isCookie() || i.declared != nil && !i.misplaced || i.todo != nil || i.retired != nil {
			continue
		}
		for _, s := range c.view.deciding() {
			for _, kind := range []string{"cookie", "localStorage"} {
				for _, e := range s.about(kind, i.name, c.host(i.domain)) {
					if (i.declared == nil || i.misplaced) && e.row != nil && !met[e] && calledSo(i, e) {
						i.declared, i.misplaced, kinds[e] = e, false, i.kind
					}
				}
			}
		}
	}
	for e, kind := range kinds {
		e.kind = kind
	}
}

// placeOf is where the subject of an observation is declared, nil if it is not.
func (c *Context) placeOf(o Observation) *scanner.Declared {
	if c.places == nil {
		c.places = map[[3]string]*entry{}
		for _, i := range c.items {
			key := [3]string{i.kind, first(i.pattern(), longestName), c.canonical(i.domain)}
			if i.declared != nil && c.places[key] == nil {
				c.places[key] = i.declared
			}
		}
	}
	if e := c.places[[3]string{o.Kind, o.Subject, o.Domain}]; e != nil {
		return e.place("category")
	}
	return nil
}

// elsewhere is an entry that means an item and names another place for it: the
// name and the vendor are the same. A row of a page often has the host of the
// vendor in the place of that of the cookie, and no vendor.
func (c *Context) elsewhere(i *item) *entry {
	if i.known.Vendor == "" {
		return nil
	}
	for _, s := range c.view.deciding() {
		for _, e := range s.elsewhere(i.kind, i.name) {
			same := sameVendor(e.vendor, i.known.Vendor) || e.own != nil && e.own.Vendor != "" && e.own.Vendor == i.known.VendorID || e.row != nil && e.vendor == ""
			if same && e.state() == register.Reviewed {
				return e
			}
		}
	}
	return nil
}

// callDeclared is the reviewed entry that is about a request, or nil.
func (c *Context) callDeclared(t *scanner.Tracker) *entry {
	for _, e := range c.called[t] {
		if e.state() == register.Reviewed {
			return e
		}
	}
	return nil
}
