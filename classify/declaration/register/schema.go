package register

import _ "embed" // the schemas are part of the program

//go:embed schema.json
var schema []byte

//go:embed waivers.schema.json
var waiversSchema []byte

// Schema returns the JSON Schema (draft 2020-12) of cookies.yaml. Read refuses
// more than it can say: references, dates that do not exist, files.
func Schema() []byte { return schema }

// WaiversSchema returns the JSON Schema (draft 2020-12) of cookies.waivers.yaml.
func WaiversSchema() []byte { return waiversSchema }
