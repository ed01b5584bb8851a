package gate

import (
	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

// Options say what must not be found. The zero value fails on errors of class
// contract and law, and on whatever stayed unseen.
type Options struct {
	FailOn   Rules
	Baseline Baseline  // nil: everything is new
	Allow    Allowance // of pages that may stay unseen
}

// Outcome is what a run says in a word.
type Outcome string

// The outcomes. Findings at the gate count also when a scan is incomplete.
const (
	Passed     Outcome = "passed"
	Failed     Outcome = "failed"
	Incomplete Outcome = "incomplete"
)

// Code is the exit code of an outcome: 0, 1, and 3, which is worth a retry.
func (o Outcome) Code() int {
	switch o {
	case Passed:
		return 0
	case Failed:
		return 1
	case Incomplete:
	}
	return 3
}

// Status is what the gate makes of one finding.
type Status string

// The statuses.
const (
	AtGate Status = "at-gate" // it fails
	Known  Status = "known"   // it would, but the baseline has it
	Waived Status = "waived"
	Below  Status = "below" // of less weight than fails
)

// Result is what the gate says of scans.
type Result struct {
	Outcome  Outcome
	Statuses [][]Status             // of the findings of each scan, in their order
	Unseen   [][]scanner.Incomplete // of each scan, what is not allowed to stay unseen
	Lacking  bool                   // something is not allowed to stay unseen, whether or not a finding fails
	Allowed  int                    // pages that stayed unseen and may
	Gone     int                    // fingerprints of the baseline that no scan has any more
}

// Decide looks at the findings and the gaps of judged scans. It is Passed for
// no scan at all only if nothing was to be scanned, which the caller knows.
func Decide(docs []*scanner.Scan, o Options) Result {
	r := Result{Outcome: Passed}
	met := map[string]bool{}
	fails := false
	for _, doc := range docs {
		list := make([]Status, len(doc.Findings))
		for i := range doc.Findings {
			f := &doc.Findings[i]
			met[f.Fingerprint] = true
			list[i] = o.status(f)
			fails = fails || list[i] == AtGate
		}
		unseen, allowed := o.Allow.split(doc)
		unseen = append(unseen, undecided(doc)...)
		r.Allowed += allowed
		r.Statuses, r.Unseen = append(r.Statuses, list), append(r.Unseen, unseen)
		if len(unseen) > 0 || !doc.Complete && len(doc.Incomplete) == 0 {
			r.Outcome, r.Lacking = Incomplete, true
		}
	}
	for print := range o.Baseline {
		if !met[print] {
			r.Gone++
		}
	}
	if fails {
		r.Outcome = Failed
	}
	return r
}

// listHint says what to do where there was no list to compare with.
const listHint = "; give the address or the file that has it with -d, or waive " + checks.NoList + " if there is none"

// undecided is what stayed unseen though the scan is complete, as the declaration
// shows: what comes after a choice, the site itself, or the list that it was to be
// compared with, unless somebody accepts that there is none.
func undecided(doc *scanner.Scan) []scanner.Incomplete {
	var list []scanner.Incomplete
	for _, f := range doc.Findings {
		switch f.ID {
		case checks.BannerMissing:
			list = append(list, scanner.Incomplete{Code: scanner.BannerNotOperated, Detail: f.Message})
		case checks.NothingMet:
			list = append(list, scanner.Incomplete{Code: "nothing-met", Detail: f.Message})
		case checks.NothingSeen:
			list = append(list, scanner.Incomplete{Code: "nothing-seen", Detail: f.Message})
		case checks.NoList:
			if f.Waived == nil {
				list = append(list, scanner.Incomplete{Code: "no-list", Detail: f.Message + listHint})
			}
		}
	}
	return list
}

// Count is how many findings have a status.
func (r Result) Count(s Status) int {
	n := 0
	for _, list := range r.Statuses {
		for _, status := range list {
			if status == s {
				n++
			}
		}
	}
	return n
}

func (o Options) status(f *scanner.Finding) Status {
	switch {
	case f.Waived != nil && f.Class != scanner.ClassUnable:
		return Waived
	case !o.FailOn.fail(f):
		return Below
	case f.Fingerprint != "" && o.Baseline[f.Fingerprint] && f.Class != scanner.ClassUnable:
		return Known
	}
	return AtGate
}
