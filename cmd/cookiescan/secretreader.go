package main

import (
	"os"
	"strings"
)

// secretReader follows references to secrets: env:NAME and @FILE.
type secretReader struct {
	getenv func(string) string
	// typed tells whether a flag was given on the command line.
	typed func(flag string) bool
	// visible is the first flag whose secret stands on the command line.
	visible string
}

// secret is a text that holds one.
type secret struct {
	text    string
	literal bool // as typed; false: it came through a reference
}

// entries are the values of a flag, references to whole values followed: there
// each line is one.
func (r *secretReader) entries(flag string, texts []string) ([]secret, error) {
	var out []secret
	for _, text := range texts {
		content, is, err := r.follow(flag, text)
		if err != nil {
			return nil, err
		}
		if !is {
			out = append(out, secret{text, true})
			continue
		}
		for _, l := range lines(content) {
			out = append(out, secret{l, false})
		}
	}
	return out, nil
}

// value is the secret part of an entry. What a reference led to is no
// reference any more.
func (r *secretReader) value(flag, text string, from secret) (string, error) {
	if !from.literal {
		return text, nil
	}
	content, is, err := r.follow(flag, text)
	if err != nil || is {
		return strings.TrimRight(content, "\r\n"), err
	}
	if r.visible == "" && r.typed(flag) {
		r.visible = flag
	}
	return text, nil
}

// follow gives what a reference leads to, and whether the text is one.
func (r *secretReader) follow(flag, text string) (content string, is bool, err error) {
	if name, ok := strings.CutPrefix(text, "env:"); ok {
		if content = r.getenv(name); content == "" {
			return "", true, usage("", "--%s: the environment variable %.60q is not set", flag, name)
		}
		return content, true, nil
	}
	path, ok := strings.CutPrefix(text, "@")
	if !ok {
		return "", false, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", true, usage("", "--%s: reading %s: %s", flag, path, reason(err))
	}
	return string(data), true, nil
}
