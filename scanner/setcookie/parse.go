package setcookie

import "strings"

// Parsed is a set-cookie-string taken apart; nothing is judged yet.
type Parsed struct {
	Name, Value string
	Attributes  []Attribute // empty ones (";;") left out
}

// Parse takes a set-cookie-string apart (RFC 6265bis section 5.6). The line is
// the header's value or what a script assigned to document.cookie (UTF-8),
// without the header name. The error is a *ParseError: NoCookieContent,
// NameValuePairExceedsMaxSize or DisallowedCharacter; what was understood is
// returned with it.
func Parse(line []byte) (Parsed, error) {
	p, reason := parse(line)
	if reason != "" {
		return p, &ParseError{Reason: reason}
	}
	return p, nil
}

func parse(line []byte) (Parsed, Reason) {
	pair, rest, more := strings.Cut(string(line), ";")
	var p Parsed
	if name, value, ok := strings.Cut(pair, "="); ok {
		p.Name, p.Value = trimWSP(name), trimWSP(value)
	} else {
		p.Value = trimWSP(pair)
	}
	for more {
		var av string
		av, rest, more = strings.Cut(rest, ";")
		name, value, _ := strings.Cut(av, "=")
		a := Attribute{Name: trimWSP(name), Value: trimWSP(value)}
		a.TooLong = len(a.Value) > MaxAttributeOctets
		if a.Name != "" || a.Value != "" {
			p.Attributes = append(p.Attributes, a)
		}
	}
	return p, p.check(line)
}

// check finds the first reason to drop the line, in Chromium's order.
func (p Parsed) check(line []byte) Reason {
	if strings.ContainsAny(string(line), "\x00\r\n") {
		return DisallowedCharacter
	}
	if r := checkPair(p.Name, p.Value); r != "" {
		return r
	}
	for _, a := range p.Attributes {
		if hasControl(a.Name) || hasControl(a.Value) {
			return DisallowedCharacter
		}
	}
	return ""
}

func checkPair(name, value string) Reason {
	switch {
	case name == "" && value == "":
		return NoCookieContent
	case len(name)+len(value) > MaxNameValueOctets:
		return NameValuePairExceedsMaxSize
	case hasControl(name) || hasControl(value):
		return DisallowedCharacter
	}
	return ""
}

// hasControl reports a control character. Chromium: the draft lets a tab pass.
func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] == 0x7f {
			return true
		}
	}
	return false
}

func trimWSP(s string) string { return strings.Trim(s, " \t") }

// last returns the attribute of that name (any case) that counts: the last one
// whose value is not too long.
func (p Parsed) last(name string) (Attribute, bool) {
	for i := len(p.Attributes) - 1; i >= 0; i-- {
		if a := p.Attributes[i]; !a.TooLong && asciiEqualFold(a.Name, name) {
			return a, true
		}
	}
	return Attribute{}, false
}

func (p Parsed) has(name string) bool {
	_, ok := p.last(name)
	return ok
}

func (p Parsed) value(name string) string {
	a, _ := p.last(name)
	return a.Value
}

// String is a set-cookie-string that parses to the same Parsed.
func (p Parsed) String() string {
	var b strings.Builder
	b.WriteString(p.Name + "=" + p.Value)
	for _, a := range p.Attributes {
		b.WriteString("; " + a.Name + "=" + a.Value)
	}
	return b.String()
}
