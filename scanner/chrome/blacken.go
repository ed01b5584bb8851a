package chrome

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"slices"
	"strings"

	"cookiescan/scanner/consent"
)

// blackened is a picture of the window in which password fields, and what shows
// a text that is to be hidden, are black.
func (p *consentPage) blackened(ctx context.Context, picture []byte) ([]byte, error) {
	s, err := p.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	boxes := hidden(s, p.tab.profile.options.Hide)
	if len(boxes) == 0 {
		return picture, nil
	}
	return blacken(picture, boxes, s.Width)
}

// hidden are the boxes of what must not be seen.
func hidden(s *consent.Snapshot, texts []string) []consent.Box {
	holds := func(text string) bool {
		return slices.ContainsFunc(texts, func(t string) bool { return t != "" && strings.Contains(strings.ToLower(text), strings.ToLower(t)) })
	}
	var out []consent.Box
	for i := range s.Nodes {
		n := &s.Nodes[i]
		secret := n.Tag == "input" && (strings.EqualFold(n.Attr["type"], "password") || strings.Contains(n.Attr["autocomplete"], "password"))
		if (secret || holds(n.Value) || n.Tag == consent.TagText && holds(n.Text)) && n.Box.W > 0 && n.Box.H > 0 {
			out = append(out, n.Box)
		}
	}
	return out
}

// blacken paints boxes, given in CSS pixels of a window of this width.
func blacken(picture []byte, boxes []consent.Box, width float64) ([]byte, error) {
	src, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("hiding fields in a picture: %w", err)
	}
	scale := 1.0
	if width > 0 {
		scale = float64(src.Bounds().Dx()) / width
	}
	out := image.NewRGBA(src.Bounds())
	draw.Draw(out, out.Bounds(), src, src.Bounds().Min, draw.Src)
	for _, b := range boxes {
		r := image.Rect(
			int(math.Floor(b.X*scale)), int(math.Floor(b.Y*scale)), int(math.Ceil((b.X+b.W)*scale)), int(math.Ceil((b.Y+b.H)*scale)),
		)
		draw.Draw(out, r.Add(out.Bounds().Min), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, out); err != nil {
		return nil, fmt.Errorf("hiding fields in a picture: %w", err)
	}
	return b.Bytes(), nil
}
