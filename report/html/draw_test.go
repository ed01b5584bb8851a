package html

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestHref(t *testing.T) {
	long := "https://a.test/" + strings.Repeat("a", 2000)
	for in, want := range map[string]string{
		"https://a.test/b?c=d#e":  "https://a.test/b?c=d#e",
		"http://a.test":           "http://a.test",
		"HTTPS://a.test/":         "https://a.test/",
		"javascript:alert(1)":     "",
		" javascript:alert(1)":    "",
		"data:text/html,x":        "",
		"//a.test/":               "",
		"https:a.test":            "",
		"https://user:pw@a.test/": "",
		"https://a.test/%zz":      "",
		long:                      "",
		"":                        "",
	} {
		if got := href(in); got != want {
			t.Errorf("%.60q: got %q, want %q", in, got, want)
		}
	}
}

// The scale keeps the order of lifetimes and stays within its ends.
func TestPosition(t *testing.T) {
	last := 0.0
	for _, seconds := range []int64{math.MinInt64, 60, hour, day, month, 183 * day, 395 * day, 400 * day, 2 * year, 10 * year, 100 * year, math.MaxInt64} {
		at, err := strconv.ParseFloat(strings.TrimSuffix(position(seconds), "%"), 64)
		if err != nil {
			t.Fatal(err)
		}
		if at < last || at < 1 || at > 98 {
			t.Errorf("%d seconds stand at %v %%, after %v", seconds, at, last)
		}
		last = at
	}
}

func TestBars(t *testing.T) {
	s := func(n int64) *int64 { return &n }
	for _, row := range []struct {
		life             Life
		stored, declared bool
		capped           bool
	}{
		{Life{Stored: s(400 * day), Declared: s(2 * year)}, true, true, true},
		{Life{Stored: s(day), Declared: s(day + 1)}, true, false, false},
		{Life{Stored: s(day), Declared: s(hour)}, true, true, false},
		{Life{Session: true}, false, false, false},
		{Life{Declared: s(day)}, false, true, false},
		{Life{Stored: s(math.MaxInt64), Declared: s(math.MaxInt64)}, true, false, false},
	} {
		b := bars([]Life{row.life})[0]
		if (b.Stored != "") != row.stored || (b.Declared != "") != row.declared || b.Capped != row.capped {
			t.Errorf("%+v is drawn as %+v", row.life, b)
		}
	}
}

// A drawing stays one that can be looked at, and says what it leaves out.
func TestDrawIsBounded(t *testing.T) {
	root := &Node{Host: "a.test"}
	for i := range 100 {
		child := &Node{Host: fmt.Sprint("b", i), Children: []*Node{{Host: "c"}}}
		for range 50 {
			child.Leaves = append(child.Leaves, Item{Text: "cookie", Category: "marketing"})
		}
		root.Children = append(root.Children, child)
	}
	d := draw(Graph{Root: root})
	if len(d.Nodes) > mostDrawn || len(d.Nodes)+d.Left != 201 {
		t.Errorf("%d nodes are drawn and %d left out of 201", len(d.Nodes), d.Left)
	}
	for _, n := range d.Nodes {
		if len(n.Lines) > mostLeaves+2 || n.X+nodeWidth > d.Width || n.Y+n.Height > d.Height {
			t.Fatalf("a node of %d lines ends at %d, %d; the drawing at %d, %d", len(n.Lines), n.X+nodeWidth, n.Y+n.Height, d.Width, d.Height)
		}
	}
}
