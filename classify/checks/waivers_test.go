package checks

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

func waiversOf(t *testing.T, today time.Time, list ...string) *register.Waivers {
	t.Helper()
	text := "version: 1\nwaivers:\n"
	for _, x := range list {
		text += "  - {kind: fix-pending, owner: ana, reason: CMP 4.2, " + x + "}\n"
	}
	w, err := register.ReadWaivers("cookies.waivers.yaml", []byte(text), today)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// What is waived, and what is wrong with the waivers.
func TestWaive(t *testing.T) {
	today := time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, waiver string
		incomplete   bool
		waived       bool
		want         string
	}{
		{name: "it holds", waiver: `check: B001, item: "_ga_*", expires: 2026-02-01`, waived: true},
		{name: "it holds here", waiver: `check: B001, item: "_ga_*", expires: 2026-02-01, sites: [shop.test]`, waived: true},
		{name: "it holds elsewhere", waiver: `check: B001, item: "_ga_*", expires: 2026-02-01, sites: [other.test]`},
		{name: "expired", waiver: `check: B001, item: "_ga_*", expires: 2026-01-31`, want: "W001 error B001 _ga_* 3: ended on 2026-01-31"},
		{name: "expired and not needed", waiver: `check: B002, item: "_ga_*", expires: 2026-01-31`, want: "W001 error B002 _ga_* 3: ended on 2026-01-31"},
		{name: "not needed", waiver: `check: B001, item: nothing, expires: 2026-02-01`, want: "W002 note B001 nothing 3: is about no finding of this run"},
		{name: "not needed in what was seen", waiver: `check: B001, item: nothing, expires: 2026-02-01`, incomplete: true},
		{name: "not tested", waiver: `check: U001, item: nothing, expires: 2026-02-01`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := fixture(t, "B001", "must")
			doc.Complete = !tt.incomplete
			doc.Findings[0].Waived = &scanner.Waiver{Reason: "of the document itself"}
			if err := Waive([]*scanner.Scan{doc}, waiversOf(t, today, tt.waiver), today); err != nil {
				t.Fatal(err)
			}
			for _, f := range of(doc, "B001") {
				if (f.Waived != nil) != (tt.waived && f.Subject == "_ga_*") || f.Waived != nil && f.Waived.Reason != "CMP 4.2" {
					t.Errorf("waived: %+v", f.Waived)
				}
			}
			got := ""
			for _, f := range doc.Findings {
				if f.Kind == "waiver" {
					_, what, _ := strings.Cut(f.Message, "owned by ana, ")
					got += fmt.Sprintf("%s %s %s %d: %s", f.ID, f.Severity, f.Subject, f.Declared.Line, what)
				}
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// Without a file nothing is waived, and an expired waiver is told once.
func TestWaiveSeveral(t *testing.T) {
	today := time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	docs := []*scanner.Scan{fixture(t, "B001", "must"), fixture(t, "B001", "must")}
	docs[1].Findings[0].Waived = &scanner.Waiver{Reason: "of the document itself"}
	if err := Waive(docs, nil, today); err != nil || docs[1].Findings[0].Waived != nil {
		t.Errorf("%v, %+v", err, docs[1].Findings[0].Waived)
	}
	if err := Waive(docs, waiversOf(t, today, `check: B001, item: "_ga_*", expires: 2026-01-31`), today); err != nil {
		t.Fatal(err)
	}
	if a, b := of(docs[0], "W001"), of(docs[1], "W001"); len(a) != 1 || len(b) != 0 {
		t.Errorf("%d and %d findings", len(a), len(b))
	}
	if !slices.IsSortedFunc(docs[0].Findings, func(a, b scanner.Finding) int {
		return slices.Index(severities, a.Severity) - slices.Index(severities, b.Severity)
	}) {
		t.Error("the findings are not in order")
	}
}

// Each has a page, as a check of scans has.
func TestOfWaivers(t *testing.T) {
	for _, c := range OfWaivers() {
		page, err := c.Page()
		if err != nil || page.Title != c.ID+": "+c.Title || len(page.Examples) < 2 {
			t.Errorf("%s: %v, %+v", c.ID, err, page)
		}
		if known, ok := Lookup(c.ID); !ok || known.Title != c.Title {
			t.Errorf("%s is not found by its id", c.ID)
		}
	}
}
