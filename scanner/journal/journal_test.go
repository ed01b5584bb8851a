package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/journal"
)

func clock() func() time.Time {
	t := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	return func() time.Time { t = t.Add(time.Second); return t }
}

func write(t *testing.T, w *journal.Writer, events ...string) {
	t.Helper()
	for _, e := range events {
		if err := w.Write(e, map[string]int{"n": len(e)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func made(t *testing.T, events ...string) (path string, content []byte) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "events.ndjson")
	w, err := journal.Create(path, clock())
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, events...)
	content, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, content
}

func events(t *testing.T, content []byte) (string, error) {
	t.Helper()
	var list []string
	err := journal.Read(bytes.NewReader(content), func(l journal.Line) error {
		list = append(list, fmt.Sprint(l.Seq, l.Event))
		return nil
	})
	return strings.Join(list, " "), err
}

// TestTorn cuts a journal after every byte: what was whole is read, and going
// on gives a journal that is whole again.
func TestTorn(t *testing.T) {
	_, content := made(t, "one", "two", "three")
	for n := range len(content) + 1 {
		whole := bytes.Count(content[:n], []byte("\n"))
		have, err := events(t, content[:n])
		if err != nil || len(strings.Fields(have)) != whole {
			t.Fatalf("after %d bytes: %q, %v", n, have, err)
		}
		path := filepath.Join(t.TempDir(), "torn")
		if err := os.WriteFile(path, content[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		w, torn, err := journal.Continue(path, clock())
		if err != nil {
			t.Fatalf("after %d bytes: %v", n, err)
		}
		if want := n - (bytes.LastIndexByte(content[:n], '\n') + 1); torn != int64(want) {
			t.Fatalf("after %d bytes: %d torn, want %d", n, torn, want)
		}
		write(t, w, "more")
		again, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		have, err = events(t, again)
		if err != nil || !strings.HasSuffix(have, fmt.Sprint(whole+1, "more")) {
			t.Fatalf("after %d bytes and one more event: %q, %v", n, have, err)
		}
	}
}

// TestChanged: every change of a line but the last shows.
func TestChanged(t *testing.T) {
	_, content := made(t, "one", "two", "three")
	lines := bytes.SplitAfter(content, []byte("\n"))
	for name, changed := range map[string][]byte{
		"another byte": bytes.Replace(content, []byte("one"), []byte("One"), 1),
		"line removed": bytes.Join([][]byte{lines[0], lines[2]}, nil),
		"first gone":   bytes.Join([][]byte{lines[1], lines[2]}, nil),
		"line doubled": bytes.Join([][]byte{lines[0], lines[0], lines[1]}, nil),
		"order":        bytes.Join([][]byte{lines[0], lines[2], lines[1]}, nil),
		"no JSON":      append([]byte("{\n"), content...),
	} {
		if have, err := events(t, changed); err == nil {
			t.Errorf("%s: read as %q", name, have)
		}
	}
}

func TestReaderStops(t *testing.T) {
	_, content := made(t, "one", "two")
	stop := errors.New("enough")
	if err := journal.Read(bytes.NewReader(content), func(journal.Line) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	if _, err := journal.Create(dir, time.Now); err == nil {
		t.Error("a folder was taken for a journal")
	}
	if _, _, err := journal.Continue(dir, time.Now); err == nil {
		t.Error("a folder was continued")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"seq":1,"time":"2026-11-25T08:00:01Z","prev":"","event":"one"}` + "\n"))
	f.Add([]byte("\n\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		n := 0
		err := journal.Read(bytes.NewReader(content), func(l journal.Line) error {
			if n++; l.Seq != int64(n) {
				t.Errorf("line %d has number %d", n, l.Seq)
			}
			return nil
		})
		if err == nil && n > bytes.Count(content, []byte("\n")) {
			t.Errorf("%d events in %q", n, content)
		}
	})
}
