package register

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	id := doc.(map[string]any)["$id"].(string)
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid tells whether a YAML text follows a schema, as an editor sees it.
func valid(t *testing.T, s *jsonschema.Schema, src []byte) error {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(src)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// TestSchema wants the schema and the reader to be of one opinion.
func TestSchema(t *testing.T) {
	s := compiled(t, Schema())
	for _, name := range []string{"testdata/full.yaml", "testdata/vendors/common.yaml", "testdata/group/cookies.yaml", "testdata/drafted.yaml"} {
		readFile(t, name)
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, src); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, line := range []string{
		"categry: statistics", "category: statistic", "recipients: google", "reach: {login: maybe}", "reach: {paths: [shop]}",
		"lifetime: 3600", "lifetime: {valu: 1 day}", "status: {state: done}", "status: {on: yesterday}", "basis: {DE: consent}", "basis: consnt",
		"when: never", "observed: {seen: 1}", "purpose: 7", "data: online identifier",
	} {
		src := []byte(entryWith(line))
		var e *Error
		if _, err := Read("cookies.yaml", src, openFile); !errors.As(err, &e) {
			t.Errorf("the reader takes %s", line)
		}
		if valid(t, s, src) == nil {
			t.Errorf("the schema takes %s", line)
		}
	}
	for _, line := range []string{
		"x-note: {a: [1]}", "basis: exempt:audience", "basis: {us-ca: consent}", "lifetime: {value: session}", "purpose: {pt-BR: x}", "recipients:",
		"status: {state: retired, by: me, on: 2026-01-01, x-y: 1}",
	} {
		src := []byte(entryWith(line))
		if _, err := Read("cookies.yaml", src, openFile); err != nil {
			t.Errorf("the reader: %v", err)
		}
		if err := valid(t, s, src); err != nil {
			t.Errorf("the schema refuses %s: %v", line, err)
		}
	}
}

func TestWaiversSchema(t *testing.T) {
	s := compiled(t, WaiversSchema())
	if err := valid(t, s, []byte(waived)); err != nil {
		t.Error(err)
	}
	if valid(t, s, bytes.Replace([]byte(waived), []byte("U004"), []byte("X004"), 1)) == nil {
		t.Error("the schema takes a waiver of what could not be checked")
	}
}
