package checks

import (
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner"
)

// Profile is a law, or the practice of an authority, that severities follow.
type Profile string

// The profiles. EU is what the directive and the regulation ask everywhere.
const (
	EU   Profile = "eu"
	FR   Profile = "fr"
	DE   Profile = "de"
	AT   Profile = "at"
	IT   Profile = "it"
	ES   Profile = "es"
	NL   Profile = "nl"
	BE   Profile = "be"
	CH   Profile = "ch"
	UK   Profile = "uk"
	USCA Profile = "us-ca"
)

// Profiles lists them, the default one first.
func Profiles() []Profile { return []Profile{EU, FR, DE, AT, IT, ES, NL, BE, CH, UK, USCA} }

// ProfileOf reads the name of a profile; none is the default one.
func ProfileOf(name string) (Profile, error) {
	p := Profile(strings.ToLower(name))
	if p == "" {
		return EU, nil
	}
	if !slices.Contains(Profiles(), p) {
		return "", fmt.Errorf("profile %.40q is unknown, the profiles are %s", name, join(Profiles()))
	}
	return p, nil
}

// inUnion tells whether the directive applies.
func (p Profile) inUnion() bool { return p != CH && p != UK && p != USCA }

// regions are the countries (ISO 3166-1) in which a site shows a visitor what
// it shows under a profile.
func (p Profile) regions() string {
	switch p {
	case CH:
		return "CH LI"
	case UK:
		return "GB UK"
	case USCA:
		return "US"
	case EU, FR, DE, AT, IT, ES, NL, BE:
	}
	return "AT BE BG HR CY CZ DK EE FI FR DE GR EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO EU"
}

// Levels is the severity of a check by profile. Member states without an entry
// have that of EU; the other profiles without one do not have the check.
type Levels map[Profile]scanner.Severity

// In is the severity under a profile, empty when it does not have the check.
func (l Levels) In(p Profile) scanner.Severity {
	if s, ok := l[p]; ok {
		return s
	}
	if p.inUnion() {
		return l[EU]
	}
	return ""
}

// everywhere is one severity under every profile.
func everywhere(s scanner.Severity) Levels {
	l := Levels{}
	for _, p := range Profiles() {
		l[p] = s
	}
	return l
}

// Off is the severity under profiles that do not have a check.
const Off scanner.Severity = ""

func join[T ~string](list []T) string {
	var texts []string
	for _, t := range list {
		texts = append(texts, string(t))
	}
	return strings.Join(texts, ", ")
}
