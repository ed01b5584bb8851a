package consent

// Rules is a set of rules for consent platforms in the JSON form of the
// autoconsent project.
type Rules struct {
	List     []Rule
	Problems []Problem // what of the file is not understood
}

// Problem is something in a rule file that is not understood or cannot be run.
type Problem struct {
	Rule string
	Text string
}

// Rule knows one consent platform, or the banner of one site.
type Rule struct {
	Name string
}

// LoadRules reads a rule file. name is for messages.
func LoadRules(name string, data []byte) (*Rules, error) { return nil, errNotYet }
