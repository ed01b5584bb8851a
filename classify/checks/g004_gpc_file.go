package checks

import "cookiescan/scanner"

func g004() Check {
	return Check{
		ID: "G004", Slug: "gpc_file", Title: "gpc.json missing or malformed", Class: scanner.ClassHygiene, Since: firstRuleset,
		Levels:  Levels{EU: asNote, CH: asNote, UK: asNote, USCA: asWarning},
		Sources: []Source{gpcSpec()},
		Needs:   [][]Need{{PassGPC, GPCFile}},
		Run:     gpcFile,
	}
}

// gpcFile says nothing of a missing file but in California: the file is a MAY.
func gpcFile(c *Context) []Observation {
	f := c.gpc().File
	o := Observation{Kind: "signal", Subject: "gpc.json", Domain: c.site(), Sure: scanner.SureCertain}
	switch {
	case f.Status == 404 || f.Status == 410:
		if c.profile != USCA {
			return nil
		}
		o.Message, o.Most = "/.well-known/gpc.json does not exist; the file is optional", asNote
	case f.Status != 200: // a firewall's answer, or none that is the file's
		return nil
	case f.Problem != "":
		o.Message = "/.well-known/gpc.json is not what the specification describes: " + f.Problem
	case f.MediaType != "application/json":
		o.Message = "/.well-known/gpc.json is served as " + f.MediaType + ", not application/json"
	case f.GPC == nil:
		o.Message = "/.well-known/gpc.json has no gpc that is true or false"
	default:
		return nil
	}
	o.Evidence = []scanner.Evidence{{Pass: "gpc", URL: "https://" + hostOf(c.scan.Target.URL) + "/.well-known/gpc.json", Detail: "as it was answered"}}
	return []Observation{o}
}
