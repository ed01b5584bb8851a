package formats

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"cookiescan/classify/declaration"
	"cookiescan/classify/words"
	"cookiescan/scanner"
)

// scan is a scan document: a declaration of what was observed. It cannot be
// written, since nothing was.
//
// Names are patterns where the classification made some. What was seen several
// times under one name, kind and domain is one entry with the longest lifetime.
// Kinds that a declaration does not have are noted; fingerprints and the
// requests that load scripts or images are left out.
var scan = Format{
	Name:        "scan",
	Description: "scan document of cookiescan, JSON",
	Extensions:  []string{".json"},
	Keeps:       columns,
	recognise: func(_, head string) bool {
		head = strings.TrimSpace(head)
		return strings.HasPrefix(head, "{") && strings.Contains(head[:min(len(head), 200)], `"cookiescan/scan/`)
	},
	read: readScan,
}

func readScan(r *reading, data []byte) error {
	scans, err := scanner.Read(bytes.NewReader(data))
	if err != nil {
		return err
	}
	lang, err := english()
	if err != nil {
		return err
	}
	o := observed{r, lang, map[observedKey]int{}}
	for n, s := range scans {
		of := ""
		if len(scans) > 1 {
			of = fmt.Sprintf("scan %d, ", n+1)
		}
		r.into.Updated = max(r.into.Updated, s.Finished.Format("2006-01-02"))
		for i, c := range s.Cookies {
			if !slices.ContainsFunc(c.Writes, func(w scanner.Write) bool { return w.Via != scanner.ViaUser }) {
				continue // the user set it, not the site
			}
			o.add(declaration.Entry{
				Name: c.Name, Kind: "cookie", Domain: c.Domain, Lifetime: observedLifetime(c), Party: string(c.Party),
				Place: fmt.Sprintf("%scookie %d", of, i+1),
			}, c.Classification)
		}
		for i, item := range s.Storage {
			place := fmt.Sprintf("%sstorage item %d", of, i+1)
			if !slices.Contains(kinds, string(item.Kind)) {
				r.note(item.Key, place, "a declaration has no kind "+string(item.Kind))
				continue
			}
			e := declaration.Entry{Name: item.Key, Kind: string(item.Kind), Domain: item.Origin, Party: string(item.Party), Place: place}
			e.Lifetime.Session = item.Kind == scanner.SessionStorage
			o.add(e, item.Classification)
		}
		for i, t := range s.Trackers {
			if t.Kind != scanner.Pixel && t.Kind != scanner.Beacon {
				continue
			}
			o.add(declaration.Entry{
				Name: t.URL, Kind: "pixel", Domain: t.Host, Party: string(t.Party), Place: fmt.Sprintf("%stracker %d", of, i+1),
			}, t.Classification)
		}
	}
	return nil
}

// observed collects what was seen.
type observed struct {
	*reading
	lang *words.Lang
	at   map[observedKey]int
}

type observedKey struct{ name, kind, domain string }

func (o *observed) add(e declaration.Entry, c *scanner.Classification) {
	if c != nil {
		e.Name, e.Category, e.Provider = firstOf(c.Pattern, e.Name), c.Category, c.Vendor
		e.Purpose = o.lang.Purpose(c.Purpose, c.Vendor)
	}
	e.Domain = domainOf(e.Domain)
	key := observedKey{e.Name, e.Kind, e.Domain}
	if at, ok := o.at[key]; ok {
		before := &o.into.Entries[at].Lifetime
		if before.Seconds == nil || e.Lifetime.Seconds != nil && *e.Lifetime.Seconds > *before.Seconds {
			session := before.Session && before.Seconds == nil || e.Lifetime.Session
			if e.Lifetime.Seconds != nil {
				*before = e.Lifetime
			}
			before.Session = session && before.Seconds == nil
		}
		return
	}
	if e.Name != "" {
		o.at[key] = len(o.into.Entries)
	}
	e.Purpose, e.Provider, e.Confidence = plain(e.Purpose), plain(e.Provider), declaration.Certain
	if e.Name == "" {
		o.note(e.Domain, e.Place, "it has no name")
		return
	}
	o.into.Entries = append(o.into.Entries, e)
}

// observedLifetime is what the browser stored, else what the setter declared.
func observedLifetime(c scanner.Cookie) declaration.Lifetime {
	switch {
	case c.Lifetime.StoredSeconds != nil && *c.Lifetime.StoredSeconds > 0:
		return inSeconds(*c.Lifetime.StoredSeconds)
	case c.Session:
		return inSeconds(0)
	case c.Lifetime.DeclaredSeconds != nil && *c.Lifetime.DeclaredSeconds > 0:
		return inSeconds(*c.Lifetime.DeclaredSeconds)
	}
	return declaration.Lifetime{}
}
