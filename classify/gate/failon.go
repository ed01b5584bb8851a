package gate

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// Rules say which findings fail. The zero value: errors of class contract and
// law.
type Rules struct {
	severity scanner.Severity // of this and heavier ones, whatever the class; empty: none
	classes  []scanner.Class  // with their least severity
	least    scanner.Severity // of findings of a class; empty: what leastOf says
	ids      []string         // of checks, whatever the severity
}

var (
	severities = []scanner.Severity{scanner.SeverityError, scanner.SeverityWarning, scanner.SeverityNote}
	classes    = []scanner.Class{scanner.ClassContract, scanner.ClassLaw, scanner.ClassHygiene, scanner.ClassUnable}
)

// ParseRules reads what fails: words are severities (findings of this and
// heavier ones, but those of class unable), classes, and ids of checks; none is
// contract and law. Least is the lightest severity at which a finding of a
// class fails; without it errors do, and warnings of classes that have no
// errors.
func ParseRules(words []string, least string) (Rules, error) {
	var r Rules
	if least != "" && !slices.Contains(severities, scanner.Severity(least)) {
		return r, fmt.Errorf("%.40q is no severity, these are %s", least, join(severities))
	}
	r.least = scanner.Severity(least)
	for _, word := range words {
		word = strings.TrimSpace(word)
		id := strings.ToUpper(word)
		_, isCheck := checks.Lookup(id)
		switch s, c := scanner.Severity(word), scanner.Class(word); {
		case slices.Contains(severities, s):
			if r.severity == "" || weight(s) > weight(r.severity) {
				r.severity = s
			}
		case slices.Contains(classes, c):
			r.classes = append(r.classes, c)
		case isCheck:
			r.ids = append(r.ids, id)
		default:
			return r, fmt.Errorf("%.40q is none of the severities %s, of the classes %s, nor the id of a check", word, join(severities), join(classes))
		}
	}
	return r, nil
}

func (r Rules) fail(f *scanner.Finding) bool {
	if slices.Contains(r.ids, f.ID) || r.severity != "" && f.Class != scanner.ClassUnable && atLeast(f.Severity, r.severity) {
		return true
	}
	named := r.classes
	if len(named) == 0 && len(r.ids) == 0 && r.severity == "" {
		named = classes[:2]
	}
	return slices.Contains(named, f.Class) && atLeast(f.Severity, r.leastOf(f.Class))
}

// leastOf is the lightest severity at which findings of a class fail. Hygiene
// and unable have no errors.
func (r Rules) leastOf(c scanner.Class) scanner.Severity {
	switch {
	case r.least != "":
		return r.least
	case c == scanner.ClassHygiene, c == scanner.ClassUnable:
		return scanner.SeverityWarning
	}
	return scanner.SeverityError
}

// weight is 0 for the heaviest. What is no severity is heavier than all: it
// must not slip through.
func weight(s scanner.Severity) int { return slices.Index(severities, s) }

func atLeast(s, least scanner.Severity) bool { return weight(s) <= weight(least) }

func join[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = string(x)
	}
	return strings.Join(texts, ", ")
}
