package ledger

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"cookiescan/scanner"
	"cookiescan/scanner/setcookie"
)

// Bounds of the look for personal data: a value may be megabytes, and made to
// take long. Lengths are in octets.
const (
	maxPersonal = 64 << 10
	minEncoded  = 12  // of base64: shorter ones hold no address
	maxEncoded  = 32  // pieces that are decoded
	maxLooks    = 100 // candidates of a kind in a text
	maxAddress  = 256
)

// personalIn tells what a value of a site holds of a person, by shape: plain,
// percent-encoded, or in base64 as tokens are. Only the kinds leave it.
func personalIn(value, site string) []scanner.Personal {
	value = value[:min(len(value), maxPersonal)]
	texts := []string{value}
	for range 2 { // scripts encode what is encoded already
		text := texts[len(texts)-1]
		if plain := unescape(text); plain != text {
			texts = append(texts, plain)
		}
	}
	texts = append(texts, decoded(texts[len(texts)-1])...)
	var kinds []scanner.Personal
	if slices.ContainsFunc(texts, func(t string) bool { return hasEmail(t, site) }) {
		kinds = append(kinds, scanner.PersonalEmail)
	}
	if slices.ContainsFunc(texts, hasPhone) {
		kinds = append(kinds, scanner.PersonalPhone)
	}
	return kinds
}

// unescape undoes percent-encoding and leaves what is none as it is.
func unescape(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if octet, err := hex.DecodeString(text[i+1 : i+3]); err == nil {
				b.WriteByte(octet[0])
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// decoded are the texts that stand in base64 in a text, in either alphabet.
func decoded(text string) []string {
	var list []string
	for piece := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+/-_", r)
	}) {
		if len(piece) < minEncoded {
			continue
		}
		encoding := base64.RawStdEncoding
		if strings.ContainsAny(piece, "-_") {
			encoding = base64.RawURLEncoding
		}
		plain, err := encoding.DecodeString(piece)
		if err == nil && utf8.Valid(plain) && !hasControl(plain) {
			list = append(list, string(plain))
		}
		if len(list) == maxEncoded {
			break
		}
	}
	return list
}

func hasControl(text []byte) bool {
	return slices.ContainsFunc(text, func(b byte) bool { return b < 0x20 && b != '\n' && b != '\t' && b != '\r' })
}

var email = regexp.MustCompile(`(?i)[a-z0-9._+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}`)

// roles are the local parts that stand for no person (RFC 2142 and custom).
var roles = []string{
	"abuse", "admin", "bookings", "contact", "contacto", "datenschutz", "dpo", "hello", "help", "hola", "hostmaster", "info", "jobs", "kontakt",
	"mail", "marketing", "no-reply", "noc", "noreply", "office", "orders", "postmaster", "presse", "press", "privacy", "sales", "security", "service",
	"shop", "support", "team", "user", "username", "webmaster", "you", "your", "name", "email",
}

// hasEmail tells whether a text holds an address of a person: not one of the
// site, which its pages show to everybody, nor of a role, nor an example.
func hasEmail(text, site string) bool {
	if !strings.Contains(text, "@") {
		return false
	}
	for _, at := range email.FindAllStringIndex(text, maxLooks) {
		local, domain, _ := strings.Cut(strings.ToLower(text[at[0]:at[1]]), "@")
		suffix, icann := publicsuffix.PublicSuffix(domain)
		owner := setcookie.Site(domain)
		switch {
		case inAddress(text[:at[0]]), !icann, suffix == domain:
		case owner == site, slices.Contains(roles, strings.Trim(local, ".+-_")):
		case strings.HasPrefix(owner, "example."): // RFC 2606 section 3
		default:
			return true
		}
	}
	return false
}

// inAddress tells whether what follows is part of the address of a resource,
// such as the key in https://key@host.
func inAddress(before string) bool {
	before = before[max(0, len(before)-maxAddress):]
	start := strings.LastIndexAny(before, "\"' ,;&=\n<>()|")
	return strings.Contains(before[start+1:], "//")
}

var (
	// phone is a number in its international form (ITU-T E.123).
	phone = regexp.MustCompile(`\+[1-9](?:[ ().-]{0,2}[0-9]){7,15}`)
	// country is a country code and a length that E.164 allows: those of one and
	// two digits, and the first two of those of three. North American numbers
	// are told from moments of time by their own plan.
	country = regexp.MustCompile(`^(?:1[2-9][0-9]{2}[2-9][0-9]{6}|(?:7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|2[1-69]|3[578]|42|5[09]|6[7-9]|8[58]|9[679])[0-9]{7,13})$`)
)

// hasPhone tells whether a text holds a telephone number with its country code.
// Others cannot be told from plain numbers.
func hasPhone(text string) bool {
	if !strings.Contains(text, "+") {
		return false
	}
	for _, at := range phone.FindAllStringIndex(text, maxLooks) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		after, _ := utf8.DecodeRuneInString(text[at[1]:])
		if isWord(before) || isWord(after) || strings.ContainsRune("+/_.-", before) {
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, text[at[0]:at[1]])
		if country.MatchString(digits) {
			return true
		}
	}
	return false
}

// isWord tells whether a character makes what stands beside it part of more.
func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
