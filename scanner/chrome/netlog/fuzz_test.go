package netlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzLine feeds any line to a parser that stands among events: it must not
// panic, and what eventType says must be what a JSON decoder says.
func FuzzLine(f *testing.F) {
	for line := range strings.Lines(fixture(f, "shell-lines.json")) {
		f.Add([]byte(strings.TrimSuffix(line, "\n")))
	}
	f.Add([]byte(`{"type":10,"type":12}`))
	consts, err := parseConstants([]byte(testConstants))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		p := newParser(false)
		p.part, p.consts = partEvents, consts
		for range 2 {
			if _, err := p.line(line); err != nil {
				t.Errorf("an event line made the error %v", err)
			}
		}
		var whole struct {
			Type *int `json:"type"`
		}
		body := bytes.TrimSuffix(bytes.TrimRight(line, "\r"), []byte(","))
		if got, ok := eventType(line); ok && json.Unmarshal(body, &whole) == nil && whole.Type != nil && bytes.HasPrefix(line, []byte(`{`)) {
			if sorted(body) && *whole.Type != got {
				t.Errorf("eventType %d, decoded %d", got, *whole.Type)
			}
		}
	})
}

// sorted says whether the object is written as Chromium does, with its keys in
// order: the decoder then prints the same octets.
func sorted(body []byte) bool {
	var v map[string]json.RawMessage
	if json.Unmarshal(body, &v) != nil {
		return false
	}
	again, err := json.Marshal(v)
	return err == nil && bytes.Equal(again, body)
}

// FuzzLog feeds any log.
func FuzzLog(f *testing.F) {
	f.Add(testHead + event("added", "1", "0", `{"name":"a"}`) + "],\n}")
	f.Add(testHead + event("start", "1", "1", `{"url":"x"}`) + event("read", "1", "0", `{"headers":["","set-cookie:"]}`) +
		event("inclusion", "1", "0", `{"operation":"store"}`))
	f.Add("")
	f.Fuzz(func(t *testing.T, log string) {
		r := newRecorder(nil)
		err := r.read(strings.NewReader(log))
		if errors.Is(err, io.EOF) {
			t.Errorf("the end of a log is not an error: %v", err)
		}
		for _, e := range r.Events() {
			if e.At().Seq <= 0 {
				t.Errorf("event without a place: %+v", e)
			}
		}
	})
}

// FuzzUnescape: escaping what was unescaped gives the field back.
func FuzzUnescape(f *testing.F) {
	f.Add("Set-Cookie: a=\xff%41ä")
	f.Fuzz(func(t *testing.T, raw string) {
		var b strings.Builder
		b.WriteString(escapedMark)
		for i := range len(raw) {
			if c := raw[i]; c == '%' || c >= 0x80 {
				b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
			} else {
				b.WriteByte(c)
			}
		}
		if got := unescapeField(b.String()); got != raw {
			t.Errorf("unescapeField gave %q of %q", got, raw)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	log := fixture(b, "full-h2.json")
	end := strings.Index(log, "],\n\"polledData\"")
	start := strings.Index(log, "\"events\": [\n") + len("\"events\": [\n")
	head, events := log[:start], log[start:end]
	noise := `{"phase":0,"source":{"id":13,"start_time":"790609","type":1},"time":"790636","type":0},` + "\n"
	for _, bench := range []struct{ name, body string }{
		{"recorded", strings.Repeat(events, 30)},
		{"irrelevant", strings.Repeat(noise, 30_000)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(head) + len(bench.body)))
			b.ReportAllocs()
			for b.Loop() {
				r := newRecorder(nil)
				r.Handle = func(Event) {}
				if err := r.read(strings.NewReader(head + bench.body)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
