package chrome

import (
	"context"
	"errors"
	"maps"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// contextTable maps the page's own script contexts of one session to frames.
type contextTable map[runtime.ExecutionContextID]*frame

// worldTable are our script contexts of one session, by frame: the id that no
// other process gives again.
type worldTable map[cdp.FrameID]string

// worldName is what our contexts are called. A page cannot see it.
const worldName = "cookiescan"

// addContext takes a script context that has come into being.
func (v *view) addContext(frames *frameTree, c *runtime.ExecutionContextDescription) {
	var aux struct {
		FrameID   cdp.FrameID `json:"frameId"`
		IsDefault bool        `json:"isDefault"`
	}
	if jsonv2.Unmarshal(c.AuxData, &aux) != nil || aux.FrameID == "" {
		return
	}
	if !aux.IsDefault {
		if c.Name == worldName {
			v.worlds[aux.FrameID] = c.UniqueID
		}
		return
	}
	f := frames.get(aux.FrameID)
	// The context knows its origin before the frame reports its
	// navigation: early scripts must not carry the document before.
	if c.Origin != "" && c.Origin != "://" {
		f.origin = c.Origin
	} else if c.Origin == "://" && f.parent != nil && f.url == "about:blank" {
		f.origin = f.parent.origin
	}
	v.contexts[c.ID] = f
}

func (t worldTable) drop(id string) {
	maps.DeleteFunc(t, func(_ cdp.FrameID, known string) bool { return known == id })
}

var errWorldGone = errors.New("the frame navigated meanwhile")

// world is the unique id of our script context in a frame. The one that is known
// may have gone with its document unheard: again asks the browser.
func (t *Tab) world(ctx context.Context, f cdp.FrameID, again bool) (string, error) {
	if id := t.knownWorld(f); id != "" && !again {
		return id, nil
	}
	if _, err := call(ctx, t.view.sess, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: f, WorldName: worldName}); err != nil {
		return "", err
	}
	// A new one is reported before the command is answered; a document that was
	// replaced in between has taken it along.
	id := t.knownWorld(f)
	if id == "" {
		return "", errWorldGone
	}
	return id, nil
}

func (t *Tab) knownWorld(f cdp.FrameID) string {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return t.view.worlds[f]
}
