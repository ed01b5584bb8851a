// Package scanner is the scan document: what was seen on one site, by whom it
// was stored, when and for how long. It holds the types, their JSON form
// (schema cookiescan/scan/v1) and nothing that produces or judges them: the
// crawl is scanner/walk, the browser scanner/chrome, the joining of evidence
// scanner/ledger, the judgement classify.
package scanner
