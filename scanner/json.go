package scanner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of Read. A document of this tool nests eight deep; the size is that
// of all documents in one input.
const (
	MaxNesting       = 64
	MaxSize    int64 = 256 << 20 // octets
)

// schemaOfAny begins the names of all versions of the document.
const schemaOfAny = "cookiescan/scan/v"

// ErrNewer says that a later version of cookiescan wrote a document.
var ErrNewer = errors.New("a later version of cookiescan wrote it")

// ErrContradicts says that a document contradicts itself: no scan wrote it so.
var ErrContradicts = errors.New("the document contradicts itself")

// WriteJSON writes one scan as indented JSON with a final newline, in the order of
// Scan.Sort, lists never null. Characters that a terminal would act on or hide
// (C1 controls, bidirectional and zero-width ones) are written as \u escapes.
// The scan itself is not changed.
func WriteJSON(w io.Writer, s *Scan) error { return encode(w, s, "  ") }

// WriteLine writes one scan as one line: the form for several sites (JSON
// Lines). Otherwise it does as WriteJSON does.
func WriteLine(w io.Writer, s *Scan) error { return encode(w, s, "") }

func encode(w io.Writer, s *Scan, indent string) error {
	if err := encodeAny(w, s.Sorted(), indent); err != nil {
		return fmt.Errorf("the scan document: %w", err)
	}
	return nil
}

// WriteValue writes another value than a scan in the form of WriteJSON.
func WriteValue(w io.Writer, v any) error { return encodeAny(w, v, "  ") }

func encodeAny(w io.Writer, v any, indent string) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encoding JSON: %w", err)
	}
	if _, err := w.Write(escapeInvisible(buf.Bytes())); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// escapeInvisible writes what is not printable as \u escapes. In JSON such
// characters can stand only within strings, so the meaning stays.
func escapeInvisible(in []byte) []byte {
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); {
		r, n := utf8.DecodeRune(in[i:])
		switch {
		case r == '\n' || unicode.IsPrint(r):
			out = append(out, in[i:i+n]...)
		case r > 0xFFFF:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}

// Read reads one document or several one after another (JSON Lines or simply
// concatenated). Fields it does not know are ignored, since a version may gain
// fields; a schema it does not know is an error, as are a document that contradicts
// itself, more than MaxSize octets and more than MaxNesting levels. Errors name line and column (both
// from 1, the column in characters) and never quote the document beyond its
// schema. Missing lists come back empty, not nil.
func Read(r io.Reader) ([]*Scan, error) { return read(r, MaxSize) }

func read(r io.Reader, limit int64) ([]*Scan, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading the scan document: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("reading the scan document: more than %d octets", limit)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if offset := tooDeep(data); offset >= 0 {
		return nil, at(data, offset, fmt.Errorf("nested more than %d levels deep", MaxNesting))
	}
	scans, err := readAll(data)
	if err != nil {
		return nil, err
	}
	if len(scans) == 0 {
		return nil, errors.New("reading the scan document: the input is empty")
	}
	return scans, nil
}

func readAll(data []byte) ([]*Scan, error) {
	var scans []*Scan
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		before := int(dec.InputOffset())
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return scans, nil
		}
		if err != nil {
			return nil, syntaxError(data, before, err)
		}
		s, err := readOne(data, int(dec.InputOffset())-len(raw), raw)
		if err != nil {
			return nil, err
		}
		scans = append(scans, s)
	}
}

// readOne decodes the document that starts at an offset of the input.
func readOne(data []byte, start int, raw []byte) (*Scan, error) {
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return nil, valueError(data, start, err)
	}
	switch head.Schema {
	case SchemaV1:
	case "":
		return nil, at(data, start, fmt.Errorf("no schema named: this is not a scan document (schema %q)", SchemaV1))
	default:
		if version, ours := strings.CutPrefix(head.Schema, schemaOfAny); ours {
			if n, err := strconv.Atoi(version); err == nil && n > 1 {
				return nil, at(data, start, fmt.Errorf("%w: its schema is %.80q, this version reads %q", ErrNewer, head.Schema, SchemaV1))
			}
			return nil, at(data, start, fmt.Errorf("schema %.80q is of no version that there was, this version reads %q", head.Schema, SchemaV1))
		}
		return nil, at(data, start, fmt.Errorf("schema %.80q is unknown, this version reads %q", head.Schema, SchemaV1))
	}
	var s Scan
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, valueError(data, start, err)
	}
	if text := s.contradiction(); text != "" {
		return nil, at(data, start, fmt.Errorf("%w: %s", ErrContradicts, text))
	}
	return clone(&s), nil
}

// syntaxError finds where the value that starts at or after an offset goes
// wrong. The decoder of a stream does not say it, that of a slice does.
func syntaxError(data []byte, before int, err error) error {
	var v any
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(data[before:], &v), &syntax) {
		return at(data, before+int(syntax.Offset)-1, syntax)
	}
	return at(data, before, err)
}

// valueError words a value of the wrong type without quoting it.
func valueError(data []byte, start int, err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		field := wrong.Field
		if field == "" {
			field = "document"
		}
		return at(data, start+int(wrong.Offset)-1, fmt.Errorf("%s: not %s", field, kindName(wrong.Type)))
	}
	var notTime *time.ParseError
	if errors.As(err, &notTime) {
		return at(data, start, errors.New("started or finished: not an RFC 3339 time"))
	}
	return at(data, start, err)
}

func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Float64:
		return "a number"
	default:
		return "a whole number in range"
	}
}

// tooDeep returns the offset of the bracket that exceeds MaxNesting, or -1.
func tooDeep(data []byte) int {
	depth, inString, escaped := 0, false, false
	for i, b := range data {
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped = b == '\\'
			inString = b != '"'
		case b == '"':
			inString = true
		case b == '{' || b == '[':
			if depth++; depth > MaxNesting {
				return i
			}
		case b == '}' || b == ']':
			depth--
		}
	}
	return -1
}

// at adds the position of an octet of the input.
func at(data []byte, offset int, err error) error {
	before := data[:min(max(offset, 0), len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Errorf("reading the scan document: line %d, column %d: %w", line, column, err)
}

// clone copies a scan deeply and makes nil lists empty.
func clone(s *Scan) *Scan {
	c := cloneValue(reflect.ValueOf(*s)).Interface().(Scan)
	return &c
}

func cloneValue(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Slice:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(cloneValue(v.Index(i)))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(cloneValue(v.Elem()))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return v
		}
		for i := range v.NumField() {
			out.Field(i).Set(cloneValue(v.Field(i)))
		}
	default:
		return v
	}
	return out
}

// Sorted returns a copy of a scan in the order of Sort, with no nil list.
func (s *Scan) Sorted() *Scan {
	c := clone(s)
	c.Sort()
	return c
}
