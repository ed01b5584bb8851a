package words

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, row := range []struct{ tag, want string }{
		{"", "en"}, {"en", "en"}, {"de", "de"}, {"DE", "de"}, {"de-AT", "de"}, {"de_AT.UTF-8", "de"}, {"en-GB", "en"},
	} {
		l, err := Language(row.tag)
		if err != nil || l.Tag() != row.want {
			t.Errorf("%q: got %v, %v", row.tag, l, err)
		}
	}
	for _, tag := range []string{"xx", "zh", "no", "deutsch", "C", "../en", "de/..", "-", "\x00"} {
		_, err := Language(tag)
		if err == nil || !strings.Contains(err.Error(), "the languages are") || !strings.Contains(err.Error(), "de, ") {
			t.Errorf("%q: %v", tag, err)
		}
	}
}

func TestParseIsStrict(t *testing.T) {
	for name, src := range map[string]string{
		"unknown key":    "language: de\nnmae: Deutsch\n",
		"another tag":    "language: fr\n",
		"duplicate":      "language: de\nlanguage: de\n",
		"wrong type":     "language: de\npurposes: [a]\n",
		"unknown length": "language: de\ndurations: {decade: {one: x}}\n",
	} {
		if _, err := parse("de", []byte(src)); err == nil || !strings.Contains(err.Error(), "de.yaml") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func of(t *testing.T, tag string) *Lang {
	t.Helper()
	l, err := Language(tag)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestPurpose(t *testing.T) {
	for _, row := range []struct{ tag, key, vendor, want string }{
		{"en", "count-visits", "Hotjar", "Hotjar counts how often you visit the website."},
		{"en", "count-visits", "", "This website counts how often you visit the website."},
		{"en", "count-visits", "iubenda", "iubenda counts how often you visit the website."},
		{"en", "count-visits", "{vendor}", "{vendor} counts how often you visit the website."},
		{"en", "no-such-key", "Hotjar", ""},
		{"en", "", "", ""},
		{"de", "remember-language", "", "Diese Website merkt sich die Sprache, die Sie gewählt haben."},
		{"de", "show-ads", "Google Ads", "Google Ads liefert Werbung aus."},
	} {
		if got := of(t, row.tag).Purpose(row.key, row.vendor); got != row.want {
			t.Errorf("%s %s %q: got %q, want %q", row.tag, row.key, row.vendor, got, row.want)
		}
	}
}

func TestLookups(t *testing.T) {
	de := of(t, "de")
	name, text := de.Category("necessary")
	if name != "Notwendig" || !strings.HasPrefix(text, "Ohne sie") {
		t.Errorf("category: %q %q", name, text)
	}
	if name, text := de.Category("own"); name != "own" || text != "" {
		t.Errorf("unknown category: %q %q", name, text)
	}
	for _, row := range [][2]string{
		{de.Title("lifetime"), "Speicherdauer"},
		{de.Title("own"), "own"},
		{de.CookiesOf("shop.test"), "Cookies von shop.test"},
		{de.Kind("request"), "Anfrage"},
		{de.Kind("own"), "own"},
		{de.Exemption("none"), "Einwilligung nötig"},
		{de.Confidence("inferred"), "erschlossen"},
		{de.Name(), "Deutsch"},
		{de.Number(12345), "12.345"},
		{de.Declared(2 * year), "angegeben: 2 Jahre"},
		{de.Varies(), "schwankt"},
	} {
		if row[0] != row[1] {
			t.Errorf("got %q, want %q", row[0], row[1])
		}
	}
}

func TestLifetime(t *testing.T) {
	for _, row := range []struct{ tag, usual, want string }{
		{"en", "session", "session"},
		{"de", "session", "Sitzung"},
		{"de", "until-cleared", "bis zur Löschung"},
		{"en", "1 year", "1 year"},
		{"en", "2 years", "2 years"},
		{"de", "13 months", "13 Monate"},
		{"de", "1 week", "1 Woche"},
		{"de", "2 weeks", "2 Wochen"},
		{"de", "400 days", "400 Tage"},
		{"de", "30 minutes", "30 Minuten"},
		{"de", "", "unbekannt"},
		{"en", "2 fortnights", "unknown"},
		{"en", "two years", "unknown"},
		{"en", "2", "unknown"},
	} {
		if got := of(t, row.tag).Lifetime(row.usual); got != row.want {
			t.Errorf("%s %q: got %q, want %q", row.tag, row.usual, got, row.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, row := range []struct {
		seconds int64
		en, de  string
	}{
		{-5, "0 seconds", "0 Sekunden"},
		{0, "0 seconds", "0 Sekunden"},
		{1, "1 second", "1 Sekunde"},
		{59, "59 seconds", "59 Sekunden"},
		{60, "1 minute", "1 Minute"},
		{90, "90 seconds", "90 Sekunden"},
		{200, "3 minutes and 20 seconds", "3 Minuten und 20 Sekunden"},
		{1800, "30 minutes", "30 Minuten"},
		{3600, "1 hour", "1 Stunde"},
		{5400, "90 minutes", "90 Minuten"},
		{9000, "2 hours and 30 minutes", "2 Stunden und 30 Minuten"},
		{day - 1, "1 day", "1 Tag"},
		{36 * hour, "36 hours", "36 Stunden"},
		{7 * day, "7 days", "7 Tage"},
		{7*day + 12*hour, "7 days and 12 hours", "7 Tage und 12 Stunden"},
		{30 * day, "30 days", "30 Tage"},
		{month, "1 month", "1 Monat"},
		{90 * day, "90 days", "90 Tage"},
		{91 * day, "3 months", "3 Monate"},
		{100 * day, "100 days", "100 Tage"},
		{180 * day, "6 months", "6 Monate"},
		{184 * day, "6 months", "6 Monate"},
		{360 * day, "360 days", "360 Tage"},
		{365 * day, "1 year", "1 Jahr"},
		{390 * day, "390 days", "390 Tage"},
		{395 * day, "13 months", "13 Monate"},
		{400 * day, "400 days", "400 Tage"},
		{400*day - 600, "400 days", "400 Tage"},
		{730 * day, "2 years", "2 Jahre"},
		{3652 * day, "10 years", "10 Jahre"},
		{7973 * year, "7,973 years", "7.973 Jahre"},
		{1<<63 - 1, "292,471,208,678 years", "292.471.208.678 Jahre"},
	} {
		if got := of(t, "en").Duration(row.seconds); got != row.en {
			t.Errorf("%d seconds: got %q, want %q", row.seconds, got, row.en)
		}
		if got := of(t, "de").Duration(row.seconds); got != row.de {
			t.Errorf("%d seconds: got %q, want %q", row.seconds, got, row.de)
		}
	}
}

// No length of time is worded with a zero part or without its number.
func TestDurationNeverSaysZero(t *testing.T) {
	en := of(t, "en")
	for n := int64(1); n < 3*year; n += 1 + n/97 {
		words := en.Duration(n)
		if strings.HasPrefix(words, "0 ") || strings.Contains(words, " 0 ") || strings.Contains(" "+words, " 1 days") || strings.Contains(words, "{") {
			t.Errorf("%d seconds: %q", n, words)
		}
	}
}

func TestPurposes(t *testing.T) {
	keys := of(t, "en").Purposes()
	if len(keys) < 100 || keys[0] != "administer-site" {
		t.Errorf("%d purposes, the first is %v", len(keys), keys[:1])
	}
}
