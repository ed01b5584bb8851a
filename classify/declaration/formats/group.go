package formats

import (
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
)

// grouped are entries by a key, the groups in the order of their first entries.
func grouped(entries []declaration.Entry, key func(declaration.Entry) string) [][]declaration.Entry {
	var groups [][]declaration.Entry
	at := map[string]int{}
	for _, e := range entries {
		k := key(e)
		if _, ok := at[k]; !ok {
			at[k] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[k]] = append(groups[at[k]], e)
	}
	return groups
}

// slug is a text as an identifier: letters and digits of ASCII.
func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() > 40 {
			break
		}
	}
	return firstOf(strings.Trim(b.String(), "_"), "service")
}

// unique is a name that is not taken yet, with a number if need be.
func unique(taken map[string]bool, name string) string {
	free := name
	for n := 2; taken[free]; n++ {
		free = name + "_" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}
