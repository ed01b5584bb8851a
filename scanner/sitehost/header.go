package sitehost

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// header is one header line of a response; text is the line as written.
type header struct{ name, value, text string }

func field(name, value string) header { return header{name, value, name + ": " + value} }

// splitHeader takes a line apart without judging it.
func splitHeader(line string) header {
	name, value, _ := strings.Cut(line, ":")
	return header{name, strings.TrimPrefix(value, " "), line}
}

// hasHeader reports whether one of the lines has that name, in any case.
func hasHeader(lines []string, name string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.EqualFold(splitHeader(l).name, name) })
}

// checkHeader finds in a line what net/http would change or drop, so that
// "sent as written" stays true.
func checkHeader(line string) error {
	h := splitHeader(line)
	const hint = "needs raw: true"
	switch {
	case !strings.Contains(line, ":"):
		return fmt.Errorf("header %q has no colon; that %s", line, hint)
	case !validToken(h.name):
		return fmt.Errorf("header name %q %s", h.name, hint)
	case h.value != strings.Trim(h.value, " \t"):
		return fmt.Errorf("header %s: a value with spaces around it %s", h.name, hint)
	case strings.ContainsFunc(h.value, func(r rune) bool { return r < 0x20 && r != '\t' || r == 0x7f }):
		return fmt.Errorf("header %s: a control character %s", h.name, hint)
	}
	for _, n := range []string{"Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Trailer", "Keep-Alive"} {
		if strings.EqualFold(h.name, n) {
			return fmt.Errorf("header %s %s", h.name, hint)
		}
	}
	return nil
}

// validToken reports whether s is a token (RFC 9110, section 5.6.2).
func validToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r <= 0x20 || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	})
}

// parseHeaders reads header lines as templates and, unless raw, checks what
// they become.
func parseHeaders(lines []string, raw bool) ([]template, error) {
	out := make([]template, 0, len(lines))
	for _, line := range lines {
		t, err := parseTemplate(line)
		if err != nil {
			return nil, err
		}
		if line == "" {
			return nil, errors.New("empty header")
		}
		// The variable parts are harmless in a header, so any values do.
		if err := checkHeader(t.expand(values{host: "host.test", port: "443", nonce: "0"})); err != nil && !raw {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func expandHeaders(ts []template, v values) []header {
	out := make([]header, 0, len(ts))
	for _, t := range ts {
		out = append(out, splitHeader(t.expand(v)))
	}
	return out
}
