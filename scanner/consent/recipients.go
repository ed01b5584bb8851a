package consent

import "strconv"

// Recipients is what the first layer says of those who receive data: the text of
// the control that leads to their list, and how many it counts. Empty and 0 where
// it says nothing.
func (b *Banner) Recipients() (link string, count int) {
	for _, c := range b.Controls {
		switch c.Role {
		case RoleAccept, RoleReject, RoleSave, RoleToggle:
			continue
		default:
		}
		if link == "" && lexicon().count("recipients", tokens(c.Text)) > 0 {
			link = c.Text
		}
	}
	return link, countRecipients(tokens(b.Text))
}

// countRecipients is the number that stands before the word for them, with one
// word between at most: "our 1,532 trusted partners". 0 if there is none, or one.
func countRecipients(t []string) int {
	begins := func(t []string) bool { return lexicon().first("recipients", t[:min(len(t), longestTerm)]) == 0 }
	for i := range t {
		n, used := numberAt(t[i:])
		if n < 2 || i > 0 && thousands(t[i-1], t[i]) {
			continue
		}
		rest := t[i+used:]
		if begins(rest) || len(rest) > 1 && !isDigits(rest[0]) && begins(rest[1:]) {
			return n
		}
	}
	return 0
}

// numberAt reads a number at the beginning of a text and says of how many words
// it is: its thousands may stand apart. No banner counts millions.
func numberAt(t []string) (n, used int) {
	if !isDigits(t[0]) || len(t[0]) > maxDigits {
		return 0, 0
	}
	n, _ = strconv.Atoi(t[0])
	if len(t) > 1 && thousands(t[0], t[1]) {
		rest, _ := strconv.Atoi(t[1])
		return n*1000 + rest, 2
	}
	return n, 1
}

// thousands tells whether two words are parts of one number.
func thousands(a, b string) bool {
	return isDigits(a) && isDigits(b) && len(a) <= 3 && len(b) == 3
}

// longestTerm is of how many words the word for recipients is in some languages.
const longestTerm = 2

// maxDigits are those of the largest number that stands in one word.
const maxDigits = 5

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
