package ledger

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"io"
	"strings"
)

// Bounds of what is unpacked: packed data may be made to grow without end.
const (
	maxUnpacked = 1 << 20 // octets, of one text
	maxAtOnce   = 1 << 26 // octets, of what is added at once: some pages
	maxPieces   = 32      // of base64 in a text
	minPiece    = 12      // shorter ones hold no value that is told from others
)

// layer is a text and the encoding that its values were in.
type layer struct{ text, form string }

// layersOf are a text and what stands in it in the encodings that scripts put
// around all that they send, and not around one value: compression, percent
// escapes put on twice, base64 of a whole document. left is how many octets may
// still be unpacked.
func layersOf(text string, left *int) []layer {
	mine := min(*left, maxUnpacked)
	*left -= mine
	defer func() { *left += mine }()
	list := []layer{{text: text}}
	if plain := unpacked(text, &mine); plain != "" {
		text = plain
		list = append(list, layer{text: text})
	}
	for range 2 {
		plain := unescape(text)
		if plain == text {
			break
		}
		text = plain
		list = append(list, layer{text: text, form: "urlencoded"})
	}
	pieces := 0
	for piece := range strings.FieldsFuncSeq(text, outsideBase64) {
		if len(piece) < minPiece {
			continue
		}
		if pieces++; pieces > maxPieces {
			break
		}
		plain := unbase64(piece)
		if packed := unpacked(plain, &mine); packed != "" {
			plain = packed
		}
		if plain = unescape(plain); len(plain) >= needleWindow {
			list = append(list, layer{text: plain, form: "base64"})
		}
	}
	return list
}

func outsideBase64(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+/-_", r))
}

// unbase64 undoes base64 in either alphabet; empty for what is none.
func unbase64(piece string) string {
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(piece, "-_") {
		encoding = base64.RawURLEncoding
	}
	plain, err := encoding.DecodeString(piece)
	if err != nil {
		return ""
	}
	return string(plain)
}

// unpacked undoes gzip (RFC 1952) and zlib (RFC 1950), as far as it goes; empty
// for what is neither.
func unpacked(text string, left *int) string {
	var r io.Reader
	var err error
	switch {
	case strings.HasPrefix(text, "\x1f\x8b"):
		r, err = gzip.NewReader(strings.NewReader(text))
	case strings.HasPrefix(text, "\x78"):
		r, err = zlib.NewReader(strings.NewReader(text))
	default:
		return ""
	}
	if err != nil {
		return ""
	}
	var b bytes.Buffer
	n, _ := io.Copy(&b, io.LimitReader(r, int64(*left))) // cut short is better than not seen
	*left -= int(n)
	return b.String()
}
