package walk

import (
	"maps"
	"regexp"
	"slices"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
)

// modeOf is the state of Google Consent Mode by the commands in a data layer
// and the codes of hits; nil: there is neither.
func modeOf(commands []consent.Command, hits []string) *scanner.ConsentMode {
	m := &scanner.ConsentMode{Hits: hits, TagRan: len(hits) > 0}
	given, ran := -1, -1
	var base, updates consent.Command
	for i, c := range commands {
		switch {
		case c.Name == consent.CommandUpdate:
			updates = merge(updates, c)
			m.Update = typesOf(updates)
			continue
		case c.Name != consent.CommandDefault: // config, event
			if ran < 0 {
				ran = i
			}
			continue
		case len(c.Region) > 0:
			if len(m.Regional) < maxRegional {
				m.Regional = append(m.Regional, *typesOf(c))
			}
		default:
			base = merge(base, c)
			m.Default = typesOf(base)
		}
		if given < 0 {
			given = i
		}
	}
	m.TagRan = m.TagRan || ran >= 0
	m.DefaultFirst = given >= 0 && (ran < 0 || given < ran)
	if given < 0 && m.Update == nil && !m.TagRan {
		return nil
	}
	return m
}

// maxRegional bounds the defaults for regions: a page has one for each group
// of countries that it treats alike.
const maxRegional = 30

// merge lays a command over those before it.
func merge(before, c consent.Command) consent.Command {
	values := maps.Clone(before.Values)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, c.Values)
	return consent.Command{Name: c.Name, Values: values, WaitMs: max(before.WaitMs, c.WaitMs)}
}

var (
	typeName   = regexp.MustCompile(`^[a-z][a-z_]{1,40}$`)
	regionName = regexp.MustCompile(`^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$`)
)

func typesOf(c consent.Command) *scanner.ConsentTypes {
	t := &scanner.ConsentTypes{WaitForUpdateMs: c.WaitMs}
	for _, name := range slices.Sorted(maps.Keys(c.Values)) {
		switch value := c.Values[name]; {
		case !typeName.MatchString(name):
		case value == "granted":
			t.Granted = append(t.Granted, name)
		case value == "denied":
			t.Denied = append(t.Denied, name)
		}
	}
	for _, r := range c.Region {
		if regionName.MatchString(r) && !slices.Contains(t.Region, r) {
			t.Region = append(t.Region, r)
		}
	}
	slices.Sort(t.Region)
	return t
}
