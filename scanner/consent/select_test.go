package consent

import (
	"slices"
	"testing"
)

const selectPage = `<html><body>
<div id="a" class="box first" data-x="Reject all"><p id="p1">One</p><p id="p2">Two <b id="b">bold</b></p><span id="s"></span></div>
<div id="c" class="box"><button id="k1" disabled>No</button><button id="k2">Accept all</button><input id="i" type="checkbox" checked></div>
<div id="host"><template shadowrootmode="closed"><button id="in">Inside</button></template></div>
<iframe id="f" src="https://f.test/" srcdoc="<button id='deep'>Deep</button>"></iframe>
<div id="1:x">Odd</div></body></html>`

func TestSelectors(t *testing.T) {
	s := snapshotOf(t, selectPage)
	for text, want := range map[string][]string{
		"#a":                                    {"a"},
		".box":                                  {"a", "c"},
		"div.box.first > p":                     {"p1", "p2"},
		"#a p + p b":                            {"b"},
		"p ~ span":                              {"s"},
		"[data-x^='reject' i]":                  {"a"},
		"[data-x$=all]":                         {"a"},
		"[class~=first]":                        {"a"},
		"button:not([disabled])":                {"k2"},
		"input:checked":                         {"i"},
		"p:nth-child(2)":                        {"p2"},
		"p:nth-of-type(odd)":                    {"p1"},
		"div:has(> button)":                     {"c"},
		"div:has(b)":                            {"a"},
		"p:has(+ span)":                         {"p2"},
		":is(#p1, #s)":                          {"p1", "s"},
		"span:empty":                            {"s"},
		"p:first-child, #k1":                    {"p1", "k1"},
		"#in":                                   nil, // in a tree of its own
		`#\31 \:x`:                              {"1:x"},
		"body > div:nth-last-child(1)":          {"1:x"},
		"xpath///button[contains(., 'Accept')]": {"k2"},
		"xpath//html/body/div[2]/button[1]":     {"k1"},
		"xpath///*[@id='a']/p[2]":               {"p2"},
		"xpath///p[normalize-space()='One'] | //b":                {"p1", "b"},
		"xpath///div[contains(@class, 'box') and .//button]":      {"c"},
		"xpath///div[not(@class)][@id='host']":                    {"host"},
		"xpath///button[text()='No' or starts-with(., 'Accept')]": {"k1", "k2"},
		"xpath///b/parent::p":                                     {"p2"},
		"xpath///p[translate(., 'ONE', 'one')='one']":             {"p1"},
	} {
		sel, err := parseSelector(text)
		if err != nil {
			t.Error(err)
			continue
		}
		var got []string
		for _, i := range sel.find(s, 0) {
			got = append(got, s.Nodes[i].Attr["id"])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", text, got, want)
		}
	}
	for _, bad := range []string{"", "#a >", "a[", "a[^=x]", ":unknown", "p:nth-child(x)", "a)", "xpath///button[contains(., 'x'", "xpath///foo[bar(.)]", "a,,b"} {
		if _, err := parseSelector(bad); err == nil {
			t.Errorf("%q is taken for a selector", bad)
		}
	}
}

func TestChains(t *testing.T) {
	s := snapshotOf(t, selectPage)
	for _, chain := range [][]string{{"#host", "#in"}, {"#f", "button"}} {
		tg := &target{}
		for _, text := range chain {
			sel, err := parseSelector(text)
			if err != nil {
				t.Fatal(err)
			}
			tg.chain = append(tg.chain, sel)
		}
		if got := tg.find(s, 0); len(got) != 1 {
			t.Errorf("%v finds %v", chain, got)
		}
	}
}
