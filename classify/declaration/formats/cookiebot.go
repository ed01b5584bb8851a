package formats

import (
	"io"
	"strconv"
	"strings"
	"time"

	"cookiescan/classify/declaration"
)

// cookiebotTypes are its types of trackers by our kinds. The numbers are those
// of its scripts; that of IndexedDB is not published.
var cookiebotTypes = []struct{ kind, id, abbreviation, name string }{
	{"cookie", "1", "HTTP", "HTTP Cookie"},
	{"localStorage", "2", "HTML", "HTML Local Storage"},
	{"pixel", "5", "Pixel", "Pixel Tracker"},
	{"indexedDB", "", "", "IndexedDB"},
}

// cookiebotTables are the variables of its script cc.js by our categories.
var cookiebotTables = map[string]string{
	"Necessary": "necessary", "Preference": "preferences", "Statistics": "statistics", "Advertising": "marketing", "Unclassified": "unclassified",
}

// cookiebot is what Cookiebot's interface for cookies answers
// (support.cookiebot.com, "Extracting cookie information via API"). Its script
// cc.js, which holds the same as tables, is read too.
//
// The text of a lifetime counts, since it is what visitors are shown. Provider
// and domain share a field: the domain is not kept beside a provider. Not kept
// either: whether a star or a question mark stood in a name, since # is both,
// and cookiescan's kinds for which Cookiebot has no type are left out.
var cookiebot = Format{
	Name:        "cookiebot",
	Description: "Cookiebot, JSON of its API or cc.js",
	Extensions:  []string{".json", ".js"},
	Keeps:       append([]string{"language", "updated"}, columns...),
	Kinds:       []string{"cookie", "localStorage", "pixel", "indexedDB"},
	recognise: func(_, head string) bool {
		return strings.Contains(head, "CookieConsentDialog.") || strings.Contains(head, `"cookies"`) && strings.Contains(head, `"PurposeDescription"`)
	},
	read:  readCookiebot,
	write: writeCookiebot,
}

type cookiebotFile struct {
	Domain  word              `json:"domain"`
	URLPath word              `json:"urlpath"`
	Scanned word              `json:"utcscandate"`
	Culture word              `json:"culture"`
	Cookies []cookiebotCookie `json:"cookies"`
}

// cookiebotCookie has texts only, also for numbers.
type cookiebotCookie struct {
	Name              word `json:"Name"`
	Provider          word `json:"Provider"`
	ThirdParty        word `json:"ThirdParty,omitempty"`
	Persistent        word `json:"Persistent,omitempty"`
	ExpireSeconds     word `json:"ExpireSeconds,omitempty"`
	ExpireDays        word `json:"ExpireDays,omitempty"`
	ExpireDescription word `json:"ExpireDescription"`
	TypeID            word `json:"TrackerTypeID,omitempty"`
	TypeAbbreviation  word `json:"TrackerTypeAbbr,omitempty"`
	TypeName          word `json:"TrackerTypeName,omitempty"`
	Category          word `json:"Category,omitempty"`
	Purpose           word `json:"PurposeDescription"`
}

func readCookiebot(r *reading, data []byte) error {
	text := decode(data)
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return r.cookiebotScript(text)
	}
	var file cookiebotFile
	if err := unmarshal(text, &file); err != nil {
		return err
	}
	r.into.Language = string(file.Culture)
	if day, err := time.Parse(time.RFC3339, string(file.Scanned)); err == nil {
		r.into.Updated = day.Format(time.DateOnly)
	}
	for i, c := range file.Cookies {
		e := declaration.Entry{
			Name: string(c.Name), Purpose: string(c.Purpose), Kind: cookiebotKind(string(c.TypeID), string(c.TypeName)),
			Lifetime: r.lifetime(string(c.ExpireDescription)), Place: "cookie " + strconv.Itoa(i+1),
		}
		if n, ok := c.Category.number(); ok && n >= 1 && n <= int64(len(categories)) {
			e.Category = categories[n-1]
		}
		if seconds, ok := c.ExpireSeconds.number(); ok && seconds > 0 && e.Lifetime.Seconds == nil && !e.Lifetime.Session {
			e.Lifetime.Seconds = &seconds
		}
		switch c.ThirdParty {
		case "0", "false":
			e.Party = "first"
		case "1", "true":
			e.Party = "third"
		}
		e.Provider, e.Domain = cookiebotProvider(string(c.Provider))
		r.add(e)
	}
	return nil
}

// cookiebotScript reads the tables of cc.js: rows of name, provider, purpose,
// lifetime, name and number of the type, and more.
func (r *reading) cookiebotScript(text string) error {
	s, err := newScript(text)
	if err != nil {
		return err
	}
	tableOf := func(name string) string {
		table, _ := strings.CutPrefix(name, "CookieConsentDialog.cookieTable")
		return cookiebotTables[table]
	}
	tables, names := s.assignedTo(func(name string) bool { return tableOf(name) != "" })
	for i, t := range tables {
		if t.kind != listLiteral {
			r.note(t.text, t.place(), "the table is not written down as a list")
		}
		for _, line := range t.items {
			cells := make([]string, 6)
			for i := range min(len(cells), len(line.items)) {
				cells[i] = line.items[i].string()
			}
			e := declaration.Entry{
				Name: cells[0], Purpose: unmark(cells[2]), Kind: cookiebotKind(cells[5], cells[4]), Category: tableOf(names[i]),
				Lifetime: r.lifetime(cells[3]), Place: line.place(),
			}
			e.Provider, e.Domain = cookiebotProvider(unmark(cells[1]))
			r.add(e)
		}
	}
	return nil
}

func cookiebotKind(id, name string) string {
	for _, t := range cookiebotTypes {
		if id != "" && id == t.id || strings.EqualFold(plain(name), t.name) {
			return t.kind
		}
	}
	return ""
}

// cookiebotProvider tells a host from a name.
func cookiebotProvider(text string) (provider, domain string) {
	if text = plain(text); isHost(text) {
		return "", text
	}
	return text, ""
}

func writeCookiebot(w io.Writer, d *declaration.Declaration) error {
	file := cookiebotFile{URLPath: "/", Culture: word(d.Language), Cookies: []cookiebotCookie{}}
	if d.Updated != "" {
		file.Scanned = word(d.Updated + "T00:00:00.0000000Z")
	}
	for _, e := range d.Entries {
		lasts, err := lifetimeText(e.Lifetime)
		if err != nil {
			return err
		}
		c := cookiebotCookie{
			Name: word(strings.NewReplacer("*", "#", "?", "#").Replace(e.Name)), Provider: word(firstOf(e.Provider, e.Domain)),
			ExpireDescription: word(lasts), Purpose: word(e.Purpose),
		}
		for i, category := range categories {
			if category == e.Category {
				c.Category = word(strconv.Itoa(i + 1))
			}
		}
		for _, t := range cookiebotTypes {
			if t.kind == e.Kind {
				c.TypeID, c.TypeAbbreviation, c.TypeName = word(t.id), word(t.abbreviation), word(t.name)
			}
		}
		if e.Party != "" {
			c.ThirdParty = cookiebotBool(e.Party == "third")
		}
		if seconds := e.Lifetime.Seconds; seconds != nil {
			c.Persistent = "1"
			c.ExpireSeconds = word(strconv.FormatInt(*seconds, 10))
			c.ExpireDays = word(strconv.FormatInt((*seconds+86399)/86400, 10))
		} else if e.Lifetime.Session {
			c.Persistent = "0"
		}
		file.Cookies = append(file.Cookies, c)
	}
	return writeJSON(w, file)
}

func cookiebotBool(b bool) word {
	if b {
		return "1"
	}
	return "0"
}
