package page

import (
	"fmt"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// headingRank is the rank of what titles something, 0 if it does not.
func (w *walker) headingRank(n *html.Node) float64 {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.lastTop = float64(n.Data[1] - '0')
		return w.lastTop
	case atom.Summary:
		return w.rankOf(fmt.Sprint(n.Data, " ", attr(n, "class"), " ", w.folds)) + float64(w.folds)/1000
	case atom.Legend, atom.Caption, atom.Figcaption:
		return w.rankOf(n.Data + " " + attr(n, "class"))
	case atom.Button:
		if isTitleOfPanel(n) {
			return w.rankOf("button " + attr(n, "class"))
		}
	default:
	}
	switch {
	case attr(n, "role") == "heading":
		if level := attr(n, "aria-level"); len(level) == 1 && level >= "1" && level <= "6" {
			w.lastTop = float64(level[0] - '0')
			return w.lastTop
		}
		return w.rankOf("heading")
	case attr(n, "role") == "tab", attr(n, "aria-expanded") != "" && attr(n, "aria-controls") != "":
		return w.rankOf(n.Data + " " + attr(n, "class"))
	}
	return 0
}

// rankOf is the rank of a title without a number: just below the heading that
// stood before the first that looks so. One before all headings, as a banner has
// it, says nothing of those below them.
func (w *walker) rankOf(look string) float64 {
	rank, ok := w.ranks[look]
	if !ok {
		rank = w.lastTop + 0.5
	}
	if w.ranks != nil && w.lastTop > 0 {
		w.ranks[look] = rank
	}
	return rank
}
