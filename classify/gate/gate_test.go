package gate

import (
	"slices"
	"testing"

	"cookiescan/classify/checks"
	"cookiescan/scanner"
)

func found(id string, class scanner.Class, severity scanner.Severity) scanner.Finding {
	return scanner.Finding{ID: id, Class: class, Severity: severity, Fingerprint: id + string(severity)}
}

var (
	undeclared = found("U001", scanner.ClassContract, scanner.SeverityError)
	early      = found("B001", scanner.ClassLaw, scanner.SeverityError)
	drift      = found("U014", scanner.ClassContract, scanner.SeverityWarning)
	weak       = found("S001", scanner.ClassHygiene, scanner.SeverityWarning)
	toReview   = found("B011", scanner.ClassLaw, scanner.SeverityNote)
	notSeen    = found("X002", scanner.ClassUnable, scanner.SeverityWarning)
	noList     = found(checks.NoList, scanner.ClassLaw, scanner.SeverityWarning)
	noBanner   = found(checks.BannerMissing, scanner.ClassUnable, scanner.SeverityWarning)
)

func waived(f scanner.Finding) scanner.Finding {
	f.Waived = &scanner.Waiver{Kind: "fix-pending"}
	return f
}

func TestFailOn(t *testing.T) {
	all := []scanner.Finding{undeclared, early, drift, weak, toReview, notSeen}
	for _, tt := range []struct {
		name  string
		words []string
		least string
		want  []string
	}{
		{"default", nil, "", []string{"U001", "B001"}},
		{"warnings of contract and law", nil, "warning", []string{"U001", "B001", "U014"}},
		{"notes too", nil, "note", []string{"U001", "B001", "U014", "B011"}},
		{"a class", []string{"contract"}, "", []string{"U001"}},
		{"a class with warnings", []string{"contract"}, "warning", []string{"U001", "U014"}},
		{"hygiene has no errors", []string{"hygiene"}, "", []string{"S001"}},
		{"unable", []string{"unable"}, "", []string{"X002"}},
		{"a severity is of all classes but unable", []string{"warning"}, "", []string{"U001", "B001", "U014", "S001"}},
		{"the lightest severity holds", []string{"note", "error"}, "", []string{"U001", "B001", "U014", "S001", "B011"}},
		{"an id, whatever its severity", []string{"b011"}, "", []string{"B011"}},
		{"an id and a class", []string{"X002", "law"}, "", []string{"B001", "X002"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rules, err := ParseRules(tt.words, tt.least)
			if err != nil {
				t.Fatal(err)
			}
			r := Decide([]*scanner.Scan{{Complete: true, Findings: all}}, Options{FailOn: rules})
			var got []string
			for i, s := range r.Statuses[0] {
				if s == AtGate {
					got = append(got, all[i].ID)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
	for _, wrong := range []struct{ word, least string }{{"fatal", ""}, {"U999", ""}, {"", ""}, {"error", "fatal"}} {
		if _, err := ParseRules([]string{wrong.word}, wrong.least); err == nil {
			t.Errorf("%q, %q: no error", wrong.word, wrong.least)
		}
	}
}

func TestDecide(t *testing.T) {
	start, other := "https://www.shop.test/", "https://www.shop.test/a"
	visited := []scanner.Pass{{Phase: "none", Pages: []scanner.Page{{URL: start}, {URL: other}, {URL: start + "b"}, {URL: start + "c"}}}}
	gap := func(code scanner.IncompleteCode, page string) *scanner.Scan {
		return &scanner.Scan{
			Target: scanner.Target{URL: start, URLs: []string{start}}, Passes: visited,
			Incomplete: []scanner.Incomplete{{Code: code, Pass: "none", Page: page}},
		}
	}
	with := func(s *scanner.Scan, list ...scanner.Finding) *scanner.Scan {
		s.Findings = list
		return s
	}
	complete := func(list ...scanner.Finding) *scanner.Scan { return with(&scanner.Scan{Complete: true}, list...) }
	unable := waived(notSeen)
	for _, tt := range []struct {
		name    string
		docs    []*scanner.Scan
		base    []scanner.Finding
		allow   string
		failOn  string
		want    Outcome
		status  Status // of the first finding
		allowed int
		gone    int
	}{
		{name: "nothing found", docs: []*scanner.Scan{complete()}, want: Passed},
		{name: "an error", docs: []*scanner.Scan{complete(undeclared)}, want: Failed, status: AtGate},
		{name: "a warning", docs: []*scanner.Scan{complete(drift)}, want: Passed, status: Below},
		{name: "waived", docs: []*scanner.Scan{complete(waived(undeclared))}, want: Passed, status: Waived},
		{name: "in the second scan", docs: []*scanner.Scan{complete(drift), complete(early)}, want: Failed, status: Below},
		{name: "in the baseline", docs: []*scanner.Scan{complete(undeclared)}, base: []scanner.Finding{undeclared, early}, want: Passed, status: Known, gone: 1},
		{name: "new beside the baseline", docs: []*scanner.Scan{complete(undeclared)}, base: []scanner.Finding{early}, want: Failed, status: AtGate, gone: 1},
		{name: "unable cannot be waived", docs: []*scanner.Scan{complete(unable)}, failOn: "unable", want: Failed, status: AtGate},
		{name: "unable is in no baseline", docs: []*scanner.Scan{complete(notSeen)}, base: []scanner.Finding{notSeen}, failOn: "unable", want: Failed, status: AtGate},
		{name: "incomplete", docs: []*scanner.Scan{gap(scanner.PageFailed, other)}, want: Incomplete},
		{name: "incomplete, without saying why", docs: []*scanner.Scan{{}}, want: Incomplete},
		{name: "incomplete with an error", docs: []*scanner.Scan{with(gap(scanner.PageFailed, other), early)}, want: Failed, status: AtGate},
		{name: "incomplete beside a complete one", docs: []*scanner.Scan{complete(), gap(scanner.PageFailed, other)}, want: Incomplete},
		{name: "no banner where one is expected", docs: []*scanner.Scan{complete(noBanner)}, allow: "pages:100%", want: Incomplete, status: Below},
		{name: "nothing of what is declared", docs: []*scanner.Scan{complete(found(checks.NothingMet, scanner.ClassUnable, scanner.SeverityWarning))}, want: Incomplete, status: Below},
		{name: "no page", docs: []*scanner.Scan{complete(found(checks.NothingSeen, scanner.ClassUnable, scanner.SeverityWarning))}, allow: "pages:100%", want: Incomplete, status: Below},
		{name: "no list to compare with", docs: []*scanner.Scan{complete(noList)}, want: Incomplete, status: Below},
		{name: "no list, and somebody accepts that", docs: []*scanner.Scan{complete(waived(noList))}, want: Passed, status: Waived},
		{name: "no banner, and an error", docs: []*scanner.Scan{complete(noBanner, undeclared)}, want: Failed, status: Below},
		{name: "no banner is in no baseline", docs: []*scanner.Scan{complete(noBanner)}, base: []scanner.Finding{noBanner}, want: Incomplete, status: Below},
		{name: "a page may stay unseen", docs: []*scanner.Scan{gap(scanner.PageFailed, other)}, allow: "pages:1", want: Passed, allowed: 1},
		{name: "a quarter may", docs: []*scanner.Scan{gap(scanner.PageTimeout, other)}, allow: "pages:25%", want: Passed, allowed: 1},
		{name: "a fifth is less than one of four", docs: []*scanner.Scan{gap(scanner.PageCrashed, other)}, allow: "pages:20%", want: Incomplete},
		{name: "the start page never", docs: []*scanner.Scan{gap(scanner.PageFailed, start)}, allow: "pages:100%", want: Incomplete},
		{name: "the start page never, by its code", docs: []*scanner.Scan{gap(scanner.StartFailed, other)}, allow: "pages:100%", want: Incomplete},
		{name: "a pass never", docs: []*scanner.Scan{gap(scanner.PassNotDone, "")}, allow: "pages:100%", want: Incomplete},
		{name: "the banner never", docs: []*scanner.Scan{gap(scanner.BannerNotOperated, other)}, allow: "pages:100%", want: Incomplete},
		{name: "a bot wall never", docs: []*scanner.Scan{gap(scanner.BotWall, other)}, allow: "pages:100%", want: Incomplete},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := Options{Baseline: Baseline{}}
			for _, f := range tt.base {
				o.Baseline[f.Fingerprint] = true
			}
			var err error
			if tt.allow != "" {
				if o.Allow, err = ParseAllowance(tt.allow); err != nil {
					t.Fatal(err)
				}
			}
			if tt.failOn != "" {
				if o.FailOn, err = ParseRules([]string{tt.failOn}, ""); err != nil {
					t.Fatal(err)
				}
			}
			r := Decide(tt.docs, o)
			if r.Outcome != tt.want || r.Allowed != tt.allowed || r.Gone != tt.gone {
				t.Errorf("%+v", r)
			}
			if tt.status != "" && (r.Statuses[0][0] != tt.status || r.Count(tt.status) == 0) {
				t.Errorf("status %s, want %s", r.Statuses[0][0], tt.status)
			}
			if code := map[Outcome]int{Passed: 0, Failed: 1, Incomplete: 3}[tt.want]; r.Outcome.Code() != code {
				t.Errorf("code %d, want %d", r.Outcome.Code(), code)
			}
		})
	}
}

// Three failed pages of four hundred are allowed in each pass, not in all.
func TestAllowanceIsOfAPass(t *testing.T) {
	doc := &scanner.Scan{}
	for _, phase := range []string{"none", "accept"} {
		pass := scanner.Pass{Phase: phase}
		for _, page := range []string{"a", "b", "c", "d"} {
			pass.Pages = append(pass.Pages, scanner.Page{URL: page})
		}
		doc.Passes = append(doc.Passes, pass)
		doc.Incomplete = append(doc.Incomplete, scanner.Incomplete{Code: scanner.PageFailed, Pass: phase, Page: "a"})
	}
	r := Decide([]*scanner.Scan{doc}, Options{Allow: Allowance{percent: 25}})
	if r.Outcome != Passed || r.Allowed != 2 {
		t.Errorf("%+v", r)
	}
}

func TestParseAllowance(t *testing.T) {
	for _, text := range []string{"", "pages", "pages:", "pages:x", "pages:-1", "pages:101%", "pages:NaN%", "banner:1", "pages:%"} {
		if _, err := ParseAllowance(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}
