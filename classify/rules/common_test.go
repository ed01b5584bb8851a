package rules

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// wantKnown is the share of the most common names that must be classified
// certain or likely, in percent.
const wantKnown = 97

// TestCommon looks up the names that a scan of the web meets most, written from
// experience before there were rules, and prints what is known of them.
func TestCommon(t *testing.T) {
	db := embedded(t)
	f, err := os.Open("../../testdata/rules/common.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows = rows[1:]
	counts := map[string]int{}
	for _, row := range rows {
		name, domain, setter, kind, vendor := row[0], row[1], row[2], row[3], row[4]
		q := Query{Kind: Kind(kind), Name: name, Domain: domain, Setter: setter, Party: "third"}
		if domain == "shop.example" {
			q.Party = "first"
		}
		m := db.Match(q)
		counts[m.Confidence]++
		switch {
		case m.Rule == nil || m.Confidence != Certain && m.Confidence != Likely:
			t.Logf("%s (%s) of %s: %s", name, domain, vendor, m.Confidence)
		case !isVendor(m.Vendor, vendor):
			t.Errorf("%s (%s) is of %s, not of %s", name, domain, vendor, m.Rule.ID)
		}
	}
	known := counts[Certain] + counts[Likely]
	t.Logf("%d names: %d certain, %d likely: %.1f %%", len(rows), counts[Certain], counts[Likely], 100*float64(known)/float64(len(rows)))
	if known*100 < wantKnown*len(rows) {
		t.Errorf("%d of %d are certain or likely, want %d %%", known, len(rows), wantKnown)
	}
}

// isVendor tells whether a vendor has one of some parts of names, separated by
// bars: companies merge, and brands stay.
func isVendor(v *Vendor, parts string) bool {
	return slices.ContainsFunc(strings.Split(parts, "|"), func(part string) bool {
		return strings.Contains(strings.ToLower(v.Name+" "+v.ID+" "+v.Legal), part)
	})
}
