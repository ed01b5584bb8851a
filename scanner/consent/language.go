package consent

import (
	"cmp"
	"slices"
	"strings"
)

// pageLanguage is what the top document declares, without its region.
func pageLanguage(s *Snapshot) string {
	lang := s.Frames[0].Language
	for _, i := range s.Nodes[s.Frames[0].Root].Children {
		if l := s.Nodes[i].Attr["lang"]; s.Nodes[i].Tag == "html" && l != "" {
			lang = l
		}
	}
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	lang, _, _ = strings.Cut(lang, "_")
	return lang
}

// Speaks tells whether the words of banners in a language are known. language is
// the primary subtag of BCP 47.
func Speaks(language string) bool {
	if tag, ok := map[string]string{"no": "nb", "nn": "nb", "iw": "he"}[language]; ok {
		language = tag
	}
	return lexicon().stop[language] != nil
}

// language of a text by its frequent words; empty if too few are known.
func (w *words) language(text string) string {
	t, exact := tokens(text), split(strings.ToLower(text))
	type score struct {
		language string
		hits     int
	}
	var all []score
	for l, stop := range w.stop {
		n := 0
		for _, word := range exact { // marks tell the short words of two languages apart
			if stop[word] {
				n++
			}
		}
		for _, key := range []string{"accept", "reject", "settings", "about"} {
			for _, p := range w.phrases[key] {
				if p.language == l && !p.whole && p.match(t) > 0 {
					n++
				}
			}
		}
		all = append(all, score{l, n})
	}
	slices.SortFunc(all, func(a, b score) int {
		return cmp.Or(b.hits-a.hits, strings.Compare(a.language, b.language))
	})
	if len(all) == 0 || all[0].hits < 2 {
		return ""
	}
	return all[0].language
}
