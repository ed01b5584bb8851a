package consent

import (
	"slices"
	"strings"
	"testing"
)

func TestFolded(t *testing.T) {
	for markup, want := range map[string]string{
		`<details id=x><summary>More</summary>a</details>`:                         "x",
		`<details open id=x><summary>More</summary>a</details>`:                    "",
		`<button id=x aria-expanded=false>Marketing cookies</button>`:              "x",
		`<button id=x aria-expanded=true>Marketing cookies</button>`:               "",
		`<button id=x aria-expanded=false hidden>Marketing cookies</button>`:       "",
		`<button id=x aria-expanded=false disabled>Marketing cookies</button>`:     "",
		`<button id=x aria-expanded=false aria-haspopup=menu>Language</button>`:    "",
		`<button id=x aria-expanded=false>Reject cookies</button>`:                 "",
		`<h3><button id=x aria-expanded=false>How to reject cookies</button></h3>`: "x",
		`<button id=x aria-expanded=false>Cookie settings</button>`:                "",
		`<button id=x>Show details</button>`:                                       "x",
		`<button id=x>Cookie settings</button>`:                                    "",
		`<button id=x>Accept and show all</button>`:                                "",
		`<a id=x href="#list">Show details</a>`:                                    "", // a link within the page
		`<a id=x role=button href="#list">Show details</a>`:                        "x",
		`<a id=x role=button href="/details">Show details</a>`:                     "",
		`<div role=tablist><button role=tab aria-selected=true>Necessary</button><button id=x role=tab aria-selected=false>Marketing</button></div>`: "x",
		`<nav><div role=tablist><a id=x role=tab aria-selected=false href="#marketing">Marketing</a></div></nav>`:                                    "x",
		`<nav role=tablist><a id=x role=tab aria-selected=false href="/marketing">Marketing</a></nav>`:                                               "",
		`<div role=tablist><button id=x role=tab>Marketing</button></div>`:                                                                           "",
		`<div role=dialog><div role=tablist><button id=x role=tab aria-selected=false>Details</button></div></div>`:                                  "",
		`<nav><button id=x aria-expanded=false>Products</button></nav>`:                                                                              "",
		`<form><button id=x>Show details</button></form>`:                                                                                            "",
		`<div role=dialog><button id=x aria-expanded=false>Marketing</button></div>`:                                                                 "",
		`<div style="position:fixed"><button id=x aria-expanded=false>Marketing</button></div>`:                                                      "",
		`<div style="position:fixed"><details id=x><summary>More</summary></details></div>`:                                                          "",
		`<div style="position:fixed"><h1>Cookies</h1><button id=x aria-expanded=false>Marketing</button></div>`:                                      "x", // the page itself
		`<main><header><button id=x aria-expanded=false>Marketing</button></header></main>`:                                                          "",
		`<div><template shadowrootmode=closed><button id=x aria-expanded=false>Marketing</button></template></div>`:                                  "x",
	} {
		s := snapshotOf(t, "<body>"+markup)
		var got []string
		for _, id := range s.Folded(func(name string) bool { return strings.Contains(strings.ToLower(name), "show") }) {
			got = append(got, s.Nodes[s.Index(id)].Attr["id"])
		}
		if want := strings.Fields(want); !slices.Equal(got, want) {
			t.Errorf("%s: unfolds %v, want %v", markup, got, want)
		}
	}
}
