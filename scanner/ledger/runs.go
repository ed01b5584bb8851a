package ledger

import (
	"fmt"
	"strings"
)

// Repeat says that the passes begin once more: what is seen in one run only is
// there all the same, but nothing is proved absent by fewer than all.
func (l *Ledger) Repeat() { l.run++ }

// runs are those in which something was seen.
type runs map[int]bool

// seen words them, such as 2/3.
func (r runs) seen(l *Ledger) string { return fmt.Sprintf("%d/%d", len(r), l.run+1) }

// restoreRuns are as many as a document says: which they were does not matter.
func restoreRuns(seen string) runs {
	r, n := runs{}, 0
	count, _, _ := strings.Cut(seen, "/")
	if _, err := fmt.Sscan(count, &n); err != nil {
		return r
	}
	for i := range n {
		r[i] = true
	}
	return r
}
