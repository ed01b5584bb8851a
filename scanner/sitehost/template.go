package sitehost

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRepeat bounds what one {{repeat}} yields, in octets.
const maxRepeat = 1_000_000

// values is what the variable parts of a template become.
type values struct {
	now               time.Time
	host, port, nonce string
}

// template is text with its actions already parsed. The zero value is empty.
type template struct{ parts []func(values) string }

// expand returns the text with every action replaced.
func (t template) expand(v values) string {
	var b strings.Builder
	for _, p := range t.parts {
		b.WriteString(p(v))
	}
	return b.String()
}

func constant(s string) func(values) string { return func(values) string { return s } }

// parseTemplate reads text; the actions are those of the package comment.
func parseTemplate(text string) (template, error) {
	var t template
	for {
		before, rest, found := strings.Cut(text, "{{")
		if before != "" {
			t.parts = append(t.parts, constant(before))
		}
		if !found {
			return t, nil
		}
		words, after, err := lexAction(rest)
		if err != nil {
			return template{}, err
		}
		part, err := action(words)
		if err != nil {
			return template{}, err
		}
		t.parts = append(t.parts, part)
		text = after
	}
}

// word is one word of an action; quoted ones never name a function.
type word struct {
	text   string
	quoted bool
}

// lexAction splits what follows "{{" into its words, up to "}}".
func lexAction(s string) (words []word, rest string, err error) {
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		switch {
		case strings.HasPrefix(s, "}}"):
			return words, s[2:], nil
		case s == "":
			return nil, "", errors.New(`template: "{{" without "}}"; a literal one is {{"{{"}}`)
		case s[0] == '"':
			text, after, err := lexQuoted(s[1:])
			if err != nil {
				return nil, "", err
			}
			words, s = append(words, word{text, true}), after
		default:
			end := strings.IndexAny(s, " \t\r\n\"}")
			if end < 0 {
				end = len(s)
			}
			if end == 0 {
				return nil, "", errors.New(`template: single "}" inside "{{"`)
			}
			words, s = append(words, word{s[:end], false}), s[end:]
		}
	}
}

// lexQuoted reads up to the closing quote; \" and \\ are the only escapes.
func lexQuoted(s string) (text, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], nil
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '\\':
			return "", "", errors.New(`template: only \" and \\ are escapes in a quoted string; for octets use {{hex "0a"}}`)
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errors.New("template: quoted string without end")
}

func action(words []word) (func(values) string, error) {
	if len(words) == 0 {
		return nil, errors.New(`template: empty "{{}}"`)
	}
	name, args := words[0], words[1:]
	if name.quoted {
		if len(args) > 0 {
			return nil, errors.New("template: a quoted string takes no arguments")
		}
		return constant(name.text), nil
	}
	simple := map[string]func(values) string{
		"host":  func(v values) string { return v.host },
		"port":  func(v values) string { return v.port },
		"nonce": func(v values) string { return v.nonce },
	}
	if f, ok := simple[name.text]; ok {
		if len(args) > 0 {
			return nil, fmt.Errorf("template: {{%s}} takes no arguments", name.text)
		}
		return f, nil
	}
	switch name.text {
	case "date":
		return dateAction(args)
	case "repeat":
		return repeatAction(args)
	case "hex":
		return hexAction(args)
	}
	return nil, fmt.Errorf("template: unknown function %q, want date, host, port, repeat, nonce or hex", name.text)
}

func dateAction(args []word) (func(values) string, error) {
	if len(args) > 1 {
		return nil, errors.New("template: {{date}} takes one number of seconds")
	}
	var seconds int64
	if len(args) == 1 {
		// 32 bits keep the sum within time.Time's calendar.
		n, err := strconv.ParseInt(args[0].text, 10, 33)
		if err != nil {
			return nil, fmt.Errorf("template: {{date %s}}: want a number of seconds such as +86400 or -1", args[0].text)
		}
		seconds = n
	}
	return func(v values) string {
		return v.now.Add(time.Duration(seconds) * time.Second).UTC().Format(http.TimeFormat)
	}, nil
}

func repeatAction(args []word) (func(values) string, error) {
	if len(args) != 2 || !args[0].quoted {
		return nil, errors.New(`template: want {{repeat "text" COUNT}}`)
	}
	n, err := strconv.Atoi(args[1].text)
	if err != nil || n < 0 {
		return nil, fmt.Errorf("template: {{repeat}}: %q is no count", args[1].text)
	}
	if n > maxRepeat || n*len(args[0].text) > maxRepeat {
		return nil, fmt.Errorf("template: {{repeat}} of more than %d octets; use bigBody", maxRepeat)
	}
	return constant(strings.Repeat(args[0].text, n)), nil
}

func hexAction(args []word) (func(values) string, error) {
	if len(args) != 1 || !args[0].quoted {
		return nil, errors.New(`template: want {{hex "00 e9"}}`)
	}
	b, err := hex.DecodeString(strings.ReplaceAll(args[0].text, " ", ""))
	if err != nil {
		return nil, fmt.Errorf("template: {{hex %q}}: want pairs of hex digits", args[0].text)
	}
	return constant(string(b)), nil
}
