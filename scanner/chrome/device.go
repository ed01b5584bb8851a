package chrome

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/emulation"
)

//go:embed js/nohints.js
var noHintsSource string

// Device is what a page sees of a telephone or tablet: its window and what it
// says of itself. The engine stays Chromium.
type Device struct {
	Name          string
	Width, Height int64   // of the screen, in CSS pixels
	Scale         float64 // device pixels of one
	model         string  // of Sec-CH-UA-Model; empty: a browser that sends no client hints
	version       string  // of the platform
	agent         string  // user agent; empty: that of Chrome on Android
	platform      string  // navigator.platform
}

// Devices are those that --device knows. Sizes are those that their makers and
// the device mode of Chrome DevTools give.
var Devices = []Device{
	{Name: "pixel-8", Width: 412, Height: 915, Scale: 2.625, model: "Pixel 8", version: "14.0.0", platform: "Linux armv81"},
	{Name: "galaxy-s24", Width: 360, Height: 780, Scale: 3, model: "SM-S921B", version: "14.0.0", platform: "Linux armv81"},
	{
		Name: "iphone-15", Width: 393, Height: 852, Scale: 3, platform: "iPhone",
		agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
	},
	{
		Name: "iphone-se", Width: 375, Height: 667, Scale: 2, platform: "iPhone",
		agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
	},
}

// On is the identity on a device. Chrome on Android reduces its user agent, so
// that only client hints tell models apart.
func (id Identity) On(d Device) Identity {
	mark := strings.TrimPrefix(id.UserAgent, OrdinaryChrome(id.full, id.Languages).UserAgent)
	if mark != "" && !id.Honest { // the user's own
		id.device = &d
		return id
	}
	agent := d.agent
	if agent == "" {
		agent = fmt.Sprintf("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile Safari/537.36", id.major)
	}
	id.UserAgent, id.Platform, id.device = agent+mark, d.platform, &d
	return id
}

// hints are the client hints of a device, which Safari does not have.
func (d *Device) hints(m *emulation.UserAgentMetadata) *emulation.UserAgentMetadata {
	if d.model == "" {
		return nil
	}
	m.Platform, m.PlatformVersion, m.Model, m.Mobile = "Android", d.version, d.model, true
	m.Architecture, m.Bitness, m.FormFactors = "", "", []string{"Mobile"}
	return m
}

// emulate gives a page the window of a device, and fingers.
func (d *Device) emulate(s *session) {
	fire(s, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: d.Width, Height: d.Height, ScreenWidth: d.Width, ScreenHeight: d.Height, DeviceScaleFactor: d.Scale, Scale: drawn, Mobile: true,
	})
	fire(s, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 5})
}

// Geolocation is a place, in degrees.
type Geolocation struct{ Latitude, Longitude float64 }

// accuracy is that of a place, in metres.
const accuracy = 50.0

func (g *Geolocation) emulate(s *session) {
	metres := accuracy
	fire(s, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &g.Latitude, Longitude: &g.Longitude, Accuracy: &metres})
}
