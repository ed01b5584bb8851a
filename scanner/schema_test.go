package scanner

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

type object = map[string]any

func parsedSchema(t *testing.T) object {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(JSONSchema()))
	if err != nil {
		t.Fatal(err)
	}
	return doc.(object)
}

func compile(t *testing.T, doc object) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	id := doc["$id"].(string)
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// closed forbids every field that the schema does not name: for our own
// documents, where such a field is a mistake of ours.
func closed(node any) {
	switch v := node.(type) {
	case object:
		for _, child := range v {
			closed(child)
		}
		if _, ok := v["properties"].(object); ok && v["type"] == "object" {
			v["additionalProperties"] = false
		}
	case []any:
		for _, child := range v {
			closed(child)
		}
	}
}

// fixtures returns the documents in testdata/scans as plain JSON.
func fixtures(t *testing.T) map[string]any {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(scansDir, "*.json"))
	if err != nil || len(paths) < 3 {
		t.Fatalf("%d scans in %s: %v", len(paths), scansDir, err)
	}
	docs := map[string]any{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if docs[path], err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	return docs
}

func TestFixturesFollowTheSchema(t *testing.T) {
	strict := parsedSchema(t)
	closed(strict)
	schema, open := compile(t, strict), compile(t, parsedSchema(t))
	for path, doc := range fixtures(t) {
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		doc.(object)["later"] = object{}
		if err := open.Validate(doc); err != nil {
			t.Errorf("%s with a field of a later version: %v", path, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	schema := compile(t, parsedSchema(t))
	for name, change := range map[string]func(s object){
		"version":     func(s object) { s["schema"] = "cookiescan/scan/v2" },
		"null list":   func(s object) { s["hosts"] = nil },
		"missing":     func(s object) { delete(s, "complete") },
		"party":       func(s object) { s["cookies"].([]any)[0].(object)["party"] = "second" },
		"time":        func(s object) { s["started"] = "yesterday" },
		"line 0":      func(s object) { s["cookies"].([]any)[0].(object)["writes"].([]any)[0].(object)["line"] = 0 },
		"no lifetime": func(s object) { s["cookies"].([]any)[0].(object)["lifetime"] = nil },
	} {
		doc := fixtures(t)[filepath.Join(scansDir, "small.json")].(object)
		change(doc)
		if schema.Validate(doc) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestSchemaNamesEveryField compares the Go types with the schema both ways:
// fields, their JSON types, and which may be absent.
func TestSchemaNamesEveryField(t *testing.T) {
	root := parsedSchema(t)
	defs := root["$defs"].(object)
	seen := map[string]bool{}
	var compare func(typ reflect.Type, schema object)
	compare = func(typ reflect.Type, schema object) {
		props := schema["properties"].(object)
		var fields, required []string
		for i := range typ.NumField() {
			name, opts, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			fields = append(fields, name)
			if opts == "" {
				required = append(required, name)
			}
			prop, ok := props[name].(object)
			if !ok {
				t.Errorf("%s.%s is not in the schema", typ, name)
				continue
			}
			field := typ.Field(i).Type
			if opts == "omitempty" && field.Kind() == reflect.Pointer {
				field = field.Elem() // absent, never null
			}
			if got, want := schemaType(t, defs, prop), jsonType(field); got != want {
				t.Errorf("%s.%s: the schema says %s, the type is %s", typ, name, got, want)
			}
			if elem := elemType(field); elem.Kind() == reflect.Struct && elem != reflect.TypeFor[time.Time]() && !seen[lowerFirst(elem.Name())] {
				seen[lowerFirst(elem.Name())] = true
				compare(elem, defs[lowerFirst(elem.Name())].(object))
			}
		}
		if diff := cmp.Diff(sorted(fields), sorted(keys(props))); diff != "" {
			t.Errorf("%s: fields differ (-type +schema):\n%s", typ, diff)
		}
		if diff := cmp.Diff(sorted(required), sorted(texts(schema["required"]))); diff != "" {
			t.Errorf("%s: required fields differ (-type +schema):\n%s", typ, diff)
		}
	}
	compare(reflect.TypeFor[Scan](), root)
	for name, def := range defs {
		if def.(object)["type"] == "object" && !seen[name] {
			t.Errorf("the schema defines %s, no type is reached that it describes", name)
		}
	}
}

func elemType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "list of " + jsonType(t.Elem())
	case reflect.Pointer:
		return jsonType(t.Elem()) + " or null"
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Bool:
		return "boolean"
	case reflect.Float64:
		return "number"
	case reflect.Struct:
		if t != reflect.TypeFor[time.Time]() {
			return lowerFirst(t.Name())
		}
	}
	return "string"
}

func schemaType(t *testing.T, defs, s object) string {
	t.Helper()
	if ref, ok := s["$ref"].(string); ok {
		name := strings.TrimPrefix(ref, "#/$defs/")
		def, ok := defs[name].(object)
		if !ok {
			t.Fatalf("%s is not defined", ref)
		}
		if def["type"] == "object" {
			return name
		}
		return schemaType(t, defs, def)
	}
	if either, ok := s["anyOf"].([]any); ok {
		return schemaType(t, defs, either[0].(object)) + " or null"
	}
	switch typ := s["type"].(type) {
	case string:
		if typ == "array" {
			return "list of " + schemaType(t, defs, s["items"].(object))
		}
		return typ
	case []any:
		return typ[0].(string) + " or null"
	}
	return "string" // enum and const
}

// lowerFirst makes a type's name that of its definition: ConsentButton is
// consentButton, GPCFile is gpcFile.
func lowerFirst(s string) string {
	upper := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
	switch {
	case upper < 0:
		return strings.ToLower(s)
	case upper > 1:
		upper--
	}
	return strings.ToLower(s[:upper]) + s[upper:]
}

func sorted(list []string) []string { slices.Sort(list); return list }

func keys(m object) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	return names
}

func texts(v any) (list []string) {
	items, _ := v.([]any) // a type whose fields may all be absent requires none
	for _, item := range items {
		list = append(list, item.(string))
	}
	return list
}

// TestSchemaEnums compares every enumeration with the constants of its type,
// found in the source, so that a new constant cannot be forgotten.
func TestSchemaEnums(t *testing.T) {
	defs := parsedSchema(t)["$defs"].(object)
	prop := func(def, name string) object { return defs[def].(object)["properties"].(object)[name].(object) }
	where := map[string]object{
		"Party": defs["party"].(object), "Trigger": defs["trigger"].(object), "Action": defs["action"].(object),
		"Attribution": defs["attribution"].(object), "IncompleteCode": prop("incomplete", "code"), "Context": prop("write", "context"),
		"Via": prop("write", "via"), "Proof": prop("write", "proof"), "StorageKind": prop("storageItem", "kind"), "TrackerKind": prop("tracker", "kind"),
		"ConsentAction": prop("consent", "action"), "ConsentMethod": prop("consent", "method"), "ConsentFailure": prop("consent", "failure"),
		"ButtonRole": prop("consentButton", "role"), "Class": prop("finding", "class"), "Severity": prop("finding", "severity"),
		"Sureness": prop("finding", "confidence"), "Confirmation": prop("finding", "confirmed"),
		"SignalSource": defs["signalSource"].(object), "Fault": defs["fault"].(object), "Personal": defs["personal"].(object),
	}
	maybeEmpty := []string{"Trigger", "Context"}
	constants := typedConstants(t)
	for name, values := range constants {
		if where[name] == nil {
			t.Errorf("type %s has constants and no enumeration in this test", name)
			continue
		}
		if slices.Contains(maybeEmpty, name) {
			values = append(values, "")
		}
		if diff := cmp.Diff(sorted(values), sorted(texts(where[name]["enum"]))); diff != "" {
			t.Errorf("%s (-constants +schema):\n%s", name, diff)
		}
	}
	if len(constants) != len(where) {
		t.Errorf("%d types with constants, %d enumerations", len(constants), len(where))
	}
}

// typedConstants finds the values of the string constants by type.
func typedConstants(t *testing.T) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	for _, file := range []string{"document.go", "cookie.go", "storage.go", "consent.go", "signal.go", "finding.go"} {
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Type == nil || len(spec.Values) == 0 {
				return true
			}
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			name := spec.Type.(*ast.Ident).Name
			values[name] = append(values[name], text)
			return true
		})
	}
	return values
}

// TestFixturesHaveEveryEnumValue keeps the formats honest: a value that no
// fixture has is a value that no golden shows.
func TestFixturesHaveEveryEnumValue(t *testing.T) {
	root := parsedSchema(t)
	defs := root["$defs"].(object)
	used := map[string]map[string]bool{}
	var walk func(path string, schema object, value any)
	walk = func(path string, schema object, value any) {
		if ref, ok := schema["$ref"].(string); ok {
			path = strings.TrimPrefix(ref, "#/$defs/")
			schema = defs[path].(object)
		}
		if either, ok := schema["anyOf"].([]any); ok {
			if value != nil {
				walk(path, either[0].(object), value)
			}
			return
		}
		if enum, ok := schema["enum"]; ok {
			if used[path] == nil {
				used[path] = map[string]bool{}
				for _, v := range texts(enum) {
					used[path][v] = false
				}
			}
			used[path][value.(string)] = true
		}
		switch v := value.(type) {
		case []any:
			for _, item := range v {
				walk(path, schema["items"].(object), item)
			}
		case object:
			for name, prop := range schema["properties"].(object) {
				if child, ok := v[name]; ok {
					walk(path+"."+name, prop.(object), child)
				}
			}
		}
	}
	for _, doc := range fixtures(t) {
		walk("scan", root, doc)
	}
	for path, values := range used {
		for value, ok := range values {
			if !ok {
				t.Errorf("no fixture has %s %q", path, value)
			}
		}
	}
	if len(used) < 15 {
		t.Errorf("only %d enumerations met: the walk is broken", len(used))
	}
}

func TestSchemaIsACopy(t *testing.T) {
	clear(JSONSchema())
	if !json.Valid(JSONSchema()) {
		t.Error("changing the result changed the schema")
	}
}
