package consent

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed js/ask.js
var askSource string

//go:embed js/read.js
var readSource string

//go:embed js/kept.js
var keptSource string

// Signals are what a page tells its partners about the choice, as it gives
// them: nothing is decoded, and all may be made up.
type Signals struct {
	TCF      *TCF      `json:"tcf"`
	GPP      *GPP      `json:"gpp"`
	USP      *USP      `json:"usp"`
	Commands []Command `json:"commands"`
	// Kept are strings that the page keeps where they are usually kept. They
	// are read for pages without an interface.
	Kept []Kept `json:"-"`
	// Memory is cookies and keys of localStorage that script can read and whose
	// names sound like the memory of a choice. The values, of cookies only, are
	// for comparison.
	Memory map[string]string `json:"-"`
}

// TCF is what __tcfapi answers (CMP API v2). Without an answer all is empty.
type TCF struct {
	String string `json:"tcString"`
	Status string `json:"status"` // stub, loading, loaded, error
	GDPR   *bool  `json:"gdprApplies"`
}

// GPP is what __gpp answers to ping (CMP API 1.1). Without an answer all is
// empty.
type GPP struct {
	String     string                `json:"gppString"`
	Status     string                `json:"status"`
	Applicable []int                 `json:"applicable"`
	Parsed     map[string]GPPSection `json:"parsed"` // by prefix, such as usnat
}

// GPPSection is what the interface gives as the content of a section, as far
// as it is an opt-out. What is absent it does not have.
type GPPSection struct {
	Sale     *bool `json:"sale"`
	Sharing  *bool `json:"sharing"`
	Targeted *bool `json:"targeted"`
	GPC      *bool `json:"gpc"`
}

// USP is what __uspapi answers.
type USP struct {
	String string `json:"uspString"`
}

// Command is one command to Google's tags in a data layer. Of the commands
// config and event the first only is kept, without what it says.
type Command struct {
	Name   string            `json:"command"` // default, update; config, event
	Values map[string]string `json:"values"`  // granted or denied, by type
	Region []string          `json:"region"`
	WaitMs int               `json:"wait"` // wait_for_update
}

// The commands of Google's tags.
const (
	CommandDefault = "default"
	CommandUpdate  = "update"
)

// Kept is a string that the page keeps.
type Kept struct {
	Kind  KeptKind
	Place Place
	Value string
}

// KeptKind is what a kept string is.
type KeptKind string

// The kinds.
const (
	KeptTCF KeptKind = "tcf"
	KeptGPP KeptKind = "gpp"
	KeptUSP KeptKind = "usp"
)

// Place is where a string is kept.
type Place string

// The places.
const (
	InCookie       Place = "cookie"
	InLocalStorage Place = "localStorage"
)

// keptNames are the names that the formats propose and those of platforms that
// keep the bare string under another (OneTrust). kept.js reads the values of
// these only.
var keptNames = map[string]KeptKind{
	"euconsent-v2": KeptTCF, "eupubconsent-v2": KeptTCF, "OTGPPConsent": KeptGPP, "usprivacy": KeptUSP,
}

// answerTime is the page time that interfaces get to answer.
const answerTime = 50 * time.Millisecond

// maxSignals bounds what a page may answer, in octets.
const maxSignals = 2 << 20

// ReadSignals asks the interfaces of the top document. A page without them, or
// with broken ones, has none.
func ReadSignals(ctx context.Context, p Page) (Signals, error) {
	var out Signals
	if _, err := p.Evaluate(ctx, "", true, askSource); err != nil {
		return out, ctx.Err()
	}
	if err := p.Wait(ctx, answerTime); err != nil {
		return out, err
	}
	if v, err := p.Evaluate(ctx, "", true, readSource); err == nil && len(v) <= maxSignals {
		_ = json.Unmarshal(v, &out) // what a page breaks is not there
	}
	if v, err := p.Evaluate(ctx, "", false, keptSource); err == nil && len(v) <= maxSignals {
		var k kept
		_ = json.Unmarshal(v, &k)
		out.Kept, out.Memory = k.strings(), k.memory()
	}
	return out, ctx.Err()
}

// kept is what kept.js answers.
type kept struct {
	Cookies string `json:"cookies"` // as document.cookie has them
	Storage []struct{ Name, Value string }
}

func (k kept) each(f func(place Place, name, value string)) {
	for _, c := range strings.Split(k.Cookies, ";") {
		if name, value, _ := strings.Cut(strings.TrimSpace(c), "="); name != "" {
			f(InCookie, name, value)
		}
	}
	for _, s := range k.Storage {
		f(InLocalStorage, s.Name, s.Value)
	}
}

func (k kept) strings() []Kept {
	var list []Kept
	k.each(func(place Place, name, value string) {
		kind, ok := keptNames[name]
		if !ok || value == "" {
			return
		}
		if plain, err := url.PathUnescape(value); err == nil { // "~" is often escaped
			value = plain
		}
		list = append(list, Kept{kind, place, value})
	})
	return list
}

// soundsKept are the names that sound like the memory of a choice.
var soundsKept = regexp.MustCompile(`(?i)consent|cookie|gdpr|rgpd|dsgvo|cmp|euconsent|optanon|didomi|axeptio|klaro|orejime|c15t|tarteaucitron|borlabs|cmplz|usprivacy|gpp|choice|_iub_cs|fs-cc|opt_?out`)

// otherKept are names of those that say something else: whether a pixel may use
// cookies, whether the browser takes any.
var otherKept = regexp.MustCompile(`(?i)^_tt_enable_cookie$|cookies?[-_]?(test|check|enabled|support)|test[-_]?cookie`)

func (k kept) memory() map[string]string {
	out := map[string]string{}
	k.each(func(_ Place, name, value string) {
		if len(out) < maxMemory && soundsKept.MatchString(name) && !otherKept.MatchString(name) {
			out[name] += value
		}
	})
	return out
}

// Remembered names what the page began to keep or changed since before, sorted.
// Some platforms keep that nothing was chosen yet.
func (s Signals) Remembered(before Signals) []string {
	var out []string
	for name, value := range s.Memory {
		if was, ok := before.Memory[name]; !ok || was != value {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

const maxMemory = 100
