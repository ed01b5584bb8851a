// Package checks holds what a scan is judged by: one check a file, with a page
// that explains it. A check reads a classified scan and says what it observed;
// it opens no file, asks no network and knows no time but that of the scan.
// It does not decide whether a build fails, and gives no legal advice.
package checks
