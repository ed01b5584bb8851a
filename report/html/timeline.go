package html

import (
	"math"
	"strconv"
)

const (
	hour  = 3600
	day   = 24 * hour
	month = 30 * day
	year  = 365 * day

	shortest = 60         // seconds at the left end of the scale
	longest  = 100 * year // at its right end
)

// tick is a place on the scale.
type tick struct {
	At     string // per cent of the width
	Label  string
	Anchor string // of the label, as in SVG
	Limit  bool   // a limit that authorities or browsers draw
}

// ticks are the scale. The limits: six months is how long several authorities
// let a choice count, thirteen months is the French exemption's limit for an
// audience measurement cookie, and 400 days is the browsers' (RFC 6265bis
// section 5.5). The last two are 1 % apart, one label says both.
func ticks() []tick {
	return []tick{
		{position(hour), "1 hour", "middle", false},
		{position(day), "1 day", "middle", false},
		{position(month), "1 month", "middle", false},
		{position(10 * year), "10 years", "middle", false},
		{position(183 * day), "6 months", "end", true},
		{position(395 * day), "13 months, 400 days", "start", true},
		{position(400 * day), "", "start", true},
	}
}

// position is where a number of seconds stands on the logarithmic scale, in
// per cent of its width with one decimal.
func position(seconds int64) string {
	at := math.Log(float64(max(seconds, shortest))/shortest) / math.Log(longest/shortest)
	return strconv.FormatFloat(1+97*min(at, 1), 'f', 1, 64) + "%"
}

// bar is a Life with places.
type bar struct {
	Life
	Stored, Declared string // per cent, empty: none
	Capped           bool   // it declares more than is kept
}

func bars(list []Life) []bar {
	drawn := make([]bar, 0, len(list))
	for _, l := range list {
		b := bar{Life: l}
		if l.Stored != nil {
			b.Stored = position(*l.Stored)
		}
		// A declaration that the browser kept, to within a per cent, needs no
		// mark of its own.
		if d := l.Declared; d != nil && (l.Stored == nil || math.Abs(float64(*d)-float64(*l.Stored)) > math.Abs(float64(*l.Stored))/100) {
			b.Declared = position(*d)
			b.Capped = l.Stored != nil && *d > *l.Stored
		}
		drawn = append(drawn, b)
	}
	return drawn
}
