package steps

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner/consent"
)

// Page is what steps need of a page. Its methods are called by one goroutine.
type Page interface {
	consent.Page
	// Fill replaces the content of a field by real input. False: it does not
	// take any.
	Fill(ctx context.Context, id consent.NodeID, value string) (bool, error)
	// Choose chooses from a list by the value or text of an option. False: it
	// has none such.
	Choose(ctx context.Context, id consent.NodeID, value string) (bool, error)
	// Focus gives a node the keyboard. False: it does not take it.
	Focus(ctx context.Context, id consent.NodeID) (bool, error)
	// Key presses or releases a key.
	Key(ctx context.Context, key KeyCode, up bool) error
}

// Failure is a step that could not be done. It holds no value of the file.
type Failure struct {
	Step *Step
	Why  string
}

func (f *Failure) Error() string {
	return fmt.Sprintf("step %d (line %d, %s): %s", f.Step.Number, f.Step.Line, f.Step.Kind, f.Why)
}

const (
	// Patience is how long a step waits for what it is about, in page time that
	// passes no faster than real time.
	Patience = 10 * time.Second
	// pause is what passes between two looks, of page time and of real time.
	pause = 200 * time.Millisecond
	// settling is the page time that follows input.
	settling = 500 * time.Millisecond
)

// Hand does steps on one page.
type Hand struct {
	Page     Page
	Hosts    []string      // sites whose documents may be given values
	Patience time.Duration // 0: Patience

	// Done is told of each step that was done; done is false for one that could
	// not be. May be nil.
	Done func(st *Step, done bool)
	// ByKey lists what was pressed by the keyboard, because something lay over it.
	ByKey []string
	// At is the step that is being done, or was the last.
	At *Step
	// Probe is the address of the page on which the last expected step held.
	Probe string
	// Seen are the hosts of the pages that were met, in order.
	Seen []string

	snap *consent.Snapshot
}

// Do does the steps one after the other; an open step is the caller's. A
// *Failure is about the file or the site, any other error about the browser.
func (h *Hand) Do(ctx context.Context, list []Step) error {
	for i := range list {
		st := &list[i]
		h.At = st
		err := h.do(ctx, st)
		var failed *Failure
		if h.Done != nil && (err == nil || errors.As(err, &failed)) {
			h.Done(st, err == nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (h *Hand) do(ctx context.Context, st *Step) error {
	switch st.Kind {
	case Open:
		return nil
	case Wait, Expect:
		return h.await(ctx, st)
	case Key:
		return h.key(ctx, st)
	case Fill, Press, Select, Check:
	}
	id, err := h.find(ctx, st)
	if err != nil {
		return err
	}
	switch st.Kind {
	case Fill, Select:
		err = h.enter(ctx, st, id)
	case Check:
		err = h.check(ctx, st, id)
	default:
		err = h.press(ctx, st, id, id)
	}
	return errors.Join(err, h.settle(ctx, settling))
}

// settle lets page time pass: what was seen before is out of date.
func (h *Hand) settle(ctx context.Context, d time.Duration) error {
	h.snap = nil
	return h.Page.Wait(ctx, d)
}

// look is the page as it is now.
func (h *Hand) look(ctx context.Context) (err error) {
	if h.snap, err = h.Page.Snapshot(ctx); err != nil || len(h.snap.Frames) == 0 {
		return err
	}
	if u, err := url.Parse(h.snap.Frames[0].URL); err == nil && u.Host != "" && !slices.Contains(h.Seen, u.Hostname()) {
		h.Seen = append(h.Seen, u.Hostname())
	}
	return nil
}

// until looks again and again until something is true of the page. Page time
// passes no faster than real time meanwhile: what a server does takes both. What a
// look takes is not the page's, and does not count.
func (h *Hand) until(ctx context.Context, is func() bool) (bool, error) {
	patience := h.Patience
	if patience == 0 {
		patience = Patience
	}
	for left := patience; ; left -= pause {
		if err := h.look(ctx); err != nil {
			return false, err
		}
		if is() {
			return true, nil
		}
		if left <= 0 {
			return false, nil
		}
		began := time.Now()
		if err := h.Page.Wait(ctx, pause); err != nil {
			return false, err
		}
		timer := time.NewTimer(pause - time.Since(began))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return false, context.Cause(ctx)
		}
	}
}

// find waits for the element of a step. A checkbox may be hidden behind its
// label.
func (h *Hand) find(ctx context.Context, st *Step) (id consent.NodeID, err error) {
	ok, err := h.until(ctx, func() bool {
		ids, shown := h.snap.Locate(st.Ways)
		if len(ids) > 0 && (shown || st.Kind == Check && h.snap.Label(ids[0]) != 0) {
			id = ids[0]
		}
		return id != 0
	})
	if err == nil && !ok {
		err = &Failure{st, fmt.Sprintf("there is no %s to be seen on %s", st.Target, h.where())}
	}
	return id, err
}

// where is the address of the page without query and fragment, which may hold
// what was typed.
func (h *Hand) where() string {
	if h.snap == nil || len(h.snap.Frames) == 0 {
		return "the page"
	}
	return page(h.snap.Frames[0].URL)
}

// mayEnter tells whether the document of a node, and the page around it, are of
// a site that the file names: a value goes nowhere else.
func (h *Hand) mayEnter(st *Step, id consent.NodeID) error {
	frames := []int{0}
	if i := h.snap.Index(id); i >= 0 {
		frames = append(frames, h.snap.Nodes[i].Frame)
	}
	for _, f := range frames {
		address := h.snap.Frames[f].URL
		if f > 0 && (address == "about:srcdoc" || address == "about:blank" || strings.HasPrefix(address, "blob:")) {
			continue // it is the page's own
		}
		if site := siteOf(address); !slices.Contains(h.Hosts, site) {
			return &Failure{st, fmt.Sprintf("the field is on %s, which the file does not name; with hosts: [%s] it is given values too", page(address), site)}
		}
	}
	return nil
}

func (h *Hand) enter(ctx context.Context, st *Step, id consent.NodeID) error {
	if err := h.mayEnter(st, id); err != nil {
		return err
	}
	if i := h.snap.Index(id); st.Kind == Select || i >= 0 && h.snap.Nodes[i].Tag == "select" {
		if ok, err := h.Page.Choose(ctx, id, st.Value); err != nil || ok {
			return err
		}
		return &Failure{st, fmt.Sprintf("%s is no list with this entry", st.Target)}
	}
	if ok, err := h.Page.Fill(ctx, id, st.Value); err != nil || ok {
		return err
	}
	return &Failure{st, fmt.Sprintf("%s takes no input", st.Target)}
}

func (h *Hand) check(ctx context.Context, st *Step, id consent.NodeID) error {
	i := h.snap.Index(id)
	n := &h.snap.Nodes[i]
	if on := n.Checked || n.Attr["aria-checked"] == "true"; on != st.Off {
		return nil
	}
	at := id
	if ids, shown := h.snap.Locate(st.Ways); !shown || !slices.Contains(ids, id) {
		at = h.snap.Label(id)
	}
	return h.press(ctx, st, id, at)
}

// press clicks on a node, or on what stands for it. What something lies over,
// such as a consent banner that is not to be touched, is pressed by the
// keyboard.
func (h *Hand) press(ctx context.Context, st *Step, id, at consent.NodeID) error {
	hit, err := h.Page.Click(ctx, at)
	if err != nil || hit.Done {
		return err
	}
	if hit.Gone {
		return &Failure{st, fmt.Sprintf("%s went away before it was pressed", st.Target)}
	}
	key := "Enter"
	if st.Kind == Check {
		key = " "
	}
	code, _ := KeyOf(key)
	if ok, err := h.Page.Focus(ctx, id); err != nil {
		return err
	} else if !ok {
		return &Failure{st, h.covered(st, hit)}
	}
	h.ByKey = append(h.ByKey, h.covered(st, hit))
	return errors.Join(h.Page.Key(ctx, code, false), h.Page.Key(ctx, code, true))
}

func (h *Hand) covered(st *Step, hit consent.Hit) string {
	over := h.snap.Describe(hit.Top)
	if over == "" {
		over = "something"
	}
	return fmt.Sprintf("%s lies over %s", over, st.Target)
}

// key goes to whatever has the keyboard, which may be a field.
func (h *Hand) key(ctx context.Context, st *Step) error {
	if err := h.look(ctx); err != nil {
		return err
	}
	if err := h.mayEnter(st, 0); err != nil {
		return err
	}
	code, ok := KeyOf(st.Key)
	if !ok {
		return &Failure{st, "there is no such key"}
	}
	return errors.Join(h.Page.Key(ctx, code, st.Up), h.settle(ctx, settling))
}

func (h *Hand) await(ctx context.Context, st *Step) error {
	ok, err := h.until(ctx, func() bool { return h.holds(st) })
	switch {
	case ok && st.Kind == Expect && len(h.snap.Frames) > 0:
		h.Probe = h.snap.Frames[0].URL
		return nil
	case err != nil || ok:
		return err
	case st.URL != "":
		return &Failure{st, fmt.Sprintf("the page is %s, not %s", h.where(), page(st.URL))}
	case st.Count.Operator != "":
		return &Failure{st, fmt.Sprintf("%s does not show as often as expected on %s", st.Target, h.where())}
	}
	return &Failure{st, fmt.Sprintf("there is no %s to be seen on %s", st.Target, h.where())}
}

// holds tells whether what a step waits for is there.
func (h *Hand) holds(st *Step) bool {
	if st.URL != "" {
		return len(h.snap.Frames) > 0 && fits(st.URL, h.snap.Frames[0].URL)
	}
	ids, shown := h.snap.Locate(st.Ways)
	n := len(ids)
	if !shown {
		n = 0
	}
	switch st.Count.Operator {
	case "==":
		return n == st.Count.Number
	case ">=":
		return n >= st.Count.Number
	case "<=":
		return n <= st.Count.Number
	}
	return n > 0
}

// fits compares an address with one in which "*" stands for anything.
func fits(pattern, address string) bool {
	parts := strings.Split(pattern, "*")
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	ok, err := regexp.MatchString("^"+strings.Join(parts, ".*")+"$", address)
	return err == nil && ok
}
