package crawl

import "math/bits"

// Structure is a hash of a page's outline: features such as the distinct tag
// paths of its elements ("body/main/ul/li"), in any order. Outlines that differ
// in a few features have hashes that differ in a few bits (SimHash).
func Structure(features []string) uint64 {
	var votes [64]int
	for _, f := range features {
		h := hash(f)
		for i := range votes {
			votes[i] += int(h>>i&1)*2 - 1
		}
	}
	var s uint64
	for i, v := range votes {
		if v > 0 {
			s |= 1 << i
		}
	}
	return s
}

// nearOutline is the number of bits in which hashes of outlines alike differ at
// most. Ordinary hashes work too: by chance they are never that near.
const nearOutline = 5

// maxOutlines bounds the outlines that are told apart.
const maxOutlines = 4096

// outlines gives ids to hashes of outlines: those near to one that was seen
// before have its id.
type outlines []uint64

func (o *outlines) id(structure uint64) int {
	for i, s := range *o {
		if bits.OnesCount64(s^structure) <= nearOutline {
			return i
		}
	}
	if len(*o) >= maxOutlines {
		return maxOutlines
	}
	*o = append(*o, structure)
	return len(*o) - 1
}
