package gpp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cookiescan/scanner/consent/gpp"
)

// TestHeader reads the examples of the specification and a range of ids.
func TestHeader(t *testing.T) {
	for text, want := range map[string][]int{
		"DBABM~x":       {2},
		"DBACNY~x~1YNN": {2, 6},
		"DBABjw~x~1YNN": {5, 6},
		"DBABrMA~CAAQAAAAAABA.QA~BAQAAABA.QA~BAQAABA~BAQAAEA.QA": {7, 8, 9, 10},
		"DBACzYM~1YYN~CAAQAAAAAABA.QA~BAgAAABA.QA~BAEAAAQA.QA":   {6, 7, 8, 16},
		"DBAA": nil,
	} {
		list, err := gpp.Decode(text)
		var got []int
		for _, s := range list {
			got = append(got, s.ID)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", text, got, err, want)
		}
	}
}

// vectors are strings with one section each that the reference implementation
// (npm @iabgpp/cmpapi 3.2.0) wrote: opted out of one thing and not of the
// others, and last, where the State knows it, with the signal of Global
// Privacy Control.
var vectors = []struct {
	id                           int
	name                         string
	sale, sharing, targeted, gpc string
}{
	{7, "usnat", "DBABLA~CVVaAAAAAABA.QA", "DBABLA~CVVmAAAAAABA.QA", "DBABLA~CVVpAAAAAABA.QA", "DBABLA~CVVqAAAAAABA.YA"},
	{8, "usca", "DBABBg~BVYAAABA.QA", "DBABBg~BVkAAABA.QA", "", "DBABBg~BVoAAABA.YA"},
	{9, "usva", "DBABRg~BVYAABA", "", "DBABRg~BVkAABA", ""},
	{10, "usco", "DBABJg~BVYAAEA.QA", "", "DBABJg~BVkAAEA.QA", "DBABJg~BVoAAEA.YA"},
	{11, "usut", "DBABFg~BVWAAAQA", "", "DBABFg~BVZAAAQA", ""},
	{12, "usct", "DBABVg~BVYAAAEA.QA", "", "DBABVg~BVkAAAEA.QA", "DBABVg~BVoAAAEA.YA"},
	{13, "usfl", "DBABAw~BVYAAABA", "", "DBABAw~BVkAAABA", ""},
	{14, "usmt", "DBABQw~BVYAAABA.QA", "", "DBABQw~BVkAAABA.QA", "DBABQw~BVoAAABA.YA"},
	{15, "usor", "DBABIw~BVYAAAABAA.QA", "", "DBABIw~BVkAAAABAA.QA", "DBABIw~BVoAAAABAA.YA"},
	{16, "ustx", "DBABEw~BVYAAAQA.QA", "", "DBABEw~BVkAAAQA.QA", "DBABEw~BVoAAAQA.YA"},
	{17, "usde", "DBABUw~BVYAAAABAA.QA", "", "DBABUw~BVkAAAABAA.QA", "DBABUw~BVoAAAABAA.YA"},
	{18, "usia", "DBABCw~BVWAAAQA.QA", "", "DBABCw~BVZAAAQA.QA", "DBABCw~BVaAAAQA.YA"},
	{19, "usne", "DBABSw~BVYAAAQA.QA", "", "DBABSw~BVkAAAQA.QA", "DBABSw~BVoAAAQA.YA"},
	{20, "usnh", "DBABKw~BVYAAABA.QA", "", "DBABKw~BVkAAABA.QA", "DBABKw~BVoAAABA.YA"},
	{21, "usnj", "DBABAYA~BVYAAAAAQA.QA", "", "DBABAYA~BVkAAAAAQA.QA", "DBABAYA~BVoAAAAAQA.YA"},
	{22, "ustn", "DBABQYA~BVYAAAQA.QA", "", "DBABQYA~BVkAAAQA.QA", "DBABQYA~BVoAAAQA.YA"},
	{23, "usmn", "DBABIYA~BVYAAAQA.QA", "", "DBABIYA~BVkAAAQA.QA", "DBABIYA~BVoAAAQA.YA"},
	{24, "usmd", "DBABEYA~BRVg.QA", "", "DBABEYA~BRWQ.QA", "DBABEYA~BRWg.YA"},
	{25, "usin", "DBABUYA~BRVg.AAA", "", "DBABUYA~BRWQ.AAA", ""},
	{26, "usky", "DBABCYA~BRVg.AAA", "", "DBABCYA~BRWQ.AAA", ""},
	{27, "usri", "DBABSYA~BRVg.AAA", "", "DBABSYA~BRWQ.AAA", ""},
}

func TestSections(t *testing.T) {
	for _, v := range vectors {
		for what, text := range map[string]string{"sale": v.sale, "sharing": v.sharing, "targeted": v.targeted, "gpc": v.gpc} {
			if text == "" {
				continue
			}
			field := func(name, there string) *bool {
				if there == "" {
					return nil
				}
				return new(what == name)
			}
			want := []gpp.Section{{
				ID: v.id, Name: v.name, Text: strings.SplitN(text, "~", 2)[1], Sale: field("sale", v.sale),
				Sharing: field("sharing", v.sharing), Targeted: field("targeted", v.targeted), GPC: field("gpc", v.gpc),
			}}
			got, err := gpp.Decode(text)
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%s: %v\n%s", text, err, diff)
			}
		}
	}
}

func TestOptedOut(t *testing.T) {
	for text, want := range map[string]string{
		"DBABLA~CVVqAAAAAABA.YA":                               "[]",
		"DBABLA~CVVaAAAAAABA.QA":                               "[sale]",
		"DBACzYM~1YYN~CAAQAAAAAABA.QA~BAgAAABA.QA~BAEAAAQA.QA": "[sale targeted-advertising]",
		"DBABBg~BVUAAABA.QA":                                   "[sale sharing]",
		"DBABjw~x~1Y-N":                                        "[]",
	} {
		list, err := gpp.Decode(text)
		if got := fmt.Sprint(gpp.OptedOut(list)); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", text, got, err, want)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "header, it is cut short",
		"CQSbk4AQSbk4A":                      "type 2, not 3",
		"DCABM~x":                            "version 2, not 1",
		"DBABM":                              "names 1 sections, and 0 are there",
		"DBACNY~x":                           "names 2 sections, and 1 are there",
		"DBABM~x~y":                          "more sections than the 1",
		"DBABjw~x~2YNN":                      "section 6, it is not 1 and three",
		"DBABLA~CV":                          "section 7, it is cut short",
		"DBABLA~AVVaAAAAAABA":                "version 0",
		"DBABLA~CVVaAAAAAABA.":               "section 7, it is cut short",
		"DBABM=~x":                           "base64",
		"DBABFAFAM~x":                        "too large",
		"DBAB8BY~x":                          "more than 100 sections",
		"DBAB4AAAAAB4AAAAAAAAAA":             "",
		strings.Repeat("D", gpp.MaxString+1): "longer than",
	} {
		got, err := gpp.Decode(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, %v; want %q", text, got, err, want)
		}
	}
}

func TestUSP(t *testing.T) {
	for text, want := range map[string]gpp.USP{
		"1YNN": {Notice: new(true), OptedOut: new(false), LSPA: new(false)},
		"1---": {},
		"1YY-": {Notice: new(true), OptedOut: new(true)},
	} {
		if got, err := gpp.DecodeUSP(text); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "1YN", "1YNNN", "2YNN", "1YXN"} {
		if got, err := gpp.DecodeUSP(text); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.sale)
	}
	f.Add("DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := gpp.Decode(text)
		if err != nil && list != nil {
			t.Errorf("%v beside %v", list, err)
		}
		last := 0
		for _, s := range list {
			if s.ID <= last {
				t.Errorf("section %d after %d", s.ID, last)
			}
			last = s.ID
		}
		if err == nil && len(list) != strings.Count(text, "~") {
			t.Errorf("%d sections of %q", len(list), text)
		}
	})
}

func FuzzDecodeUSP(f *testing.F) {
	f.Add("1YNN")
	f.Add("1---")
	f.Fuzz(func(t *testing.T, text string) {
		if u, err := gpp.DecodeUSP(text); err != nil && u != (gpp.USP{}) {
			t.Errorf("%+v beside %v", u, err)
		}
	})
}
