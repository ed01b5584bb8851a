package process

import (
	"bytes"
	"strings"
	"unicode"
)

// capped is a writer that keeps the first limit bytes and swallows the rest.
type capped struct {
	bytes.Buffer
	limit int
}

// Write never fails, so that the program that writes is not disturbed.
func (c *capped) Write(p []byte) (int, error) {
	if room := c.limit - c.Len(); room > 0 {
		c.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// printable makes what a program printed safe for a terminal: no control
// characters, valid UTF-8, at most limit bytes.
func printable(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r == '\t' {
			return ' '
		}
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "..."
	}
	return strings.TrimSpace(s)
}
