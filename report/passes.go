package report

import (
	"slices"
	"strings"

	"cookiescan/scanner"
)

// made are the passes that visited pages. Without a banner there is nothing to
// accept or to refuse, and such passes visit none. Those of further runs are the
// same once more.
func made(s *scanner.Scan) []scanner.Pass {
	return slices.DeleteFunc(slices.Clone(s.Passes), func(p scanner.Pass) bool { return len(p.Pages) == 0 || p.Run > 1 })
}

// pagesSeen is how many of the visited pages were seen: one that could be loaded
// in no pass was not. Those that the user's steps opened are not counted as visited.
func pagesSeen(s *scanner.Scan) int {
	seen := map[string]bool{}
	for _, p := range s.Passes {
		for _, page := range p.Pages {
			if page.Source != "steps" {
				seen[page.URL] = seen[page.URL] || page.Loaded()
			}
		}
	}
	n := s.Coverage.PagesVisited
	for _, ok := range seen {
		if !ok {
			n--
		}
	}
	return max(0, n)
}

// blind tells whether no page of a pass could be loaded, so that nothing of what
// is absent from it is known.
func blind(s *scanner.Scan, phase string) bool {
	visited := false
	for _, p := range s.Passes {
		if p.Phase != phase {
			continue
		}
		if slices.ContainsFunc(p.Pages, func(page scanner.Page) bool { return page.Loaded() }) {
			return false
		}
		visited = visited || len(p.Pages) > 0
	}
	return visited
}

const (
	// passColumn begins the key of a column about one pass.
	passColumn = "pass:"
	// mostPassColumns have a column each, more share one.
	mostPassColumns = 4
)

// What a cell of such a column says.
const (
	writtenMark = "●"
	presentMark = "○"
)

// passLegend explains the marks.
const passLegend = writtenMark + " written in this consent state, " + presentMark + " written before it and there at its end"

// passKeys are the keys of the columns about passes.
func (v view) passKeys() []string {
	list := made(v.scan)
	switch {
	case len(list) < 2:
		return nil
	case len(list) > mostPassColumns:
		return []string{"passes"}
	}
	var keys []string
	for _, p := range list {
		keys = append(keys, passColumn+p.Phase)
	}
	return keys
}

// passMark is the cell of an entry about a pass.
func (e entry) passMark(phase string) string {
	switch {
	case slices.Contains(e.phases, phase):
		return writtenMark
	case slices.Contains(e.present, phase):
		return presentMark
	}
	return ""
}

// phaseOf is the pass that a column is about, if it is about one.
func phaseOf(key string) (string, bool) { return strings.CutPrefix(key, passColumn) }

// legend explains the columns about passes, if there are such.
func legend(keys []string) string {
	if slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, passColumn) }) {
		return passLegend
	}
	return ""
}

// passWords counts the passes: "3 passes (none, accept, reject), in 2 runs".
func passWords(s *scanner.Scan, quote func(string) string) string {
	text := number(len(made(s)), "pass") + " (" + phases(s, quote) + ")"
	runs := 1
	for _, p := range s.Passes {
		runs = max(runs, p.Run)
	}
	if runs > 1 {
		text += ", in " + number(runs, "run")
	}
	return text
}
