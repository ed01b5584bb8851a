// Package chrome drives Chromium over the DevTools protocol and reports what
// pages store as observations: it decodes, joins what the protocol splits over
// several events, and leaves every conclusion to the ledger. It is the only
// importer of chromedp and cdproto. It finds no links worth following and
// presses nothing.
package chrome
