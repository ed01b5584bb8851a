package steps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/scanner/consent"
)

// recording is a UserFlow of @puppeteer/replay, which the recorder in Chrome
// DevTools exports (github.com/puppeteer/replay, src/Schema.ts).
type recording struct {
	Title             string            `json:"title"`
	Timeout           json.RawMessage   `json:"timeout"`
	SelectorAttribute json.RawMessage   `json:"selectorAttribute"`
	Steps             []json.RawMessage `json:"steps"`
}

// recorded is a step of one. What only says how the hand moved is passed over.
type recorded struct {
	Type           string          `json:"type"`
	URL            string          `json:"url"`
	Selectors      []chain         `json:"selectors"`
	Value          string          `json:"value"`
	Key            string          `json:"key"`
	Button         string          `json:"button"`
	Operator       string          `json:"operator"`
	Count          *int            `json:"count"`
	Visible        *bool           `json:"visible"`
	Properties     json.RawMessage `json:"properties"`
	Attributes     json.RawMessage `json:"attributes"`
	Target         string          `json:"target"`
	AssertedEvents []asserted      `json:"assertedEvents"`

	Frame             json.RawMessage `json:"frame"`
	Timeout           json.RawMessage `json:"timeout"`
	OffsetX           json.RawMessage `json:"offsetX"`
	OffsetY           json.RawMessage `json:"offsetY"`
	Duration          json.RawMessage `json:"duration"`
	DeviceType        json.RawMessage `json:"deviceType"`
	X                 json.RawMessage `json:"x"`
	Y                 json.RawMessage `json:"y"`
	Width             json.RawMessage `json:"width"`
	Height            json.RawMessage `json:"height"`
	DeviceScaleFactor json.RawMessage `json:"deviceScaleFactor"`
	IsMobile          json.RawMessage `json:"isMobile"`
	HasTouch          json.RawMessage `json:"hasTouch"`
	IsLandscape       json.RawMessage `json:"isLandscape"`
	Download          json.RawMessage `json:"download"`
	Upload            json.RawMessage `json:"upload"`
	Latency           json.RawMessage `json:"latency"`
	Expression        json.RawMessage `json:"expression"`
	Name              json.RawMessage `json:"name"`
	Parameters        json.RawMessage `json:"parameters"`
}

type asserted struct {
	Type  string `json:"type"`
	URL   string `json:"url"`
	Title string `json:"title"`
}

// chain is a selector, or several from the outside in.
type chain []string

func (c *chain) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*c = chain{one}
		return nil
	}
	var list []string
	if err := json.Unmarshal(data, &list); err != nil {
		return errors.New("a selector must be a text or a list of texts")
	}
	*c = list
	return nil
}

// passed are steps that change nothing about what a site stores.
var passed = []string{"setViewport", "hover", "scroll", "close", "emulateNetworkConditions"}

// recordingReader reads a recording.
type recordingReader struct {
	file string
	src  []byte
}

func (r recordingReader) fail(offset int, format string, args ...any) error {
	offset = max(0, min(offset, len(r.src)))
	before := r.src[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
	return yamlReader(r).failAt(line, column, format, args...)
}

func (r recordingReader) line(offset int) int { return bytes.Count(r.src[:offset], []byte("\n")) + 1 }

func readRecording(file string, src []byte) (*Script, error) {
	r := recordingReader{file, src}
	var top recording
	if err := strict(src, &top); err != nil {
		return nil, r.fail(place(err, len(src)), "%s", said(err))
	}
	s := &Script{File: file}
	from := 0
	for i, raw := range top.Steps {
		at := from + max(0, bytes.Index(src[from:], raw)) // the decoder keeps the text as it is
		from = at + len(raw)
		var rec recorded
		if err := strict(raw, &rec); err != nil {
			return nil, r.fail(at+place(err, 0), "step %d: %s", i+1, said(err))
		}
		st, why := rec.step()
		switch {
		case why != "":
			return nil, r.fail(at, "step %d: %s", i+1, why)
		case st == nil:
			s.Passed = append(s.Passed, rec.Type)
			continue
		}
		st.Number, st.Line = i+1, r.line(at)
		s.Steps = append(s.Steps, *st)
		for _, e := range rec.AssertedEvents {
			if isAddress(e.URL) {
				s.allow(e.URL)
			}
		}
	}
	return s, nil
}

// strict decodes one value and refuses fields that it does not know.
func strict(src []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if d.More() {
		return errors.New("more follows the recording")
	}
	return nil
}

// place is where a decoder met an error, or where it was expected.
func place(err error, otherwise int) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return int(max(0, syntax.Offset-1))
	case errors.As(err, &kind):
		return int(max(0, kind.Offset-1))
	}
	return otherwise
}

// said is what a decoder says, without the names of this package.
func said(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return "this is no JSON: " + syntax.Error()
	case errors.As(err, &kind):
		what, _, _ := strings.Cut(kind.Value, " ") // behind it stands the number
		return fmt.Sprintf("%s cannot be a %s", kind.Field, what)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "this is no JSON: it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// step is what to do for a recorded step: nil for one that is passed over, and
// why it cannot be done.
func (rec *recorded) step() (*Step, string) {
	if slices.Contains(passed, rec.Type) {
		return nil, ""
	}
	if rec.Target != "" && rec.Target != "main" {
		return nil, "it is about another window, which is not supported"
	}
	switch rec.Type {
	case "navigate":
		if !isAddress(rec.URL) {
			return nil, "url is no address"
		}
		return &Step{Kind: Open, URL: rec.URL}, ""
	case "click":
		if rec.Button != "" && rec.Button != "primary" {
			return nil, "only the first button of the mouse is supported"
		}
		return rec.aimed(Step{Kind: Press})
	case "change":
		st := Step{Kind: Fill, Value: rec.Value}
		if name, ok := strings.CutPrefix(rec.Value, "env:"); ok {
			st.Value, st.Env = "", name
		}
		return rec.aimed(st)
	case "keyDown", "keyUp":
		if _, ok := KeyOf(rec.Key); !ok {
			return nil, fmt.Sprintf("the key %.20q is not supported", rec.Key)
		}
		return &Step{Kind: Key, Key: rec.Key, Up: rec.Type == "keyUp", Target: rec.Key}, ""
	case "waitForElement":
		return rec.waits()
	case "waitForExpression":
		return nil, "waitForExpression would run code of the file in the page, which is not done; wait for an element instead (waitForElement)"
	case "doubleClick", "customStep":
		return nil, rec.Type + " is not supported"
	case "":
		return nil, "it has no type"
	}
	return nil, fmt.Sprintf("there is no step of type %.40q", rec.Type)
}

func (rec *recorded) waits() (*Step, string) {
	st := Step{Kind: Expect}
	switch {
	case len(rec.Properties) > 0 || len(rec.Attributes) > 0:
		return nil, "properties and attributes of waitForElement are not supported"
	case !slices.Contains([]string{"", "==", ">=", "<="}, rec.Operator):
		return nil, "operator is ==, >= or <="
	case rec.Count != nil && *rec.Count < 0:
		return nil, "count is negative"
	}
	if rec.Operator != "" || rec.Count != nil || rec.Visible != nil {
		st.Count = Count{Operator: "==", Number: 1}
		if rec.Operator != "" {
			st.Count.Operator = rec.Operator
		}
		if rec.Count != nil {
			st.Count.Number = *rec.Count
		}
		if rec.Visible != nil && !*rec.Visible {
			st.Count = Count{Operator: "==", Number: 0}
		}
	}
	return rec.aimed(st)
}

// aimed takes the selectors. One that cannot be read does not matter as long as
// another can.
func (rec *recorded) aimed(st Step) (*Step, string) {
	why := "it has no selectors"
	for _, c := range rec.Selectors {
		w, err := consent.ParseWay(c...)
		if err != nil {
			why = err.Error()
			continue
		}
		if st.Target == "" {
			st.Target = fmt.Sprintf("%q", strings.Join(c, " "))
		}
		st.Ways = append(st.Ways, w)
	}
	if len(st.Ways) == 0 {
		return nil, why
	}
	return &st, ""
}
