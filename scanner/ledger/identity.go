package ledger

import (
	"net/url"
	"regexp"
	"strings"
)

// Identities names the items that an observation shows: cookies, storage keys
// and third-party hosts, with ids in names folded. A crawl learns from it
// whether a page brought anything that others had not; what was really stored
// is for the ledger to weigh.
func (l *Ledger) Identities(o Observation) []string {
	switch o := o.(type) {
	case Response:
		var list []string
		for _, line := range o.SetCookie {
			list = append(list, "cookie "+fold(nameOf(line.Raw))+" "+hostOf(o.Setter.URL))
		}
		return list
	case ScriptCookie:
		if o.Store != nil {
			return []string{"cookie " + fold(o.Store.Name) + " " + hostOf(o.DocumentURL)}
		}
		return []string{"cookie " + fold(nameOf(o.Raw)) + " " + hostOf(o.DocumentURL)}
	case StorageChange:
		return []string{string(o.Kind) + " " + fold(o.Key) + " " + o.StorageKey + " " + o.Bucket}
	case StoragePresent:
		var list []string
		for _, item := range o.Items {
			list = append(list, string(o.Kind)+" "+fold(item.Key)+" "+o.StorageKey+" "+o.Bucket)
		}
		return list
	case Request:
		if host := hostOf(o.URL); host != "" && l.party(host) != "first" {
			return []string{"host " + fold(host)}
		}
	case FingerprintCall:
		return []string{"call " + o.API + " " + hostOf(o.Setter.URL)}
	case BucketsPresent, Sent, Jar, LogEntry, LogRead:
	}
	return nil
}

// generated are the parts of names that differ from page to page: runs of
// digits and of hexadecimal.
var generated = regexp.MustCompile(`[0-9a-fA-F]*[0-9][0-9a-fA-F]{5,}|[0-9]{2,}`)

func fold(name string) string { return generated.ReplaceAllString(name, "*") }

func nameOf(raw string) string {
	name, _, _ := strings.Cut(raw, ";")
	name, _, _ = strings.Cut(name, "=")
	return strings.TrimSpace(name)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
