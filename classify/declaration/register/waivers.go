package register

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"cookiescan/scanner"
)

// Waivers is a cookies.waivers.yaml: findings that are accepted for a while.
type Waivers struct {
	Name string
	List []*Waiver
}

// A Waiver accepts the findings of one check about one item.
type Waiver struct {
	Check   string // id, such as U004
	Item    Name   // the subject of the finding, such as _ga_*
	Kind    string // fix-pending, accepted-risk, false-positive
	Owner   string
	Reason  string
	Expires string   // YYYY-MM-DD, the last day on which it holds
	Sites   []string // of which; none: of all
	Place   Place
}

// WaiverKinds are the reasons why a finding may be accepted.
func WaiverKinds() []string { return []string{"fix-pending", "accepted-risk", falsePositive} }

const falsePositive = "false-positive"

// longest is how many days a waiver of a kind may hold.
func longest(kind string) int {
	if kind == falsePositive {
		return 365
	}
	return 180
}

var checkForm = regexp.MustCompile(`^[A-Z][0-9]{3}$`)

// ReadWaivers reads a waiver file. What is wrong in it, also a waiver that
// holds longer from today than its kind may, is an *Error. That one has expired
// is not wrong: see Expired.
func ReadWaivers(name string, src []byte, today time.Time) (*Waivers, error) {
	d := newDecoder(name, src)
	w := &Waivers{Name: name}
	if root := d.root(src); root != nil {
		version := ""
		at := d.mapping(root, "cookies.waivers.yaml", fields{
			"version": d.label(&version, "version"),
			"waivers": func(n ast.Node) {
				for _, item := range d.items(n, "waivers") {
					w.List = append(w.List, d.waiver(item, today))
				}
			},
		})
		switch place, ok := at["version"]; {
		case !ok:
			d.fault(at[""], "write version: 1 above it", "version is missing")
		case version != Version:
			d.fault(place, "this program reads version "+Version, "version is %.20q", version)
		}
	}
	if len(d.faults) > 0 {
		return nil, &Error{d.faults}
	}
	return w, nil
}

func (d *decoder) waiver(n ast.Node, today time.Time) *Waiver {
	w := &Waiver{}
	at := d.mapping(n, "a waiver", fields{
		"check": d.text(&w.Check, "check"),
		"item": func(n ast.Node) {
			var text string
			var err error
			d.text(&text, "item")(n)
			if w.Item, err = ParseName(text); err != nil {
				d.fault(d.place(n), "", "item: %v", err)
			}
		},
		"kind":  d.word(&w.Kind, "kind", WaiverKinds()...),
		"owner": d.text(&w.Owner, "owner"), "reason": d.text(&w.Reason, "reason"), "expires": d.date(&w.Expires, "expires"),
		"sites": d.texts(&w.Sites, "sites", func(n ast.Node, s string) { d.host(n, s, false) }),
	})
	w.Place = at[""]
	for _, key := range []struct{ name, value string }{
		{"check", w.Check}, {"item", w.Item.Text}, {"kind", w.Kind}, {"owner", w.Owner}, {"reason", w.Reason}, {"expires", w.Expires},
	} {
		if strings.TrimSpace(key.value) == "" {
			d.fault(at.of(key.name), "", "a waiver needs %s", key.name)
		}
	}
	switch {
	case w.Check == "":
	case !checkForm.MatchString(w.Check):
		d.fault(at.of("check"), "write a capital letter and three digits, such as U004", "check is %.40q", w.Check)
	case w.Check[0] == 'X':
		d.fault(at.of("check"), "what could not be looked at is no risk that anybody knows", "%s cannot be waived", w.Check)
	}
	if w.Expires != "" && w.Expires > lastDay(w.Kind, today) {
		d.fault(at.of("expires"), "renew it when it is over", "a waiver of kind %s holds at most %d days, until %s", w.Kind, longest(w.Kind), lastDay(w.Kind, today))
	}
	return w
}

// lastDay is the latest on which a waiver of a kind may expire. One day more is
// allowed: today is another day elsewhere.
func lastDay(kind string, today time.Time) string {
	return today.UTC().AddDate(0, 0, longest(kind)+1).Format(time.DateOnly)
}

// holds tells whether a waiver has not expired.
func (w *Waiver) holds(today time.Time) bool { return w.Expires >= today.UTC().Format(time.DateOnly) }

// Covers tells whether a finding about a site, given by its host, is meant, whether or not the
// waiver has expired.
func (w *Waiver) Covers(f *scanner.Finding, site string) bool {
	if f.ID != w.Check || f.Class == scanner.ClassUnable || !w.At(site) {
		return false
	}
	return w.Item.Text == f.Subject || w.Item.Match(f.Subject)
}

// At tells whether a waiver holds for a host.
func (w *Waiver) At(host string) bool { return len(w.Sites) == 0 || isBelow(host, w.Sites) }

// Apply marks the findings about a site that are waived today, and says which
// waivers, also expired ones, were about any.
func (w *Waivers) Apply(findings []scanner.Finding, site string, today time.Time) map[*Waiver]bool {
	used := map[*Waiver]bool{}
	for i := range findings {
		f := &findings[i]
		for _, x := range w.List {
			if !x.Covers(f, site) {
				continue
			}
			used[x] = true
			if x.holds(today) && f.Waived == nil {
				f.Waived = &scanner.Waiver{Kind: x.Kind, Owner: x.Owner, Reason: x.Reason, Expires: x.Expires}
			}
		}
	}
	return used
}

// Expired are the waivers that hold no more.
func (w *Waivers) Expired(today time.Time) []*Waiver {
	return slices.DeleteFunc(slices.Clone(w.List), func(x *Waiver) bool { return x.holds(today) })
}

// Unused are the waivers that hold and that no finding of Apply needed.
func (w *Waivers) Unused(used map[*Waiver]bool, today time.Time) []*Waiver {
	return slices.DeleteFunc(slices.Clone(w.List), func(x *Waiver) bool { return used[x] || !x.holds(today) })
}

// AddWaiver appends a waiver to a file, or makes one without src. All that is
// there stays as it is. The error is an *Error if the waiver or the file is not
// right.
func AddWaiver(name string, src []byte, x Waiver, today time.Time) ([]byte, error) {
	if src == nil {
		src = []byte("# Findings that are accepted for a while: by whom, why, until when.\nversion: " + Version + "\nwaivers:\n")
	}
	before, err := ReadWaivers(name, src, today)
	if err != nil {
		return nil, err
	}
	for _, w := range before.List {
		if w.Check == x.Check && w.Item.Text == x.Item.Text && slices.Equal(sorted(w.Sites), sorted(x.Sites)) {
			return nil, &Error{[]Fault{{Place: w.Place, Message: "there is a waiver of " + x.Check + " for " + x.Item.Text + ", until " + w.Expires, Hint: "change it there"}}}
		}
	}
	l, err := newLayout(src)
	if err != nil {
		return nil, err
	}
	var lines []string
	expires := x.Expires
	if _, err := time.Parse(time.DateOnly, expires); err != nil {
		expires = quoted(expires)
	}
	for _, p := range pairsOf(
		pair{"check", quoted(x.Check)}, pair{"item", quoted(x.Item.Text)}, pair{"kind", quoted(x.Kind)}, pair{"owner", quoted(x.Owner)},
		pair{"reason", quoted(x.Reason)}, pair{"expires", expires}, pair{"sites", quotedList(x.Sites)},
	) {
		lines = append(lines, p.key+": "+p.value)
	}
	if err := l.addItems("waivers", [][]string{lines}); err != nil {
		return nil, err
	}
	text := l.bytes()
	if _, err := ReadWaivers(name, text, today); err != nil {
		return nil, err
	}
	return text, nil
}
