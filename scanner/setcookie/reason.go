package setcookie

import "slices"

// Reason is why a browser refuses a cookie. The names are those of Chromium's
// DevTools protocol (Network.SetCookieBlockedReason) where it has one.
type Reason string

// The reasons with a protocol name. Chromium 156 reports the Schemeful ones for
// every cross-site refusal, also when the sites differ in more than scheme.
const (
	SecureOnly                               Reason = "SecureOnly"
	SchemefulSameSiteStrict                  Reason = "SchemefulSameSiteStrict"
	SchemefulSameSiteLax                     Reason = "SchemefulSameSiteLax"
	SchemefulSameSiteUnspecifiedTreatedAsLax Reason = "SchemefulSameSiteUnspecifiedTreatedAsLax"
	SameSiteNoneInsecure                     Reason = "SameSiteNoneInsecure"
	SyntaxError                              Reason = "SyntaxError"
	SchemeNotSupported                       Reason = "SchemeNotSupported"
	OverwriteSecure                          Reason = "OverwriteSecure"
	InvalidDomain                            Reason = "InvalidDomain"
	InvalidPrefix                            Reason = "InvalidPrefix"
	NameValuePairExceedsMaxSize              Reason = "NameValuePairExceedsMaxSize"
	DisallowedCharacter                      Reason = "DisallowedCharacter"
	NoCookieContent                          Reason = "NoCookieContent"
)

// The reasons for which Chromium has no protocol name: such a cookie is missing
// from the jar and from the list of blocked cookies alike.
const (
	InvalidPartitioned Reason = "InvalidPartitioned"
	NamelessWithEquals Reason = "NamelessWithEquals"
	HTTPOnlyFromScript Reason = "HttpOnlyFromScript"
	OverwriteHTTPOnly  Reason = "OverwriteHttpOnly"
	InvalidPath        Reason = "InvalidPath" // Cookie Store API only
)

// Expired is what Explain gives for a cookie that is accepted but whose
// lifetime is over: it is not refused, it deletes.
const Expired Reason = "Expired"

// ParseError is the error of Parse. It quotes no part of the cookie, whose
// value may be a secret.
type ParseError struct{ Reason Reason }

// Error implements error.
func (e *ParseError) Error() string { return "parsing set-cookie-string: " + string(e.Reason) }

// InProtocol reports whether the DevTools protocol has this reason.
func (r Reason) InProtocol() bool {
	return !slices.Contains([]Reason{
		InvalidPartitioned, NamelessWithEquals, HTTPOnlyFromScript, OverwriteHTTPOnly, InvalidPath, Expired,
	}, r)
}

// Explain says in one sentence what is wrong, for a person who sets cookies.
// Unknown reasons give an empty string.
func (r Reason) Explain() string {
	switch r {
	case SecureOnly:
		return "The cookie has the Secure attribute but is set over a connection that is not secure."
	case SchemefulSameSiteStrict:
		return "The cookie has SameSite=Strict and is set in a cross-site context (another site or another scheme than the page)."
	case SchemefulSameSiteLax:
		return "The cookie has SameSite=Lax and is set in a cross-site context (another site or another scheme than the page)."
	case SchemefulSameSiteUnspecifiedTreatedAsLax:
		return "The cookie has no valid SameSite attribute, so it counts as Lax, and is set in a cross-site context; SameSite=None; Secure would allow it."
	case SameSiteNoneInsecure:
		return "The cookie has SameSite=None without the Secure attribute."
	case SyntaxError:
		return "The cookie could not be understood."
	case SchemeNotSupported:
		return "Only http, https, ws and wss URLs can set cookies."
	case OverwriteSecure:
		return "A Secure cookie of the same name is there, and a connection that is not secure may not overwrite or shadow it."
	case InvalidDomain:
		return "The Domain attribute is not the host that sets the cookie or a parent domain of it, or it is a public suffix that many sites share."
	case InvalidPrefix:
		return "The name (or the value of a nameless cookie) begins with __Secure-, __Host-, __Http- or __Host-Http- but the attributes do not keep what that promises."
	case NameValuePairExceedsMaxSize:
		return "Name and value together are longer than 4096 octets."
	case DisallowedCharacter:
		return "The cookie holds a control character (a tab counts) or another character that is not allowed there."
	case NoCookieContent:
		return "The cookie has neither a name nor a value."
	case InvalidPartitioned:
		return "The cookie has the Partitioned attribute without Secure, or over a connection that is not secure."
	case NamelessWithEquals:
		return "The cookie has no name and its value holds \"=\", so that it would be sent as if it had a name."
	case HTTPOnlyFromScript:
		return "A script may not set a cookie with the HttpOnly attribute."
	case OverwriteHTTPOnly:
		return "An HttpOnly cookie of the same name, domain and path is there, and a script may not overwrite it."
	case InvalidPath:
		return "The path given to the Cookie Store API does not begin with \"/\" or is longer than 1024 octets."
	case Expired:
		return "The lifetime is already over: the browser stores nothing and deletes a cookie of the same name, domain and path if there is one."
	}
	return ""
}
