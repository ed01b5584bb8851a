// Package crawl decides which page comes next: which addresses are pages, which
// are the same page, which belong to the scan, and which of many pages alike
// stand for the rest. It is pure: no browser, no network, no clock, nothing
// concurrent. Its children read robots.txt (robots) and sitemaps (sitemap) and
// decide which controls of a page are pressed (control).
//
// Addresses become equal in three steps: Normalize (syntax), cleaning
// (tracking, session ids, parameters that proved to be tokens), and a key in
// which the order of parameters does not count.
//
// Pages are alike when their addresses have the same template (see tree), in
// whatever language; what a visit tells of their outline (see Structure) parts
// or joins them. All pages are visited of a site of up to SmallSite pages, and
// of pages that turn out to have outlines of their own. Of others each template
// gets a sample, in fair turns (see Frontier.Next), up to Options.PerTemplate.
//
// What is remembered is bounded: a hash for each of half a million addresses,
// 100,000 addresses themselves, and what Coverage shows.
package crawl
