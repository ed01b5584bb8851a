package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// changing are the fields of a document that differ between two scans of the
// same site: times, digests under a key of their own, and the port at which a
// fixture happens to be served.
var changing = map[string]bool{"started": true, "finished": true, "durationMs": true, "firstMs": true, "valueDigest": true, "resolve": true, "addresses": true}

// secondsIn is how findings word when something happened.
var secondsIn = regexp.MustCompile(`[0-9.]+ s into the page`)

// timeless is a document without them.
func timeless(doc []byte) (string, error) {
	var v any
	if err := json.Unmarshal(doc, &v); err != nil {
		return "", fmt.Errorf("reading a document: %w", err)
	}
	strip(v)
	out, err := json.MarshalIndent(v, "", " ")
	return string(out), err
}

func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, field := range v {
			if changing[k] {
				delete(v, k)
				continue
			}
			if raw, ok := field.(string); ok && k == "raw" && strings.HasPrefix(strings.ToLower(raw), "expires=") {
				v[k] = "Expires=some date"
			}
			if text, ok := field.(string); ok && k == "message" {
				v[k] = secondsIn.ReplaceAllString(text, "some time into the page")
			}
			strip(field)
		}
	case []any:
		for _, e := range v {
			strip(e)
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			from := max(0, i-4)
			return strings.Join(x[from:i+1], "\n") + "\n-- against --\n" + strings.Join(y[from:i+1], "\n")
		}
	}
	return "one is the beginning of the other"
}

func TestTimelessKeepsWhatMatters(t *testing.T) {
	a, err := timeless([]byte(`{"started":"1","cookies":[{"name":"a","valueDigest":"x"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	b, err := timeless([]byte(`{"started":"2","cookies":[{"name":"b","valueDigest":"y"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if a == b {
		t.Error("documents with different cookies are the same without times")
	}
}
