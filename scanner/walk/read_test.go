package walk_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/walk"
)

// fakeReading is a page whose only text is its title.
type fakeReading struct{ tab *fakeTab }

func (p *fakeReading) Snapshot(ctx context.Context) (*consent.Snapshot, error) {
	s := &consent.Snapshot{
		Frames: []consent.Frame{{URL: p.tab.at()}},
		Nodes: []consent.Node{
			{ID: 1, Parent: -1, Tag: consent.TagDocument},
			{ID: 2, Parent: 0, Tag: "html"},
			{ID: 3, Parent: 1, Tag: "body"},
			{ID: 4, Parent: 2, Tag: consent.TagText, Text: p.tab.page.text},
		},
	}
	s.Link()
	return s, p.tab.station(ctx, "snapshot")
}

func (p *fakeReading) Wait(ctx context.Context, _ time.Duration) error {
	return p.tab.station(ctx, "wait")
}

func (p *fakeReading) Unfold(ctx context.Context, _ consent.NodeID) (bool, error) {
	return true, p.tab.station(ctx, "unfold")
}

func TestReadPage(t *testing.T) {
	for name, test := range map[string]struct {
		page fakePage
		want string // of the error
	}{
		"text":        {fakePage{text: "We use cookies."}, ""},
		"blank":       {fakePage{text: " \n"}, "the page shows no text"},
		"forbidden":   {fakePage{text: "Forbidden", status: 403}, "the site refused this visitor (403 forbidden)"},
		"wall":        {fakePage{text: "x", status: 403, contents: walk.Contents{Answer: walk.Answer{Status: 403, Headers: map[string]string{"cf-mitigated": "challenge"}}}}, "Cloudflare asks for proof that the visitor is a person, in place of the page"},
		"plain":       {fakePage{text: "a,b", mime: "text/csv"}, "the address is no HTML page"},
		"download":    {fakePage{errs: map[string]error{"load": walk.ErrDownload}}, "the address is no HTML page"},
		"unreachable": {fakePage{errs: map[string]error{"load": &walk.NetError{Code: "ERR_CONNECTION_REFUSED"}}}, "the host refuses the connection (ERR_CONNECTION_REFUSED)"},
		"cut":         {fakePage{text: "x", seen: walk.Seen{Cut: walk.ErrUnfinished}}, "the document did not arrive completely in time"},
	} {
		b := &fakeBrowser{pages: map[string]fakePage{"/": test.page}}
		p, err := b.open(t.Context(), "policy")
		if err != nil {
			t.Fatal(err)
		}
		r, err := walk.ReadPage(t.Context(), p, "https://x.test/", walk.ReadOptions{PageTimeout: time.Minute, Settle: time.Second})
		var unread *walk.Unread
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case test.want == "":
			html, err := r.Document.HTML(1<<20, nil)
			if err != nil || !strings.Contains(string(html), test.page.text) {
				t.Errorf("%s: read %s (%v)", name, html, err)
			}
		case !errors.As(err, &unread) || err.Error() != test.want:
			t.Errorf("%s: got the error %v, want %s", name, err, test.want)
		}
	}
}
