package checks

import (
	"fmt"
	"strings"

	"cookiescan/classify"
	"cookiescan/scanner"
)

func s005() Check {
	return Check{
		ID: "S005", Slug: "unpartitioned", Title: "third-party cookie that is not partitioned", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  everywhere(asNote),
		Sources: []Source{chips(), cookieDraft("7.1")},
		Needs:   [][]Need{{}},
		Run: func(c *Context) []Observation {
			return c.byOwner(func(m mechanism) string {
				if m.cookie.Party != scanner.Third || m.cookie.PartitionKey != nil || !m.stored() || m.write.SameSite != "None" {
					return ""
				}
				return classify.Site(m.cookie.Domain)
			}, func(owner string, names []string) string {
				return fmt.Sprintf("%s can recognise a visitor across sites by %s (SameSite=None, not Partitioned)", owner, listed(names))
			})
		},
	}
}

// byOwner makes one observation for each site that owner names of writes; an
// empty name leaves a write out.
func (c *Context) byOwner(owner func(mechanism) string, message func(owner string, patterns []string) string) []Observation {
	var list []Observation
	at := map[string]int{}
	patterns := map[string][]string{}
	for i := range c.scan.Cookies {
		cookie := &c.scan.Cookies[i]
		for k := range cookie.Writes {
			m := mechanism{cookie, &cookie.Writes[k]}
			site := owner(m)
			if site == "" || m.write.Via == scanner.ViaUser {
				continue
			}
			if _, ok := at[site]; !ok {
				at[site] = len(list)
				f := &fault{pattern: first(m.pattern(), longestName), domain: c.canonical(cookie.Domain), seen: []mechanism{m}}
				list = append(list, Observation{Kind: "cookie", Subject: site, Domain: site, Sure: scanner.SureCertain, Steps: c.mechanismSteps(f)})
			}
			o := &list[at[site]]
			o.Items = appendNew(o.Items, first(cookie.Name, longestName))
			o.Evidence = append(o.Evidence, c.mechanismEvidence(m))
			patterns[site] = appendNew(patterns[site], first(m.pattern(), longestName))
		}
	}
	for i := range list {
		list[i].Message = message(list[i].Subject, patterns[list[i].Subject])
	}
	return list
}

// mostListed are named in a message.
const mostListed = 5

// listed names the first of a list and counts the others.
func listed(names []string) string {
	if len(names) <= mostListed {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:mostListed], ", "), len(names)-mostListed)
}
