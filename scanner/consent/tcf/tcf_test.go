package tcf_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner/consent/tcf"
)

// TestDecode reads the examples of the specification, and strings that the
// reference implementation (npm @iabtcf/core) wrote.
func TestDecode(t *testing.T) {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	june := time.Date(2025, 6, 3, 0, 0, 0, 0, time.UTC)
	old := time.Date(2020, 2, 20, 23, 57, 39, 300_000_000, time.UTC)
	for name, test := range map[string]struct {
		text string
		want tcf.String
	}{
		"specification 2.3, segment of the publisher": {
			"CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA",
			tcf.String{
				Created: june, LastUpdated: june, CMP: 880, Language: "EN", VendorList: 48, Policy: 2, ServiceSpecific: true,
				Publisher: "DE", Vendors: 4, Disclosed: new(7),
			},
		},
		"specification 2.0, global, bit fields": {
			"COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw",
			tcf.String{
				Created: old, LastUpdated: old, CMP: 27, Language: "EN", VendorList: 15, Policy: 2, Purposes: []int{1, 2, 3},
				Publisher: "AA", Vendors: 3, VendorsInterest: 3, Disclosed: new(79),
			},
		},
		"ranges of vendors and restrictions of the publisher": {
			"CQuFeUAQuFeUAEsAHBENB4FoALBAAEIAAACYF5wA4AAgAGAAoBeYAKgB_-AEEgAgAKHAAYAFgAYA.IGQwBIAAgAHAAoAFQF5wMgAyEAAA.YAAAAAAAAAAA",
			tcf.String{
				Created: day, LastUpdated: day, CMP: 300, Language: "EN", VendorList: 120, Policy: 5, ServiceSpecific: true,
				SpecialFeatures: []int{1}, Purposes: []int{1, 3, 4, 10}, LegitimateInterest: []int{2, 7}, Publisher: "AT",
				Vendors: 5, VendorsInterest: 12, Restrictions: 2, Disclosed: new(18),
			},
		},
		"no segment but the first": {
			"CQuFeUAQuFeUAEsAHBENB4FgAAAAAAAAAAYgAAAAAAAA",
			tcf.String{Created: day, LastUpdated: day, CMP: 300, Language: "EN", VendorList: 120, Policy: 5, ServiceSpecific: true, Publisher: "DE"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := tcf.Decode(test.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	const core = "CQuFeUAQuFeUAEsAHBENB4FgAAAAAAAAAAYgAAAAAAAA"
	for text, want := range map[string]string{
		"":                                   "cut short",
		"C":                                  "cut short",
		core[:30]:                            "cut short",
		"BObdrPUOevsguAfDqFENCNAAAAAmeAAA":   "version 1, not 2",
		"DBABMA~" + core:                     "base64",
		core + "==":                          "base64",
		core + ".":                           "after the first, it is cut short",
		core + ".IF5wA":                      "after the first, it is cut short",
		core + ".IAFQAYACgAG":                "ends before it begins",
		strings.Repeat("C", tcf.MaxString+1): "longer than",
	} {
		if got, err := tcf.Decode(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, %v; want %q", text, got, err, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA")
	f.Add("CQuFeUAQuFeUAEsAHBENB4FoALBAAEIAAACYF5wA4AAgAGAAoBeYAKgB_-AEEgAgAKHAAYAFgAYA.IGQwBIAAgAHAAoAFQF5wMgAyEAAA")
	f.Add("C..")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := tcf.Decode(text)
		if err != nil && !cmp.Equal(s, tcf.String{}) {
			t.Errorf("%v beside %v", s, err)
		}
		if err != nil {
			return
		}
		if s.Vendors < 0 || s.VendorsInterest < 0 || s.Disclosed != nil && *s.Disclosed < 0 || len(s.Purposes) > 24 || len(s.LegitimateInterest) > 24 {
			t.Errorf("%+v", s)
		}
		if again, err := tcf.Decode(text + "." + "YAAAAAAAAAAA"); err != nil || !cmp.Equal(s, again) {
			t.Errorf("the segment of the publisher changes %+v to %+v, %v", s, again, err)
		}
	})
}
