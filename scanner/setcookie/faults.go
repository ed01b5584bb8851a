package setcookie

import "time"

// Fault is a mistake in a set-cookie-string that does not make the browser
// refuse the cookie: it ignores or chooses, and says so nowhere.
type Fault string

// The faults of one line. Several cookies of one name in a response are the
// caller's to see.
const (
	AttributeRepeated Fault = "attribute-repeated" // a known one: the last counts
	AttributeTooLong  Fault = "attribute-too-long" // over 1024 octets: ignored (RFC 6265bis section 5.6)
	ExpiresUnreadable Fault = "expires-unreadable" // ignored (section 5.6.1)
	LifetimesDisagree Fault = "lifetimes-disagree" // Max-Age and Expires: Max-Age counts (section 5.7)
	MaxAgeUnreadable  Fault = "max-age-unreadable" // ignored (section 5.6.2)
)

// agreement is how far Expires and Max-Age may be apart: servers reckon both
// from clocks of their own, and round.
const agreement = time.Hour

// Faults lists the faults of a line, in the order of the constants. Of the
// context only Now and Date count.
func Faults(line []byte, ctx Context) []Fault {
	p, _ := parse(line)
	var list []Fault
	add := func(when bool, f Fault) {
		if when {
			list = append(list, f)
		}
	}
	tooLong, repeated, seen := false, false, map[string]bool{}
	for _, a := range p.Attributes {
		name, known := knownAttribute(a.Name)
		tooLong = tooLong || known && a.TooLong
		repeated = repeated || known && seen[name]
		seen[name] = true
	}
	maxAge, hasMaxAge := p.last("max-age")
	expires, hasExpires := p.last("expires")
	seconds, maxAgeOK := parseMaxAge(maxAge.Value)
	until, expiresOK := ParseDate(expires.Value)
	add(repeated, AttributeRepeated)
	add(tooLong, AttributeTooLong)
	add(hasExpires && !expiresOK, ExpiresUnreadable)
	add(maxAgeOK && expiresOK && !agree(lifetimeFor(seconds, 0, ctx.Now, ""), lifetimeUntil(until, ctx.Now, ctx.Date, "")), LifetimesDisagree)
	add(hasMaxAge && !maxAgeOK, MaxAgeUnreadable)
	return list
}

// agree compares what is asked for. Two deletions agree, whatever their dates.
func agree(a, b lifetime) bool {
	if a.deletes || b.deletes {
		return a.deletes == b.deletes
	}
	return max(a.declared, b.declared)-min(a.declared, b.declared) <= int64(agreement/time.Second)
}
