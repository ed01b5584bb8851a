package evidence

import "cookiescan/scanner"

// Banner is what a pass saw of the consent banner.
type Banner struct {
	Pass string `json:"pass"`
	scanner.Consent
}

// Banners lists the passes in which somebody looked for a banner.
func Banners(d *scanner.Scan) []Banner {
	out := []Banner{}
	for _, p := range d.Passes {
		if p.Consent != nil {
			out = append(out, Banner{p.Phase, *p.Consent})
		}
	}
	return out
}
