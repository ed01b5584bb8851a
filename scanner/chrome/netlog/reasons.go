package netlog

import (
	"slices"
	"strings"
)

// blockedReasons translates a status text ("EXCLUDE_A, EXCLUDE_B, WARN_C,
// NO_EXEMPTION") to the DevTools protocol's names; none means included.
func blockedReasons(status, operation string) []string {
	var blocked []string
	words := strings.Split(status, ", ")
	schemeful := slices.ContainsFunc(words, func(w string) bool {
		return strings.HasPrefix(w, "WARN_") && strings.Contains(w, "_DOWNGRADE_") && strings.HasSuffix(w, "_SAMESITE")
	})
	for _, word := range words {
		reason, ok := strings.CutPrefix(word, "EXCLUDE_")
		if !ok {
			continue
		}
		name := protocolName(reason)
		if schemeful && strings.HasPrefix(name, "SameSite") && name != "SameSiteNoneInsecure" {
			name = "Schemeful" + name
		}
		blocked = append(blocked, name)
	}
	// A Domain attribute of another site is both to the log, one to the protocol.
	if operation != OpSend && slices.Contains(blocked, "InvalidDomain") {
		blocked = slices.DeleteFunc(blocked, func(n string) bool { return n == "DomainMismatch" })
	}
	return blocked
}

// protocolName follows Network.SetCookieBlockedReason and CookieBlockedReason;
// most are the log's words in another case.
func protocolName(reason string) string {
	switch reason {
	case "FAILURE_TO_STORE":
		return "SyntaxError"
	case "NONCOOKIEABLE_SCHEME":
		return "SchemeNotSupported"
	case "THIRD_PARTY_BLOCKED_WITHIN_FIRST_PARTY_SET":
		return "ThirdPartyBlockedInFirstPartySet"
	}
	if rest, ok := strings.CutPrefix(reason, "SAMESITE_"); ok {
		return "SameSite" + camel(rest)
	}
	return camel(reason)
}

// camel turns TWO_WORDS and two_words into TwoWords.
func camel(s string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(s, "_") {
		if word != "" {
			b.WriteString(strings.ToUpper(word[:1]))
			b.WriteString(strings.ToLower(word[1:]))
		}
	}
	return b.String()
}
