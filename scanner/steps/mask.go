package steps

import (
	"encoding/base64"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Masked stands in place of a value.
const Masked = "MASKED"

// ShortestMasked is how many characters a value must have to be masked: a
// shorter one stands in too much that has nothing to do with it.
const ShortestMasked = 4

// Mask takes values out of texts. A nil one leaves them as they are.
type Mask struct {
	replacer *strings.Replacer
}

// Secrets are the values that come from the environment.
func (s *Script) Secrets() []string {
	var out []string
	for _, st := range s.Steps {
		if st.Env != "" && !slices.Contains(out, st.Value) {
			out = append(out, st.Value)
		}
	}
	return out
}

// Unmasked lists the variables whose values are not masked: they are too short,
// or a part of the addresses of the site, which everybody knows.
func (s *Script) Unmasked(addresses []string) []string {
	var out []string
	for _, st := range s.Steps {
		if st.Env != "" && !slices.Contains(out, st.Env) && !maskable(st.Value, addresses) {
			out = append(out, st.Env)
		}
	}
	return out
}

func maskable(value string, addresses []string) bool {
	return utf8.RuneCountInString(value) >= ShortestMasked &&
		!slices.ContainsFunc(addresses, func(a string) bool { return strings.Contains(strings.ToLower(a), strings.ToLower(value)) })
}

// NewMask makes a mask for values, as they are and as addresses and forms
// encode them. Those that cannot be masked (Unmasked) are left out.
func NewMask(values, addresses []string) *Mask {
	var forms []string
	for _, v := range values {
		if !maskable(v, addresses) {
			continue
		}
		for _, f := range []string{v, strings.ToLower(v), strings.ToUpper(v)} {
			query, path := url.QueryEscape(f), url.PathEscape(f)
			forms = append(
				forms, f, query, path, strings.ReplaceAll(query, "+", "%20"), lowerHex(query), lowerHex(path),
				encodeURIComponent(f), url.QueryEscape(query),
			)
		}
		forms = append(forms, base64.StdEncoding.EncodeToString([]byte(v)), base64.RawURLEncoding.EncodeToString([]byte(v)))
	}
	if len(forms) == 0 {
		return nil
	}
	// The longest first: one value may be a part of another.
	slices.SortFunc(forms, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	var pairs []string
	for _, f := range slices.Compact(forms) {
		pairs = append(pairs, f, Masked)
	}
	return &Mask{strings.NewReplacer(pairs...)}
}

// encodeURIComponent leaves what scripts leave (ECMA-262, 19.2.6.4).
func encodeURIComponent(text string) string {
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(text))
}

// lowerHex writes the digits of percent-encoding as some programs do.
func lowerHex(text string) string {
	b := []byte(text)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(string(b[i+1:i+3])))
			i += 2
		}
	}
	return string(b)
}

// Text is a text without the values.
func (m *Mask) Text(text string) string {
	if m == nil {
		return text
	}
	return m.replacer.Replace(text)
}

// Copy is a deep copy of a document, without the values in any text of it.
func Copy[T any](m *Mask, v T) T {
	if m == nil {
		return v
	}
	var out T
	reflect.ValueOf(&out).Elem().Set(m.copy(reflect.ValueOf(&v).Elem()))
	return out
}

func (m *Mask) copy(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(m.Text(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(m.copy(v.Elem()))
		}
	case reflect.Interface:
		if !v.IsNil() {
			out.Set(m.copy(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				out.Index(i).Set(m.copy(v.Index(i)))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			out.Index(i).Set(m.copy(v.Index(i)))
		}
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for _, k := range v.MapKeys() {
				out.SetMapIndex(m.copy(k), m.copy(v.MapIndex(k)))
			}
		}
	case reflect.Struct:
		out.Set(v) // what is not exported, such as in times
		for i := range v.NumField() {
			if f := out.Field(i); f.CanSet() {
				f.Set(m.copy(v.Field(i)))
			}
		}
	default:
		out.Set(v)
	}
	return out
}
