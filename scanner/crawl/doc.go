// Package crawl decides which page comes next: which addresses are pages, which
// are the same page, which belong to the scan, and which of many pages alike
// stand for the rest. It is pure: no browser, no network, no clock, nothing
// concurrent. Its children read robots.txt (robots) and sitemaps (sitemap) and
// decide which controls of a page are pressed (control).
package crawl
