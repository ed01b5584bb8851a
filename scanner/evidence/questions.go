package evidence

import (
	"slices"
	"strings"
)

// Answer is the answer to a question that is asked of digital evidence.
type Answer struct {
	Question string `json:"question"`
	In       string `json:"in,omitempty"`          // field of the manifest, or file of the folder
	Why      string `json:"notRecorded,omitempty"` // why there is none
}

// questions are those that auditors, regulators and courts ask of the capture of
// a website. An answer in a file that a folder does not have is none.
func questions() []Answer {
	return []Answer{
		{"Which tool, in which version, built from which sources?", "tool", ""},
		{"Which rules classified what was found?", "rules", ""},
		{"Which list decided what is first party?", "suffixList", ""},
		{"Which browser, in which build?", "browser", ""},
		{"What was typed on the command line?", "runs", ""},
		{"Which settings held?", "settings", ""},
		{"Who made the scan?", "operator", "--operator was not given"},
		{"For which case?", "case", "--case was not given"},
		{"When was it, and how long did it take?", "runs", ""},
		{"Whose clock is it, and is it right?", "clock", ""},
		{"How far is the clock from a time server, in milliseconds?", "", "no time server is asked; clock has what the system itself says"},
		{"Are times of pages times by a clock?", "pageTime", ""},
		{"On which machine?", "system", ""},
		{"From which country?", "visitor.region", "--region was not given"},
		{"From which public address?", "", "finding it out would need a service on the internet, and no host is contacted but those of the site"},
		{"By which address family?", "visitor", ""},
		{"Through which proxy?", "visitor.proxy", ""},
		{"In which language and time zone?", "visitor", ""},
		{"As which browser did it show itself?", "visitor.userAgent", ""},
		{"In which window?", "browser.window", "the size of the window is not known"},
		{"Was the profile empty at the start of each pass?", "passes", ""},
		{"In which consent states was the site seen?", "passes", ""},
		{"Was it seen in an ordinary browser too?", "secondLook", "--confirm was not given, or there was nothing to look for again"},
		{"What was pressed, scrolled, typed?", EventsFile, ""},
		{"What did the consent banner say?", BannersFile, ""},
		{"Which pages were visited, in which order?", EventsFile, ""},
		{"What was not covered?", "scan.json", ""},
		{"Which servers were contacted, at which addresses?", "hosts", ""},
		{"Which DNS answers led there?", "", "the resolver of the system is used; of its answers, hosts has the addresses that were connected to"},
		{"Which certificates did they show?", "hosts", ""},
		{"What did the Set-Cookie headers say, and in answer to which request?", SetCookieFile, ""},
		{"Which scripts set what?", "scan.json", ""},
		{"What was in storage after each pass?", "scan.json", ""},
		{"How did it look?", Screenshots + "/", "there are no screenshots"},
		{"Which requests were made?", EventsFile, ""},
		{"With which headers and bodies?", "", "of headers only Set-Cookie is kept, of bodies nothing"},
		{"What was the network traffic?", "", "traffic is not captured"},
		{"What was the source of the banner and of the policy page?", "", "pages are not archived as the server sent them"},
		{"What did the cookie policy say?", Policies + "/", "no page was read: no banner links to one, or it could not be read"},
		{"Was the machine free of malware?", "", "it is not examined"},
		{"How often was the scan repeated?", "", "it was made once"},
		{"How were pages sampled, and would the same ones be taken again?", "settings", ""},
		{"Can changes of the log be seen?", EventsFile, ""},
		{"Can changes of the files be seen?", SumsFile, ""},
		{"Who vouches for the files?", "signature", "--sign was not given"},
		{"Does a time stamp authority vouch for the time?", "", "no such service is asked; SHA256SUMS can be given to one (RFC 3161)"},
		{"Are values of cookies in the folder?", "digests", ""},
		{"Does the folder hold personal data?", "handling", ""},
	}
}

// answers gives each question its place in this folder, or the reason why there
// is none.
func answers(m *Manifest) []Answer {
	absent := map[string]bool{
		"operator": m.Operator == "", "case": m.Case == "", "visitor.region": m.Visitor.Region == "",
		"browser.window": m.Browser.Window == "", "signature": m.Signature == nil,
		"secondLook": m.SecondLook == nil,
	}
	out := questions()
	for i := range out {
		a := &out[i]
		file := strings.Contains(a.In, "/")
		there := slices.ContainsFunc(m.Files, func(f File) bool { return strings.HasPrefix(f.Path, a.In) })
		switch {
		case a.In == "":
		case absent[a.In], file && !there:
			a.In, a.Why = "", orElse(a.Why, "there was nothing of this kind")
		default:
			a.Why = ""
		}
	}
	return out
}
