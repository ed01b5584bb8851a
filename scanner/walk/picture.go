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

// look takes a picture of a banner before the choice and hands it on. In a pass
// that answers nothing it also measures what is drawn; what could not be measured
// stays open.
func (v *visit) look(ctx context.Context, page consent.Page, banner *consent.Banner) error {
	if !banner.Shown || v.pass.scan.run > 1 {
		return nil
	}
	measure := !Answers(v.pass.phase)
	if measure {
		if err := banner.LookBehind(ctx, page); err != nil {
			return err
		}
	}
	keep := v.pass.scan.o.Screenshot
	if keep == nil && !measure {
		return nil
	}
	png, err := page.Screenshot(ctx)
	if err == nil && measure {
		_ = banner.Measure(png)
	}
	switch {
	case keep == nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("picturing the consent banner: %w", err)
	}
	return keep(v.pass.phase, BeforeChoice, png)
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
