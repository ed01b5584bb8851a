package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

// csvHeader names the columns. They are a contract: added to at the end, never
// renamed or moved. Lists within a field are separated by one space.
func csvHeader() []string {
	return append([]string{
		"kind", "name", "domain", "host_only", "path", "partition_key", "party", "phases", "stored", "session",
		"declared_seconds", "stored_seconds", "lifetime_raw", "http_only", "secure", "same_site",
		"set_via", "set_by", "set_by_line", "initiators", "first_page", "trigger", "attribution", "sent_to", "pages", "site",
	}, classificationHeader()...)
}

func classificationHeader() []string {
	return []string{
		"category", "group", "purpose", "purpose_text", "vendor", "exemption", "condition", "usual_lifetime",
		"pattern", "rule", "confidence", "basis", "alternatives",
	}
}

// renderCSV writes a row for each cookie and each storage item (RFC 4180 with
// LF line ends, UTF-8). What a column does not apply to is empty. For storage,
// domain is the origin and partition_key the storage key. The party of a
// cookie that only the user set is kept: set_via is user.
func renderCSV(w io.Writer, scans []*scanner.Scan, o Options) error {
	l, err := newLook(o)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	rows := [][]string{csvHeader()}
	for _, s := range scans {
		s = s.Sorted()
		v := newView(s, l)
		for _, c := range s.Cookies {
			rows = append(rows, v.csvCookie(c))
		}
		for _, i := range s.Storage {
			rows = append(rows, v.csvStorage(i))
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing CSV: %w", err)
	}
	return nil
}

func (v view) csvCookie(c scanner.Cookie) []string {
	w := setting(c)
	partition := ""
	if c.PartitionKey != nil {
		partition = c.PartitionKey.TopLevelSite
	}
	var sent []string
	for _, s := range c.SentTo {
		sent = append(sent, joinNonEmpty(":", s.Host, s.How, s.Form))
	}
	return append([]string{
		"cookie", csvText(c.Name), csvText(c.Domain), strconv.FormatBool(c.HostOnly), csvText(c.Path), csvText(partition),
		csvText(string(c.Party)), csvList(c.Phases), strconv.FormatBool(c.Stored), strconv.FormatBool(c.Session),
		csvNumber(c.Lifetime.DeclaredSeconds), csvNumber(c.Lifetime.StoredSeconds), csvText(c.Lifetime.Raw),
		strconv.FormatBool(c.HTTPOnly), strconv.FormatBool(c.Secure), csvText(c.SameSite),
		csvText(string(w.Via)), csvText(w.URL), csvLine(w.Line), csvList(w.Initiators), csvText(v.pageURL(w.Page)),
		csvText(string(w.Trigger)), csvText(string(w.Attribution)), csvList(sent), csvList(c.Pages), csvText(v.scan.Target.Site),
	}, v.csvClassification(c.Classification, c.Domain)...)
}

func (v view) csvStorage(i scanner.StorageItem) []string {
	w := firstStorageWrite(i)
	return append([]string{
		csvText(string(i.Kind)), csvText(i.Key), csvText(i.Origin), "", "", csvText(i.StorageKey),
		csvText(string(i.Party)), csvList(i.Phases), "true", "",
		"", "", "",
		"", "", "",
		csvText(w.Via), csvText(w.URL), csvLine(w.Line), csvList(w.Initiators), csvText(v.pageURL(w.Page)),
		csvText(string(w.Trigger)), csvText(string(w.Attribution)), "", csvList(i.Pages), csvText(v.scan.Target.Site),
	}, v.csvClassification(i.Classification, i.Origin)...)
}

// csvClassification is what something is for; empty when nobody has asked. The
// group is that of the taxonomy, purpose_text the sentence in the language.
func (l look) csvClassification(c *scanner.Classification, place string) []string {
	if c == nil {
		return make([]string, len(classificationHeader()))
	}
	group := l.taxonomy.Of(c.Category, c.Purpose)
	return []string{
		csvText(c.Category), csvText(group.ID), csvText(c.Purpose), csvText(l.lang.Purpose(c.Purpose, l.actor(*c, strings.TrimPrefix(place, "https://")))), csvText(c.Vendor),
		csvText(c.Exemption), csvText(c.Condition), csvText(c.Lifetime),
		csvText(c.Pattern), csvText(c.Rule), csvText(c.Confidence), csvText(c.Basis), csvList(c.Alternatives),
	}
}

func (v view) pageURL(id string) string {
	if page, ok := v.pages[id]; ok {
		return page.URL
	}
	return id
}

// csvList joins items with a space; a space within one is written as %20.
func csvList(items []string) string {
	escaped := make([]string, len(items))
	for i, item := range items {
		escaped[i] = strings.ReplaceAll(item, " ", "%20")
	}
	return csvText(strings.Join(escaped, " "))
}

func csvNumber(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func csvLine(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
