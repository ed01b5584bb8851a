package walk

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
	"cookiescan/scanner/consent/gpp"
	"cookiescan/scanner/consent/tcf"
	"cookiescan/scanner/ledger"
)

// phaseGPC is the pass with Global Privacy Control.
const phaseGPC = "gpc"

// said is what the first page of a pass told its partners.
type said struct {
	before, after *consent.Signals
	gpc           *scanner.GPC // in the pass with that signal
}

// listen reads what the page says after the choice, once what it set free has
// come to rest.
func (v *visit) listen(ctx context.Context, page consent.Page) error {
	s, err := consent.ReadSignals(ctx, page)
	if err != nil {
		return fmt.Errorf("reading the signals of the page: %w", err)
	}
	v.said.after = &s
	v.banner.Memory = s.Remembered(*v.said.before)
	return nil
}

// change is what the page said, in the form of the document.
func (v *visit) change() *scanner.SignalChange {
	if v.said.before == nil {
		return nil
	}
	hits := func(after bool) []string {
		return hitsOf(v.observations(), func(at time.Time) bool { return after == (!v.chosen.IsZero() && !at.Before(v.chosen)) })
	}
	c := &scanner.SignalChange{Before: signalsOf(*v.said.before, hits(false))}
	c.Before.GPC = v.said.gpc
	if v.said.after != nil {
		c.After = signalsOf(*v.said.after, hits(true))
	}
	return c
}

func signalsOf(s consent.Signals, hits []string) *scanner.Signals {
	g, sections := gppOf(s)
	return &scanner.Signals{TCF: tcfOf(s, sections), GPP: g, USP: uspOf(s), ConsentMode: modeOf(s.Commands, hits)}
}

// statusOf is what an interface says of itself.
func statusOf(status string) string {
	if status == "" {
		return "silent"
	}
	return clipText(status)
}

// keptOf is a string of a kind that the page keeps.
func keptOf(s consent.Signals, kind consent.KeptKind) (string, scanner.SignalSource) {
	for _, k := range s.Kept {
		if k.Kind == kind {
			return k.Value, scanner.SignalSource(k.Place)
		}
	}
	return "", ""
}

// loaded is the status of an interface that speaks for itself: where it has no
// string there is none, whatever is kept from earlier.
const loaded = "loaded"

func tcfOf(s consent.Signals, sections []gpp.Section) *scanner.TCF {
	t := &scanner.TCF{Status: "none"}
	if s.TCF != nil {
		t.Status, t.GDPRApplies, t.String, t.Source = statusOf(s.TCF.Status), s.TCF.GDPR, s.TCF.String, scanner.SourceInterface
	}
	if t.String == "" && t.Status != loaded {
		t.String, t.Source = keptOf(s, consent.KeptTCF)
	}
	for _, section := range sections {
		if section.ID == gpp.TCFEU && t.String == "" && t.Status != loaded {
			t.String, t.Source = section.Text, scanner.SourceGPP
		}
	}
	if t.String == "" {
		if s.TCF == nil {
			return nil
		}
		t.Source = ""
		return t
	}
	d, err := tcf.Decode(t.String)
	if err != nil {
		t.Problem, t.String = err.Error(), clipText(t.String)
		return t
	}
	t.CMPID, t.PolicyVersion, t.Language, t.VendorList, t.PublisherCountry = d.CMP, d.Policy, d.Language, d.VendorList, d.Publisher
	t.Created, t.LastUpdated = d.Created.Format(time.RFC3339Nano), d.LastUpdated.Format(time.RFC3339Nano)
	t.ServiceSpecific, t.PurposeOneTreatment = d.ServiceSpecific, d.PurposeOneTreatment
	t.Purposes, t.LegitimateInterest, t.SpecialFeatures = d.Purposes, d.LegitimateInterest, d.SpecialFeatures
	t.Vendors, t.VendorsInterest, t.Restrictions, t.Disclosed = d.Vendors, d.VendorsInterest, d.Restrictions, d.Disclosed
	return t
}

func gppOf(s consent.Signals) (*scanner.GPP, []gpp.Section) {
	g := &scanner.GPP{Status: "none"}
	if s.GPP != nil {
		g.Status, g.String, g.Source = statusOf(s.GPP.Status), s.GPP.String, scanner.SourceInterface
		g.Applicable = applicable(s.GPP.Applicable)
	}
	if g.String == "" && g.Status != loaded {
		g.String, g.Source = keptOf(s, consent.KeptGPP)
	}
	if g.String == "" {
		if s.GPP == nil {
			return nil, nil
		}
		g.Source = ""
		return g, nil
	}
	sections, err := gpp.Decode(g.String)
	if err != nil {
		g.Problem, g.String = err.Error(), clipText(g.String)
		return g, nil
	}
	for _, section := range sections {
		g.Sections = append(g.Sections, nameOf(section))
		if section.GPC != nil && (g.GPC == nil || *g.GPC) { // one that is off is what differs from the browser's
			g.GPC = section.GPC
		}
	}
	g.OptedOut = gpp.OptedOut(sections)
	if s.GPP != nil {
		g.Differs = differing(sections, s.GPP.Parsed)
	}
	return g, sections
}

func nameOf(s gpp.Section) string {
	if s.Name == "" {
		return fmt.Sprint(s.ID)
	}
	return s.Name
}

// applicable leaves out what is no id of a section.
func applicable(ids []int) []int {
	var list []int
	for _, id := range ids {
		if id >= -1 && id < 1000 && id != 0 {
			list = append(list, id)
		}
	}
	return list
}

// differing names the sections whose content is another in the interface than
// in the string.
func differing(sections []gpp.Section, parsed map[string]consent.GPPSection) []string {
	var list []string
	for prefix, p := range parsed {
		name := prefix
		if strings.HasPrefix(name, "us") && name != "uspv1" { // earlier versions wrote usnatv1
			name = strings.TrimSuffix(name, "v1")
		}
		i := slices.IndexFunc(sections, func(s gpp.Section) bool { return nameOf(s) == name })
		if i < 0 || differs(p.Sale, sections[i].Sale) || differs(p.Sharing, sections[i].Sharing) ||
			differs(p.Targeted, sections[i].Targeted) || differs(p.GPC, sections[i].GPC) {
			list = append(list, clipText(prefix))
		}
	}
	slices.Sort(list)
	return list
}

// differs: what the interface leaves out it says nothing of.
func differs(parsed, inString *bool) bool {
	return parsed != nil && (inString == nil || *parsed != *inString)
}

func uspOf(s consent.Signals) *scanner.USP {
	u := &scanner.USP{}
	if s.USP != nil {
		u.String, u.Source = s.USP.String, scanner.SourceInterface
	}
	if u.String == "" {
		u.String, u.Source = keptOf(s, consent.KeptUSP)
	}
	if u.String == "" {
		return nil
	}
	d, err := gpp.DecodeUSP(u.String)
	if err != nil {
		u.Problem, u.String = err.Error(), clipText(u.String)
		return u
	}
	u.Notice, u.OptedOut, u.LSPA = d.Notice, d.OptedOut, d.LSPA
	return u
}

// clipText bounds a text of the page that could not be understood.
func clipText(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if r := []rune(text); len(r) > maxUnread {
		return string(r[:maxUnread])
	}
	return text
}

const maxUnread = 200

// hitCode is a value of gcs: what a hit tells Google of ad_storage and
// analytics_storage.
var hitCode = regexp.MustCompile(`^G1[01-][01-]$`)

// hitsOf are the codes that were sent at some time, sorted.
func hitsOf(list []ledger.Observation, when func(time.Time) bool) []string {
	var codes []string
	for _, o := range list {
		r, ok := o.(ledger.Request)
		if !ok || !strings.Contains(r.URL, "gcs=") || !when(r.Time) {
			continue
		}
		u, err := url.Parse(r.URL)
		if err != nil {
			continue
		}
		if code := u.Query().Get("gcs"); hitCode.MatchString(code) && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}
