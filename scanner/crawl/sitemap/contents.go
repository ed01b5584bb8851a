package sitemap

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
)

// contents is what one file holds.
type contents struct {
	pages, alternates, sitemaps []string
	share                       int // addresses that it may keep
	dropped                     int
}

// add takes an address.
func (c *contents) add(k kind, loc string, o Options) {
	loc = strings.Clone(loc)
	switch k {
	case sitemap:
		if o.Follow == nil || o.Follow(loc) {
			c.sitemaps = append(c.sitemaps, loc)
		}
		return
	case page, alternate:
	}
	if o.Keep != nil && !o.Keep(loc) {
		return
	}
	if k == page {
		c.pages = append(c.pages, loc)
	} else {
		c.alternates = append(c.alternates, loc)
	}
	if len(c.pages) > 4*c.share || len(c.alternates) > 4*c.share {
		c.trim()
	}
}

// trim keeps a sample of the file's share: which addresses are in it depends on
// them alone, not on their order.
func (c *contents) trim() {
	for _, list := range []*[]string{&c.pages, &c.alternates} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
		if n := len(*list) - c.share; n > 0 {
			c.dropped += n
			slices.SortFunc(*list, func(a, b string) int { return cmp.Or(cmp.Compare(chance(a), chance(b)), cmp.Compare(a, b)) })
			*list = slices.Clip((*list)[:c.share])
		}
	}
}

func chance(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s))
	v := h.Sum64()
	return v ^ v>>29*0x9e3779b97f4a7c15
}
