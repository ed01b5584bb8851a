package rules

import "strings"

// isGeneric tells whether a name consists of words that any programmer would
// use, so that it says nothing about who set it: user_id, sessionToken.
func isGeneric(name string) bool {
	some := false
	for _, word := range words(name) {
		if !genericWord(word) {
			return false
		}
		some = true
	}
	return some
}

// words are the words of a name, in lower case: at anything but letters, and
// where lower case turns to upper.
func words(name string) []string {
	var all []string
	start := -1
	for i := 0; i <= len(name); i++ {
		letter := i < len(name) && isLetter(name[i])
		if start >= 0 && (!letter || isUpper(name[i]) && !isUpper(name[i-1])) {
			all = append(all, strings.ToLower(name[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
	}
	return all
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }

func genericWord(word string) bool {
	switch word {
	case "id", "ids", "uid", "uuid", "guid", "sid", "cid", "vid", "pid", "key", "value", "name", "data", "info", "hash", "code", "type",
		"user", "userid", "username", "visitor", "visitorid", "client", "clientid", "customer", "account", "member", "guest", "device",
		"session", "sessions", "sessionid", "sess", "visit", "visits", "token", "auth", "login", "logged", "in", "state", "status",
		"lang", "language", "locale", "currency", "country", "region", "city", "location", "timezone", "theme", "mode", "dark",
		"cookie", "cookies", "consent", "accepted", "accept", "policy", "notice", "banner", "popup", "message", "settings", "preferences", "prefs",
		"cart", "basket", "order", "checkout", "wishlist", "page", "pages", "count", "counter", "first", "last", "time", "timestamp", "date",
		"test", "tests", "temp", "tmp", "cache", "version", "v", "i", "u", "t", "s", "c", "p", "x", "n", "a", "b", "d",
		"ref", "referrer", "referer", "source", "campaign", "utm", "tracking", "track", "analytics", "ad", "ads", "the", "my", "is", "has", "new", "site", "web":
		return true
	}
	return false
}
