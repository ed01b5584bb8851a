package classify

import (
	"regexp"
	"strings"
	"unicode"
)

// The forms of what programs generate into names. A part of a name is one only
// between separators or the ends of the name; a word is never one.
var (
	uuidForm   = regexp.MustCompile(`[0-9a-fA-F]{8}([-_])[0-9a-fA-F]{4}[-_][0-9a-fA-F]{4}[-_][0-9a-fA-F]{4}[-_][0-9a-fA-F]{12}`)
	partForm   = regexp.MustCompile(`[0-9A-Za-z]+={0,2}`)
	hexForm    = regexp.MustCompile(`^[0-9a-f]{8,}$|^[0-9A-F]{8,}$`)
	digitsForm = regexp.MustCompile(`^[0-9]+$`)
	yearForm   = regexp.MustCompile(`^(19|20)[0-9]{2}$`)
	tailForm   = regexp.MustCompile(`([A-Za-z]{3,})[0-9]{6,}([^0-9A-Za-z]|$)`) // a long number behind a word
	starsForm  = regexp.MustCompile(`\*(?:[-_.:=]?\*)+`)
)

// telling tells whether so much of a name is left that it is a pattern. What is
// all generated stays as it is, since its pattern would be any name.
func telling(pattern string) bool {
	return literals(pattern) >= 2 && len(strings.ReplaceAll(pattern, "*", "")) >= 3
}

// foldName is a name with what programs generate into it written as *, such as
// foo_* for foo_8f3a9c12d4.
func foldName(name string) string {
	if len(name) > mostName {
		return name
	}
	folded := uuidForm.ReplaceAllString(name, "*")
	folded = partForm.ReplaceAllStringFunc(folded, func(part string) string {
		if isGenerated(strings.TrimRight(part, "=")) {
			return "*"
		}
		return part
	})
	folded = tailForm.ReplaceAllString(folded, "$1*$2")
	folded = starsForm.ReplaceAllString(folded, "*")
	if !telling(folded) {
		return name
	}
	return folded
}

// literals counts the letters and digits of a pattern.
func literals(pattern string) int {
	n := 0
	for _, r := range pattern {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// isGenerated tells whether a part of a name is a number, a digest or a random
// text rather than a word.
func isGenerated(part string) bool {
	digits := 0
	for _, r := range part {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	switch {
	case digitsForm.MatchString(part):
		return len(part) >= 4 && !yearForm.MatchString(part)
	case hexForm.MatchString(part):
		return digits >= 2 && digits < len(part)
	}
	return len(part) >= 10 && isMixed(part)
}

// isMixed tells whether digits and letters alternate as they do in no word: at
// least three times.
func isMixed(part string) bool {
	changes := 0
	for i := 1; i < len(part); i++ {
		if isDigit(part[i]) != isDigit(part[i-1]) {
			changes++
		}
	}
	return changes >= 3
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isVisitorID tells whether a value is nothing but an identifier: a UUID, or a
// number and a time as analytics write them ("GA1.2.1234567890.1700000000").
func isVisitorID(value string) bool {
	if m := uuidForm.FindString(value); m != "" {
		return len(value) <= len(m)+24
	}
	return numberAndTime.MatchString(value)
}

var numberAndTime = regexp.MustCompile(`^(?:[A-Za-z]{1,3}[0-9]?\.[0-9]\.)?[0-9]{6,12}[.-]1[0-9]{9}(?:[0-9]{3})?$`)
