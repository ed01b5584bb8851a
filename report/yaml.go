package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"

	"cookiescan/classify/yamltree"
)

// writeYAML writes what can be written as JSON as YAML 1.2 in block style. Every
// text is quoted, so that no reader takes it for something else.
func writeYAML(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encoding YAML: %w", err)
	}
	y := yamlWriter{from: json.NewDecoder(bytes.NewReader(text))}
	y.from.UseNumber()
	if err := y.value(0, false); err != nil {
		return fmt.Errorf("encoding YAML: %w", err)
	}
	if _, err := w.Write(y.out.Bytes()); err != nil {
		return fmt.Errorf("writing YAML: %w", err)
	}
	return nil
}

type yamlWriter struct {
	from *json.Decoder
	out  bytes.Buffer
}

// value writes the next value. It stands behind its key or its dash if behind is
// set, and on lines of its own otherwise.
func (y *yamlWriter) value(depth int, behind bool) error {
	token, err := y.from.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case json.Delim:
		return y.collection(t == '{', depth, behind)
	case string:
		y.scalar(yamltree.Quote(t), behind)
	case nil:
		y.scalar("null", behind)
	default:
		y.scalar(fmt.Sprint(t), behind)
	}
	return nil
}

func (y *yamlWriter) scalar(text string, behind bool) {
	if behind {
		y.out.WriteByte(' ')
	}
	y.out.WriteString(text + "\n")
}

// collection writes a map or a list up to its end.
func (y *yamlWriter) collection(isMap bool, depth int, behind bool) error {
	if !y.from.More() {
		y.scalar(map[bool]string{true: "{}", false: "[]"}[isMap], behind)
	} else if behind {
		y.out.WriteByte('\n')
	}
	for y.from.More() {
		y.out.WriteString(strings.Repeat("  ", depth))
		if isMap {
			key, err := y.from.Token()
			if err != nil {
				return err
			}
			y.out.WriteString(yamlKey(fmt.Sprint(key)) + ":")
		} else {
			y.out.WriteByte('-')
		}
		if err := y.value(depth+1, true); err != nil {
			return err
		}
	}
	_, err := y.from.Token()
	return err
}

// plainKey matches keys that need no quotes. No reader takes one for a truth
// value, as some do with y, no and off.
var plainKey = regexp.MustCompile(`^[a-z][a-zA-Z_]{3,}$|^(url|log|npm)$`)

func yamlKey(key string) string {
	if plainKey.MatchString(key) && key != "true" && key != "false" && key != "null" {
		return key
	}
	return yamltree.Quote(key)
}
