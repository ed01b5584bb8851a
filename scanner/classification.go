package scanner

// Classification says what a cookie, a storage item or a tracker is for and who
// is behind it, with the reason and how sure it is. It is a judgement by a rule
// database, and not a fact that was seen.
type Classification struct {
	Category     string   `json:"category"`                // necessary, preferences, statistics, marketing, unclassified
	Exemption    string   `json:"exemption"`               // whether consent is needed: settled, conditional, contested, none; empty when unclassified
	Condition    string   `json:"condition,omitempty"`     // of a conditional or contested exemption, in English
	Purpose      string   `json:"purpose"`                 // a key, empty when unknown
	Vendor       string   `json:"vendor"`                  // name a reader knows, empty when unknown
	VendorID     string   `json:"vendorId,omitempty"`      // of the rule database
	BySite       bool     `json:"bySite,omitempty"`        // the site's operator runs it: own code, or the vendor's as software
	Rule         string   `json:"rule"`                    // vendor/rule, empty when no rule fits
	Basis        string   `json:"basis"`                   // the reason in words, in English
	Confidence   string   `json:"confidence"`              // certain, likely, inferred, none
	Pattern      string   `json:"pattern"`                 // the folded name, such as _ga_*; the name itself when it is not folded
	Lifetime     string   `json:"usualLifetime,omitempty"` // as the rule states it: session, until-cleared, 2 years
	Alternatives []string `json:"alternatives,omitempty"`  // other rules that fit as well and have another category
}

// The categories of a classification.
const (
	Necessary    = "necessary"
	Preferences  = "preferences"
	Statistics   = "statistics"
	Marketing    = "marketing"
	Unclassified = "unclassified"
)

// The degrees of confidence in a classification: name and place agree with a
// rule; a name alone does; only indirect signs speak for it; nothing does.
const (
	Certain       = "certain"
	Likely        = "likely"
	ByInference   = "inferred"
	NotClassified = "none"
)
