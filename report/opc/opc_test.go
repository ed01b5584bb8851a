package opc

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	parts := []Part{
		Relationships("", []Relationship{{ID: "r1", Type: "officeDocument", Target: "a/b.xml"}}),
		Relationships("a/b.xml", []Relationship{{ID: "r2", Type: "urn:own", Target: `https://x.test/?"<&`, External: true}}),
		Core(Properties{Title: "T", Language: "en"}), XML("a/b.xml", "application/x-b+xml", "<b/>"),
	}
	var b bytes.Buffer
	if err := Write(&b, parts); err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	wants := []struct{ name, text string }{
		{"[Content_Types].xml", `<Override PartName="/a/b.xml" ContentType="application/x-b+xml"/>`},
		{"_rels/.rels", `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="a/b.xml"/>`},
		{"a/_rels/b.xml.rels", `Type="urn:own" Target="https://x.test/?&#34;&lt;&amp;" TargetMode="External"/>`},
		{"docProps/core.xml", `<dc:title>T</dc:title><dc:language>en</dc:language></cp:coreProperties>`},
		{"a/b.xml", `<?xml version="1.0" encoding="UTF-8"?>` + "\n<b/>"},
	}
	for i, want := range wants {
		f := r.File[i]
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil || f.Name != want.name || !strings.Contains(string(text), want.text) || !f.Modified.Equal(epoch) {
			t.Errorf("part %d: %s of %v, %v\n%s\nwant %s in %s", i, f.Name, f.Modified, err, text, want.text, want.name)
		}
	}
	if len(r.File) != len(wants) {
		t.Errorf("%d parts", len(r.File))
	}
}

func TestErrorsNameThePart(t *testing.T) {
	broken := errors.New("broken")
	err := Write(io.Discard, []Part{{Name: "x/y.xml", Write: func(io.Writer) error { return broken }}})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "x/y.xml") {
		t.Errorf("got %v", err)
	}
}
