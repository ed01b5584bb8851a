package scanner

import (
	"cmp"
	"fmt"
	"slices"
)

// contradiction is what a document says twice and differently, empty if it says
// nothing so. A scan writes a pass for each that was to be made, or says what it
// did not see; it counts the pages of its first pass; and it lists every cookie
// of the jar.
func (s *Scan) contradiction() string {
	if text := cmp.Or(s.miscounted(), s.brought()); text != "" || !s.Complete {
		return text
	}
	switch n := len(s.Incomplete); {
	case n == 1:
		return "it is complete, and lists 1 thing that was not seen"
	case n > 1:
		return fmt.Sprintf("it is complete, and lists %d things that were not seen", n)
	case s.Finished.IsZero():
		return "it is complete, and has no time at which it was finished"
	}
	for _, phase := range s.Settings.Phases {
		made := 0
		for _, p := range s.Passes {
			if p.Phase == phase {
				made++
			}
		}
		switch {
		case made == 0:
			return fmt.Sprintf("it is complete, and the pass %.40q that was to be made is not in it", phase)
		case made < s.Settings.Repeat:
			return fmt.Sprintf("it is complete, and run %d of the pass %.40q that was to be made is not in it", made+1, phase)
		}
	}
	return cmp.Or(s.elsewhere(), s.unlisted())
}

// brought finds a cookie that is said to be the user's where the user gave none.
func (s *Scan) brought() string {
	if len(s.Settings.Cookies) > 0 {
		return ""
	}
	for _, c := range s.Cookies {
		if slices.ContainsFunc(c.Writes, func(w Write) bool { return w.Via == ViaUser }) {
			return fmt.Sprintf("the user brought the cookie %.80q, and gave none", c.Name)
		}
	}
	return ""
}

// elsewhere finds pages without any start address among them. Of several, some
// may be left out for their number.
func (s *Scan) elsewhere() string {
	pages := 0
	for _, p := range s.Passes {
		pages += len(p.Pages)
		if slices.ContainsFunc(p.Pages, func(page Page) bool { return page.URL == s.Target.URL || slices.Contains(s.Target.URLs, page.URL) }) {
			return ""
		}
	}
	if pages == 0 {
		return ""
	}
	return "it is complete, and none of its start addresses is among its pages"
}

// miscounted compares the number of visited pages with the pages. It is that of
// the first pass, or of a later one if the first ended where it had no banner to
// answer.
func (s *Scan) miscounted() string {
	passes, said := s.Passes, s.Coverage.PagesVisited
	if len(passes) > 0 && (passes[0].Phase == "none" || passes[0].Phase == "gpc") {
		passes = passes[:1]
	}
	counts := []int{0}
	for _, p := range passes {
		counts = append(counts, p.visited())
	}
	if most := slices.Max(counts); said != most && !slices.Contains(counts[1:], said) {
		return fmt.Sprintf("its number of visited pages is %d, and it has %d", said, most)
	}
	return ""
}

// visited counts the pages that a pass was to show, and none that it opened on
// the way there.
func (p Pass) visited() int {
	n := 0
	for _, page := range p.Pages {
		if page.Source != "again" && page.Source != "steps" {
			n++
		}
	}
	return n
}

// unlisted compares the number of cookies in the jar with those that are listed.
func (s *Scan) unlisted() string {
	for _, p := range s.Passes {
		listed := 0
		for _, c := range s.Cookies {
			if c.Stored && slices.Contains(c.Present, p.Phase) {
				listed++
			}
		}
		if listed < p.Cookies {
			return fmt.Sprintf("the pass %.40q ended with %s, and %d of them in the list", p.Phase, cookies(p.Cookies), listed)
		}
	}
	return ""
}

func cookies(n int) string {
	if n == 1 {
		return "1 cookie"
	}
	return fmt.Sprintf("%d cookies", n)
}
