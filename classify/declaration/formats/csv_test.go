package formats

import "testing"

// TestTablesInTexts tells texts that are tables from those that have one in
// them, where the name does not say.
func TestTablesInTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"Name,Provider,Expiry\n_ga,Google,2 years\n":                                     true,
		"Cookies of example.com\n\nName;Provider;Expiry\n_ga;Google;2 years\n":           true, // a note above
		"Name\tProvider\tExpiry\nNecessary\nsid\tExample\tSession\n":                     true, // a category alone
		"Name|Provider|Expiry\n_ga|Google|2 years\n":                                     true,
		"| Name | Provider | Expiry |\n|:--|---|--:|\n| _ga | Google | 2 years |\n":      false,
		"Cookie policy\n\nName\tProvider\tExpiry\n_ga\tGoogle\t2 years\n":                false,
		"Name\tProvider\tExpiry\n_ga\tGoogle\t2 years\n\nWe use no other cookies.\n":     false,
		"We list\nName, Provider, Expiry\nof each.\nOthers, we think, are not needed.\n": false,
	} {
		f, ok := Detect("policy.txt", []byte(text))
		if ok != want || ok && f.Name != "csv" {
			t.Errorf("%q: got %t (%s), want %t", text, ok, f.Name, want)
		}
	}
}
