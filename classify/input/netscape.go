package input

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/rules"
)

// httpOnlyMark begins the line of a cookie that scripts cannot read (curl).
const httpOnlyMark = "#HttpOnly_"

// isNetscape tells whether a text is a cookies.txt: it says so, or its first
// line of data has the seven fields of one.
func isNetscape(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimRight(line, "\r\n")
		plain := string(line)
		switch {
		case strings.HasPrefix(plain, "# Netscape HTTP Cookie File"), strings.HasPrefix(plain, "# HTTP Cookie File"), strings.HasPrefix(plain, httpOnlyMark):
			return true
		case plain == "" || plain[0] == '#':
			continue
		}
		fields := strings.Split(plain, "\t")
		return len(fields) >= 6 && isFlag(fields[1]) && isFlag(fields[3])
	}
	return false
}

func isFlag(text string) bool {
	return strings.EqualFold(text, "TRUE") || strings.EqualFold(text, "FALSE")
}

// longestLine is more than a browser keeps of one cookie.
const longestLine = 1 << 20

// readNetscape reads lines of domain, subdomains, path, secure, expiry, name
// and value, separated by tabs.
func readNetscape(r *bufio.Reader, add func(classify.Item) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		rest, httpOnly := strings.CutPrefix(line, httpOnlyMark)
		if !httpOnly && strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		item, err := netscapeItem(strings.SplitN(rest, "\t", 7))
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		item.HTTPOnly = httpOnly
		if err := add(item); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return fmt.Errorf("a line is longer than %d octets", longestLine)
		}
		return fmt.Errorf("reading: %w", err)
	}
	return nil
}

func netscapeItem(fields []string) (classify.Item, error) {
	if len(fields) < 6 {
		return classify.Item{}, fmt.Errorf("%d fields, but a cookies.txt has seven, separated by tabs", len(fields))
	}
	expiry, err := strconv.ParseFloat(fields[4], 64)
	if err != nil {
		return classify.Item{}, fmt.Errorf("the expiry %.40q is no number", fields[4])
	}
	i := classify.Item{Kind: rules.Cookie, Name: fields[5], Domain: Host(fields[0]), Session: expiry <= 0, Lasting: expiry > 0}
	if len(fields) == 7 {
		i.Value, i.ValueSize = fields[6], len(fields[6])
	}
	return i, nil
}
