package checks

import (
	"cookiescan/classify/declaration"
	"cookiescan/scanner"
)

// says is the first statement of a kind that a page makes, or nil.
func (s *source) says(kinds ...string) *declaration.Statement {
	if s.page == nil {
		return nil
	}
	for i := range s.page.Statements {
		if contains(kinds, s.page.Statements[i].Kind) {
			return &s.page.Statements[i]
		}
	}
	return nil
}

// longestQuote is kept of a sentence that a finding quotes.
const longestQuote = 160

// quote is a sentence of a page, for a message.
func quote(text string) string { return "\"" + first(text, longestQuote) + "\"" }

// statementAt is where a page says something.
func (s *source) statementAt(said declaration.Statement) *scanner.Declared {
	return &scanner.Declared{Source: s.name, Place: said.Place, Text: first(said.Text, longestQuote)}
}
