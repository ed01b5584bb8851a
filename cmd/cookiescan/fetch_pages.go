package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/formats"
	"cookiescan/classify/declaration/page"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/walk"
)

// fetchPages gets pages as the server sends them, by the way that a scan takes. The user's
// headers go to the targets' own origins only.
func (o *scanOptions) fetchPages(ctx context.Context, addresses []string, list []target) ([]policyPage, error) {
	out := o.network.egress
	out.AllowPrivateFor = target{starts: addresses}.private(ctx, &o.network)
	var pages []policyPage
	err := o.withFetch(ctx, out, ownOrigins(list), func(fetch walk.Fetch) error {
		for _, address := range addresses {
			page, err := readPageAt(ctx, fetch, address)
			if err != nil {
				return notFetched(address, err)
			}
			pages = append(pages, policyPage{address: address, data: page})
		}
		return nil
	})
	return pages, err
}

// ownOrigins is all of several targets: the user's headers go to their origins.
func ownOrigins(list []target) target {
	var own target
	for _, site := range list {
		own.starts = append(own.starts, site.starts...)
	}
	return own
}

// withFetch runs f with what gets pages.
func (o *scanOptions) withFetch(ctx context.Context, out egress.Options, own target, f func(walk.Fetch) error) error {
	var keys []string
	if o.network.trustSPKI != "" {
		keys = append(keys, o.network.trustSPKI)
	}
	return withExit(ctx, out, func(dial dialer) error {
		fetch, err := o.fetcher(dial, "Mozilla/5.0 (compatible; cookiescan/"+toolVersion()+")", own, keys)
		if err != nil {
			return err
		}
		return f(fetch)
	})
}

func readPageAt(ctx context.Context, fetch walk.Fetch, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	answer, err := fetch(ctx, address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // it was only read
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the site answers %s", answer.Status)
	}
	page, err := io.ReadAll(io.LimitReader(answer.Body, formats.Largest+1))
	if err == nil && len(page) > formats.Largest {
		err = errors.New("it is too long")
	}
	return page, err
}

// How many links of policies are tried, and how many at the same time.
const (
	mostLinks   = 200
	linksAtOnce = 4
)

// tryLinks finds out what the links of the policies and of the register lead
// to. None gets the user's headers.
func (o *scanOptions) tryLinks(ctx context.Context, d *declared) (map[string]checks.LinkState, error) {
	links := d.linksOf()
	states := make(map[string]checks.LinkState, len(links))
	var lock sync.Mutex
	err := o.withFetch(ctx, o.network.egress, target{}, func(fetch walk.Fetch) error {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(linksAtOnce)
		for _, address := range links[:min(len(links), mostLinks)] {
			group.Go(func() error {
				state, ok := tryLink(ctx, fetch, address)
				lock.Lock()
				defer lock.Unlock()
				if ok {
					states[address] = state
				}
				return nil
			})
		}
		return group.Wait()
	})
	return states, err
}

// tryLink is false for what says nothing about the link: that we may not go
// there, or that the user is impatient.
func tryLink(ctx context.Context, fetch walk.Fetch, address string) (checks.LinkState, bool) {
	limited, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	answer, err := fetch(limited, address)
	switch {
	case ctx.Err() != nil, errors.Is(err, egress.ErrRefused):
		return checks.LinkState{}, false
	case err != nil:
		return checks.LinkState{Problem: printable(reason(err))}, true
	}
	return checks.LinkState{Status: answer.StatusCode}, answer.Body.Close() == nil
}

// linksOf are the addresses that the policies and the register name, sorted.
func (d *declared) linksOf() []string {
	var list []string
	for _, p := range d.published {
		for _, s := range p.Statements {
			if s.Kind == page.LinkOptOut || s.Kind == page.LinkBrowserHelp || s.Kind == page.LinkPolicy {
				list = append(list, s.Text)
			}
		}
	}
	if d.register != nil {
		for _, v := range d.register.Vendors {
			list = append(list, v.Policy)
		}
		for _, address := range d.register.Policy.Published {
			list = append(list, address)
		}
	}
	list = slices.DeleteFunc(list, func(s string) bool { return !isWebAddress(s) })
	slices.Sort(list)
	return slices.Compact(list)
}
