package scanner

import (
	"fmt"
)

// contradiction is what in a document that calls itself complete says that it is
// not, empty if nothing does: a scan writes a pass for each that was to be made, or
// says what it did not see.
func (s *Scan) contradiction() string {
	if !s.Complete {
		return ""
	}
	switch n := len(s.Incomplete); {
	case n == 1:
		return "it calls itself complete, and lists 1 thing that was not seen"
	case n > 1:
		return fmt.Sprintf("it calls itself complete, and lists %d things that were not seen", n)
	case s.Finished.IsZero():
		return "it calls itself complete, and has no time at which it was finished"
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
			return fmt.Sprintf("it calls itself complete, and the pass %.40q that was to be made is not in it", phase)
		case made < s.Settings.Repeat:
			return fmt.Sprintf("it calls itself complete, and run %d of the pass %.40q that was to be made is not in it", made+1, phase)
		}
	}
	return ""
}
