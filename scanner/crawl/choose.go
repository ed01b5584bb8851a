package crawl

import (
	"math"
	"slices"
	"strings"
)

// maxChoice is how many candidates of a group are compared.
const maxChoice = 512

// choose picks the next page of a group. Pages alike are not the same: what
// only some of them do often goes with a word in their name, a parameter's
// value or the list they are on. So after the first, in breadth-first order,
// that page is picked whose features are common among the candidates and rare
// among the pages that were visited; translations of visited pages come last.
func (f *family) choose(g *group) *candidate {
	if f.visits == 0 {
		return f.first()
	}
	if len(g.pool) == 1 {
		return g.pool[0]
	}
	slices.SortFunc(g.pool, byRank)
	list := g.pool[:min(len(g.pool), maxChoice)]
	common := map[uint32]int{}
	for _, c := range list {
		for _, token := range c.tokens() {
			common[token]++
		}
	}
	var best *candidate
	most := math.MinInt
	for _, c := range list {
		score := 0
		if f.translated(c) {
			score = -1 << 40
		}
		for _, token := range c.tokens() {
			if n := common[token]; n > 1 {
				seen := f.tokens[token] + 1
				score += isqrt(n<<12) / (seen * seen) >> (token & isParent)
			}
		}
		if score > most {
			best, most = c, score
		}
	}
	return best
}

// visit notes that a page of the family was picked.
func (f *family) visit(c *candidate) {
	f.twins[c.twin] = true
	for _, token := range c.tokens() {
		f.tokens[token]++
	}
	if len(f.tokens) > maxTokens {
		clear(f.tokens)
	}
}

const maxTokens = 20_000

// isParent marks the feature that is the parent: it counts half, because there
// are many of them.
const isParent = 1

// maxFeatures bounds the features of one address.
const maxFeatures = 24

// tokens are the features of a candidate: hashes of the words in its path, its
// parameters with their values, and the page that it was found on.
func (c *candidate) tokens() []uint32 {
	if c.features != nil {
		return c.features
	}
	a := split(c.page.URL)
	c.features = append(c.features, c.at.parent|isParent)
	c.addWords(a.path)
	c.addWords(a.fragment)
	for pair := range strings.SplitSeq(a.query, "&") {
		c.add(pair)
	}
	slices.Sort(c.features)
	c.features = slices.Clip(slices.Compact(c.features))
	return c.features
}

func (c *candidate) addWords(path string) {
	for word := range strings.FieldsFuncSeq(path, func(r rune) bool { return strings.ContainsRune("/-_.+,;:~!", r) }) {
		if strings.Trim(word, "0123456789") != "" {
			c.add(strings.ToLower(word))
		}
	}
}

func (c *candidate) add(text string) {
	if text != "" && len(c.features) < maxFeatures {
		c.features = append(c.features, uint32(hash(text))&^isParent)
	}
}

// hash is FNV-1a with a final mix, the same on every machine.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// mix is the finalizer of SplitMix64.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
