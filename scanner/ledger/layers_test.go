package ledger

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"strings"
	"testing"
)

// TestUnpackingIsBounded: packed data that grows without end costs no more than
// the bound of a text, and all texts together no more than what is left.
func TestUnpackingIsBounded(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(make([]byte, 8<<20))
	_ = z.Close()
	text := strings.Repeat(base64.StdEncoding.EncodeToString(packed.Bytes())+"&", 8)

	left := 3 << 20
	for range 5 {
		size := 0
		for _, l := range layersOf(text, &left)[1:] {
			size += len(l.text)
		}
		// Beside what is unpacked stand pieces that were not, as they are.
		if size > maxUnpacked+8*packed.Len() {
			t.Fatalf("%d octets of one text were unpacked", size)
		}
	}
	if left != 0 {
		t.Errorf("%d octets are left of 3 MB, want none", left)
	}
}

func FuzzLayersOf(f *testing.F) {
	f.Add("d=eyJpZCI6ImFiY2RlZiJ9&x=%2541")
	f.Add("\x1f\x8b\x08")
	f.Add("x\x9c")
	f.Fuzz(func(t *testing.T, text string) {
		left := maxUnpacked
		list := layersOf(text, &left)
		if list[0].text != text || left < 0 {
			t.Errorf("first %q, %d left", list[0].text, left)
		}
	})
}
