package chrome

import (
	"context"
	_ "embed"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/reading"
)

//go:embed js/unfold.js
var unfoldSource string

// ReadingPage shows a tab as what reading its text needs.
func (t *Tab) ReadingPage() reading.Page { return &readingPage{stepsPage{consentPage{tab: t}}} }

// readingPage implements reading.Page.
type readingPage struct{ stepsPage }

// Unfold opens a details element, or clicks on a control without the mouse: a
// banner may lie over the page, and stays unanswered.
func (p *readingPage) Unfold(ctx context.Context, id consent.NodeID) (bool, error) {
	return p.ask(ctx, id, unfoldSource)
}
