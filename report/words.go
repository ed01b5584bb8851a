package report

import (
	"net/url"
	"strings"

	"cookiescan/scanner"
)

// firstSeen words when a cookie was first written: the trigger, and the page
// unless it is a start page.
func (v view) firstSeen(c scanner.Cookie) (trigger, on string) {
	w := setting(c)
	switch w.Trigger {
	case scanner.OnPageHide:
		trigger = "page hide"
	case "":
		trigger = "unknown"
	default:
		trigger = string(w.Trigger)
	}
	page, known := v.pages[w.Page]
	switch {
	case w.Page == "" || page.Source == "start":
		return trigger, ""
	case !known:
		return trigger, "on " + w.Page
	}
	return trigger, "on " + v.pageWords(page.URL)
}

// pageWords is the path of a page, with its host when that is another than the
// start page's.
func (v view) pageWords(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return raw
	}
	where := u.EscapedPath()
	if where == "" {
		where = "/"
	}
	if u.RawQuery != "" {
		where += "?" + u.RawQuery
	}
	if start, err := url.Parse(v.scan.Target.URL); err == nil && start.Host == u.Host {
		return where
	}
	return u.Host + where
}

// where is the domain of a cookie, with its path unless that is the root.
func where(c scanner.Cookie) string {
	if c.Path == "/" || c.Path == "" {
		return c.Domain
	}
	return c.Domain + c.Path
}

// partitionWords marks a cookie that each top-level site has for itself (CHIPS).
func partitionWords(c scanner.Cookie) string {
	if c.PartitionKey == nil {
		return ""
	}
	return "(partitioned)"
}

// nameWords is a name as a person can see it: RFC 6265bis allows a cookie
// without one, and a storage key may begin or end with spaces.
func nameWords(name string) string {
	if name == "" {
		return "(no name)"
	}
	if core := strings.Trim(name, " "); core != name {
		before := len(name) - len(strings.TrimLeft(name, " "))
		return strings.Repeat("‹U+0020›", before) + core + strings.Repeat("‹U+0020›", len(name)-before-len(core))
	}
	return name
}

// refusal words why the browser refused a cookie. The keys are Chromium's
// names (Network.SetCookieBlockedReason of its DevTools protocol and those of
// scanner/setcookie); an unknown one stands for itself.
func refusal(c scanner.Cookie) string {
	var reasons []string
	seen := map[string]bool{}
	for _, w := range c.Writes {
		for _, name := range w.Blocked {
			if !seen[name] {
				seen[name] = true
				reasons = append(reasons, refusalWords(name))
			}
		}
	}
	if len(reasons) == 0 {
		return "the browser gave no reason"
	}
	return strings.Join(reasons, "; ")
}

func refusalWords(name string) string {
	switch name {
	case "SecureOnly":
		return "Secure, but set over plain HTTP"
	// Chromium gives the Schemeful reasons for any other site, not only where
	// the scheme alone differs: a site is a scheme and a registrable domain.
	case "SameSiteStrict", "SameSiteLax", "SchemefulSameSiteStrict", "SchemefulSameSiteLax":
		return strings.TrimPrefix(strings.TrimPrefix(name, "Schemeful"), "SameSite") + ", but set from another site"
	case "SameSiteUnspecifiedTreatedAsLax", "SchemefulSameSiteUnspecifiedTreatedAsLax":
		return "no SameSite means Lax, but set from another site"
	case "SameSiteNoneInsecure":
		return "SameSite=None without Secure"
	case "UserPreferences", "ThirdPartyPhaseout", "ThirdPartyBlockedInFirstPartySet":
		return "the browser blocks third-party cookies"
	case "SyntaxError":
		return "the line is malformed"
	case "SchemeNotSupported":
		return "the scheme of the address cannot set cookies"
	case "OverwriteSecure":
		return "would overwrite a Secure cookie from plain HTTP"
	case "InvalidDomain":
		return "the domain is not one the host may set"
	case "InvalidPath":
		return "the path is not one the page may set"
	case "InvalidPrefix":
		return "breaks the rules of its name prefix"
	case "InvalidPartitioned":
		return "Partitioned without Secure"
	case "NamelessWithEquals":
		return "no name, and a value that looks like one"
	case "HttpOnlyFromScript":
		return "a script cannot set an HttpOnly cookie"
	case "OverwriteHttpOnly":
		return "a script cannot overwrite an HttpOnly cookie"
	case "NameValuePairExceedsMaxSize":
		return "name and value exceed 4096 octets"
	case "DisallowedCharacter":
		return "a control character in it"
	case "NoCookieContent":
		return "neither name nor value"
	case "UnknownError":
		return "a reason the browser does not name"
	}
	return name
}
