package consent

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"testing"
)

// window draws buttons of 200 x 40 below each other, each with a text of strokes
// 2 pixels wide, and a round corner that shows black.
func window(t *testing.T, scale int, buttons ...[2]color.Color) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 400*scale, 300*scale))
	fill := func(x, y, w, h int, c color.Color) {
		draw.Draw(m, image.Rect(x*scale, y*scale, (x+w)*scale, (y+h)*scale), image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(0, 0, 400, 300, color.White)
	for i, b := range buttons {
		y := 10 + 50*i
		fill(10, y, 200, 40, b[0])
		fill(10, y, 8, 8, color.Black)
		for k := range 10 {
			fill(70+8*k, y+14, 2, 12, b[1])
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestContrast has the ratios of WCAG's own examples.
func TestContrast(t *testing.T) {
	grey := func(v uint8) color.Color { return color.NRGBA{R: v, G: v, B: v, A: 255} }
	for _, scale := range []int{1, 2} {
		b := Banner{window: 400, Controls: []Control{
			{Role: RoleAccept, Box: Box{10, 10, 200, 40}},
			{Role: RoleReject, Box: Box{10, 60, 200, 40}},
			{Role: RoleReject, Box: Box{10, 110, 200, 40}},
			{Role: RoleReject, Box: Box{10, 160, 200, 40}},
			{Role: RoleReject, Box: Box{10, 290, 200, 40}},
			{Role: RoleSettings, Box: Box{10, 10, 200, 40}},
			{Role: RoleReject, Box: Box{10, 10, 8, 8}},
		}}
		picture := window(t, scale, [2]color.Color{color.Black, color.White}, [2]color.Color{color.White, grey(0x77)},
			[2]color.Color{color.White, grey(0xee)}, [2]color.Color{grey(0xcc), grey(0xcc)})
		if err := b.Measure(picture); err != nil {
			t.Fatal(err)
		}
		for i, want := range []float64{21, 4.5, 1.2, 1, 0, 0, 0} {
			if got := b.Controls[i].Contrast; math.Abs(got-want) > 0.01 {
				t.Errorf("scale %d, control %d: %.1f, want %.1f", scale, i, got, want)
			}
		}
	}
}

func TestMeasureNoPicture(t *testing.T) {
	if err := (&Banner{}).Measure([]byte("no picture")); err == nil {
		t.Error("measured what is no picture")
	}
}
