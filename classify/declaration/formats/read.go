package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"cookiescan/classify/declaration"
	"cookiescan/classify/lifetime"
)

// mostEntries is how many entries and how many parts that are not understood
// are kept of one file.
const mostEntries = 100_000

var errTooMany = fmt.Errorf("it has more than %d entries", mostEntries)

// reading is a file that is being read.
type reading struct {
	*lexicon
	lifetimes *lifetime.Reader
	into      *declaration.Declaration
}

var loadLifetimes = sync.OnceValues(lifetime.New)

func newReading(name string) (*reading, error) {
	l, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	lifetimes, err := loadLifetimes()
	if err != nil {
		return nil, err
	}
	return &reading{l, lifetimes, &declaration.Declaration{
		Source: name, Entries: []declaration.Entry{}, Statements: []declaration.Statement{}, NotUnderstood: []declaration.NotUnderstood{},
	}}, nil
}

// add adds an entry. Its name gets globs, its texts become plain. One without a
// name is noted instead.
func (r *reading) add(e declaration.Entry) {
	original := e.Name
	e.Name, e.Provider, e.Purpose, e.Domain = glob(e.Name), plain(e.Provider), plain(e.Purpose), domainOf(e.Domain)
	if e.Confidence == "" {
		e.Confidence = declaration.Certain
	}
	if e.Name == "" {
		r.note(firstOf(original, e.Purpose, e.Provider), e.Place, "it has no name")
		return
	}
	r.into.Entries = append(r.into.Entries, e)
}

// note notes what is not understood.
func (r *reading) note(text, place, why string) {
	r.into.NotUnderstood = append(r.into.NotUnderstood, declaration.NotUnderstood{Text: shorten(text), Place: place, Why: why})
}

// lifetime reads a lifetime in words.
func (r *reading) lifetime(text string) declaration.Lifetime {
	l := declaration.Lifetime{Raw: plain(text)}
	got := r.lifetimes.Read(l.Raw, r.into.Language)
	if got.Seconds > 0 {
		l.Seconds = &got.Seconds
	}
	l.Session = got.Session
	return l
}

// inSeconds is a lifetime that is a number; 0 and less is the session.
func inSeconds(n int64) declaration.Lifetime {
	if n <= 0 {
		return declaration.Lifetime{Raw: "session", Session: true}
	}
	return declaration.Lifetime{Raw: exactly(n), Seconds: &n}
}

// exactly is a length of time in the largest unit of which it is a whole number.
func exactly(seconds int64) string {
	unit, size := "second", int64(1)
	for _, u := range []struct {
		name string
		size int64
	}{{"year", 365 * 86400}, {"day", 86400}, {"hour", 3600}, {"minute", 60}} {
		if seconds%u.size == 0 {
			unit, size = u.name, u.size
			break
		}
	}
	if seconds /= size; seconds != 1 {
		unit += "s"
	}
	return strconv.FormatInt(seconds, 10) + " " + unit
}

// lifetimeText is how a lifetime is written: as the source words it if that is
// read the same again.
func lifetimeText(l declaration.Lifetime) (string, error) {
	lifetimes, err := loadLifetimes()
	if err != nil {
		return "", err
	}
	raw := plain(l.Raw)
	got := lifetimes.Read(raw, "")
	seconds := int64(0)
	if l.Seconds != nil {
		seconds = *l.Seconds
	}
	switch {
	case got.Seconds == seconds && got.Session == l.Session:
		return raw, nil
	case seconds > 0 && l.Session:
		return "session or " + exactly(seconds), nil
	case seconds > 0:
		return exactly(seconds), nil
	case l.Session:
		return "session", nil
	}
	return "", nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// unmarshal decodes JSON and says in one sentence and with the line what is
// wrong with it.
func unmarshal(text string, to any) error {
	err := json.Unmarshal([]byte(text), to)
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: the JSON is malformed: %w", lineAt(text, syntax.Offset), err)
	case errors.As(err, &wrong):
		return fmt.Errorf("line %d: %s is a %s, not of the form that the format has", lineAt(text, wrong.Offset), firstOf(wrong.Field, "the file"), wrong.Value)
	}
	return err
}

func lineAt(text string, offset int64) int {
	return 1 + strings.Count(text[:min(int64(len(text)), offset)], "\n")
}

// word is a text in JSON for which others also write numbers, truth values and
// null.
type word string

// UnmarshalJSON takes any value that is no list or object.
func (w *word) UnmarshalJSON(src []byte) error {
	switch src[0] {
	case '"':
		var s string
		if err := json.Unmarshal(src, &s); err != nil {
			return err
		}
		*w = word(s)
	case '[', '{', 'n':
	default:
		*w = word(src)
	}
	return nil
}

// number is the whole number that a text is.
func (w word) number() (int64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(string(w)), 64)
	if err != nil || f != float64(int64(f)) || f > 1e15 || f < -1e15 {
		return 0, false
	}
	return int64(f), true
}
