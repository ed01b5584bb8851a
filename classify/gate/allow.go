package gate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// Allowance is how many pages of a pass may stay unseen: a number, or a share
// of those that the pass was to visit. Never the start pages, a pass, or the
// banner.
type Allowance struct {
	pages   int
	percent float64
}

// ParseAllowance reads "pages:2%" or "pages:3".
func ParseAllowance(text string) (Allowance, error) {
	wrong := fmt.Errorf("%.40q is neither like pages:2%% nor like pages:3", text)
	number, ok := strings.CutPrefix(text, "pages:")
	if !ok {
		return Allowance{}, wrong
	}
	if share, ok := strings.CutSuffix(number, "%"); ok {
		percent, err := strconv.ParseFloat(share, 64)
		if err != nil || !(percent >= 0 && percent <= 100) {
			return Allowance{}, wrong
		}
		return Allowance{percent: percent}, nil
	}
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil {
		return Allowance{}, wrong
	}
	return Allowance{pages: int(n)}, nil
}

// split says what of a scan is not allowed to stay unseen, and how much is.
func (a Allowance) split(doc *scanner.Scan) (unseen []scanner.Incomplete, allowed int) {
	pages := map[string][]scanner.Incomplete{} // by pass
	var passes []string
	for _, gap := range doc.Incomplete {
		if !ofPage(gap) || slices.Contains(doc.Target.URLs, gap.Page) || gap.Page == doc.Target.URL {
			unseen = append(unseen, gap)
			continue
		}
		if pages[gap.Pass] == nil {
			passes = append(passes, gap.Pass)
		}
		pages[gap.Pass] = append(pages[gap.Pass], gap)
	}
	for _, pass := range passes {
		gaps := pages[pass]
		if n := distinct(gaps); a.allows(n, visits(doc, pass)) {
			allowed += n
			continue
		}
		unseen = append(unseen, gaps...)
	}
	return unseen, allowed
}

// ofPage tells whether one page of many stayed unseen, and nothing else did.
func ofPage(gap scanner.Incomplete) bool {
	codes := []scanner.IncompleteCode{scanner.PageFailed, scanner.PageTimeout, scanner.PageCrashed}
	return gap.Page != "" && slices.Contains(codes, gap.Code)
}

func (a Allowance) allows(missed, of int) bool {
	return missed <= a.pages || float64(missed)*100 <= a.percent*float64(of)
}

func distinct(gaps []scanner.Incomplete) int {
	seen := map[string]bool{}
	for _, gap := range gaps {
		seen[gap.Page] = true
	}
	return len(seen)
}

// visits is how many pages a pass was to visit, in all its runs the same.
func visits(doc *scanner.Scan, phase string) int {
	most := 0
	for _, pass := range doc.Passes {
		if pass.Phase != phase {
			continue
		}
		seen := map[string]bool{}
		for _, page := range pass.Pages {
			seen[page.URL] = true
		}
		most = max(most, len(seen))
	}
	return most
}
