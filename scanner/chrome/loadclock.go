package chrome

import (
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"

	"cookiescan/scanner"
)

// clockSlack is for how long, in seconds, the page's clock may go on after the load
// event: the command that stops it has to arrive. On a machine that is busy it comes
// later, and timers run before it.
const clockSlack = 0.25

// loadClock knows when the page's load event was. Times are in seconds.
type loadClock struct {
	ahead  float64 // of the browser's wall clock to its monotonic one; 0: not known
	loaded float64 // by the wall clock; 0: not yet, or not known
}

// set takes the page's first request, whose time DevTools tells by both clocks.
func (c *loadClock) set(e *network.EventRequestWillBeSent) {
	if c.ahead == 0 {
		c.ahead = float64(e.WallTime) - float64(e.Timestamp)
	}
}

// load takes the first load event.
func (c *loadClock) load(at cdp.MonotonicTime) {
	if c.ahead != 0 && c.loaded == 0 {
		c.loaded = float64(at) + c.ahead
	}
}

// trigger tells a timer that ran while the page's clock should have been stopped
// from what belongs to loading: which of them do depends on the machine.
func (c *loadClock) trigger(station scanner.Trigger, at float64, by *runtime.StackTrace) scanner.Trigger {
	if station == scanner.OnLoad && c.loaded != 0 && at-c.loaded > clockSlack && byTimer(by) {
		return scanner.OnTimer
	}
	return station
}

// byTimer tells whether a timer is among what led to a script's run.
func byTimer(st *runtime.StackTrace) bool {
	for n := 0; st != nil && n < maxChain; st, n = st.Parent, n+1 {
		if st.Description == "setTimeout" || st.Description == "setInterval" {
			return true
		}
	}
	return false
}
