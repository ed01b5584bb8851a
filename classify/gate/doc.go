// Package gate decides whether judged scans pass: which findings fail, which
// are waived or were there before, and whether enough was seen to say so. It
// judges nothing itself, that is checks, and opens no file.
package gate
