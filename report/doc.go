// Package report shows scan documents: each output is a Format that renders
// scans to a writer. It judges nothing, reads no clock, environment or
// network, and gives the same bytes for the same scans and options.
//
// Everything in a scan may come from a hostile site, or from whoever wrote the
// document: every text goes through sanitize.go on its way out.
package report
