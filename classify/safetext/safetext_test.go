package safetext

import (
	"strings"
	"testing"
)

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"_ga_1 é 宽 Ω 🇩🇪 https://x/?a=b":        "_ga_1 é 宽 Ω 🇩🇪 https://x/?a=b",
		"\x1b[2J\x1b]0;t\x07":                  `\x1b[2J\x1b]0;t\x07`,
		"\x00\t\r\n\x7f":                       `\x00\x09\x0d\x0a\x7f`,
		"\u009b31m\u0085\u00a0":                "‹U+009B›31m‹U+0085›‹U+00A0›",
		"\xff\xc0a\xe2\x80":                    `\xff\xc0a\xe2\x80`,
		"\ufffd":                               "\ufffd",
		"a\u202eb\u2066c\u061c\u200f":          "a‹U+202E›b‹U+2066›c‹U+061C›‹U+200F›",
		"\u200b\u200c\u200d\u2060\ufeff\u00ad": "‹U+200B›‹U+200C›‹U+200D›‹U+2060›‹U+FEFF›‹U+00AD›",
		"\u2028\u2029":                         "‹U+2028›‹U+2029›",
		"\U000e0041\U000e0001":                 "‹U+E0041›‹U+E0001›",
		"\u3164\uffa0\u034f\ufe0f\u3000":       "‹U+3164›‹U+FFA0›‹U+034F›‹U+FE0F›‹U+3000›",
		"\ue000\U0010ffff\u0378":               "‹U+E000›‹U+10FFFF›‹U+0378›",
		"e\u0301":                              "e\u0301",
		"\u0301a":                              "‹U+0301›a",
		"a" + strings.Repeat("\u0301", 6):      "a" + strings.Repeat("\u0301", 4) + "‹U+0301›‹U+0301›",
		"\x1b\u0301":                           "\\x1b\u0301",
	} {
		if got := Line(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "a=b": "a=b", "a;b": "a;b", "1-2": "1-2",
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)",
		"\t=1": `\x09=1`, "\r=1": `\x0d=1`, "\n=1": `\x0a=1`,
		"＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
		"  =1": "'  =1", "\"=1": "'\"=1", "'=1": "''=1", "\u200b=1": "‹U+200B›=1",
		"x;=1": "x;'=1", "x; @y;\"-z": "x;' @y;'\"-z", ";": ";",
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
	} {
		if got := Cell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// What others write in cells, and what is no addition of ours.
func TestFromCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "plain": "plain", "'=1+1": "=1+1", "''=1": "'=1", "'quoted'": "'quoted'", "=1": "=1",
		"x;'=1": "x;=1", "'": "'",
	} {
		if got := FromCell(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func FuzzCell(f *testing.F) {
	for _, seed := range []string{"_ga", "=1+1", "'=1", "a;-b", "\t=1", "\"'@x", "; =1;'+2", "\u200b=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		cell := Cell(in)
		for field := range strings.SplitSeq(cell, ";") {
			if startsFormula(field) && field[0] != '\'' {
				t.Errorf("%q: the cell %q has a formula", in, cell)
			}
		}
		if got, want := FromCell(cell), Line(in); got != want {
			t.Errorf("%q: the cell %q comes back as %q, not %q", in, cell, got, want)
		}
	})
}
