package chrome

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/consent"
	"cookiescan/scanner/steps"
)

// StepsPage shows a tab as what the user's steps need.
func (t *Tab) StepsPage() steps.Page { return &stepsPage{consentPage{tab: t}} }

// stepsPage implements steps.Page.
type stepsPage struct{ consentPage }

// Focus gives a node the keyboard.
func (p *stepsPage) Focus(ctx context.Context, id consent.NodeID) (bool, error) {
	if _, err := call(ctx, p.tab.view.sess, dom.Focus, dom.FocusParams{BackendNodeID: cdp.BackendNodeID(id)}); err != nil {
		return false, p.tab.alive(ctx) // it cannot be focused, or has gone
	}
	return true, nil
}

// fillable tells what takes a text.
const fillable = `function () { return this instanceof HTMLInputElement || this instanceof HTMLTextAreaElement || this.isContentEditable === true; }`

// Fill selects what a field holds and puts a text in its place, as an input
// method does.
func (p *stepsPage) Fill(ctx context.Context, id consent.NodeID, value string) (bool, error) {
	if ok, err := p.ask(ctx, id, fillable); err != nil || !ok {
		return ok, err
	}
	if ok, err := p.Focus(ctx, id); err != nil || !ok {
		return ok, err
	}
	all := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Commands: []string{"selectAll"}}
	if err := p.tab.input(ctx, input.DispatchKeyEvent.Method, all); err != nil {
		return false, fmt.Errorf("filling a field: %w", err)
	}
	if err := p.tab.input(ctx, input.InsertText.Method, input.InsertTextParams{Text: value}); err != nil {
		return false, fmt.Errorf("filling a field: %w", err)
	}
	return true, nil
}

// chooseSource chooses an option by its value or text and tells the page.
const chooseSource = `function (wanted) {
	const fold = (s) => String(s).replace(/\s+/g, ' ').trim();
	if (!(this instanceof HTMLSelectElement)) return false;
	const list = [...this.options];
	const option = list.find((o) => o.value === wanted) || list.find((o) => fold(o.text) === fold(wanted));
	if (!option) return false;
	option.selected = true;
	this.dispatchEvent(new Event('input', { bubbles: true }));
	this.dispatchEvent(new Event('change', { bubbles: true }));
	return true;
}`

// Choose chooses from a list. The browser's own lists are windows of their own,
// which a headless one does not open, so this is no input of the visitor.
func (p *stepsPage) Choose(ctx context.Context, id consent.NodeID, value string) (bool, error) {
	return p.ask(ctx, id, chooseSource, value)
}

// ask calls a function that gives a truth value on a node, in our world.
func (p *stepsPage) ask(ctx context.Context, id consent.NodeID, function string, args ...string) (bool, error) {
	frame := cdp.FrameID(p.tab.id)
	if p.last != nil {
		if i := p.last.Index(id); i >= 0 {
			frame = cdp.FrameID(p.last.Frames[p.last.Nodes[i].Frame].ID)
		}
	}
	sess := p.tab.view.sess
	w, err := call(ctx, sess, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: frame, WorldName: worldName})
	if err != nil {
		return false, p.tab.alive(ctx)
	}
	node, err := call(ctx, sess, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: cdp.BackendNodeID(id), ExecutionContextID: w.ExecutionContextID})
	if err != nil || node.Object == nil {
		return false, p.tab.alive(ctx) // it has gone
	}
	yes := true
	params := runtime.CallFunctionOnParams{FunctionDeclaration: function, ObjectID: node.Object.ObjectID, ReturnByValue: &yes, Silent: &yes}
	for _, a := range args {
		text, err := json.Marshal(a)
		if err != nil {
			return false, fmt.Errorf("asking a node: %w", err)
		}
		params.Arguments = append(params.Arguments, &runtime.CallArgument{Value: jsonv2.Value(text)})
	}
	res, err := call(ctx, sess, runtime.CallFunctionOn, params)
	if err != nil || res.Result == nil {
		return false, p.tab.alive(ctx)
	}
	var out bool
	if err := jsonv2.Unmarshal(res.Result.Value, &out, chromedp.DefaultUnmarshalOptions); err != nil {
		return false, nil //nolint:nilerr // it threw: the node is not what was expected
	}
	return out, nil
}

// Key presses or releases a key. One that types something does.
func (p *stepsPage) Key(ctx context.Context, k steps.KeyCode, up bool) error {
	e := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: k.Key, Code: k.Code, WindowsVirtualKeyCode: int64(k.Virtual), NativeVirtualKeyCode: int64(k.Virtual)}
	if !up {
		e.Type, e.Text, e.UnmodifiedText = input.DispatchKeyEventTypeKeyDown, k.Text, k.Text
		if k.Text == "" {
			e.Type = input.DispatchKeyEventTypeRawKeyDown
		}
	}
	if err := p.tab.input(ctx, input.DispatchKeyEvent.Method, e); err != nil {
		return fmt.Errorf("pressing a key: %w", err)
	}
	return nil
}
