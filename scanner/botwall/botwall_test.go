package botwall

import (
	"strings"
	"testing"
)

const (
	uuid  = "149e9513-01fa-4fb0-aad4-566afd725d1b/2d206a39-8ed7-437e-a3be-862e0f06eea3"
	human = "https://challenges.cloudflare.com/turnstile/v0/api.js"
)

func headers(nameValue ...string) map[string]string {
	h := map[string]string{}
	for i := 0; i < len(nameValue); i += 2 {
		h[nameValue[i]] = nameValue[i+1]
	}
	return h
}

// TestRecognize has pages that are a wall, and what looks like one: sites behind
// the same services that show their page, and pages with a puzzle in a form.
func TestRecognize(t *testing.T) {
	for name, row := range map[string]struct {
		page Page
		want string // vendor; with ! it refuses; empty: no wall
	}{
		"cloudflare":            {Page{Status: 403, Headers: headers("cf-mitigated", "challenge", "server", "cloudflare"), Title: "Einen Moment…"}, "Cloudflare"},
		"cloudflare, old":       {Page{Status: 503, Headers: headers("server", "cloudflare"), Title: "Just a moment..."}, "Cloudflare"},
		"cloudflare by script":  {Page{Status: 403, Loads: []string{"https://a.test/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1"}}, "Cloudflare"},
		"cloudflare refuses":    {Page{Status: 403, Headers: headers("server", "cloudflare"), Title: "Access denied | a.test used Cloudflare to restrict access"}, "Cloudflare!"},
		"datadome":              {Page{Status: 403, Loads: []string{"https://ct.captcha-delivery.com/c.js"}, Cookies: []string{"datadome"}}, "DataDome"},
		"datadome by header":    {Page{Status: 403, Headers: headers("x-dd-b", "1")}, "DataDome"},
		"perimeterx":            {Page{Status: 403, Title: "Access to this page has been denied", Loads: []string{"https://captcha.px-cdn.net/PXabc/captcha.js"}}, "HUMAN (PerimeterX)"},
		"perimeterx by cookie":  {Page{Status: 403, Title: "Access to this page has been denied.", Cookies: []string{"_pxhd"}}, "HUMAN (PerimeterX)"},
		"akamai":                {Page{Status: 200, Loads: []string{"https://a.test/_sec/cp_challenge/sec-4-2.js"}}, "Akamai"},
		"akamai by cookie":      {Page{Status: 428, Cookies: []string{"sec_cpt"}}, "Akamai"},
		"akamai refuses":        {Page{Status: 403, Headers: headers("server", "AkamaiGHost"), Title: "Access Denied"}, "Akamai!"},
		"imperva":               {Page{Status: 200, Loads: []string{"https://a.test/_Incapsula_Resource?SWUDNSAI=31&xinfo=1&incident_id=77-1&edet=12"}}, "Imperva"},
		"imperva, interruption": {Page{Status: 200, Title: "Pardon Our Interruption"}, "Imperva"},
		"imperva, 403":          {Page{Status: 403, Headers: headers("x-iinfo", "1-2"), Loads: []string{"https://a.test/_Incapsula_Resource?SWJIYLWA=7"}}, "Imperva"},
		"aws":                   {Page{Status: 202, Headers: headers("x-amzn-waf-action", "challenge")}, "AWS WAF"},
		"aws captcha":           {Page{Status: 405, Headers: headers("x-amzn-waf-action", "captcha")}, "AWS WAF"},
		"aws by script":         {Page{Status: 202, Loads: []string{"https://b5.eu.token.awswaf.com/b5/e1/challenge.js"}}, "AWS WAF"},
		"kasada":                {Page{Status: 429, Headers: headers("x-kpsdk-ct", "x")}, "Kasada"},
		"kasada by script":      {Page{Status: 429, Loads: []string{"https://a.test/" + uuid + "/ips.js?x=1"}}, "Kasada"},
		"vercel":                {Page{Status: 429, Headers: headers("x-vercel-mitigated", "challenge")}, "Vercel"},
		"vercel by title":       {Page{Status: 429, Title: "Vercel Security Checkpoint"}, "Vercel"},
		"vercel refuses":        {Page{Status: 403, Headers: headers("x-vercel-mitigated", "deny")}, "Vercel!"},
		"sucuri":                {Page{Status: 403, Headers: headers("x-sucuri-block", "1")}, "Sucuri!"},
		"sucuri by title":       {Page{Status: 403, Title: "Sucuri WebSite Firewall - Access Denied"}, "Sucuri!"},
		"ddos-guard":            {Page{Status: 403, Headers: headers("server", "ddos-guard"), Title: "DDoS-Guard"}, "DDoS-Guard"},
		"anubis":                {Page{Status: 200, Title: "Making sure you're not a bot!", Loads: []string{"https://a.test/.within.website/x/cmd/anubis/static/js/main.mjs"}}, "Anubis"},
		"hcaptcha":              {Page{Status: 403, Loads: []string{"https://js.hcaptcha.com/1/api.js"}}, "hCaptcha"},
		"hcaptcha by title":     {Page{Status: 200, Title: "Please verify you are human", Loads: []string{"https://hcaptcha.com/1/api.js"}}, "hCaptcha"},
		"recaptcha":             {Page{Status: 429, Title: "Sorry", Loads: []string{"https://www.google.com/recaptcha/api.js"}}, "reCAPTCHA"},
		"recaptcha by title":    {Page{Status: 200, Title: "Are you a robot?", Loads: []string{"https://www.recaptcha.net/recaptcha/api.js"}}, "reCAPTCHA"},
		"turnstile":             {Page{Status: 403, Loads: []string{human}}, "Turnstile"},

		"cloudflare, empty": {Page{Status: 503, Headers: headers("cf-mitigated", "challenge")}, "Cloudflare"},
		"akamai, empty":     {Page{Status: 403, Headers: headers("server", "AkamaiGHost")}, "Akamai!"},
		"datadome, empty":   {Page{Status: 403, Headers: headers("x-datadome", "protected")}, "DataDome"},

		"empty":                 {Page{Status: 403, Headers: headers("server", "cloudflare")}, ""},
		"akamai, a file":        {Page{Status: 404, Headers: headers("server", "AkamaiGHost")}, ""},
		"datadome, own 403":     {Page{Status: 403, Headers: headers("x-datadome", "protected"), Title: "Members only"}, ""},
		"cloudflare, shown":     {Page{Status: 200, Headers: headers("server", "cloudflare", "cf-ray", "1"), Title: "Shop", Loads: []string{"https://a.test/cdn-cgi/challenge-platform/scripts/jsd/main.js"}, Cookies: []string{"__cf_bm"}}, ""},
		"cloudflare, not there": {Page{Status: 404, Headers: headers("server", "cloudflare"), Title: "Just a moment in time"}, ""},
		"a blog on a moment":    {Page{Status: 200, Title: "Just a moment...", Links: 30}, ""},
		"datadome, shown":       {Page{Status: 200, Headers: headers("x-datadome", "protected"), Loads: []string{"https://js.datadome.co/tags.js"}, Cookies: []string{"datadome"}}, ""},
		"perimeterx, shown":     {Page{Status: 200, Loads: []string{"https://client.px-cloud.net/PXabc/main.min.js"}, Cookies: []string{"_pxhd"}}, ""},
		"akamai, shown":         {Page{Status: 200, Headers: headers("server", "AkamaiGHost"), Cookies: []string{"_abck", "bm_sz"}}, ""},
		"akamai, own 403":       {Page{Status: 403, Headers: headers("server", "AkamaiGHost"), Title: "Members only", Links: 40}, ""},
		"imperva, shown":        {Page{Status: 200, Headers: headers("x-iinfo", "1", "x-cdn", "Imperva"), Loads: []string{"https://a.test/_Incapsula_Resource?SWJIYLWA=719d34d31c8e"}, Links: 50}, ""},
		"aws, shown":            {Page{Status: 200, Loads: []string{"https://b5.eu.token.awswaf.com/b5/e1/challenge.js"}}, ""},
		"kasada, shown":         {Page{Status: 200, Headers: headers("x-kpsdk-ct", "x"), Loads: []string{"https://a.test/" + uuid + "/p.js"}}, ""},
		"vercel, shown":         {Page{Status: 200, Headers: headers("server", "Vercel", "x-vercel-cache", "HIT")}, ""},
		"contact form":          {Page{Status: 200, Title: "Contact", Loads: []string{"https://www.google.com/recaptcha/api.js"}, Fields: 3, Links: 4}, ""},
		"login form":            {Page{Status: 401, Title: "Log in", Loads: []string{"https://js.hcaptcha.com/1/api.js"}, Fields: 2}, ""},
		"security check of tax": {Page{Status: 200, Title: "Security check: how we protect you", Loads: []string{"https://www.google.com/recaptcha/api.js"}, Links: 60}, ""},
		"sign-up":               {Page{Status: 200, Title: "Sign up", Loads: []string{human}, Fields: 4}, ""},
		"forbidden":             {Page{Status: 403, Title: "403 Forbidden"}, ""},
		"too many":              {Page{Status: 429, Title: "Too many requests"}, ""},
		"no page":               {Page{}, ""},
	} {
		w, ok := Recognize(row.page)
		got := w.Vendor
		if w.Refuses {
			got += "!"
		}
		if got != row.want || ok != (row.want != "") {
			t.Errorf("%s: %q, want %q", name, got, row.want)
		}
	}
}

// Every sign is needed, and says more than one common thing.
func TestSigns(t *testing.T) {
	for i, s := range signs() {
		rare := len(s.Headers) + len(s.Title) + len(s.Loads) + len(s.Cookie)
		if s.Vendor == "" || rare == 0 {
			t.Errorf("sign %d of %q says nothing", i+1, s.Vendor)
		}
		for name := range s.Headers {
			if name != strings.ToLower(name) {
				t.Errorf("sign %d: header %s is not in lower case", i+1, name)
			}
		}
	}
	for _, text := range []string{"{", `[{"title": "("}]`, `[{"headers": {"a": "("}}]`} {
		if _, err := read([]byte(text)); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
	for _, w := range []Wall{{Vendor: "A"}, {Vendor: "A", Refuses: true}} {
		if !strings.HasPrefix(w.Sentence(), "A ") || !strings.HasSuffix(w.Sentence(), " in place of the page") {
			t.Errorf("%q", w.Sentence())
		}
	}
}
