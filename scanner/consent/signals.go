package consent

import (
	"context"
	_ "embed"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed js/ask.js
var askSource string

//go:embed js/read.js
var readSource string

// Signals are what a page tells its partners about the choice.
type Signals struct {
	TCF     *TCF     `json:"tcf,omitempty"`
	GPP     *GPP     `json:"gpp,omitempty"`
	Mode    []Mode   `json:"consentMode,omitempty"`
	Cookies []string `json:"cookies,omitempty"` // names of cookies that script can read and that sound like a choice that is kept
}

// TCF is the answer of __tcfapi('getTCData') (TCF 2, CMP API).
type TCF struct {
	String    string `json:"tcString"`
	Status    string `json:"eventStatus"` // tcloaded, cmpuishown, useractioncomplete
	CMP       int    `json:"cmpId"`
	GDPR      *bool  `json:"gdprApplies"`
	Purposes  []int  `json:"purposes"`            // consented
	Interests []int  `json:"legitimateInterests"` // purposes by legitimate interest
	Vendors   int    `json:"vendors"`             // consented
	VendorLI  int    `json:"vendorInterests"`
	OneTreat  bool   `json:"purposeOneTreatment"`
	Policy    int    `json:"policyVersion"`
	Specials  []int  `json:"specialFeatures"`
}

// GPP is the answer of __gpp('ping').
type GPP struct {
	String   string `json:"gppString"`
	Status   string `json:"signalStatus"`
	Sections []int  `json:"applicableSections"`
}

// Mode is one command of Google Consent Mode in the dataLayer.
type Mode struct {
	Command string            `json:"command"` // default or update
	Values  map[string]string `json:"values"`  // such as ad_storage: denied
	Region  []string          `json:"region,omitempty"`
}

// answerTime is the page time that interfaces get to answer.
const answerTime = 50 * time.Millisecond

// readSignals asks the interfaces of the top document. A page without them, or
// with broken ones, has none.
func readSignals(ctx context.Context, p Page) (Signals, error) {
	var out Signals
	if _, err := p.Evaluate(ctx, "", true, askSource); err != nil {
		return out, ctx.Err()
	}
	if err := p.Wait(ctx, answerTime); err != nil {
		return out, err
	}
	if v, err := p.Evaluate(ctx, "", true, readSource); err == nil {
		_ = json.Unmarshal(v, &out) // what a page breaks is not there
	}
	if v, err := p.Evaluate(ctx, "", false, "document.cookie"); err == nil {
		var all string
		_ = json.Unmarshal(v, &all)
		out.Cookies = choiceCookies(all)
	}
	return out, ctx.Err()
}

// choiceCookies are the names that sound like the memory of a choice.
func choiceCookies(all string) []string {
	sounds := regexp.MustCompile(`(?i)consent|cookie|gdpr|rgpd|dsgvo|cmp|euconsent|optanon|didomi|axeptio|klaro|tarteaucitron|borlabs|cmplz|usprivacy|gpp|choice`)
	var out []string
	for _, c := range strings.Split(all, ";") {
		name, _, _ := strings.Cut(strings.TrimSpace(c), "=")
		if name != "" && sounds.MatchString(name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
