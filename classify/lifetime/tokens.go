package lifetime

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

type tokenKind int

const (
	aWord   tokenKind = iota
	aNumber           // written in digits
	aDash             // also a slash: between two alternatives
	aBreak            // a semicolon, a line: what follows is something else
)

// token is a piece of a text: a word in lower case without accents, or a number.
type token struct {
	kind  tokenKind
	text  string
	value float64
}

// mostText is how many octets of a text are read.
const mostText = 2000

// split breaks a text into tokens. Commas, full stops, brackets and
// apostrophes separate words and are left out, as is a plural ending in
// brackets: "year(s)".
func split(text string) []token {
	runes := []rune(fold(text))
	var tokens []token
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case dateLength(runes[i:]) > 0:
			tokens = append(tokens, token{kind: aBreak})
			i += dateLength(runes[i:])
		case isDigit(r):
			t, n := number(runes[i:])
			tokens = append(tokens, t)
			i += n
		case r == '½':
			if n := len(tokens); n > 0 && tokens[n-1].kind == aNumber {
				tokens[n-1].value += 0.5
			} else {
				tokens = append(tokens, token{kind: aNumber, value: 0.5})
			}
			i++
		case unicode.IsLetter(r):
			n := wordLength(runes[i:])
			tokens = append(tokens, token{kind: aWord, text: string(runes[i : i+n])})
			i += n + endingLength(runes[i+n:])
		case strings.ContainsRune("-‐‑‒–—−/~", r):
			tokens = append(tokens, token{kind: aDash})
			i++
		case strings.ContainsRune(";\n|", r):
			tokens = append(tokens, token{kind: aBreak})
			i++
		default:
			i++
		}
	}
	return tokens
}

// fold writes a text in lower case without accents.
func fold(text string) string {
	if len(text) > mostText {
		text = text[:mostText]
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ς':
			b.WriteRune('σ') // at the end of a word, which an abbreviation moves
		default:
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// dateLength is the length of a date in the form of ISO 8601, with the time
// behind it.
func dateLength(runes []rune) int {
	const form = "0000-00-00"
	if len(runes) < len(form) {
		return 0
	}
	for i, want := range form {
		if want == '-' && runes[i] != '-' || want == '0' && !isDigit(runes[i]) {
			return 0
		}
	}
	n := len(form)
	for n < len(runes) && !unicode.IsSpace(runes[n]) {
		n++
	}
	return n
}

// wordLength is how many letters a word has; a hyphen between letters belongs
// to it.
func wordLength(runes []rune) int {
	n := 0
	for n < len(runes) {
		switch {
		case unicode.IsLetter(runes[n]):
		case runes[n] == '-' && n+1 < len(runes) && unicode.IsLetter(runes[n+1]):
		default:
			return n
		}
		n++
	}
	return n
}

// endingLength is the length of an ending in brackets of at most three letters.
func endingLength(runes []rune) int {
	if len(runes) == 0 || runes[0] != '(' {
		return 0
	}
	n := 1
	for n < len(runes) && n < 4 && unicode.IsLetter(runes[n]) {
		n++
	}
	if n > 1 && n < len(runes) && runes[n] == ')' {
		return n + 1
	}
	return 0
}

// number reads digits: "2", "1,5", "1.5", "31 536 000", "1.000". One separator
// before exactly three digits is taken for that of thousands. A date is none.
func number(runes []rune) (token, int) {
	n := 0
	for n < len(runes) && (isDigit(runes[n]) || separates(runes, n)) {
		n++
	}
	groups := strings.FieldsFunc(string(runes[:n]), func(r rune) bool { return !isDigit(r) })
	value, ok := join(groups)
	if !ok {
		return token{kind: aBreak}, n
	}
	return token{kind: aNumber, value: value}, n
}

// separates tells whether a character stands between two digits of a number.
func separates(runes []rune, n int) bool {
	if n == 0 || n+1 >= len(runes) || !isDigit(runes[n-1]) || !isDigit(runes[n+1]) {
		return false
	}
	switch r := runes[n]; {
	case r == '.' || r == ',' || r == '\'' || r == '’':
		return true
	case r == ' ' || r == '\u00a0' || r == '\u202f':
		return threeDigits(runes[n+1:])
	}
	return false
}

func threeDigits(runes []rune) bool {
	return len(runes) >= 3 && isDigit(runes[1]) && isDigit(runes[2]) && (len(runes) == 3 || !isDigit(runes[3]))
}

// join makes a number of groups of digits.
func join(groups []string) (float64, bool) {
	thousands := len(groups) > 1 && len(groups[0]) <= 3 && groups[0] != "0"
	for _, g := range groups[1:] {
		thousands = thousands && len(g) == 3
	}
	text := strings.Join(groups, "")
	switch {
	case len(groups) == 1 || thousands:
	case len(groups) == 2:
		text = groups[0] + "." + groups[1]
	default:
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}
