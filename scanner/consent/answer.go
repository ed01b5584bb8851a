package consent

import "context"

// Answer operates a banner. An answer that could not be given is an outcome; an
// error means that the page or the browser failed.
func (b *Banner) Answer(ctx context.Context, p Page, a Action) (Outcome, error) {
	return Outcome{}, errNotYet
}
