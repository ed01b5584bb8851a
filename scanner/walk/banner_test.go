package walk

import (
	"slices"
	"testing"

	"cookiescan/scanner/consent"
)

// TestTakeInterests: what is on as a legitimate interest is not what was ticked
// ahead.
func TestTakeInterests(t *testing.T) {
	s := consentOf(&consent.Banner{Shown: true})
	s.take(consent.Outcome{Action: consent.Reject, Result: consent.Answered, Preticked: []string{"Statistics"}, Interests: []string{"Ad delivery"}})
	if !slices.Equal(s.Preticked, []string{"Statistics"}) || !slices.Equal(s.LegitimateInterest, []string{"Ad delivery"}) {
		t.Errorf("%+v", s)
	}
}
