package gate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Baseline is the fingerprints of findings that were there before.
type Baseline map[string]bool

// maxBaseline is far more than findings need.
const maxBaseline = 1 << 28

// ReadBaseline reads the findings of scan documents, or findings alone: JSON
// values one after the other, each a document with the key findings, a list of
// findings, or one of them.
func ReadBaseline(r io.Reader) (Baseline, error) {
	limited := &io.LimitedReader{R: r, N: maxBaseline}
	dec := json.NewDecoder(limited)
	b := Baseline{}
	for n := 0; ; n++ {
		var value json.RawMessage
		err := dec.Decode(&value)
		switch {
		case errors.Is(err, io.EOF) && n > 0:
			return b, nil
		case limited.N <= 0:
			return nil, fmt.Errorf("it is longer than %d MB", maxBaseline>>20)
		case errors.Is(err, io.EOF):
			return nil, errors.New("it is empty")
		case err != nil:
			return nil, fmt.Errorf("it is not JSON: %w", err)
		}
		if err := b.add(value); err != nil {
			return nil, err
		}
	}
}

// finding is what a baseline needs of one.
type finding struct {
	Fingerprint string `json:"fingerprint"`
}

func (b Baseline) add(value json.RawMessage) error {
	var list []finding
	if value[0] == '[' {
		if err := json.Unmarshal(value, &list); err != nil {
			return fmt.Errorf("it is no list of findings: %w", err)
		}
	} else {
		var doc struct {
			finding
			Schema   string    `json:"schema"`
			Findings []finding `json:"findings"`
		}
		if err := json.Unmarshal(value, &doc); err != nil {
			return fmt.Errorf("it has neither a scan nor findings: %w", err)
		}
		switch {
		case doc.Fingerprint != "":
			list = []finding{doc.finding}
		case doc.Findings == nil && doc.Schema == "":
			return errors.New("it has neither a scan nor findings")
		default:
			list = doc.Findings
		}
	}
	for _, f := range list {
		if f.Fingerprint == "" {
			return errors.New("a finding in it has no fingerprint")
		}
		b[f.Fingerprint] = true
	}
	return nil
}
