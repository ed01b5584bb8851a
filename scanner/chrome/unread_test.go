package chrome_test

import (
	"errors"
	"testing"
	"testing/fstest"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
)

// TestUnread: what there was no time to read, on a machine that is slow or busy, is
// no page that has nothing: it says that it was not seen to its end.
func TestUnread(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml":         {Data: []byte("{}")},
		"u.test/index.html": {Data: []byte("<!doctype html><title>U</title><link rel=icon href='data:,'><a href=/next>Next</a><iframe src=/menu.html></iframe>")},
		"u.test/menu.html":  {Data: []byte("<!doctype html><title>Menu</title><a href=/behind>Behind</a><button aria-expanded=false>More</button>")},
	})
	links := func(t *testing.T, tab walk.Tab) int {
		c, err := tab.Links(t.Context())
		if err != nil {
			t.Error(err)
		}
		return len(c.Links)
	}
	controls := func(t *testing.T, tab walk.Tab) int {
		list, err := tab.Controls(t.Context())
		if err != nil {
			t.Error(err)
		}
		return len(list)
	}
	for _, c := range []struct {
		name      string
		read      func(*testing.T, walk.Tab) int
		all, late int
	}{{"links", links, 2, 1}, {"controls", controls, 1, 0}} {
		t.Run(c.name, func(t *testing.T) {
			p := openProfile(t, startBrowser(t, engines[0], s, nil), s)
			for late, want := range map[bool]int{false: c.all, true: c.late} {
				tab := openTab(t, p, "https://u.test/")
				if late {
					tab.(*chrome.Tab).ReadLate()
				}
				if got := c.read(t, tab); got != want {
					t.Errorf("late %t: %d, want %d", late, got, want)
				}
				if seen := tab.Close(t.Context()); errors.Is(seen.Cut, walk.ErrBusy) != late {
					t.Errorf("late %t: the page is cut short by %v", late, seen.Cut)
				}
			}
		})
	}
}
