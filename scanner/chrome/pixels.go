package chrome

import (
	"bytes"
	"context"
	"image"
	_ "image/gif"  // sizes of images
	_ "image/jpeg" // sizes of images
	_ "image/png"  // sizes of images

	"github.com/chromedp/cdproto/network"
)

const (
	// pixelSize is how many octets, headers included, an image may have to be
	// worth a look: an image of one by one is under a hundred.
	pixelSize = 4 << 10
	maxPixels = 300 // images looked at on one page
)

// measure finds the images that show nothing: an answer without content, or
// one by one. An address that was measured once in the profile is not again.
func (t *Tab) measure(ctx context.Context) {
	for _, q := range t.smallImages() {
		u := q.hops[len(q.hops)-1].url
		pixel, known := t.profile.pixels.Load(u)
		if !known {
			pixel = t.isPixel(ctx, q)
			t.profile.pixels.Store(u, pixel)
		}
		t.record.mu.Lock()
		q.pixel = pixel.(bool)
		t.record.mu.Unlock()
	}
}

func (t *Tab) smallImages() []*request {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	var out []*request
	for _, q := range t.record.order {
		if q.kind == network.ResourceTypeImage && len(q.hops) > 0 && q.sess != nil && q.failed == "" && q.size <= pixelSize && !q.pixel && len(out) < maxPixels {
			out = append(out, q)
		}
	}
	return out
}

func (t *Tab) isPixel(ctx context.Context, q *request) bool {
	if q.status == 204 {
		return true
	}
	res, err := call(ctx, q.sess, network.GetResponseBody, network.GetResponseBodyParams{RequestID: q.id})
	if err != nil {
		return false // the body is gone: what it was cannot be said
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(res.Body))
	return err == nil && c.Width <= 1 && c.Height <= 1
}
