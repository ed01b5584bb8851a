package setcookie

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// CookieStoreOptions is the dictionary of cookieStore.set (Cookie Store API),
// as a page passed it. Nil means absent (or null).
type CookieStoreOptions struct {
	Name        string   `json:"name"`
	Value       string   `json:"value"`
	Domain      *string  `json:"domain"`
	Path        *string  `json:"path"`     // absent: "/"; empty: the default path
	Expires     *float64 `json:"expires"`  // milliseconds since 1970
	MaxAge      *float64 `json:"maxAge"`   // seconds; Chromium 156 has it, older ones ignore it
	SameSite    *string  `json:"sameSite"` // strict (absent), lax, none
	Partitioned bool     `json:"partitioned"`
}

// EvaluateCookieStore decides about a cookieStore.set call. Its cookies are
// always Secure and never HttpOnly; the API does not exist where Secure cookies
// cannot be set. What the browser throws as a TypeError is a Reason here.
func EvaluateCookieStore(o CookieStoreOptions, ctx Context) Result {
	ctx.Script = true
	d := draft{
		name: trimWSP(o.Name), value: trimWSP(o.Value), secure: true,
		partitioned: o.Partitioned, priority: PriorityMedium, sameSite: SameSiteStrict,
	}
	var reasons []Reason
	add := func(r Reason) {
		if r != "" {
			reasons = append(reasons, r)
		}
	}
	add(d.checkStorePair())
	add(d.takeStoreDomain(o.Domain))
	add(d.takeStorePath(o.Path))
	add(d.takeStoreLifetime(o, ctx.Now))
	add(d.takeStoreSameSite(o.SameSite))
	if len(reasons) == 0 {
		reasons = d.refusals(ctx)
	}
	return d.result(ctx, reasons)
}

func (d *draft) checkStorePair() Reason {
	if strings.ContainsAny(d.name, ";=") || strings.Contains(d.value, ";") {
		return DisallowedCharacter
	}
	return checkPair(d.name, d.value)
}

// takeStoreDomain is stricter than the attribute: no leading dot, not empty.
func (d *draft) takeStoreDomain(domain *string) Reason {
	if domain == nil {
		return ""
	}
	d.domain = *domain
	if d.domain == "" || d.domain[0] == '.' || len(d.domain) > MaxAttributeOctets {
		return InvalidDomain
	}
	return ""
}

// takeStorePath ends every path with a slash and encodes it, unlike the Path
// attribute.
func (d *draft) takeStorePath(path *string) Reason {
	switch {
	case path == nil:
		d.path = "/"
		return ""
	case *path == "":
		return ""
	case (*path)[0] != '/':
		return InvalidPath
	case strings.ContainsAny(*path, ";\x00\r\n"):
		return DisallowedCharacter
	}
	p := *path
	if !strings.HasSuffix(p, "/") {
		p += "/"
	}
	if len(p) > MaxAttributeOctets {
		return InvalidPath
	}
	d.path = canonicalPath(p)
	return ""
}

func (d *draft) takeStoreLifetime(o CookieStoreOptions, now time.Time) Reason {
	switch {
	case o.Expires != nil && o.MaxAge != nil:
		return SyntaxError
	case o.MaxAge != nil:
		// Web IDL turns what is not a finite number into 0.
		seconds := clampSeconds(*o.MaxAge)
		d.life = lifetimeFor(seconds, 0, now, "maxAge="+formatNumber(*o.MaxAge))
	case o.Expires != nil:
		if math.IsNaN(*o.Expires) || math.IsInf(*o.Expires, 0) {
			return SyntaxError
		}
		d.life = lifetimeFromMillis(*o.Expires, now)
	default:
		d.life = lifetime{session: true}
	}
	return ""
}

func lifetimeFromMillis(ms float64, now time.Time) lifetime {
	left := ms - float64(now.UnixMicro())/1000
	seconds := math.Floor(left / 1000)
	nanos := time.Duration((left - seconds*1000) * float64(time.Millisecond))
	if math.Abs(seconds) > 1<<53 {
		nanos = 0
	}
	return lifetimeFor(clampSeconds(seconds), nanos, now, "expires="+formatNumber(ms)).reckoned(clampSeconds(math.Round(left / 1000)))
}

func clampSeconds(f float64) int64 {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return 0
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

func formatNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// takeStoreSameSite knows the enumeration's exact spelling only.
func (d *draft) takeStoreSameSite(value *string) Reason {
	if value == nil {
		return ""
	}
	switch *value {
	case "strict":
	case "lax":
		d.sameSite = SameSiteLax
	case "none":
		d.sameSite = SameSiteNone
	default:
		return SyntaxError
	}
	return ""
}
