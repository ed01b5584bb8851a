package page

// Kinds of statements. The text of one is the sentence as the page has it,
// unless said otherwise.
const (
	// Updated is when the page says that it was last changed. If its date could
	// be read, it is in Declaration.Updated.
	Updated = "updated"
	// Controller is who says to be responsible for the page or the data.
	Controller = "controller"
	// Contact is a way to write: the text is an e-mail address, or a sentence
	// that names a way.
	Contact = "contact"
	// Category is a category that the page names in a heading or a cell; the
	// text is our name of it, a colon, and the page's.
	Category = "category"
	// ThirdParty is a vendor that the page names; the text is its name.
	ThirdParty = "third-party"
	// LegalBasis names a basis in law.
	LegalBasis = "legal-basis"
	// Withdrawal says how a choice can be changed or taken back.
	Withdrawal = "withdrawal"
	// Rights names rights of those whose data are processed: access, erasure,
	// objection and the like.
	Rights = "rights"
	// Complaint says that one can complain to an authority.
	Complaint = "complaint"
	// ConsentByUse takes use of the site for consent.
	ConsentByUse = "consent-by-use"
	// BrowserSettings points to the settings of the browser as a way to refuse.
	BrowserSettings = "browser-settings"
	// TablePromised announces a table or list of cookies.
	TablePromised = "table-promised"
	// OtherStorage names storage that is no cookie.
	OtherStorage = "other-storage"
	// Pixels says that pixels or beacons are used.
	Pixels = "pixels"
	// Transfer says that data leave the European Economic Area, or how that is
	// secured.
	Transfer = "transfer"
	// Changes says that the page may change.
	Changes = "changes"

	// ClaimFirstParty says that only the site itself sets or reads cookies.
	ClaimFirstParty = "claim-first-party"
	// ClaimAnonymous says that what is collected is anonymous.
	ClaimAnonymous = "claim-anonymous"
	// ClaimSessionOnly says that cookies end with the session.
	ClaimSessionOnly = "claim-session-only"
	// ClaimConsentFirst says that nothing is set or loaded before consent.
	ClaimConsentFirst = "claim-consent-first"

	// LinkOptOut is the address of a page on which a visitor can object to a
	// vendor or an industry.
	LinkOptOut = "link-opt-out"
	// LinkBrowserHelp is the address of a browser's help on cookies.
	LinkBrowserHelp = "link-browser-help"
	// LinkPolicy is the address of a provider's policy.
	LinkPolicy = "link-policy"
	// Retired is a link to or a mention of a tool, programme or browser that is
	// no more; the text is the address, or the sentence. Reader.Retired says
	// since when.
	Retired = "retired"
)
