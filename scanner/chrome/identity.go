package chrome

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/emulation"

	"cookiescan/scanner/chrome/process"
)

// Identity is what the browser says of itself to sites. The zero value leaves
// the engine's own, which for headless engines says so.
type Identity struct {
	UserAgent string
	Platform  string // navigator.platform
	Languages []string
	Locale    string
	Timezone  string // IANA name, empty: the machine's
	Honest    bool   // the tool names itself: no brands of Chrome
	major     int
	full      string
	device    *Device // nil: a desktop
}

// OrdinaryChrome is the identity of a desktop Chrome of the same version, with
// reduced user agent and client hints as it sends them (Chromium,
// components/embedder_support/user_agent_utils.cc). A headless token makes
// sites behave differently from how they treat visitors.
func OrdinaryChrome(version string, languages []string) Identity {
	major, _, _ := strings.Cut(version, ".")
	var n int
	_, _ = fmt.Sscan(major, &n)
	return Identity{
		UserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + major + ".0.0.0 Safari/537.36",
		Platform:  "Linux x86_64", Languages: languages, Locale: first(languages), major: n, full: version,
	}
}

// HonestScanner is the identity that names the tool.
func HonestScanner(version, tool string, languages []string) Identity {
	id := OrdinaryChrome(version, languages)
	id.UserAgent += " cookiescan/" + tool
	id.Honest = true
	return id
}

// Custom is an identity with the user's own user agent string.
func Custom(userAgent, version string, languages []string) Identity {
	id := OrdinaryChrome(version, languages)
	id.UserAgent = userAgent
	return id
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

// languages is the list that the Accept-Language override takes: a plain list,
// Chromium adds the weights (with weights it adds them twice).
func (id Identity) languages() string { return strings.Join(id.Languages, ",") }

// AcceptLanguage is the header as Chromium writes it: each language 0.1 less.
func (id Identity) AcceptLanguage() string {
	parts := make([]string, 0, len(id.Languages))
	for i, l := range id.Languages {
		if i > 0 {
			l += fmt.Sprintf(";q=0.%d", max(1, 10-i))
		}
		parts = append(parts, l)
	}
	return strings.Join(parts, ",")
}

func (id Identity) metadata() *emulation.UserAgentMetadata {
	if id.major == 0 {
		return nil
	}
	m := &emulation.UserAgentMetadata{Platform: "Linux", PlatformVersion: "6.1.0", Architecture: "x86", Bitness: "64", FormFactors: []string{"Desktop"}}
	m.Brands = id.brands(fmt.Sprint(id.major), "")
	m.FullVersionList = id.brands(id.full, ".0.0.0")
	if id.device != nil {
		return id.device.hints(m)
	}
	return m
}

// brands is the list of Sec-CH-UA: Chromium, the product and a made-up brand
// whose letters and place follow from the major version, so that sites do not
// rely on the list.
func (id Identity) brands(version, suffix string) []*emulation.UserAgentBrandVersion {
	chars := []string{" ", "(", ":", "-", ".", "/", ")", ";", "=", "?", "_"}
	versions := []string{"8", "99", "24"}
	orders := [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	n := id.major
	product := "Google Chrome"
	if id.Honest {
		product = "cookiescan"
	}
	made := &emulation.UserAgentBrandVersion{Brand: "Not" + chars[n%len(chars)] + "A" + chars[(n+1)%len(chars)] + "Brand", Version: versions[n%len(versions)] + suffix}
	list := make([]*emulation.UserAgentBrandVersion, 3)
	order := orders[n%len(orders)]
	list[order[0]] = made
	list[order[1]] = &emulation.UserAgentBrandVersion{Brand: "Chromium", Version: version}
	list[order[2]] = &emulation.UserAgentBrandVersion{Brand: product, Version: version}
	return list
}

// Switches are those for what no override reaches: scripts of service
// workers and nested workers are fetched before their session can say anything.
// The shell sends the list as it is given, the full engine adds the weights.
func (id Identity) Switches(e process.Engine) []string {
	if id.UserAgent == "" {
		return nil
	}
	list := id.AcceptLanguage()
	if e == process.Full {
		list = id.languages()
	}
	return []string{"--user-agent=" + id.UserAgent, "--accept-lang=" + list, "--lang=" + id.Locale}
}

// Languages is the list that Chrome has in a locale: the locale, its language,
// then English.
func Languages(locale string) []string {
	list := []string{locale}
	if language, _, regional := strings.Cut(locale, "-"); regional {
		list = append(list, language)
	}
	for _, l := range []string{"en-US", "en"} {
		if !slices.Contains(list, l) && (l != "en-US" || list[len(list)-1] != "en") {
			list = append(list, l)
		}
	}
	return list
}
