package input

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/rules"
)

// largestValue is how many octets one entry of a list may have. What is larger
// would fill the memory.
const largestValue = 256 << 20

// bounded is a reader that gives up when one value takes too much.
type bounded struct {
	r    io.Reader
	left int
}

var errTooLarge = fmt.Errorf("one entry has more than %d MB", largestValue>>20)

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}

// stream reads JSON value by value.
type stream struct {
	*json.Decoder
	in *bounded
}

func newStream(r io.Reader) *stream {
	in := &bounded{r, largestValue}
	return &stream{json.NewDecoder(in), in}
}

// next decodes the next value.
func (s *stream) next(to any) error {
	s.in.left = largestValue
	return s.fault(s.Decode(to))
}

// fault words an error of the decoder in one sentence.
func (s *stream) fault(err error) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON ends too early")
	case errors.As(err, &syntax):
		return fmt.Errorf("octet %d: the JSON is malformed: %w", s.InputOffset(), err)
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("before octet %d: %s is no %s", s.InputOffset(), strings.ToLower(wrong.Field), wrong.Type)
	case errors.As(err, &wrong):
		return fmt.Errorf("before octet %d: an entry is no object", s.InputOffset())
	}
	return err
}

// open reads a bracket.
func (s *stream) open() (json.Delim, error) {
	t, err := s.Token()
	if err != nil {
		return 0, s.fault(err)
	}
	d, ok := t.(json.Delim)
	if !ok {
		return 0, fmt.Errorf("before octet %d: a list or an object is missing", s.InputOffset())
	}
	return d, nil
}

// each calls do for every key of an object that was opened.
func (s *stream) each(do func(key string) error) error {
	for s.More() {
		t, err := s.Token()
		if err != nil {
			return s.fault(err)
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("octet %d: the JSON is malformed", s.InputOffset())
		}
		if err := do(key); err != nil {
			return err
		}
	}
	_, err := s.Token()
	return s.fault(err)
}

// list calls do for every entry of a list that begins here.
func (s *stream) list(do func() error) error {
	d, err := s.open()
	if err != nil {
		return err
	}
	if d != '[' {
		return fmt.Errorf("before octet %d: a list is missing", s.InputOffset())
	}
	for s.More() {
		if err := do(); err != nil {
			return err
		}
	}
	_, err = s.Token()
	return s.fault(err)
}

// skip leaves a value out, however large, part by part.
func (s *stream) skip() error {
	for depth := 0; ; {
		s.in.left = largestValue
		t, err := s.Token()
		if err != nil {
			return s.fault(err)
		}
		switch t {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// readJSON reads a list of cookies, an object that holds one (as browsers and
// their drivers export it), or a HAR file.
func readJSON(r *bufio.Reader, add func(classify.Item) error) error {
	s := newStream(r)
	d, err := s.open()
	if err != nil {
		return err
	}
	if d == '[' {
		for s.More() {
			if err := s.cookie(add); err != nil {
				return err
			}
		}
		if _, err := s.Token(); err != nil {
			return s.fault(err)
		}
		return s.end()
	}
	known := false
	err = s.each(func(key string) error {
		switch key {
		case "log":
			known = true
			return s.har(add)
		case "cookies":
			known = true
			return s.list(func() error { return s.cookie(add) })
		case "origins":
			known = true
			return s.list(func() error { return s.origin(add) })
		}
		return s.skip()
	})
	if err == nil && !known {
		err = errors.New("the JSON is neither a list of cookies, nor a HAR, nor a scan document")
	}
	if err != nil {
		return err
	}
	return s.end()
}

// end refuses what follows the list.
func (s *stream) end() error {
	if _, err := s.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("octet %d: more follows behind the end of the list", s.InputOffset())
	}
	return nil
}

// cookie reads an entry of a list: our own fields and those of browsers.
func (s *stream) cookie(add func(classify.Item) error) error {
	var c struct {
		Name, Key, Domain, Host, Setter, Kind, Type, Site, Value string
		HTTPOnly                                                 bool
		Session                                                  *bool
		Expires, ExpirationDate                                  any
	}
	if err := s.next(&c); err != nil {
		return err
	}
	kind, err := KindOf(first(c.Kind, c.Type))
	if err != nil {
		return fmt.Errorf("before octet %d: %w", s.InputOffset(), err)
	}
	i := classify.Item{
		Kind: kind, Name: first(c.Name, c.Key), Domain: Host(first(c.Domain, c.Host)), Setter: Host(c.Setter), Site: Host(c.Site),
		HTTPOnly: c.HTTPOnly, Value: c.Value, ValueSize: len(c.Value), Session: c.Session != nil && *c.Session,
	}
	for _, expiry := range []any{c.Expires, c.ExpirationDate} {
		if seconds, ok := expiry.(float64); ok {
			i.Session, i.Lasting = i.Session || seconds <= 0, seconds > 0 // browsers write -1 for a session
		}
	}
	if i.Name == "" && i.Domain == "" {
		return fmt.Errorf("before octet %d: an entry has no name", s.InputOffset())
	}
	return add(i)
}

// origin reads the local storage of an origin, as browser drivers export it.
func (s *stream) origin(add func(classify.Item) error) error {
	var o struct {
		Origin       string
		LocalStorage []struct{ Name, Value string }
	}
	if err := s.next(&o); err != nil {
		return err
	}
	for _, e := range o.LocalStorage {
		if err := add(classify.Item{Kind: rules.LocalStorage, Name: e.Name, Domain: Host(o.Origin), Value: e.Value, ValueSize: len(e.Value)}); err != nil {
			return err
		}
	}
	return nil
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
