package consent

// Signals are what a page tells its partners about the choice.
type Signals struct {
	TCF     *TCF          `json:"tcf,omitempty"`
	GPP     *GPP          `json:"gpp,omitempty"`
	Mode    []ConsentMode `json:"consentMode,omitempty"`
	Cookies []string      `json:"cookies,omitempty"` // names of cookies that script can read and that consent platforms are known to use
}

// TCF is the answer of __tcfapi('getTCData').
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

// ConsentMode is one command of Google Consent Mode in the dataLayer.
type ConsentMode struct {
	Command string            `json:"command"` // default or update
	Values  map[string]string `json:"values"`  // such as ad_storage: denied
	Region  []string          `json:"region,omitempty"`
}
