package policy

import (
	"strings"
	"testing"

	"cookiescan/report/opc/opctest"
)

// TestDocx looks at what is not in the text: that is in the golden.
func TestDocx(t *testing.T) {
	d := shop(t, "de", "en")
	file := render(t, d, "docx", "de", Options{}, false)
	checkGolden(t, "policy.de.docx.xml", strings.ReplaceAll(opctest.Parts(t, file)["word/document.xml"], "</w:p>", "</w:p>\n"))
	if render(t, d, "docx", "de", Options{}, false) != file {
		t.Error("the same policy gives other bytes")
	}
	for _, want := range []string{
		"<dc:title>Cookie-Richtlinie für shop.example</dc:title>", "<dc:creator>Beispiel Handels GmbH</dc:creator>", "<dc:language>de</dc:language>",
		"<cp:version>7</cp:version>", ">2026-11-22T00:00:00Z</dcterms:modified>",
	} {
		if core := opctest.Parts(t, file)["docProps/core.xml"]; !strings.Contains(core, want) {
			t.Errorf("the properties have no %s:\n%s", want, core)
		}
	}
	if !strings.Contains(opctest.Parts(t, file)["word/styles.xml"], `<w:lang w:val="de-DE"/>`) {
		t.Error("the language of the text is not said")
	}
	if opctest.Parts(t, file)["word/header1.xml"] != "" {
		t.Error("a policy that may be published has a line on every page")
	}
	d.Draft, d.Updated, d.Version = true, "", ""
	draft := render(t, d, "docx", "en", Options{TableOnly: true}, false)
	if !strings.Contains(opctest.Parts(t, draft)["word/header1.xml"], ">Draft<") || strings.Contains(opctest.Parts(t, draft)["word/document.xml"], "Your rights") {
		t.Error("the tables of a draft are not marked as one, or not alone")
	}
	if core := opctest.Parts(t, draft)["docProps/core.xml"]; strings.Contains(core, "modified") || strings.Contains(core, "version>") {
		t.Errorf("the properties say what is not known:\n%s", core)
	}
}
