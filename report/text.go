package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// width is the number of terminal columns of text: wide characters take two,
// combining ones none. It counts character by character, as most terminals
// and the table library do.
func width(s string) int {
	total := 0
	for _, r := range s {
		total += displaywidth.Rune(r)
	}
	return total
}

// shorten cuts text in the middle so that it fits, since the ends of names,
// hosts and files tell more than their middles. It never cuts a character off
// its combining marks.
func shorten(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if limit <= 1 {
		return strings.Repeat("…", max(limit, 0))
	}
	var parts []string
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		parts = append(parts, g.Value())
	}
	i, j := 0, len(parts)
	left, right := 0, 0 // widths of parts[:i] and parts[j:]
	for i < j {
		part, fromLeft := parts[j-1], left <= right
		if fromLeft {
			part = parts[i]
		}
		w := width(part)
		if left+right+w > limit-1 {
			break
		}
		if fromLeft {
			i, left = i+1, left+w
		} else {
			j, right = j-1, right+w
		}
	}
	return strings.Join(parts[:i], "") + "…" + strings.Join(parts[j:], "")
}

// wrap breaks words of plain text into lines, with a prefix before the first
// and as many spaces before the others. Words longer than a line are shortened.
func wrap(prefix, text string, limit int) string {
	indent := strings.Repeat(" ", width(prefix))
	room := max(limit-width(prefix), 1)
	var b strings.Builder
	line := ""
	flush := func() {
		if b.Len() == 0 {
			b.WriteString(prefix)
		} else {
			b.WriteString(indent)
		}
		b.WriteString(line + "\n")
	}
	for word := range strings.FieldsSeq(text) {
		word = shorten(word, room)
		if line != "" && width(line)+1+width(word) > room {
			flush()
			line = ""
		}
		line = joinNonEmpty(" ", line, word)
	}
	flush()
	return b.String()
}

// bracketed puts brackets around a text, if there is one.
func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
