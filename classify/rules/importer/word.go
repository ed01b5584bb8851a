package importer

import (
	"encoding/json"
	"maps"
	"slices"
)

// A word is a text in JSON for which lists also write numbers, truth values and
// null.
type word string

// UnmarshalJSON takes any value that is no list or object.
func (w *word) UnmarshalJSON(src []byte) error {
	var s string
	switch src[0] {
	case '"':
		if err := json.Unmarshal(src, &s); err != nil {
			return err
		}
	case '[', '{', 'n':
	default:
		s = string(src)
	}
	*w = word(s)
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
