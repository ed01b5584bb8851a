package input

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify"
	"cookiescan/classify/lifetime"
	"cookiescan/classify/rules"
	"cookiescan/classify/safetext"
)

// column is what a column of a CSV file holds.
type column int

const (
	nothing column = iota // a column that says nothing about what a cookie is for
	nameColumn
	domainColumn
	setterColumn
	kindColumn
	lifetimeColumn
)

// columnOf reads the title of a column as people and tools write it. Those of
// our own CSV are all known.
func columnOf(title string) (column, bool) {
	plain := strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(strings.TrimSpace(title)))
	switch plain {
	case "name", "cookie", "cookie name", "cookiename", "key", "identifier", "cookie / data key name":
		return nameColumn, true
	case "domain", "host", "cookie domain", "origin", "hostname":
		return domainColumn, true
	case "setter", "set by", "setby", "script", "initiator", "source":
		return setterColumn, true
	case "kind", "type", "storage", "storage type":
		return kindColumn, true
	case "lifetime", "duration", "expiry", "expiration", "retention", "retention period", "max age", "stored seconds":
		return lifetimeColumn, true
	case "", "path", "value", "secure", "httponly", "http only", "samesite", "same site", "expires", "session", "hostonly", "host only",
		"partition key", "party", "phases", "stored", "declared seconds", "lifetime raw", "set via", "set by line", "initiators",
		"first page", "trigger", "attribution", "sent to", "pages", "site", "category", "group", "purpose", "purpose text", "vendor",
		"exemption", "condition", "usual lifetime", "pattern", "rule", "confidence", "basis", "alternatives":
		return nothing, true
	}
	return nothing, false
}

// readCSV reads rows of name, domain, setter and kind, in this order or as the
// titles in the first row say. Commas, semicolons or tabs separate them.
func readCSV(r *bufio.Reader, head []byte, add func(classify.Item) error) error {
	in := csv.NewReader(r)
	in.Comma, in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = separator(head), -1, true, true
	var columns []column
	var durations *lifetime.Reader
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return syntax(err)
		}
		line, _ := in.FieldPos(0)
		if columns == nil {
			var titles bool
			if columns, titles, err = header(record); err != nil {
				return err
			}
			if slices.Contains(columns, lifetimeColumn) {
				if durations, err = lifetime.New(); err != nil {
					return err
				}
			}
			if titles {
				continue
			}
		}
		item, ok, err := csvItem(columns, record, durations)
		if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if ok {
			if err := add(item); err != nil {
				return err
			}
		}
	}
}

// syntax is an error of the CSV reader in one sentence.
func syntax(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("line %d, column %d: %w", parse.Line, parse.Column, parse.Err)
	}
	return fmt.Errorf("reading: %w", err)
}

// separator is the one that the first line has most of.
func separator(head []byte) rune {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, c := range ";\t" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// header tells what the columns are, and whether the first row says so. One
// without any known title is a row already.
func header(record []string) (columns []column, titles bool, err error) {
	var unknown string
	for i, title := range record {
		c, ok := columnOf(title)
		switch {
		case !ok && unknown == "":
			unknown = title
		case c != nothing && slices.Contains(columns, c):
			// Our own CSV has two columns of lifetimes; the first is the better.
			if c != lifetimeColumn {
				return nil, false, fmt.Errorf("two columns hold the same, %.60q is the second", title)
			}
			c = nothing
		}
		columns = append(columns[:i:i], c)
		titles = titles || c != nothing
	}
	order := []column{nameColumn, domainColumn, setterColumn, kindColumn}
	switch {
	case titles && unknown != "":
		return nil, false, fmt.Errorf("column %.60q is unknown, the columns are name, domain, setter, kind and lifetime", unknown)
	case titles && !slices.Contains(columns, nameColumn):
		return nil, false, errors.New("no column is named name")
	case titles:
		return columns, true, nil
	case len(record) > len(order):
		return nil, false, fmt.Errorf("%d columns without titles; the first line must name them: name, domain, setter, kind", len(record))
	}
	return order, false, nil
}

// csvItem is the item of a row, if it is not blank.
func csvItem(columns []column, record []string, durations *lifetime.Reader) (i classify.Item, ok bool, err error) {
	if strings.TrimSpace(strings.Join(record, "")) == "" {
		return i, false, nil
	}
	if len(record) > len(columns) {
		return i, false, fmt.Errorf("%d fields, but there are %d columns", len(record), len(columns))
	}
	i.Kind = rules.Cookie
	for n, field := range record {
		field = strings.TrimSpace(field)
		switch columns[n] {
		case nameColumn:
			i.Name = field
		case domainColumn:
			i.Domain = Host(field)
		case setterColumn:
			i.Setter = Host(field)
		case kindColumn:
			if i.Kind, err = KindOf(field); err != nil {
				return i, false, err
			}
		case lifetimeColumn:
			l := durations.Read(field, "")
			i.Session, i.Seconds, i.Lasting = l.Session && l.Seconds == 0, l.Seconds, l.UntilCleared
		case nothing:
		}
	}
	i.Name = safetext.FromCell(i.Name) // as our own CSV has it
	if i.Name == "" && i.Domain == "" {
		return i, false, errors.New("it has no name")
	}
	return i, true, nil
}
