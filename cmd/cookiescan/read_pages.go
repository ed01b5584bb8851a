package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"cookiescan/classify/declaration/formats"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/crawl/control"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/walk"
)

// A policyPage is a page that declares something, as it was got.
type policyPage struct {
	address string
	data    []byte
	kept    []byte // as the browser rendered it, without values; nil if it did not
}

// addReadingFlags is for commands that read pages and do not scan: who visits
// them, and how long, is as scan has it by itself.
func (o *scanOptions) addReadingFlags(f *pflag.FlagSet) {
	unseen := pflag.NewFlagSet("", pflag.ContinueOnError)
	o.visitor.addFlags(unseen)
	o.pace.addFlags(unseen)
	o.network.addFlags(f)
	o.browser.addPath(f)
}

// readPages reads pages in the browser, by the way that a scan takes. What is
// no HTML is fetched, and so is everything where there is no browser. The
// user's headers go to the targets' own origins only.
func (p *program) readPages(ctx context.Context, o *scanOptions, addresses []string, list []target) ([]policyPage, error) {
	if len(addresses) == 0 {
		return nil, nil
	}
	bin, err := o.browser.find(ctx, p.getenv)
	if errors.Is(err, process.ErrNotFound) && o.browser.path == "" {
		p.warn("there is no browser: read as the server sends it, without what scripts and frames show: %s", strings.Join(addresses, ", "))
		return o.fetchPages(ctx, addresses, list)
	}
	if err != nil {
		return nil, err
	}
	asked := target{starts: addresses}
	out := o.network.egress
	out.AllowPrivateFor = asked.private(ctx, &o.network)
	keys, err := o.prepareHosts(ctx, asked, out)
	if err != nil {
		return nil, err
	}
	b, err := o.browser.start(ctx, bin, o.visitor.identity(bin.Version), strings.Join(keys, ","))
	if err != nil {
		return nil, fmt.Errorf("starting the browser: %w", err)
	}
	pages, err := o.readAll(ctx, b.Open, out, addresses, list)
	if closing := b.Close(); err == nil && closing != nil {
		p.warn("the browser did not end as it should: %v", closing)
	}
	return pages, err
}

// readAll reads each page as a visitor who comes for the first time.
func (o *scanOptions) readAll(ctx context.Context, open opener, out egress.Options, addresses []string, list []target) ([]policyPage, error) {
	var pages []policyPage
	for _, address := range addresses {
		page, err := o.readPage(ctx, open, o.profile(out, ownOrigins(list), "policy"), address)
		if errors.Is(err, walk.ErrNoDocument) {
			var fetched []policyPage
			if fetched, err = o.fetchPages(ctx, []string{address}, list); err == nil {
				page = fetched[0]
			}
		}
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// opener opens an empty profile.
type opener func(context.Context, chrome.ProfileOptions) (walk.Profile, error)

// readPage reads a page in a profile of its own. Controls are left alone where
// the user said so.
func (o *scanOptions) readPage(ctx context.Context, open opener, options chrome.ProfileOptions, address string) (policyPage, error) {
	profile, err := open(ctx, options)
	if err != nil {
		return policyPage{}, err
	}
	defer profile.Close(context.WithoutCancel(ctx)) //nolint:errcheck // the browser ends next
	read, err := walk.ReadPage(ctx, profile, address, walk.ReadOptions{
		PageTimeout: o.pace.pageTimeout, Settle: o.pace.settle,
		Folded: o.pages.interact != nil && o.pages.interact.value == string(control.Off),
	})
	page := policyPage{address: address}
	if err == nil {
		page.data, err = read.Document.HTML(formats.Largest, nil)
	}
	if err == nil {
		page.kept, err = read.Document.HTML(formats.Largest, withoutQueryValues)
	}
	switch {
	case errors.Is(err, walk.ErrNoDocument), ctx.Err() != nil:
		return page, err
	case err != nil:
		return page, notRead(profile.Hosts(), address, err)
	}
	hidden := append(slices.DeleteFunc(read.Values, isPlain), append(o.secret.values(), o.steps.hide...)...)
	page.data, page.kept = withoutTexts(page.data, hidden), withoutTexts(page.kept, hidden)
	return page, nil
}

// notRead is a page that was not seen: what it declares is not known.
func notRead(hosts []egress.HostRecord, address string, err error) error {
	why, hint := err.Error(), "open it in a browser, save the page and give the file"
	var net *walk.NetError
	if errors.As(err, &net) {
		hint = "check the address; for a host that DNS does not know add --resolve HOST=ADDR"
		if strings.Contains(net.Code, "ERR_CERT_") {
			hint = certificateHint
		}
	}
	host, _ := endpoint(address)
	for _, h := range hosts {
		if h.Host == host && h.Outcome != egress.OutcomeOK && len(h.Reasons) > 0 {
			why, hint = wayOutFailure(string(slices.Sorted(maps.Keys(h.Reasons))[0]), why, hint)
		}
	}
	return impossible(hint, "the policy at %s was not read: %s", address, why)
}

// withoutQueryValues is an address with the names of its query's parameters and
// without what they are set to, without user and fragment of another page.
func withoutQueryValues(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return leftOutText
	}
	u.User = nil
	if u.RawQuery == "" {
		return u.String()
	}
	var params []string
	for param := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, named := strings.Cut(param, "=")
		switch {
		case !named && param != "":
			name = "left-out"
		case value != "":
			name += "=left-out"
		}
		params = append(params, name)
	}
	u.RawQuery = strings.Join(params, "&")
	return u.String()
}

const leftOutText = "[left out]"

// Values that are shorter, or have no digit, may be words of a page.
const (
	shortestValue  = 10 // of a cookie that the page set
	shortestSecret = 4  // of what the user gave
)

// isPlain tells a cookie's value that may stand in a page for another reason: a
// word, such as the category that was chosen, or a day.
func isPlain(value string) bool {
	_, err := time.Parse(time.DateOnly, value)
	return len(value) < shortestValue || err == nil || !strings.ContainsAny(value, "0123456789")
}

// withoutTexts takes values out of a page.
func withoutTexts(page []byte, values []string) []byte {
	text := string(page)
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) }) // one may be a part of another
	for _, v := range values {
		if len(v) >= shortestSecret {
			text = strings.ReplaceAll(strings.ReplaceAll(text, html.EscapeString(v), leftOutText), v, leftOutText)
		}
	}
	return []byte(text)
}
