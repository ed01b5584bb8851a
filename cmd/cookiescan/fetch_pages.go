package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"cookiescan/classify/declaration/formats"
)

// fetchPages gets the bytes of pages by the way that a scan takes. The user's
// headers go to the targets' own origins only.
func (o *scanOptions) fetchPages(ctx context.Context, addresses []string, list []target) ([][]byte, error) {
	t := target{starts: addresses}
	out := o.network.egress
	out.AllowPrivateFor = t.private(ctx, &o.network)
	var keys []string
	if o.network.trustSPKI != "" {
		keys = append(keys, o.network.trustSPKI)
	}
	var own target // whose origins get the user's headers
	for _, site := range list {
		own.starts = append(own.starts, site.starts...)
	}
	var pages [][]byte
	err := withExit(ctx, out, func(dial dialer) error {
		fetch, err := o.fetcher(dial, "Mozilla/5.0 (compatible; cookiescan/"+toolVersion()+")", own, keys)
		if err != nil {
			return err
		}
		for _, address := range addresses {
			page, err := readPageAt(ctx, fetch, address)
			if err != nil {
				return notFetched(address, err)
			}
			pages = append(pages, page)
		}
		return nil
	})
	return pages, err
}

func readPageAt(ctx context.Context, fetch func(context.Context, string) (*http.Response, error), address string) ([]byte, error) {
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
