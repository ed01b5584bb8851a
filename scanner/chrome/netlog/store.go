package netlog

// lastChange remembers the newest event of any cookie store, because the
// verdict about the Set-Cookie line that caused it comes next: Chromium does
// both in one task of its network thread.
type lastChange struct {
	seq    int64
	store  int
	cookie Cookie
}

// claim gives the change to the verdict that is about the same cookie, once.
// A change from before after, the request's response or its previous verdict,
// was somebody else's: expiring what is not there changes nothing, and a
// script's own deletion must not be taken for it.
func (c *lastChange) claim(cookie Cookie, after int64) (store int, seq int64) {
	if c.seq <= after || c.cookie != cookie {
		return 0, 0
	}
	store, seq = c.store, c.seq
	*c = lastChange{}
	return store, seq
}

func (p *parser) stored(raw *rawEvent) Event {
	e := &CookieStored{
		Stamp:      p.stamp(raw),
		Cookie:     newCookie(raw.Params.Name, raw.Params.Domain, raw.Params.Path),
		Value:      raw.Params.Value,
		Secure:     raw.Params.Secure,
		HTTPOnly:   raw.Params.HTTPOnly,
		SameSite:   sameSite(raw.Params.SameSite),
		Priority:   camel(raw.Params.Priority),
		Persistent: raw.Params.Persistent,
	}
	p.change = lastChange{e.Seq, e.Source, e.Cookie}
	return e
}

func (p *parser) deleted(raw *rawEvent) Event {
	e := &CookieDeleted{
		Stamp:      p.stamp(raw),
		Cookie:     newCookie(raw.Params.Name, raw.Params.Domain, raw.Params.Path),
		Value:      raw.Params.Value,
		Persistent: raw.Params.Persistent,
		Cause:      raw.Params.Cause,
	}
	// Only a deletion by an expired write is what a line asked for; an eviction
	// between a store and its verdict must not take the verdict away.
	if e.Cause == CauseExpiredOverwrite {
		p.change = lastChange{e.Seq, e.Source, e.Cookie}
	}
	return e
}

func (p *parser) rejected(raw *rawEvent, reason string) Event {
	path, value := raw.Params.Path, raw.Params.NewValue
	if raw.Params.NewPath != "" {
		path = raw.Params.NewPath
	}
	e := &CookieRejected{
		Stamp:  p.stamp(raw),
		Cookie: newCookie(raw.Params.Name, raw.Params.Domain, path),
		Value:  value,
		Reason: reason,
	}
	p.change = lastChange{e.Seq, e.Source, e.Cookie}
	return e
}

// sameSite gives the attribute's own spelling.
func sameSite(s string) string {
	switch s {
	case "strict", "lax", "none":
		return camel(s)
	case "unspecified":
		return ""
	}
	return s
}
