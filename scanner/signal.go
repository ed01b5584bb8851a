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
	ConsentMode *ConsentMode `json:"consentMode,omitempty"`
	GPC         *GPC         `json:"gpc,omitempty"`
}

// TCF is the state of the IAB's Transparency and Consent Framework: what
// __tcfapi answers, and its string decoded.
type TCF struct {
	Status              string `json:"status"`                // cmpStatus of ping: stub, loading, loaded, error
	GDPRApplies         *bool  `json:"gdprApplies,omitempty"` // absent: not said
	String              string `json:"string,omitempty"`      // absent: none given
	Problem             string `json:"problem,omitempty"`     // why the string could not be decoded
	CMPID               int    `json:"cmpId,omitempty"`
	PolicyVersion       int    `json:"policyVersion,omitempty"`
	Created             string `json:"created,omitempty"`     // RFC 3339
	LastUpdated         string `json:"lastUpdated,omitempty"` // RFC 3339
	Language            string `json:"language,omitempty"`    // of the dialog, upper case
	ServiceSpecific     bool   `json:"serviceSpecific,omitempty"`
	PurposeOneTreatment bool   `json:"purposeOneTreatment,omitempty"` // purpose 1 was not asked for at all
	Purposes            []int  `json:"purposes,omitempty"`            // consented, ascending from 1
	LegitimateInterest  []int  `json:"legitimateInterest,omitempty"`  // purposes by legitimate interest, ascending
	Vendors             int    `json:"vendors,omitempty"`             // vendors with consent
	VendorsInterest     int    `json:"vendorsInterest,omitempty"`     // vendors by legitimate interest
	Disclosed           *int   `json:"disclosed,omitempty"`           // vendors in the Disclosed Vendors segment; absent: no such segment
}

// GPP is the state of the IAB's Global Privacy Platform: what __gpp answers,
// and its string decoded.
type GPP struct {
	Status     string   `json:"status"` // cmpStatus of ping: stub, loading, loaded, error
	String     string   `json:"string,omitempty"`
	Problem    string   `json:"problem,omitempty"`    // why the string could not be decoded
	Sections   []string `json:"sections,omitempty"`   // in the string, such as tcfeuv2, usnat, usca
	Applicable []int    `json:"applicable,omitempty"` // section ids that the page says apply; -1: none
	OptedOut   []string `json:"optedOut,omitempty"`   // sale, sharing, targeted-advertising
	GPC        *bool    `json:"gpc,omitempty"`        // the Gpc sub-section; absent: there is none
	Differs    []string `json:"differs,omitempty"`    // sections whose parsed form is not that of the string
}

// ConsentMode is the state of Google Consent Mode, from the data layer and
// from the hits that were sent.
type ConsentMode struct {
	Default      *ConsentTypes `json:"default,omitempty"`      // the first default command without a region, or else the first
	Update       *ConsentTypes `json:"update,omitempty"`       // the last update command
	DefaultFirst bool          `json:"defaultFirst,omitempty"` // the default came before any config, event or hit
	TagRan       bool          `json:"tagRan,omitempty"`       // a Google tag was configured or sent a hit
	Hits         []string      `json:"hits,omitempty"`         // values of gcs that were sent, such as G100, sorted
}

// ConsentTypes is one consent command, by Google's names (ad_storage,
// analytics_storage, ...), sorted.
type ConsentTypes struct {
	Granted []string `json:"granted,omitempty"`
	Denied  []string `json:"denied,omitempty"`
	Region  []string `json:"region,omitempty"`
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
	Problem    string `json:"problem,omitempty"`    // why it is not the file that the specification describes
}
