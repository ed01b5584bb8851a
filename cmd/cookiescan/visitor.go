package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // --timezone is checked on machines without a zone database too

	"github.com/spf13/pflag"

	"cookiescan/scanner/chrome"
)

// visitorOptions say whom the site believes to see.
type visitorOptions struct {
	userAgent, locale, timezone, region string
	device, geolocation                 string

	place *chrome.Geolocation // after check; nil: not told
}

func (o *visitorOptions) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.userAgent, "user-agent", "chrome", "what the browser says it is, `WHO` is chrome (an ordinary Chrome of the same version), honest (names cookiescan) or any text")
	f.StringVar(&o.locale, "locale", "en-US", "`LANGUAGE` of the visitor, such as de-DE")
	f.StringVar(&o.timezone, "timezone", "", "time `ZONE` of the visitor, such as Europe/Berlin (default: that of this machine)")
	f.StringVar(&o.device, "device", "", "visit as a telephone with its window and user agent, `NAME` is "+strings.Join(deviceNames(), ", ")+"; the engine stays Chromium")
	f.StringVar(&o.geolocation, "geolocation", "", "tell pages that ask for it this place, `LAT,LON` in degrees, such as 52.52,13.40")
	f.StringVar(&o.region, "region", "", "`COUNTRY` that you scan from, such as DE: it is noted in the result; from IT the X at the top right of a banner is its refusal")
}

var (
	localeForm = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	regionForm = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`)
)

func (o *visitorOptions) check() error {
	o.region = strings.ToUpper(o.region)
	switch {
	case strings.TrimSpace(o.userAgent) == "" || strings.ContainsAny(o.userAgent, "\r\n\x00"):
		return usage("", "--user-agent: a user agent is one line of text")
	case !localeForm.MatchString(o.locale):
		return usage("", "--locale: %.40q is not a language such as en-US", o.locale)
	case o.region != "" && !regionForm.MatchString(o.region):
		return usage("", "--region: %.40q is not a country code such as DE", o.region)
	}
	if err := o.checkDevice(); err != nil {
		return err
	}
	if o.timezone == "" {
		return nil
	}
	if _, err := time.LoadLocation(o.timezone); err != nil || o.timezone == "Local" {
		return usage("", "--timezone: %.40q is not a time zone such as Europe/Berlin", o.timezone)
	}
	return nil
}

// identity is what the browser of this version says of itself.
func (o *visitorOptions) identity(version string) chrome.Identity {
	var id chrome.Identity
	switch o.userAgent {
	case "chrome":
		id = chrome.OrdinaryChrome(version, chrome.Languages(o.locale))
	case "honest":
		id = chrome.HonestScanner(version, toolVersion(), chrome.Languages(o.locale))
	default:
		id = chrome.Custom(o.userAgent, version, chrome.Languages(o.locale))
	}
	id.Timezone = o.timezone
	for _, d := range chrome.Devices {
		if d.Name == o.device {
			id = id.On(d)
		}
	}
	return id
}

func deviceNames() []string {
	var out []string
	for _, d := range chrome.Devices {
		out = append(out, d.Name)
	}
	return out
}

func (o *visitorOptions) checkDevice() error {
	if o.device != "" && !slices.Contains(deviceNames(), o.device) {
		return usage("the devices are "+strings.Join(deviceNames(), ", "), "--device: there is no device %.40q", o.device)
	}
	if o.geolocation == "" {
		return nil
	}
	latitude, longitude, _ := strings.Cut(o.geolocation, ",")
	lat, wrong := strconv.ParseFloat(strings.TrimSpace(latitude), 64)
	lon, wrong2 := strconv.ParseFloat(strings.TrimSpace(longitude), 64)
	if wrong != nil || wrong2 != nil || !(lat >= -90 && lat <= 90) || !(lon >= -180 && lon <= 180) {
		return usage("for example --geolocation 52.52,13.40", "--geolocation: %.40q is no latitude and longitude in degrees", o.geolocation)
	}
	o.place = &chrome.Geolocation{Latitude: lat, Longitude: lon}
	return nil
}
