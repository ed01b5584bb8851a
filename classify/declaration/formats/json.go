package formats

import (
	"encoding/json"
	"io"
)

// writeJSON writes JSON with tabs, in which nothing ends a script element.
func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "\t")
	return out.Encode(v)
}
