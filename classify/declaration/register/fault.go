package register

import (
	"fmt"
	"strings"
	"unicode"

	"cookiescan/classify/yamltree"
)

// A Place is where something stands in a file.
type Place = yamltree.Place

// A Fault is something wrong at a place of a file.
type Fault struct {
	Place   Place
	Message string // one sentence
	Hint    string // what would be right, empty if nothing is near
	excerpt string
}

// String is a line with place, message and hint, and two more that show where
// it is, with a caret.
func (f Fault) String() string {
	text := f.Place.String() + ": " + f.Message
	if f.Hint != "" {
		text += "; " + f.Hint
	}
	if f.excerpt != "" {
		text += "\n" + f.excerpt
	}
	return text
}

// An Error says why a file cannot be used.
type Error struct{ Faults []Fault }

// Error is the first fault and how many follow.
func (e *Error) Error() string {
	text := e.Faults[0].String()
	if more := len(e.Faults) - 1; more > 0 {
		text += fmt.Sprintf("\n(and %d more)", more)
	}
	return text
}

// mostShown is how many characters of a line an excerpt has.
const mostShown = 96

// excerpt shows a column of a line with a caret below it.
func excerpt(line string, number, column int) string {
	runes := []rune(strings.TrimRight(line, "\r\n"))
	column = min(max(column, 1), len(runes)+1)
	from := 0
	if column > mostShown*3/4 {
		from = column - mostShown*3/4
	}
	shown := runes[from:min(len(runes), from+mostShown)]
	for i, r := range shown {
		if r == '\t' {
			shown[i] = ' '
		} else if !unicode.IsPrint(r) {
			shown[i] = unicode.ReplacementChar
		}
	}
	head := fmt.Sprintf("%5d | ", number)
	return head + string(shown) + "\n" + strings.Repeat(" ", len(head)-2) + "| " + strings.Repeat(" ", column-1-from) + "^"
}
