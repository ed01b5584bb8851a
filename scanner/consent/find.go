package consent

import (
	"context"
	"errors"
)

var errNotYet = errors.New("not implemented")

// Find looks for a banner and waits for a late one as long as the options'
// patience lets it. That none is shown is no error: the banner says so.
func Find(ctx context.Context, p Page, o Options) (*Banner, error) { return nil, errNotYet }
