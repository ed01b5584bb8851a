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
