package scanner

// SignalChange is what the page told others about consent, before the choice
// and after it.
type SignalChange struct {
	Before *Signals `json:"before,omitempty"`
	After  *Signals `json:"after,omitempty"`
}

// Signals is what a page says about consent at one moment. What is absent was
// not offered by the page.
type Signals struct {
	TCF         *TCF         `json:"tcf,omitempty"`
	GPP         *GPP         `json:"gpp,omitempty"`
	USP         *USP         `json:"usp,omitempty"`
	ConsentMode *ConsentMode `json:"consentMode,omitempty"`
	GPC         *GPC         `json:"gpc,omitempty"`
}

// SignalSource is where a page gave a string.
type SignalSource string

// The sources.
const (
	SourceInterface    SignalSource = "interface"    // __tcfapi, __gpp or __uspapi
	SourceGPP          SignalSource = "gpp"          // a section of the GPP string
	SourceCookie       SignalSource = "cookie"       // where there is no interface
	SourceLocalStorage SignalSource = "localStorage" // where there is no interface
)

// TCF is the state of the IAB's Transparency and Consent Framework: what
// __tcfapi answers, and its string decoded.
type TCF struct {
	Status              string       `json:"status"`                // cmpStatus of ping: stub, loading, loaded, error; none: there is no __tcfapi; silent: it does not answer
	Source              SignalSource `json:"source,omitempty"`      // of the string
	GDPRApplies         *bool        `json:"gdprApplies,omitempty"` // absent: not said
	String              string       `json:"string,omitempty"`      // absent: none given
	Problem             string       `json:"problem,omitempty"`     // why the string could not be decoded
	CMPID               int          `json:"cmpId,omitempty"`
	PolicyVersion       int          `json:"policyVersion,omitempty"`
	Created             string       `json:"created,omitempty"`          // RFC 3339
	LastUpdated         string       `json:"lastUpdated,omitempty"`      // RFC 3339
	Language            string       `json:"language,omitempty"`         // of the dialog, upper case
	VendorList          int          `json:"vendorList,omitempty"`       // version of the Global Vendor List
	PublisherCountry    string       `json:"publisherCountry,omitempty"` // PublisherCC, ISO 3166-1 alpha-2
	ServiceSpecific     bool         `json:"serviceSpecific,omitempty"`
	PurposeOneTreatment bool         `json:"purposeOneTreatment,omitempty"` // purpose 1 was not asked for at all
	Purposes            []int        `json:"purposes,omitempty"`            // consented, ascending from 1
	LegitimateInterest  []int        `json:"legitimateInterest,omitempty"`  // purposes by legitimate interest, ascending
	SpecialFeatures     []int        `json:"specialFeatures,omitempty"`     // opted in to, ascending from 1
	Vendors             int          `json:"vendors,omitempty"`             // vendors with consent
	VendorsInterest     int          `json:"vendorsInterest,omitempty"`     // vendors by legitimate interest
	Restrictions        int          `json:"restrictions,omitempty"`        // publisher restrictions
	Disclosed           *int         `json:"disclosed,omitempty"`           // vendors in the Disclosed Vendors segment; absent: no such segment
}

// GPP is the state of the IAB's Global Privacy Platform: what __gpp answers,
// and its string decoded.
type GPP struct {
	Status     string       `json:"status"`           // cmpStatus of ping: stub, loading, loaded, error; none: there is no __gpp; silent: it does not answer
	Source     SignalSource `json:"source,omitempty"` // of the string
	String     string       `json:"string,omitempty"`
	Problem    string       `json:"problem,omitempty"`    // why the string could not be decoded
	Sections   []string     `json:"sections,omitempty"`   // in the string, such as tcfeuv2, usnat, usca
	Applicable []int        `json:"applicable,omitempty"` // section ids that the page says apply; -1: none
	OptedOut   []string     `json:"optedOut,omitempty"`   // sale, sharing, targeted-advertising
	GPC        *bool        `json:"gpc,omitempty"`        // the Gpc sub-section; absent: there is none
	Differs    []string     `json:"differs,omitempty"`    // sections whose parsed form is not that of the string
}

// USP is the US Privacy string of the IAB, which GPP has replaced.
type USP struct {
	Source   SignalSource `json:"source"`
	String   string       `json:"string,omitempty"`
	Problem  string       `json:"problem,omitempty"`  // why the string could not be decoded
	Notice   *bool        `json:"notice,omitempty"`   // the visitor was told of the right to opt out; absent: does not apply
	OptedOut *bool        `json:"optedOut,omitempty"` // of sale; absent: does not apply
	LSPA     *bool        `json:"lspa,omitempty"`     // under the Limited Service Provider Agreement; absent: does not apply
}

// ConsentMode is the state of Google Consent Mode, from the data layer and
// from the hits that were sent.
type ConsentMode struct {
	Default      *ConsentTypes  `json:"default,omitempty"`      // the default commands without a region together, the later winning
	Regional     []ConsentTypes `json:"regional,omitempty"`     // the default commands for regions, in their order
	Update       *ConsentTypes  `json:"update,omitempty"`       // the update commands together, the later winning
	DefaultFirst bool           `json:"defaultFirst,omitempty"` // the first default came before any config or event
	TagRan       bool           `json:"tagRan,omitempty"`       // a Google tag was configured or sent a hit
	Hits         []string       `json:"hits,omitempty"`         // values of gcs that were sent, such as G100, sorted
}

// ConsentTypes is what consent commands say, by Google's names (ad_storage,
// analytics_storage, ...), sorted.
type ConsentTypes struct {
	Granted         []string `json:"granted,omitempty"`
	Denied          []string `json:"denied,omitempty"`
	Region          []string `json:"region,omitempty"`          // ISO 3166-2, as written
	WaitForUpdateMs int      `json:"waitForUpdateMs,omitempty"` // how long tags wait for an update
}

// GPC is what the site makes of Global Privacy Control (W3C).
type GPC struct {
	Sent    bool     `json:"sent,omitempty"`    // Sec-GPC was sent and navigator.globalPrivacyControl was on
	Display string   `json:"display,omitempty"` // words by which the page says that the signal was processed
	OptOut  string   `json:"optOut,omitempty"`  // text of the link to opt out of sale or sharing
	File    *GPCFile `json:"file,omitempty"`    // absent: not looked for
}

// GPCFile is /.well-known/gpc.json as it was answered.
type GPCFile struct {
	Status     int    `json:"status"`               // of the response, 0 when none came
	MediaType  string `json:"mediaType,omitempty"`  // without parameters
	GPC        *bool  `json:"gpc,omitempty"`        // absent: missing, or not a boolean
	LastUpdate string `json:"lastUpdate,omitempty"` // as written
	Problem    string `json:"problem,omitempty"`    // why it is not the file that the specification describes, or why there was no response
}
