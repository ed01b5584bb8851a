package formats

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/taxonomy"
)

// onetrust is the data of a domain that OneTrust and CookiePro give to their
// scripts (consent/<id>/<id>/en.json): groups with cookies of the site and of
// hosts. Texts are HTML there.
//
// Lifetimes are whole days: shorter ones are lost, and parts of days. Hosts are
// those of third parties, and only a host has a provider; what has no party
// comes back as of the first, what has no category as unclassified. Entries come
// back by group, those of hosts behind the others.
var onetrust = Format{
	Name:        "onetrust",
	Description: "OneTrust, JSON of a domain",
	Extensions:  []string{".json"},
	Keeps:       []string{"name", "kind", "domain", "provider", "category", "purpose", "lifetime", "party"},
	Kinds:       []string{"cookie"},
	recognise: func(_, head string) bool {
		return strings.HasPrefix(strings.TrimSpace(head), "{") && (strings.Contains(head, `"DomainData"`) || strings.Contains(head, `"FirstPartyCookies"`))
	},
	read:  readOneTrust,
	write: writeOneTrust,
}

type onetrustFile struct {
	DomainData onetrustDomain `json:"DomainData"`
}

type onetrustDomain struct {
	Groups []onetrustGroup `json:"Groups"`
}

type onetrustGroup struct {
	ID      word             `json:"OptanonGroupId"`
	Custom  word             `json:"CustomGroupId"`
	Name    word             `json:"GroupName"`
	Status  word             `json:"Status,omitempty"`
	Cookies []onetrustCookie `json:"FirstPartyCookies"`
	Hosts   []onetrustHost   `json:"Hosts"`
}

type onetrustHost struct {
	Name    word             `json:"HostName"`
	Display word             `json:"DisplayName"`
	Cookies []onetrustCookie `json:"Cookies"`
}

type onetrustCookie struct {
	Name        word `json:"Name"`
	Host        word `json:"Host"`
	IsSession   bool `json:"IsSession"`
	Length      word `json:"Length"` // days
	Description word `json:"description"`
	ThirdParty  word `json:"thirdPartyDescription,omitempty"`
}

func readOneTrust(r *reading, data []byte) error {
	var file struct {
		DomainData *onetrustDomain `json:"DomainData"`
		onetrustDomain
	}
	if err := unmarshal(decode(data), &file); err != nil {
		return err
	}
	if file.DomainData == nil {
		file.DomainData = &file.onetrustDomain
	}
	for _, g := range file.DomainData.Groups {
		category := r.onetrustCategory(g)
		for i, c := range g.Cookies {
			place := fmt.Sprintf("group %s, cookie %d", firstOf(string(g.Custom), string(g.ID)), i+1)
			r.add(onetrustEntry(c, category, "", place))
		}
		for _, h := range g.Hosts {
			for i, c := range h.Cookies {
				place := fmt.Sprintf("group %s, host %s, cookie %d", firstOf(string(g.Custom), string(g.ID)), plain(string(h.Name)), i+1)
				c.Host = word(firstOf(string(c.Host), string(h.Name)))
				e := onetrustEntry(c, category, "third", place)
				if h.Display != h.Name {
					e.Provider = unmark(string(h.Display))
				}
				r.add(e)
			}
		}
	}
	return nil
}

func onetrustEntry(c onetrustCookie, category, party, place string) declaration.Entry {
	e := declaration.Entry{
		Name: html.UnescapeString(string(c.Name)), Kind: "cookie", Domain: string(c.Host), Category: category,
		Purpose: unmark(firstOf(string(c.Description), string(c.ThirdParty))), Party: firstOf(party, "first"), Place: place,
	}
	days, ok := c.Length.number()
	switch {
	case c.IsSession:
		e.Lifetime = declaration.Lifetime{Raw: "session", Session: true}
	case ok && days > 0 && days < 1e6:
		e.Lifetime = inSeconds(days * 86400)
	}
	return e
}

// onetrustCategory is that of the group's identifier (C0001, in older files 1),
// else of its name.
func (r *reading) onetrustCategory(g onetrustGroup) string {
	switch strings.TrimPrefix(firstOf(string(g.ID), string(g.Custom)), "C000") {
	case "1":
		return "necessary"
	case "2":
		return "statistics"
	case "3":
		return "preferences"
	case "4", "5":
		return "marketing"
	}
	return firstOf(r.category(unmark(string(g.Name))), "unclassified")
}

func writeOneTrust(w io.Writer, d *declaration.Declaration) error {
	t, err := taxonomy.Lookup("onetrust")
	if err != nil {
		return err
	}
	lang, err := english()
	if err != nil {
		return err
	}
	file := onetrustFile{onetrustDomain{Groups: []onetrustGroup{}}}
	groups := map[string]int{}
	for _, e := range d.Entries {
		group := t.Of(firstOf(e.Category, "unclassified"), "")
		at, ok := groups[group.ID]
		if !ok {
			at = len(file.DomainData.Groups)
			groups[group.ID] = at
			name, _ := group.Words(lang)
			g := onetrustGroup{ID: word(group.ID), Custom: word(group.ID), Name: word(name), Status: "inactive", Cookies: []onetrustCookie{}, Hosts: []onetrustHost{}}
			if e.Category == "necessary" {
				g.Status = "always active"
			}
			file.DomainData.Groups = append(file.DomainData.Groups, g)
		}
		g := &file.DomainData.Groups[at]
		c := onetrustCookie{
			Name: word(html.EscapeString(e.Name)), Host: word(e.Domain), IsSession: e.Lifetime.Session && e.Lifetime.Seconds == nil,
			Length: "0", Description: word(html.EscapeString(e.Purpose)),
		}
		if seconds := e.Lifetime.Seconds; seconds != nil {
			c.Length = word(strconv.FormatInt((*seconds+43200)/86400, 10))
		}
		if e.Party != "third" {
			g.Cookies = append(g.Cookies, c)
			continue
		}
		g.host(e).Cookies = append(g.host(e).Cookies, c)
	}
	return writeJSON(w, file)
}

// host is the host of an entry, made if there is none.
func (g *onetrustGroup) host(e declaration.Entry) *onetrustHost {
	display := word(html.EscapeString(firstOf(e.Provider, e.Domain)))
	for i := range g.Hosts {
		if h := &g.Hosts[i]; h.Name == word(e.Domain) && h.Display == display {
			return h
		}
	}
	g.Hosts = append(g.Hosts, onetrustHost{Name: word(e.Domain), Display: display, Cookies: []onetrustCookie{}})
	return &g.Hosts[len(g.Hosts)-1]
}
