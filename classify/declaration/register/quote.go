package register

import (
	"regexp"
	"strings"

	"cookiescan/classify/yamltree"
)

// plainForm is what YAML takes for a text without quotes, wherever it stands.
var plainForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+-]+)*$`)

// lengthForm is a number and a unit, such as 13 months.
var lengthForm = regexp.MustCompile(`^[0-9]+ [a-z]+( and [0-9]+ [a-z]+)?$`)

// quoted is a text as YAML 1.1 and 1.2 read it back: in double quotes, with
// escapes for what cannot be seen, unless it needs none.
func quoted(s string) string {
	switch strings.ToLower(s) {
	case "", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf":
	default:
		if plainForm.MatchString(s) || lengthForm.MatchString(s) {
			return s
		}
	}
	return yamltree.Quote(s)
}

func quotedList(list []string) string {
	items := make([]string, len(list))
	for i, s := range list {
		items[i] = quoted(s)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// pair is a key and its value, ready to be written.
type pair struct{ key, value string }

func pairsOf(list ...pair) []pair {
	var kept []pair
	for _, p := range list {
		if p.value != "" && p.value != "[]" && p.value != `""` {
			kept = append(kept, p)
		}
	}
	return kept
}

// inBraces writes pairs as a mapping in one line.
func inBraces(list []pair) string {
	var items []string
	for _, p := range list {
		items = append(items, p.key+": "+p.value)
	}
	return "{" + strings.Join(items, ", ") + "}"
}
