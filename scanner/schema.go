package scanner

import _ "embed" // the schema is part of the program

//go:embed schema.json
var schemaJSON string

// JSONSchema returns the JSON Schema (draft 2020-12) of a scan document of
// schema SchemaV1. It leaves objects open, since fields may be added within a
// version; every list is present and never null.
func JSONSchema() []byte { return []byte(schemaJSON) }
