package consent

import "context"

// Reopen presses the control that a page offers to change a choice made
// before, and finds the banner that opens.
func Reopen(ctx context.Context, p Page, o Options) (*Banner, error) { return nil, errNotYet }

// Withdraw reopens the banner and refuses.
func Withdraw(ctx context.Context, p Page, o Options) (Outcome, error) { return Outcome{}, errNotYet }
