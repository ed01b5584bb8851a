package walk

import (
	"net/http"

	"cookiescan/scanner/botwall"
)

// wallError is a page that another one stands before.
type wallError struct{ botwall.Wall }

func (e *wallError) Error() string { return e.Sentence() }

// refused deals with an answer that brought no page.
func (v *visit) refused(l Loaded) error {
	if v.recognize(Contents{Answer: l.Answer}); v.wall != nil {
		return v.wall
	}
	return nil
}

// recognize looks whether something stands before the page. A challenge may have
// let its visitor through meanwhile: then the page answered after all.
func (v *visit) recognize(c Contents) {
	w, ok := botwall.Recognize(botwall.Page{
		Status: c.Answer.Status, Headers: c.Answer.Headers, Title: c.Title, Loads: c.Loads, Cookies: c.Answer.Cookies,
		Links: len(c.Links), Fields: c.Fields,
	})
	switch {
	case ok:
		v.wall = &wallError{w}
	case v.page.Status >= http.StatusBadRequest && c.Answer.Status != 0:
		v.page.Status = c.Answer.Status
	}
}
