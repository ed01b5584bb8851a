package main

import (
	"cookiescan/scanner/crawl"
)

// checkAs reads the address that the scanned host stands for.
func (o *scanOptions) checkAs() error {
	if o.as == "" {
		return nil
	}
	u, err := parseAddress(o.as)
	if err != nil {
		return usage("such as https://www.example.com", "--as: %.100q is not the address of a site", o.as)
	}
	u.Path, u.RawQuery, u.Fragment = "/", "", ""
	address, ok := crawl.Normalize(u.String())
	if !ok {
		return usage("such as https://www.example.com", "--as: %.100q is not the address of a site", o.as)
	}
	o.as = address
	return nil
}
