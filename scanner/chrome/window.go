package chrome

import (
	"github.com/chromedp/cdproto/emulation"

	"cookiescan/scanner/chrome/process"
)

// drawn is at which share of their size windows are drawn, as nobody looks at
// them: a sixteenth of the pixels. Pages do not see it (TestDrawnSmall), and
// pictures are made at full size.
//
// What input says of places is in pixels that are drawn. A turn of the wheel is
// the exception: it scrolls by CSS pixels, and its event names the distance divided
// by this share.
const drawn = 0.25

// The commonest desktop window. What a full browser has around the page takes a
// part of it.
const (
	windowWidth, windowHeight = 1920, 1080
	fullHeight                = 993
)

// desktop gives a page the window of the commonest desktop, on a screen of that
// size.
func (v *view) desktop() {
	height := int64(windowHeight)
	if v.profile.browser.options.Binary.Engine == process.Full {
		height = fullHeight
	}
	fire(v.sess, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: windowWidth, Height: height, ScreenWidth: windowWidth, ScreenHeight: windowHeight, DeviceScaleFactor: 1, Scale: drawn,
	})
}
