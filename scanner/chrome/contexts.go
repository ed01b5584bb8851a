package chrome

import (
	"context"
	"fmt"
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

// world is the unique id of our script context in a frame.
func (t *Tab) world(ctx context.Context, f cdp.FrameID) (string, error) {
	if id := t.knownWorld(f); id != "" {
		return id, nil
	}
	if _, err := call(ctx, t.view.sess, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: f, WorldName: worldName}); err != nil {
		return "", err
	}
	// It is reported before the command is answered; a document that was
	// replaced in between has taken it along.
	id := t.knownWorld(f)
	if id == "" {
		return "", fmt.Errorf("the frame navigated meanwhile")
	}
	return id, nil
}

func (t *Tab) knownWorld(f cdp.FrameID) string {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	return t.view.worlds[f]
}

// leaveWorld forgets our context of a frame whose document was replaced.
func (t *Tab) leaveWorld(f cdp.FrameID) {
	t.record.mu.Lock()
	defer t.record.mu.Unlock()
	delete(t.view.worlds, f)
}
