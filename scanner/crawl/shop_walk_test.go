package crawl

import (
	"slices"
	"testing"
)

// TestShop walks a shop of 10,000 products, 40 kinds of pages, four languages,
// facets, a calendar and session ids, with the default settings and in some
// variants: who stores what is drawn anew in each. In every kind of pages some
// do what the others do not: by chance (one product in five, elsewhere one page
// in three) or by a word of the address (a brand, a kind of thing).
//
// Guaranteed: what all pages of a kind or of a language do is found, as long as
// there are more visits than kinds. Not guaranteed: what only some pages of a
// kind do when nothing tells them from the others before they are visited. A
// kind gets some 17 of the 400 visits here, in which what one page in three
// does is missed in 0.1 % of all cases, one in five in 2 %: see TestBlindShop.
// The variants below are the first ones of 40, of which 29 have full recall (25
// without a sitemap) and 99.6 % (99.4 %) of all items are found.
func TestShop(t *testing.T) {
	for seed := range 4 {
		miss, _ := shopRecall(t, newShop(10_000, seed), true)
		checkChance(t, miss)
		if len(miss) > 1 {
			t.Errorf("variant %d: missed %q", seed, miss)
		}
	}
	for seed := range 2 {
		miss, _ := shopRecall(t, newShop(10_000, seed), false)
		checkChance(t, miss)
		if len(miss) > 1 {
			t.Errorf("variant %d without a sitemap: missed %q", seed, miss)
		}
	}
}

// TestBlindShop walks a shop in which one page in five of all 20 large kinds
// does something of its own, by chance: that is beyond what 400 visits can
// promise. All that is common is found, and of all items 98.8 % (40 variants).
func TestBlindShop(t *testing.T) {
	missed, total := 0, 0
	for seed := range 2 {
		s := newShop(10_000, seed)
		s.blind = true
		miss, all := shopRecall(t, s, true)
		checkChance(t, miss)
		missed, total = missed+len(miss), total+all
	}
	t.Logf("%d of %d items missed", missed, total)
	if missed*100 > 3*total {
		t.Errorf("%d of %d items missed, which is more than chance explains", missed, total)
	}
}

// checkChance allows only what some pages of a kind do to be missed.
func checkChance(t *testing.T, miss []string) {
	t.Helper()
	for _, item := range miss {
		if !slices.Contains([]string{"part of", "chat of", "some mo"}, item[:7]) {
			t.Errorf("missed %s", item)
		}
	}
}

// shopRecall walks a shop and lists what was missed.
func shopRecall(t *testing.T, s *shop, withSitemap bool) (miss []string, all int) {
	t.Helper()
	shown := site{page: s.serve}
	if withSitemap {
		shown.sitemap = s.sitemap()
	}
	w := walkSite(t, shown, whole(shopURL+"/"))
	if len(w.pages) > DefaultMaxPages {
		t.Errorf("%d visits", len(w.pages))
	}
	items := s.all()
	for i := range items {
		if !w.items[i] {
			miss = append(miss, i)
		}
	}
	slices.Sort(miss)
	return miss, len(items)
}
