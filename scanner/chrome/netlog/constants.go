package netlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// kind is what the parser does with an event type; types are numbered anew by
// every Chromium build, so the table is made from the log's own constants.
type kind uint8

const (
	kindIgnored kind = iota
	kindAdded
	kindDeleted
	kindRejectedSecure
	kindRejectedHTTPOnly
	kindInclusion
	kindStartJob
	kindSendHeaders
	kindReadHeaders
	kindAlive
)

// maxEventType bounds the table; Chromium 156 has some 600 types.
const maxEventType = 1 << 14

type wantedType struct {
	name     string
	kind     kind
	required bool
}

func wantedTypes() []wantedType {
	return []wantedType{
		{"COOKIE_STORE_COOKIE_ADDED", kindAdded, true},
		{"COOKIE_STORE_COOKIE_DELETED", kindDeleted, true},
		{"COOKIE_STORE_COOKIE_REJECTED_SECURE", kindRejectedSecure, false},
		{"COOKIE_STORE_COOKIE_REJECTED_HTTPONLY", kindRejectedHTTPOnly, false},
		{"COOKIE_INCLUSION_STATUS", kindInclusion, true},
		{"URL_REQUEST_START_JOB", kindStartJob, true},
		{"REQUEST_ALIVE", kindAlive, true},
		{"HTTP_TRANSACTION_SEND_REQUEST_HEADERS", kindSendHeaders, false},
		{"HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS", kindSendHeaders, false},
		{"HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS", kindSendHeaders, false},
		{"HTTP_TRANSACTION_READ_RESPONSE_HEADERS", kindReadHeaders, true},
	}
}

// constants is what the parser needs of the log's first object.
type constants struct {
	kinds      []kind // by event type
	tickOffset time.Duration
	begin, end int   // phases
	noSave     int64 // load flag DO_NOT_SAVE_COOKIES
}

type rawConstants struct {
	EventTypes map[string]int   `json:"logEventTypes"`
	Phases     map[string]int   `json:"logEventPhase"`
	LoadFlags  map[string]int64 `json:"loadFlag"`
	Capture    string           `json:"logCaptureMode"`
	TickOffset json.Number      `json:"timeTickOffset"`
}

// parseConstants reads the first line of a log, {"constants":{...},
func parseConstants(line []byte) (*constants, error) {
	body, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte(`{"constants":`))
	if !ok {
		return nil, errors.New("the log does not begin with its constants")
	}
	var raw rawConstants
	if err := json.Unmarshal(bytes.TrimSuffix(body, []byte(",")), &raw); err != nil {
		return nil, fmt.Errorf("decoding the log's constants: %w", err)
	}
	if raw.Capture != "" && raw.Capture != "IncludeSensitive" {
		return nil, fmt.Errorf("the log's capture mode is %q; start the browser with the flags of Recorder.Flags", raw.Capture)
	}
	offset, err := raw.TickOffset.Int64()
	if err != nil {
		return nil, fmt.Errorf("decoding the log's timeTickOffset: %w", err)
	}
	c := &constants{
		tickOffset: time.Duration(offset) * time.Millisecond,
		begin:      raw.Phases["PHASE_BEGIN"],
		end:        raw.Phases["PHASE_END"],
		noSave:     raw.LoadFlags["DO_NOT_SAVE_COOKIES"],
	}
	if c.begin == c.end {
		return nil, errors.New("the log's constants do not tell begin from end")
	}
	return c, c.fillKinds(raw.EventTypes)
}

func (c *constants) fillKinds(types map[string]int) error {
	c.kinds = make([]kind, maxEventType)
	for _, want := range wantedTypes() {
		id, ok := types[want.name]
		if !ok && want.required {
			return fmt.Errorf("this browser's log has no event type %s: its version is not supported", want.name)
		}
		if ok && (id < 0 || id >= maxEventType) {
			return fmt.Errorf("the log's event type %s has the impossible number %d", want.name, id)
		}
		if ok {
			c.kinds[id] = want.kind
		}
	}
	return nil
}

// kindOf returns what to do with an event type.
func (c *constants) kindOf(eventType int) kind {
	if eventType < 0 || eventType >= len(c.kinds) {
		return kindIgnored
	}
	return c.kinds[eventType]
}
