package scanner

import "time"

// Request is one request of a pass, or one hop of it: redirects are requests of
// their own. It stands in the log of a scan and not in the document. What an
// address says behind its question mark is replaced by digests, always.
type Request struct {
	ID         string    `json:"id"`             // the browser's; redirects share it
	Page       string    `json:"page,omitempty"` // id; empty for a worker of no single page
	State      string    `json:"state"`          // consent state when it was sent
	Trigger    Trigger   `json:"trigger,omitempty"`
	Method     string    `json:"method"`
	URL        string    `json:"url"`
	Type       string    `json:"type,omitempty"` // as Chromium names it: Document, Script, Image, ...
	Initiator  string    `json:"initiator,omitempty"`
	Started    time.Time `json:"started"` // UTC
	BodyOctets int       `json:"bodyOctets,omitempty"`

	// The answer. Status is 0 when none came.
	Status    int    `json:"status"`
	Protocol  string `json:"protocol,omitempty"` // such as h2
	MediaType string `json:"mediaType,omitempty"`
	Octets    int64  `json:"octets,omitempty"` // received, with headers, compressed; 0: not known
	WaitMs    int64  `json:"waitMs"`           // until the answer began, by the clock of the machine
	ReceiveMs int64  `json:"receiveMs"`        // from then until it ended; 0: not known
	From      string `json:"from,omitempty"`   // cache or serviceWorker; empty: the network
	Error     string `json:"error,omitempty"`  // why it failed, by Chromium's name without "net::"

	// What follows is no part of the request's line in the log: other lines and
	// files of the folder have it.
	Pass      string   `json:"-"` // with the number of its run, such as none#2
	SetCookie []string `json:"-"` // lines, with digests for values unless these are kept
	Address   string   `json:"-"` // of the server; empty if the host had several
}
