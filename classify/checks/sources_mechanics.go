package checks

// readDraft is when the sections of drafts, of the IETF and the W3C, were read.
const readDraft = "2026-11-26"

// cookieDraft is a section of the draft that browsers follow. RFC 6265 is what
// it replaces.
func cookieDraft(section string) Source {
	return Source{
		Text:    "IETF, Cookies: HTTP State Management Mechanism (RFC 6265bis), draft 22, section " + section,
		Address: "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22", Verified: readDraft, Kind: Standard,
	}
}

func layeredCookies() Source {
	return Source{
		Text:    "IETF, draft-ietf-httpbis-layered-cookies (the prefixes __Http- and __Host-Http-)",
		Address: "https://datatracker.ietf.org/doc/draft-ietf-httpbis-layered-cookies/", Verified: readDraft, Kind: Standard,
	}
}

func chips() Source {
	return Source{
		Text:    "IETF, Cookies Having Independent Partitioned State (draft-cutler-httpbis-partitioned-cookies)",
		Address: "https://datatracker.ietf.org/doc/draft-cutler-httpbis-partitioned-cookies/", Verified: readDraft, Kind: Standard,
	}
}

func blockedReasons() Source {
	return Source{
		Text:    "Chromium, DevTools protocol, Network.SetCookieBlockedReason",
		Address: "https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-SetCookieBlockedReason", Verified: read, Kind: Standard,
	}
}

func dnsAliases() Source {
	return Source{
		Text:    "RFC 1034, Domain names: concepts and facilities, section 3.6.2 (aliases and canonical names)",
		Address: "https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2", Verified: Unverified, Kind: Standard,
	}
}

func clearSiteData() Source {
	return Source{
		Text:    "W3C, Clear Site Data, working draft, section 1.1.1 (signing out)",
		Address: "https://www.w3.org/TR/clear-site-data/", Verified: readDraft, Kind: Standard,
	}
}
