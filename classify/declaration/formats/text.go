package formats

import (
	"bytes"
	"encoding/binary"
	"html"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// decode is a text in UTF-8, whichever encoding it has: UTF-16 if it has a byte
// order mark or every other octet is zero, Windows-1252 if it is no UTF-8.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\ufeff")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], binary.BigEndian)
	case len(data) >= 4 && data[1] == 0 && data[3] == 0 && data[0] != 0:
		return decodeUTF16(data, binary.LittleEndian)
	case len(data) >= 4 && data[0] == 0 && data[2] == 0 && data[1] != 0:
		return decodeUTF16(data, binary.BigEndian)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return string(text)
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// head is the beginning of a text of which the end may be cut off.
func decodeHead(data []byte) string {
	for n := 1; n < utf8.UTFMax && n < len(data); n++ {
		if start := len(data) - n; utf8.RuneStart(data[start]) {
			if !utf8.FullRune(data[start:]) {
				data = data[:start]
			}
			break
		}
	}
	return decode(data)
}

// plain is a text in one line, with single spaces and without control
// characters.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

var tag = regexp.MustCompile(`(?i)</?[a-z!][^<>]*>`)

// unmark is the text of a bit of HTML.
func unmark(s string) string {
	if strings.Contains(s, "<") {
		s = tag.ReplaceAllString(s, " ")
	}
	return plain(html.UnescapeString(s))
}

// shorten makes the beginning of a text that is quoted in a message.
func shorten(s string) string {
	const most = 80
	s = plain(s[:min(len(s), 4*most)])
	if n := utf8.RuneCountInString(s); n > most {
		s = string([]rune(s)[:most-1]) + "…"
	}
	return s
}
