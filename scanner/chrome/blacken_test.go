package chrome

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"reflect"
	"testing"

	"cookiescan/scanner/consent"
)

// TestHidden: password fields, whatever they are called, and what shows a text
// that is to be hidden.
func TestHidden(t *testing.T) {
	box := func(x float64) consent.Box { return consent.Box{X: x, Y: 1, W: 5, H: 5} }
	s := &consent.Snapshot{Nodes: []consent.Node{
		{Tag: "input", Attr: map[string]string{"type": "PASSWORD"}, Box: box(1)},
		{Tag: "input", Attr: map[string]string{"type": "text", "autocomplete": "current-password"}, Box: box(2)},
		{Tag: "input", Attr: map[string]string{"type": "text"}, Value: "Ana@example.org", Box: box(3)},
		{Tag: consent.TagText, Text: "Hello ana@example.org", Box: box(4)},
		{Tag: "input", Attr: map[string]string{"type": "text"}, Value: "ben", Box: box(5)},
		{Tag: consent.TagText, Text: "Hello", Box: box(6)},
		{Tag: "input", Attr: map[string]string{"type": "password"}},
	}}
	for _, c := range []struct {
		texts []string
		want  []consent.Box
	}{
		{nil, []consent.Box{box(1), box(2)}},
		{[]string{"ana@example.org", ""}, []consent.Box{box(1), box(2), box(3), box(4)}},
	} {
		if have := hidden(s, c.texts); !reflect.DeepEqual(have, c.want) {
			t.Errorf("%q: %v, want %v", c.texts, have, c.want)
		}
	}
}

// TestBlacken paints a box of a window of 10 CSS pixels in a picture of 20.
func TestBlacken(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 20, 20))
	draw.Draw(src, src.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, src); err != nil {
		t.Fatal(err)
	}
	out, err := blacken(b.Bytes(), []consent.Box{{X: 2, Y: 3, W: 1, H: 2}, {X: -5, Y: -5, W: 1, H: 1}}, 10)
	if err != nil {
		t.Fatal(err)
	}
	have, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for x := range 20 {
		for y := range 20 {
			r, _, _, _ := have.At(x, y).RGBA()
			if black := x >= 4 && x < 6 && y >= 6 && y < 10; (r == 0) != black {
				t.Errorf("%d,%d: black %t", x, y, r == 0)
			}
		}
	}
	if _, err := blacken([]byte("no picture"), nil, 10); err == nil {
		t.Error("no picture is painted")
	}
}
