package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cookiescan/scanner/walk"
)

// The forms of what is said on stderr.
const (
	logText = "text" // sentences for a person
	logJSON = "json" // one object a line, for machines
)

// logLine is one message in the form for machines. A field that says nothing
// is left out.
type logLine struct {
	Time    string `json:"time"`  // RFC 3339, UTC
	Level   string `json:"level"` // info, warning or error
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"` // what the user can do

	Site    string `json:"site,omitempty"` // of progress, as all that follows
	Pass    string `json:"pass,omitempty"`
	Done    int    `json:"done,omitempty"`    // pages
	Left    int    `json:"left,omitempty"`    // pages that are known and not done
	Cookies int    `json:"cookies,omitempty"` // so far in the pass
	Page    string `json:"page,omitempty"`    // that was done last
	Waiting string `json:"waiting,omitempty"`
	Ended   bool   `json:"ended,omitempty"` // the pass is over
}

// log writes a message in the form that was chosen. What a person reads begins
// with the program's name, so that it can be told apart in the log of a pipeline.
func (p *program) log(l logLine) {
	if p.logFormat.value == logJSON {
		l.Time = time.Now().UTC().Format(time.RFC3339Nano)
		text, err := json.Marshal(l)
		if err == nil {
			fmt.Fprintf(p.stderr, "%s\n", text)
			return
		}
	}
	if l.Level == levelWarning {
		l.Message = levelWarning + ": " + l.Message
	}
	fmt.Fprintln(p.stderr, "cookiescan: "+printable(l.Message))
	if l.Hint != "" {
		fmt.Fprintln(p.stderr, "hint: "+printable(l.Hint))
	}
}

const (
	levelInfo    = "info"
	levelWarning = "warning"
	levelError   = "error"
)

// say writes one line to the person.
func (p *program) say(format string, args ...any) {
	p.log(logLine{Level: levelInfo, Message: fmt.Sprintf(format, args...)})
}

// warn writes one line about something that the person should change.
func (p *program) warn(format string, args ...any) {
	p.log(logLine{Level: levelWarning, Message: fmt.Sprintf(format, args...)})
}

// complain says an error and, if there is something to do about it, what.
func (p *program) complain(err error, hint string) {
	p.log(logLine{Level: levelError, Message: err.Error(), Hint: hint})
}

// reached says how far a pass is.
func (p *program) reached(site string, x walk.Progress, format string, args ...any) {
	p.log(logLine{
		Level: levelInfo, Message: site + ": pass " + x.Phase + ": " + fmt.Sprintf(format, args...),
		Site: site, Pass: x.Phase, Done: x.Done, Left: max(0, x.Found-x.Done), Cookies: x.Cookies,
		Page: x.Page, Waiting: strings.TrimSpace(x.Waiting), Ended: x.Finished,
	})
}
