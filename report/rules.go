package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cookiescan/classify/rules"
)

// RuleFormats are the formats of Rules, the default one first.
func RuleFormats() []string { return []string{"table", "json", "csv", "markdown"} }

// Rules writes a list of rules in one of RuleFormats. A table and Markdown show
// what a person looks for; JSON and CSV have all that a rule holds.
func Rules(w io.Writer, format string, list []*rules.Rule, o Options) error {
	var err error
	var out bytes.Buffer
	switch format {
	case "json":
		enc := json.NewEncoder(&out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		all := make([]ruleJSON, 0, len(list))
		for _, r := range list {
			all = append(all, newRuleJSON(r))
		}
		err = enc.Encode(all)
	case "csv":
		err = csv.NewWriter(&out).WriteAll(rulesCSV(list))
	case "markdown":
		var m markdown
		m.table(ruleTitles(), ruleRows(list))
		out = m.Buffer
	default:
		t := &terminal{width: max(o.Width, leastWidth), color: o.Color}
		if o.Width <= 0 {
			t.width = defaultWidth
		}
		err = t.rules(list)
		out = t.Buffer
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("writing rules: %w", err)
	}
	return nil
}

func ruleTitles() []string {
	return []string{"Rule", "Name", "Kind", "Category", "Exemption", "Purpose", "Lifetime"}
}

// ruleRows are the cells of a list in Markdown.
func ruleRows(list []*rules.Rule) [][]string {
	var rows [][]string
	for _, r := range list {
		row := []string{
			r.ID, joinNonEmpty(" ", r.Match.Shown(), ruleCondition(r)), kindsOf(r, ", "), r.Category, r.Exemption.Default, r.Purpose, r.Lifetime,
		}
		for i := range row {
			if row[i] != "" {
				row[i] = mdCell(row[i])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// ruleCondition says where a name must be met.
func ruleCondition(r *rules.Rule) string {
	switch r.Match.Require {
	case "domain":
		return "on " + strings.Join(r.Match.Domain, ", ")
	case "setter":
		return "by " + strings.Join(r.Match.Setter, ", ")
	}
	return ""
}

func kindsOf(r *rules.Rule, separator string) string {
	var kinds []string
	for _, k := range r.Kinds {
		kinds = append(kinds, string(k))
	}
	return strings.Join(kinds, separator)
}

func (t *terminal) rules(list []*rules.Rule) error {
	if len(list) == 0 {
		return nil
	}
	columns := make([]column, 0, len(ruleTitles()))
	for i, title := range ruleTitles() {
		least := []int{40, 24, 12, 0, 0, 16, 0}[i]
		columns = append(columns, column{strings.ToUpper(title), least, min(least, 8)})
	}
	var rows [][]cell
	for _, r := range list {
		rows = append(rows, []cell{
			plain(r.ID),
			text{printable(r.Match.Shown()), printable(ruleCondition(r))},
			plain(kindsOf(r, ", ")),
			plain(r.Category), plain(r.Exemption.Default), plain(r.Purpose), plain(r.Lifetime),
		})
	}
	return sheet{columns: columns, rows: rows}.draw(t, t.width, t.bold)
}

// ruleJSON is a rule for programs.
type ruleJSON struct {
	Rule       string            `json:"rule"`
	Vendor     string            `json:"vendor"`
	VendorName string            `json:"vendorName"`
	Kinds      []rules.Kind      `json:"kinds"`
	Pattern    string            `json:"pattern"`
	Exact      string            `json:"exact,omitempty"`
	Glob       string            `json:"glob,omitempty"`
	Regexp     string            `json:"regexp,omitempty"`
	Domain     []string          `json:"domain,omitempty"`
	Setter     []string          `json:"setter,omitempty"`
	Require    string            `json:"require,omitempty"`
	Host       []string          `json:"host,omitempty"`
	Path       string            `json:"path,omitempty"`
	Category   string            `json:"category"`
	Exemption  string            `json:"exemption"`
	Profiles   map[string]string `json:"exemptionByProfile,omitempty"`
	Condition  string            `json:"condition,omitempty"`
	Purpose    string            `json:"purpose"`
	Lifetime   string            `json:"usualLifetime,omitempty"`
	Party      string            `json:"party"`
	Source     string            `json:"source"`
	Examples   []string          `json:"examples,omitempty"`
	Not        []string          `json:"not,omitempty"`
	User       bool              `json:"user"` // from a file of the user
}

func newRuleJSON(r *rules.Rule) ruleJSON {
	m := r.Match
	j := ruleJSON{
		Rule: r.ID, Vendor: r.Vendor.ID, VendorName: r.Vendor.Name, Kinds: r.Kinds, Pattern: m.Shown(),
		Exact: m.Exact, Glob: m.Glob, Regexp: m.Regexp, Domain: m.Domain, Setter: m.Setter, Require: m.Require, Host: m.Host, Path: m.Path,
		Category: r.Category, Exemption: r.Exemption.Default, Condition: r.Condition, Purpose: r.Purpose, Lifetime: r.Lifetime,
		Party: r.Party, Source: r.Source, Examples: r.Examples, Not: r.Not, User: r.User(),
	}
	for _, p := range r.Exemption.Profiles {
		if j.Profiles == nil {
			j.Profiles = map[string]string{}
		}
		j.Profiles[p.Profile] = p.Exemption
	}
	return j
}

func rulesCSV(list []*rules.Rule) [][]string {
	rows := [][]string{{
		"rule", "vendor", "vendor_name", "kinds", "pattern", "form", "domain", "setter", "require", "host", "path",
		"category", "exemption", "exemption_by_profile", "condition", "purpose", "usual_lifetime", "party", "source",
	}}
	for _, r := range list {
		m := r.Match
		form := "exact"
		switch {
		case m.Glob != "":
			form = "glob"
		case m.Regexp != "":
			form = "regexp"
		case len(m.Host) > 0:
			form = "host"
		}
		var profiles []string
		for _, p := range r.Exemption.Profiles {
			profiles = append(profiles, p.Profile+"="+p.Exemption)
		}
		row := []string{
			r.ID, r.Vendor.ID, r.Vendor.Name, kindsOf(r, " "), m.Shown(), form,
			strings.Join(m.Domain, " "), strings.Join(m.Setter, " "), m.Require, strings.Join(m.Host, " "), m.Path,
			r.Category, r.Exemption.Default, strings.Join(profiles, " "), r.Condition, r.Purpose, r.Lifetime, r.Party, r.Source,
		}
		for i := range row {
			row[i] = csvText(row[i])
		}
		rows = append(rows, row)
	}
	return rows
}
