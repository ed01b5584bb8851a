package register

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/language"

	"cookiescan/classify/yamltree"
)

// A Lifetime is how long something is declared to stay.
type Lifetime struct {
	Raw          string // as it is written
	Seconds      int64  // 0: the session, until deleted, or not said
	Session      bool
	UntilCleared bool
	Refreshed    bool // each visit begins it anew
	Fixed        bool // the file says that no visit does
}

// Known tells whether a lifetime is declared.
func (l Lifetime) Known() bool { return l.Seconds > 0 || l.Session || l.UntilCleared }

// same tells whether two lifetimes declare the same, in whatever words.
func (l Lifetime) same(o Lifetime) bool {
	l.Raw, o.Raw = "", ""
	l.Fixed, o.Fixed = false, false // it says no more than Refreshed does
	return l == o
}

// A Text is one that is worded in several languages: by a key for which there
// are words, or by the texts themselves.
type Text struct {
	Key   string            // of classify/words, "" if there are own texts
	Own   string            // one text for all languages
	Texts map[string]string // by language tag
}

// Given tells whether there is any.
func (t Text) Given() bool { return t.Key != "" || t.Own != "" || len(t.Texts) > 0 }

// In is the own text in a language, as far as there is one.
func (t Text) In(tag string) (string, bool) {
	if s, ok := t.Texts[tag]; ok {
		return s, true
	}
	base, _, _ := strings.Cut(tag, "-")
	if s, ok := t.Texts[base]; ok {
		return s, true
	}
	return t.Own, t.Own != ""
}

// lifetime sets a length in words, or a mapping with value and refreshed.
func (d *decoder) lifetime(to *Lifetime, what string) func(ast.Node) {
	return func(n ast.Node) {
		if _, ok := yamltree.Scalar(n); ok {
			d.length(to, what)(n)
			return
		}
		refreshed := false
		at := d.mapping(n, what, fields{
			"value": d.length(to, what), "refreshed": d.truth(&refreshed, "refreshed"),
		})
		_, said := at["refreshed"]
		to.Refreshed, to.Fixed = refreshed, said && !refreshed
	}
}

const lengthHint = "write a number and a unit such as 13 months, or session, or until-cleared"

func (d *decoder) length(to *Lifetime, what string) func(ast.Node) {
	return func(n ast.Node) {
		text, ok := yamltree.Scalar(n)
		if !ok {
			d.fault(d.place(n), lengthHint, "%s is no length of time", what)
			return
		}
		to.Raw = text
		switch text {
		case "":
			return
		case "session":
			to.Session = true
			return
		case "until-cleared":
			to.UntilCleared = true
			return
		}
		read := d.life.Read(text, "")
		if !read.Known() || read.Guessed || read.Session && read.Seconds > 0 {
			d.fault(d.place(n), lengthHint, "%s is %.60q, which is not understood", what, text)
			return
		}
		to.Seconds, to.Session, to.UntilCleared = read.Seconds, read.Session, read.UntilCleared
	}
}

// date sets a day of the calendar.
func (d *decoder) date(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		text, ok := yamltree.Scalar(n)
		if _, err := time.Parse(time.DateOnly, text); !ok || text != "" && err != nil {
			d.fault(d.place(n), "write year-month-day, such as 2026-11-22", "%s is no date", what)
			return
		}
		*to = text
	}
}

// purpose sets a key, or a text for each language.
func (d *decoder) purpose(to *Text) func(ast.Node) {
	return func(n ast.Node) {
		key, ok := yamltree.Scalar(n)
		if !ok {
			d.perLanguage(n, to, "purpose")
			return
		}
		to.Key = key
		if key != "" && !slices.Contains(d.purposes, key) {
			hint := "a text of your own needs its language: purpose: {en: ...}"
			if near := nearest(key, d.purposes); near != "" {
				hint = "did you mean " + near + "?"
			}
			d.fault(d.place(n), hint, "there is no purpose %.60q", key)
		}
	}
}

// prose sets one text, or one for each language.
func (d *decoder) prose(to *Text, what string) func(ast.Node) {
	return func(n ast.Node) {
		if s, ok := yamltree.Scalar(n); ok {
			to.Own = s
			return
		}
		d.perLanguage(n, to, what)
	}
}

func (d *decoder) perLanguage(n ast.Node, to *Text, what string) {
	to.Texts = map[string]string{}
	for _, pair := range d.pairs(n, what) {
		tag, _ := yamltree.Scalar(pair.Key)
		d.languageTag(pair.Key, tag)
		var text string
		d.text(&text, what+" in "+tag)(pair.Value)
		to.Texts[tag] = text
	}
}

func (d *decoder) languageTag(n ast.Node, tag string) {
	if _, err := language.Parse(tag); err != nil || strings.Contains(tag, "_") {
		d.fault(d.place(n), "write a tag such as de or pt-BR", "%.40q is no language", tag)
	}
}

var jurisdictionForm = regexp.MustCompile(`^[a-z]{2}(-[a-z]{2})?$`)

var rulesetForm = regexp.MustCompile(`^20[0-9]{2}\.(0[1-9]|1[0-2])$`)

func (d *decoder) ruleset(to *string) func(ast.Node) {
	return func(n ast.Node) {
		d.label(to, "ruleset")(n)
		if *to != "" && !rulesetForm.MatchString(*to) {
			d.fault(d.place(n), "write the year and the month, as cookiescan init does", "%.40q is no ruleset", *to)
		}
	}
}

func (d *decoder) jurisdiction(n ast.Node, text string) {
	if !jurisdictionForm.MatchString(text) {
		d.fault(d.place(n), "write a country or a profile in lower case, such as de, uk or us-ca", "%.40q is no jurisdiction", text)
	}
}

var countryForm = regexp.MustCompile(`^[A-Z]{2}$`)

func (d *decoder) country(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		d.text(to, what)(n)
		if *to != "" && !countryForm.MatchString(*to) {
			d.fault(d.place(n), "write two capital letters (ISO 3166-1), such as IE", "%s is %.40q, which is no country", what, *to)
		}
	}
}

func (d *decoder) address(to *string, what string) func(ast.Node) {
	return func(n ast.Node) {
		d.text(to, what)(n)
		u, err := url.Parse(*to)
		if *to != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "") {
			d.fault(d.place(n), "write it with https://", "%s is %.80q, which is no address of a page", what, *to)
		}
	}
}

var hostForm = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$`)

const hostHint = "write it in lower case without scheme, port and path, international names as xn--..."

// host checks the name of a host; with wild, *. may stand before it.
func (d *decoder) host(n ast.Node, text string, wild bool) {
	if wild {
		text = strings.TrimPrefix(text, "*.")
	}
	if len(text) > 253 || !hostForm.MatchString(text) {
		d.fault(d.place(n), hostHint, "%.80q is no host", text)
		return
	}
	if suffix, icann := publicsuffix.PublicSuffix(text); suffix == text && icann {
		d.fault(d.place(n), "write the domain that somebody has", "everybody can have a domain below %s", text)
	}
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

func (d *decoder) id(n ast.Node, what, id string) {
	if !idForm.MatchString(id) || len(id) > 100 {
		d.fault(d.place(n), "write letters, digits, dots, hyphens and underscores", "%s is %.60q", what, id)
	}
}
