// Package policy writes the cookie policy that a company publishes: from a
// reviewed declaration, in any official language of the European Union, as a
// page, a part of a page, Markdown, a document for a word processor or JSON. It decides no classification, reads
// no clock, and never says what nobody has declared.
package policy
