// Package opc writes packages of the Open Packaging Conventions (ECMA-376 part
// 2): the archives that workbooks and documents of Office Open XML are. It has
// no clock: the same parts give the same bytes. It knows nothing of what is in
// a part.
package opc

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// Part is a file of a package.
type Part struct {
	Name  string // without leading slash, such as xl/workbook.xml
	Type  string // media type; empty for relationships
	Write func(w io.Writer) error
}

// XML is a part of fixed text, without the XML declaration, which all parts get.
func XML(name, mediaType, text string) Part {
	return Part{name, mediaType, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

// Relationship leads from a part to another one, or to an address.
type Relationship struct {
	ID       string
	Type     string // behind officeDocument/2006/relationships/, or a whole URI
	Target   string // relative to the folder of the part that it leads from
	External bool   // the target is an address
}

const officeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// CoreProperties is the type of the relationship to the part of Core.
const CoreProperties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

// Relationships is the part that lists where a part leads; of the package itself
// if it is named "".
func Relationships(of string, list []Relationship) Part {
	folder, base := "", of
	if i := strings.LastIndexByte(of, '/'); i >= 0 {
		folder, base = of[:i+1], of[i+1:]
	}
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range list {
		kind, mode := r.Type, ""
		if !strings.Contains(kind, ":") {
			kind = officeRelationships + kind
		}
		if r.External {
			mode = ` TargetMode="External"`
		}
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s" Target="%s"%s/>`, Escape(r.ID), Escape(kind), Escape(r.Target), mode)
	}
	b.WriteString(`</Relationships>`)
	return XML(folder+"_rels/"+base+".rels", "", b.String())
}

// Properties are what a file says of itself. What is empty is left out.
type Properties struct {
	Title, Author string
	Language      string // BCP 47
	Version       string
	Created       time.Time
}

// Core is the part docProps/core.xml (ECMA-376 part 2, clause 11).
func Core(p Properties) Part {
	var b strings.Builder
	b.WriteString(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, of := range [][2]string{{"dc:title", p.Title}, {"dc:creator", p.Author}, {"dc:language", p.Language}, {"cp:version", p.Version}} {
		if of[1] != "" {
			fmt.Fprintf(&b, `<%s>%s</%[1]s>`, of[0], Escape(of[1]))
		}
	}
	if !p.Created.IsZero() {
		for _, name := range []string{"created", "modified"} {
			fmt.Fprintf(&b, `<dcterms:%s xsi:type="dcterms:W3CDTF">%s</dcterms:%[1]s>`, name, p.Created.UTC().Format("2006-01-02T15:04:05Z"))
		}
	}
	b.WriteString(`</cp:coreProperties>`)
	return XML("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", b.String())
}

// Escape makes text safe in XML, as content and in an attribute. What XML 1.0
// cannot hold becomes U+FFFD.
func Escape(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7e || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' {
			return false
		}
	}
	return true
}

// epoch is the earliest time that an archive can hold: that of every part.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes a package.
func Write(w io.Writer, parts []Part) error {
	archive := zip.NewWriter(w)
	for _, p := range append([]Part{contentTypes(parts)}, parts...) {
		out, err := archive.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: epoch})
		if err == nil {
			_, err = io.WriteString(out, xml.Header)
		}
		if err == nil {
			err = p.Write(out)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return archive.Close()
}

func contentTypes(parts []Part) Part {
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	for _, p := range parts {
		if p.Type != "" {
			fmt.Fprintf(&b, `<Override PartName="/%s" ContentType="%s"/>`, p.Name, p.Type)
		}
	}
	b.WriteString(`</Types>`)
	return XML("[Content_Types].xml", "", b.String())
}
