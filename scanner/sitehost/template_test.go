package sitehost

import (
	"strings"
	"testing"
)

func TestTemplate(t *testing.T) {
	v := values{now: day(), host: "h.test", port: "81", nonce: "n0"}
	for text, want := range map[string]string{
		"":                                "",
		"plain } }} {":                    "plain } }} {",
		"{{host}}:{{ port }}/{{nonce}}":   "h.test:81/n0",
		"{{date}}":                        "Wed, 04 Mar 2026 05:06:07 GMT",
		"{{date 0}}|{{date +86400}}":      "Wed, 04 Mar 2026 05:06:07 GMT|Thu, 05 Mar 2026 05:06:07 GMT",
		"{{date -31536000}}":              "Tue, 04 Mar 2025 05:06:07 GMT",
		`{{repeat "ab" 3}}`:               "ababab",
		`{{repeat "x" 0}}`:                "",
		`{{hex "00 e9FF"}}`:               "\x00\xe9\xff",
		`a{{"{{"}}b{{"\"\\"}}`:            `a{{b"\`,
		"{{\"}}\"}}":                      "}}",
		"{{\n host\t}}{\"a\":{\"b\":{}}}": `h.test{"a":{"b":{}}}`,
	} {
		tpl, err := parseTemplate(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		equal(t, text, tpl.expand(v), want)
	}
}

func TestTemplateMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"{{":                        `without "}}"`,
		"{{host":                    `without "}}"`,
		"{{host}":                   "single",
		"{{}}":                      "empty",
		"{{Host}}":                  `unknown function "Host"`,
		"{{host 1}}":                "no arguments",
		"{{date tomorrow}}":         "number of seconds",
		"{{date 1 2}}":              "one number",
		"{{date 99999999999999}}":   "number of seconds",
		"{{repeat x 3}}":            "want",
		`{{repeat "x"}}`:            "want",
		`{{repeat "x" -1}}`:         "no count",
		`{{repeat "xx" 500001}}`:    "bigBody",
		`{{repeat "" 99999999999}}`: "bigBody",
		`{{hex "e"}}`:               "pairs of hex",
		`{{hex e9}}`:                "want",
		`{{"a" 1}}`:                 "no arguments",
		`{{"a}}`:                    "without end",
		`{{"\n"}}`:                  "escapes",
	} {
		if _, err := parseTemplate(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
