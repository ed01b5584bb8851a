package register

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner"
)

var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const waived = `# accepted
version: 1
waivers:
  # until the CMP is updated
  - check: U004
    item: consent
    kind: fix-pending
    owner: ana@example.com
    reason: CMP 4.2
    expires: 2027-01-31
  - {check: U001, item: "_ga_*", kind: false-positive, owner: bo, reason: test, expires: 2027-11-22, sites: [shop.test]}
  - {check: B001, item: old, kind: accepted-risk, owner: bo, reason: was, expires: 2026-11-21}
# the end
`

func TestWaivers(t *testing.T) {
	w, err := ReadWaivers("w.yaml", []byte(waived), today)
	if err != nil {
		t.Fatal(err)
	}
	findings := []scanner.Finding{
		{ID: "U004", Subject: "consent"},
		{ID: "U004", Subject: "other"},
		{ID: "U001", Subject: "_ga_*"},
		{ID: "U001", Subject: "_ga_1"},
		{ID: "B001", Subject: "old"},
		{ID: "U001", Subject: "_ga_1", Class: scanner.ClassUnable},
	}
	used := w.Apply(findings, "www.shop.test", today)
	var got []string
	for _, f := range findings {
		expires := ""
		if f.Waived != nil {
			expires = f.Waived.Expires
		}
		got = append(got, expires)
	}
	if diff := cmp.Diff([]string{"2027-01-31", "", "2027-11-22", "2027-11-22", "", ""}, got); diff != "" {
		t.Error(diff)
	}
	if x := w.Expired(today); len(x) != 1 || x[0].Check != "B001" || !used[x[0]] {
		t.Errorf("expired: %v", x)
	}
	if x := w.Unused(used, today); len(x) != 0 {
		t.Errorf("unused: %v", x)
	}
	if x := w.Unused(w.Apply([]scanner.Finding{{ID: "U001", Subject: "_ga_1"}}, "other.test", today), today); len(x) != 2 || x[0].Place.Line != 5 {
		t.Errorf("unused elsewhere: %v", x)
	}
}

func TestWaiverFaults(t *testing.T) {
	good := "check: U004, item: consent, kind: fix-pending, owner: ana, reason: CMP, expires: 2027-01-31"
	for _, test := range []struct{ old, with, want string }{
		{"U004", "X001", "w.yaml:3:12: X001 cannot be waived"},
		{"U004", "u4", `w.yaml:3:12: check is "u4"`},
		{"fix-pending", "fix-later", `w.yaml:3:39: kind is "fix-later"; known are fix-pending, accepted-risk, false-positive`},
		{"2027-01-31", "2027-06-01", "w.yaml:3:91: a waiver of kind fix-pending holds at most 180 days, until 2027-05-22"},
		{"2027-01-31", "soon", "w.yaml:3:91: expires is no date"},
		{", owner: ana", "", "w.yaml:3:6: a waiver needs owner"},
		{"consent", `"*"`, "w.yaml:3:25: item: the pattern is about every name"},
		{"owner", "onwer", `w.yaml:3:54: unknown key "onwer" in a waiver; did you mean owner?`},
	} {
		src := "version: 1\nwaivers:\n  - {" + strings.Replace(good, test.old, test.with, 1) + "}\n"
		got := ""
		if _, err := ReadWaivers("w.yaml", []byte(src), today); err != nil {
			got = err.Error()
		}
		// Columns of the keys, not of the values.
		if place, rest, _ := strings.Cut(test.want, ": "); !strings.HasPrefix(got, "w.yaml:3:") || !strings.Contains(got, rest) {
			t.Errorf("got %s\nwant %s %s", got, place, rest)
		}
	}
}

func TestAddWaiver(t *testing.T) {
	item, err := ParseName("_pk_id.*")
	if err != nil {
		t.Fatal(err)
	}
	x := Waiver{Check: "U004", Item: item, Kind: "fix-pending", Owner: "ana@example.com", Reason: "yes: #1", Expires: "2027-01-31", Sites: []string{"shop.test"}}
	added := "  - check: U004\n    item: \"_pk_id.*\"\n    kind: fix-pending\n    owner: ana@example.com\n    reason: \"yes: #1\"\n    expires: 2027-01-31\n    sites: [shop.test]\n"
	got, err := AddWaiver("w.yaml", []byte(waived), x, today)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Replace(waived, "# the end", added+"# the end", 1), string(got)); diff != "" {
		t.Error(diff)
	}
	if _, err := AddWaiver("w.yaml", got, x, today); err == nil || err.Error() != "w.yaml:13:5: there is a waiver of U004 for _pk_id.*, until 2027-01-31; change it there" {
		t.Errorf("twice: %v", err)
	}
	got, err = AddWaiver("w.yaml", nil, x, today)
	if want := "# Findings that are accepted for a while: by whom, why, until when.\nversion: 1\nwaivers:\n" + added; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	x.Check, x.Expires = "X001", "never"
	if _, err := AddWaiver("w.yaml", nil, x, today); err == nil || !strings.Contains(err.Error(), "expires is no date") {
		t.Errorf("%v", err)
	}
}

func FuzzWaivers(f *testing.F) {
	f.Add([]byte(waived))
	x := Waiver{Check: "U009", Item: Name{Text: "a"}, Kind: "fix-pending", Owner: "a", Reason: "b", Expires: "2027-01-31"}
	f.Fuzz(func(t *testing.T, src []byte) {
		w, err := ReadWaivers("w.yaml", src, today)
		if err != nil {
			return
		}
		if text, err := AddWaiver("w.yaml", src, x, today); err == nil {
			after, err := ReadWaivers("w.yaml", text, today)
			if err != nil || len(after.List) != len(w.List)+1 {
				t.Fatalf("%v\n%s", err, text)
			}
		}
	})
}
