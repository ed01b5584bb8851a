// Package opctest unpacks packages of office formats, for tests.
package opctest

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// Parts are the parts of a package by their names, each of which must be XML.
func Parts[T string | []byte](t testing.TB, file T) map[string]string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(string(file)), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(strings.NewReader(string(text)))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v\n%.2000s", f.Name, err, text)
			}
		}
		parts[f.Name] = string(text)
	}
	return parts
}
