package crawl

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"
)

func TestStructure(t *testing.T) {
	page := numbered("body/main/section/div%d", 150)
	base := Structure(page)
	if base == 0 || Structure(nil) != 0 {
		t.Errorf("%x, and %x of nothing", base, Structure(nil))
	}
	reversed := slices.Clone(page)
	slices.Reverse(reversed)
	if Structure(reversed) != base {
		t.Error("the order counts")
	}
	near, far := 0, 0
	for i := range 100 {
		more := append(slices.Clone(page), fmt.Sprintf("body/main/iframe%d", i))
		if bits.OnesCount64(Structure(more)^base) <= nearOutline {
			near++
		}
		// A page with the same frame and another middle.
		other := append(slices.Clone(page[:50]), numbered(fmt.Sprintf("body/main/p%d/%%d", i), 100)...)
		if bits.OnesCount64(Structure(other)^base) > nearOutline {
			far++
		}
	}
	if near < 99 || far < 99 {
		t.Errorf("%d of 100 outlines with one more element are near, %d of 100 others are far", near, far)
	}
}

func TestOutlines(t *testing.T) {
	var o outlines
	ids := []int{o.id(0xff00), o.id(0xff01), o.id(^uint64(0)), o.id(0xff00), o.id(^uint64(0) - 1), o.id(hash("x"))}
	if !slices.Equal(ids, []int{0, 0, 1, 0, 1, 2}) {
		t.Errorf("%v", ids)
	}
	for i := range maxOutlines + 10 {
		o.id(hash(fmt.Sprint(i)))
	}
	if len(o) != maxOutlines || o.id(hash("another")) != maxOutlines {
		t.Errorf("%d outlines", len(o))
	}
}

// TestStructureSplits visits more of a template whose outlines differ, and no
// more than a sample where noise does not make a difference.
func TestStructureSplits(t *testing.T) {
	visitsWith := func(outline func(path string) uint64) int {
		f := New(whole(start))
		f.Next()
		f.Add(Page{URL: start, Source: SourceStart}, links(absolute(numbered("/p/%d", 300)...)...))
		n := 0
		for list := next(f, Ahead); len(list) > 0; list = next(f, Ahead) {
			for _, p := range list {
				f.Done(p, Outcome{Structure: outline(p.URL)})
			}
			n += len(list)
		}
		return n
	}
	same, two := hash("same"), []uint64{hash("a"), hash("b")}
	if n := visitsWith(func(string) uint64 { return same }); n != DefaultPerTemplate {
		t.Errorf("one outline: %d visits", n)
	}
	if n := visitsWith(func(u string) uint64 { return same ^ 1<<(hash(u)%64) }); n > DefaultPerTemplate+5 {
		t.Errorf("one outline with noise: %d visits", n)
	}
	if n := visitsWith(func(u string) uint64 { return two[hash(u)%2] }); n != DefaultPerTemplate+1 {
		t.Errorf("two outlines: %d visits", n)
	}
	if n := visitsWith(hash); n != 300 {
		t.Errorf("all different: %d visits", n)
	}
	if n := visitsWith(func(string) uint64 { return 0 }); n != DefaultPerTemplate {
		t.Errorf("no outline: %d visits", n)
	}
}
