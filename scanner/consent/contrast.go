package consent

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// Measure fills in the contrast of the first layer's controls that answer, from a
// PNG of the window as it was when the banner was found. What the visitor sees
// counts: pictures behind a text, what shines through, fonts.
func (b *Banner) Measure(picture []byte) error {
	m, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return fmt.Errorf("measuring contrast: %w", err)
	}
	if b.window < 1 {
		return nil
	}
	scale := float64(m.Bounds().Dx()) / b.window
	for i, c := range b.Controls {
		place := c.Box.inner()
		if (c.Role == RoleAccept || c.Role == RoleReject) && place.W > 0 && place.H > 0 && place.W*place.H >= leastPlace {
			b.Controls[i].Contrast = contrast(m, place.scaled(scale))
		}
	}
	return nil
}

// inner is the part of a control in which its text stands: its border and its
// round corners show what lies around it.
func (b Box) inner() Box {
	x, y := min(b.H/2, b.W/5), max(2, b.H/8)
	return Box{X: b.X + x, Y: b.Y + y, W: b.W - 2*x, H: b.H - 2*y}
}

func (b Box) scaled(by float64) image.Rectangle {
	return image.Rect(int(math.Ceil(b.X*by)), int(math.Ceil(b.Y*by)), int(math.Floor((b.X+b.W)*by)), int(math.Floor((b.Y+b.H)*by)))
}

// The colour of a text is that of the middle of its strokes, which take a
// five-hundredth of the place at least; its edges have all those between it and
// the ground.
const (
	leastShare = 0.002
	leastPlace = 40 // square pixels: a letter
)

// contrast of a part of a picture is that of the colour most of it has to the one
// that differs most from it, 1 to 21 (WCAG 2.2), in tenths; 0 if the part is not
// in the picture.
func contrast(m image.Image, part image.Rectangle) float64 {
	if !part.In(m.Bounds()) || part.Empty() {
		return 0
	}
	shades := map[[3]uint8]*shade{}
	var most *shade
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			key := [3]uint8{c.R >> 3, c.G >> 3, c.B >> 3}
			s := shades[key]
			if s == nil {
				s = &shade{}
				shades[key] = s
			}
			s.add(c)
			if most == nil || s.count > most.count {
				most = s
			}
		}
	}
	ground, best := most.luminance(), 1.0
	for _, s := range shades {
		if float64(s.count) >= leastShare*float64(part.Dx()*part.Dy()) {
			best = max(best, ratio(ground, s.luminance()))
		}
	}
	return math.Round(best*10) / 10
}

// shade is a colour and its neighbours, that nobody tells apart.
type shade struct{ count, r, g, b int }

func (s *shade) add(c color.NRGBA) {
	s.count++
	s.r, s.g, s.b = s.r+int(c.R), s.g+int(c.G), s.b+int(c.B)
}

// luminance is relative luminance as WCAG 2.2 defines it, 0 to 1.
func (s *shade) luminance() float64 {
	linear := func(sum int) float64 {
		v := float64(sum) / float64(s.count) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(s.r) + 0.7152*linear(s.g) + 0.0722*linear(s.b)
}

// ratio is the contrast ratio of two luminances (WCAG 2.2).
func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
