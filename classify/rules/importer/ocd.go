package importer

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/rules"
)

// ocdName is the column of names, which no other list has.
const ocdName = "Cookie / Data Key name"

func fitsOCD(p probe) bool {
	if strings.Contains(p.head, ocdName) {
		return true
	}
	for _, raw := range p.object {
		var rows []map[string]json.RawMessage
		if json.Unmarshal(raw, &rows) != nil || len(rows) > 0 && rows[0]["cookie"] == nil {
			return false
		}
	}
	return len(p.object) > 0
}

// ocdRow is a row of the Open Cookie Database.
type ocdRow struct {
	Category  word `json:"category"`
	Name      word `json:"cookie"`
	Domain    word `json:"domain"`
	Retention word `json:"retentionPeriod"`
	Privacy   word `json:"privacyLink"`
	Wildcard  word `json:"wildcardMatch"`
}

func readOCD(src []byte, c *collector) error {
	if src = bytes.TrimSpace(src); src[0] == '{' {
		var platforms map[string][]ocdRow
		if err := json.Unmarshal(src, &platforms); err != nil {
			return err
		}
		for _, name := range sortedKeys(platforms) {
			for _, row := range platforms[name] {
				c.ocd(name, row)
			}
		}
		return nil
	}
	return readOCDCSV(src, c)
}

func readOCDCSV(src []byte, c *collector) error {
	r := csv.NewReader(bytes.NewReader(src))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, _, _ := bytes.Cut(src, []byte("\n"))
	if bytes.Count(head, []byte(";")) > bytes.Count(head, []byte(",")) {
		r.Comma = ';'
	}
	columns, err := r.Read()
	if err != nil {
		return err
	}
	at := map[string]int{}
	for i, name := range columns {
		at[strings.TrimSpace(name)] = i
	}
	for _, needed := range []string{"Platform", "Category", ocdName} {
		if _, ok := at[needed]; !ok {
			return fmt.Errorf("line 1: column %q is missing", needed)
		}
	}
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		field := func(name string) word {
			if i, ok := at[name]; ok && i < len(record) {
				return word(record[i])
			}
			return ""
		}
		c.ocd(string(field("Platform")), ocdRow{
			field("Category"), field(ocdName), field("Domain"), field("Retention period"),
			field("User Privacy & GDPR Rights Portals"), field("Wildcard match"),
		})
	}
}

func (c *collector) ocd(platform string, row ocdRow) {
	l, known := legalOf(string(row.Category))
	v := c.vendor(platform)
	switch {
	case v == nil:
		c.skip(noVendor)
		return
	case !known:
		c.skip(noCategory)
		return
	}
	if v.Policy == "" {
		v.Policy = address(string(row.Privacy))
	}
	domains, party := ocdDomain(string(row.Domain))
	c.rule(v, item{
		name: string(row.Name), prefix: row.Wildcard == "1", domains: domains, kinds: []rules.Kind{rules.Cookie},
		legal: l, lifetime: c.lifetime(string(row.Retention)), party: party,
	})
}

// ocdDomain reads the column of domains: "x.com (3rd party) or advertiser's
// website domain (1st party)". A domain is evidence only if it is not the
// site's own in other cases.
func ocdDomain(text string) (domains []string, party string) {
	lower := strings.ToLower(text)
	first := strings.Contains(lower, "1st party") || strings.Contains(lower, "website")
	hosts := hostsIn(text)
	slices.Sort(hosts)
	hosts = slices.Compact(hosts)
	switch {
	case first && len(hosts) > 0:
		return nil, "any"
	case first:
		return nil, "first"
	case strings.Contains(lower, "3rd party") && len(hosts) > 0:
		return hosts, "third"
	}
	return hosts, "any"
}
