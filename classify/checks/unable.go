package checks

import (
	"cmp"
	"fmt"

	"cookiescan/scanner"
)

// unable folds what stayed unseen by pass: one observation for each, with the
// pages as evidence.
func (c *Context) unable(kind, what string, codes ...scanner.IncompleteCode) []Observation {
	var list []Observation
	at := map[string]int{}
	for _, i := range c.scan.Incomplete {
		if !contains(codes, i.Code) {
			continue
		}
		subject := cmp.Or(i.Pass, "scan")
		if _, ok := at[subject]; !ok {
			at[subject] = len(list)
			list = append(list, Observation{Kind: kind, Subject: subject, Domain: c.site(), Sure: scanner.SureCertain})
		}
		o := &list[at[subject]]
		o.Evidence = append(o.Evidence, scanner.Evidence{Pass: i.Pass, URL: i.Page, Detail: i.Detail})
	}
	for k := range list {
		o := &list[k]
		o.Message = what
		if o.Subject != "scan" {
			o.Message += " in the pass " + o.Subject
		}
		if n := len(o.Evidence); n > 1 {
			o.Message = fmt.Sprintf("%s, %d times", o.Message, n)
		}
		o.Message += ": " + o.Evidence[0].Detail
	}
	return list
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
