package walk

import (
	"context"
	"fmt"

	"cookiescan/scanner/consent"
)

// Moment is when a picture of a banner was taken.
type Moment string

// The moments.
const (
	BeforeChoice    Moment = "before"
	AfterChoice     Moment = "after"
	AfterWithdrawal Moment = "withdrawn"
)

// look takes a picture of a banner before the choice, measures it in passes that
// answer nothing, and hands it on.
func (v *visit) look(ctx context.Context, page consent.Page, banner *consent.Banner) error {
	keep, measure := v.pass.scan.o.Screenshot != nil, !Answers(v.pass.phase)
	if !banner.Shown || v.pass.scan.run > 1 || !keep && !measure {
		return nil
	}
	png, err := page.Screenshot(ctx)
	if err != nil {
		return fmt.Errorf("picturing the consent banner: %w", err)
	}
	if measure {
		_ = banner.Measure(png) // what could not be measured has no contrast
	}
	if !keep {
		return nil
	}
	return v.pass.scan.o.Screenshot(v.pass.phase, BeforeChoice, png)
}

// picture hands on what the window shows, in the first run.
func (v *visit) picture(ctx context.Context, page consent.Page, m Moment) error {
	keep := v.pass.scan.o.Screenshot
	if keep == nil || v.pass.scan.run > 1 {
		return nil
	}
	png, err := page.Screenshot(ctx)
	if err != nil {
		return fmt.Errorf("picturing the consent banner: %w", err)
	}
	return keep(v.pass.phase, m, png)
}
