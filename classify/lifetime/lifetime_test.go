package lifetime

import (
	"strings"
	"testing"
)

const (
	days   = int64(day)
	hours  = int64(hour)
	months = int64(month)
	years  = int64(year)
)

func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The rows of each language: what people there write, and what it is.
func TestLanguages(t *testing.T) {
	r := reader(t)
	if len(r.languages) != 24 {
		t.Errorf("%d languages", len(r.languages))
	}
	for language, rows := range map[string]map[string]int64{
		"bg": {"13 месеца": 13 * months, "1 година": years, "2 години": 2 * years, "1 ден": days, "30 дни": 30 * days, "24 часа": days, "1 час": hours, "30 минути": 1800, "до 2 години": 2 * years, "една година": years, "1 година и 1 месец": years + months, "1 седмица": 7 * days, "10 секунди": 10, "6 мес.": 6 * months, "от 1 до 13 месеца": 13 * months},
		"cs": {"13 měsíců": 13 * months, "1 rok": years, "2 roky": 2 * years, "5 let": 5 * years, "1 den": days, "30 dní": 30 * days, "24 hodin": days, "30 minut": 1800, "až 2 roky": 2 * years, "jeden rok": years, "půl roku": years / 2, "1 rok a 1 měsíc": years + months, "2 týdny": 14 * days, "10 sekund": 10, "1 až 2 roky": 2 * years},
		"da": {"13 måneder": 13 * months, "1 år": years, "2 år": 2 * years, "1 dag": days, "30 dage": 30 * days, "24 timer": days, "1 time": hours, "30 minutter": 1800, "op til 2 år": 2 * years, "et år": years, "to år": 2 * years, "1 år og en måned": years + months, "2 uger": 14 * days, "10 sekunder": 10, "6 mdr.": 6 * months, "halvandet år": years * 3 / 2, "1-2 år": 2 * years},
		"de": {"13 Monate": 13 * months, "1 Jahr": years, "Max. 2 Jahren": 2 * years, "1 Tag": days, "30 Tagen": 30 * days, "24 Stunden": days, "24-Stunden": days, "30 Minuten": 1800, "bis zu 2 Jahre": 2 * years, "ein Jahr": years, "zwei Jahre": 2 * years, "1 Jahr und 1 Monat": years + months, "2 Wochen": 14 * days, "10 Sek.": 10, "ein halbes Jahr": years / 2, "anderthalb Jahre": years * 3 / 2, "1,5 Jahre": years * 3 / 2, "zwischen 1 Tag und 13 Monaten": 13 * months, "1 Jahr(e)": years, "Speicherdauer: 6 Monate ab dem letzten Besuch": 6 * months, "zwölf (12) Monate": 12 * months, "1.000 Tage": 1000 * days, "1 J.": years},
		"el": {"13 μήνες": 13 * months, "1 έτος": years, "2 έτη": 2 * years, "2 ΧΡΟΝΙΑ": 2 * years, "1 ημέρα": days, "30 ημέρες": 30 * days, "24 ώρες": days, "30 λεπτά": 1800, "έως 2 έτη": 2 * years, "ένα έτος": years, "1 έτος και 1 μήνας": years + months, "2 εβδομάδες": 14 * days, "10 δευτερόλεπτα": 10, "δύο μήνες": 2 * months},
		"en": {"13 months": 13 * months, "1 year": years, "2 years": 2 * years, "2 yrs": 2 * years, "1 day": days, "30 days": 30 * days, "24 hours": days, "24h": days, "30 minutes": 1800, "up to 2 years": 2 * years, "one year": years, "a year": years, "an hour": hours, "half a year": years / 2, "1 year and 1 month": years + months, "1 year, 1 month, 4 days": years + months + 4*days, "1 and a half years": years * 3 / 2, "2 weeks": 14 * days, "10 secs": 10, "6 days 23 hours 59 minutes": 7*days - 60, "1 day - 13 months": 13 * months, "1–13 months": 13 * months, "6/12 months": 12 * months, "between 1 and 2 years": 2 * years, "2 year(s)": 2 * years, "1 year(s) and 1 month(s)": years + months, "one (1) year": years, "24 (twenty-four) months": 24 * months, "1y 6m": years + 6*months, "1h 30m": 5400, "2 years from the last visit": 2 * years, "2 years for members, 6 months for others": 2 * years, "6 months or 2 years": 2 * years, "a few seconds": 44, "1 fortnight": 14 * days, "31 536 000 seconds": years, "31,536,000 seconds": years, "1,000 ms": 1, "6-month": 6 * months, "90 Days": 90 * days, "1½ years": years * 3 / 2, "a minute": 60, "Google Analytics 4: 14 months": 14 * months},
		"es": {"13 meses": 13 * months, "1 año": years, "2 años": 2 * years, "1 día": days, "30 días": 30 * days, "24 horas": days, "30 minutos": 1800, "hasta 2 años": 2 * years, "un año": years, "1 año y 1 mes": years + months, "año y medio": 0, "un año y medio": years * 3 / 2, "2 semanas": 14 * days, "10 segundos": 10, "de 1 a 13 meses": 13 * months, "entre 1 y 2 años": 2 * years, "1 o 2 años": 2 * years, "medio año": years / 2},
		"et": {"13 kuud": 13 * months, "1 aasta": years, "2 aastat": 2 * years, "1 päev": days, "30 päeva": 30 * days, "24 tundi": days, "30 minutit": 1800, "kuni 2 aastat": 2 * years, "üks aasta": years, "1 aasta ja 1 kuu": years + months, "2 nädalat": 14 * days, "10 sekundit": 10, "poolteist aastat": years * 3 / 2},
		"fi": {"13 kuukautta": 13 * months, "1 vuosi": years, "2 vuotta": 2 * years, "1 päivä": days, "30 päivää": 30 * days, "24 tuntia": days, "30 minuuttia": 1800, "enintään 2 vuotta": 2 * years, "yksi vuosi": years, "kahden vuoden": 2 * years, "1 vuosi ja 1 kuukausi": years + months, "2 viikkoa": 14 * days, "10 sekuntia": 10, "6 kk": 6 * months, "puoli vuotta": years / 2, "2 v": 2 * years},
		"fr": {"13 mois": 13 * months, "6 mois": 6 * months, "1 an": years, "2 ans": 2 * years, "1 jour": days, "30 jours": 30 * days, "24 heures": days, "30 minutes": 1800, "jusqu'à 2 ans": 2 * years, "jusqu’à un an": years, "un an": years, "deux années": 2 * years, "1 an et 1 mois": years + months, "un an et demi": years * 3 / 2, "2 semaines": 14 * days, "10 secondes": 10, "de 1 à 13 mois": 13 * months, "13 j": 13 * days, "quelques secondes": 44, "25 mois maximum": 25 * months},
		"ga": {"13 mhí": 13 * months, "1 bhliain": years, "2 bhliain": 2 * years, "1 lá": days, "30 lá": 30 * days, "24 uair an chloig": days, "30 nóiméad": 1800, "suas le 2 bhliain": 2 * years, "dhá bhliain": 2 * years, "1 bhliain agus 1 mhí": years + months, "2 sheachtain": 14 * days, "10 soicind": 10},
		"hr": {"13 mjeseci": 13 * months, "1 godina": years, "2 godine": 2 * years, "1 dan": days, "30 dana": 30 * days, "24 sata": days, "30 minuta": 1800, "do 2 godine": 2 * years, "jedna godina": years, "1 godina i 1 mjesec": years + months, "2 tjedna": 14 * days, "10 sekundi": 10, "1 do 2 godine": 2 * years},
		"hu": {"13 hónap": 13 * months, "1 év": years, "2 évig": 2 * years, "1 nap": days, "30 nap": 30 * days, "hét nap": 7 * days, "két hét": 14 * days, "1 hét": 7 * days, "24 óra": days, "30 perc": 1800, "legfeljebb 2 év": 2 * years, "egy év": years, "másfél év": years * 3 / 2, "1 év és 1 hónap": years + months, "10 másodperc": 10},
		"it": {"13 mesi": 13 * months, "1 anno": years, "2 anni": 2 * years, "1 giorno": days, "30 giorni": 30 * days, "30 gg": 30 * days, "24 ore": days, "un'ora": hours, "30 minuti": 1800, "fino a 2 anni": 2 * years, "un anno": years, "1 anno e 1 mese": years + months, "un anno e mezzo": years * 3 / 2, "2 settimane": 14 * days, "10 secondi": 10, "da 1 a 13 mesi": 13 * months},
		"lt": {"13 mėnesių": 13 * months, "1 metai": years, "2 metus": 2 * years, "1 diena": days, "30 dienų": 30 * days, "24 valandos": days, "30 minučių": 1800, "iki 2 metų": 2 * years, "vieneri metai": years, "1 metai ir 1 mėnuo": years + months, "2 savaitės": 14 * days, "10 sekundžių": 10, "6 mėn.": 6 * months},
		"lv": {"13 mēneši": 13 * months, "1 gads": years, "2 gadi": 2 * years, "1 diena": days, "30 dienas": 30 * days, "24 stundas": days, "30 minūtes": 1800, "līdz 2 gadiem": 2 * years, "viens gads": years, "1 gads un 1 mēnesis": years + months, "2 nedēļas": 14 * days, "10 sekundes": 10},
		"mt": {"13-il xahar": 13 * months, "13 xahar": 13 * months, "sena": 0, "1 sena": years, "sentejn": 2 * years, "2 snin": 2 * years, "jum": 0, "jumejn": 2 * days, "30 jum": 30 * days, "24 siegħa": days, "30 minuta": 1800, "sa sentejn": 2 * years, "1 sena u 1 xahar": years + months, "10 sekondi": 10},
		"nl": {"13 maanden": 13 * months, "1 jaar": years, "2 jaar": 2 * years, "1 dag": days, "30 dagen": 30 * days, "24 uur": days, "30 minuten": 1800, "maximaal 2 jaar": 2 * years, "een jaar": years, "één jaar": years, "1 jaar en 1 maand": years + months, "1 jaar en drie maanden": years + 3*months, "anderhalf jaar": years * 3 / 2, "2 weken": 14 * days, "10 seconden": 10, "1 tot 2 jaar": 2 * years, "30 dagen na het laatste bezoek": 30 * days},
		"pl": {"13 miesięcy": 13 * months, "1 rok": years, "2 lata": 2 * years, "5 lat": 5 * years, "1 dzień": days, "30 dni": 30 * days, "24 godziny": days, "30 minut": 1800, "do 2 lat": 2 * years, "jeden rok": years, "pół roku": years / 2, "1 rok i 1 miesiąc": years + months, "2 tygodnie": 14 * days, "10 sekund": 10, "6 m-cy": 6 * months, "od 1 do 13 miesięcy": 13 * months},
		"pt": {"13 meses": 13 * months, "1 ano": years, "2 anos": 2 * years, "1 dia": days, "30 dias": 30 * days, "24 horas": days, "30 minutos": 1800, "até 2 anos": 2 * years, "um ano": years, "1 ano e 1 mês": years + months, "um ano e meio": years * 3 / 2, "2 semanas": 14 * days, "10 segundos": 10, "5 months 27 dias": 5*months + 27*days},
		"ro": {"13 luni": 13 * months, "1 an": years, "2 ani": 2 * years, "1 zi": days, "30 de zile": 30 * days, "24 de ore": days, "o oră": hours, "30 de minute": 1800, "până la 2 ani": 2 * years, "un an": years, "o lună": months, "1 an și 1 lună": years + months, "2 săptămâni": 14 * days, "10 secunde": 10, "2 la 3 ani": 3 * years},
		"sk": {"13 mesiacov": 13 * months, "1 rok": years, "2 roky": 2 * years, "5 rokov": 5 * years, "1 deň": days, "30 dní": 30 * days, "24 hodín": days, "30 minút": 1800, "až 2 roky": 2 * years, "jeden rok": years, "1 rok a 1 mesiac": years + months, "2 týždne": 14 * days, "10 sekúnd": 10},
		"sl": {"13 mesecev": 13 * months, "1 leto": years, "2 leti": 2 * years, "5 let": 5 * years, "1 dan": days, "30 dni": 30 * days, "24 ur": days, "30 minut": 1800, "do 2 let": 2 * years, "eno leto": years, "1 leto in 1 mesec": years + months, "2 tedna": 14 * days, "10 sekund": 10},
		"sv": {"13 månader": 13 * months, "1 år": years, "2 år": 2 * years, "1 dag": days, "30 dagar": 30 * days, "24 timmar": days, "30 minuter": 1800, "upp till 2 år": 2 * years, "ett år": years, "1 år och 1 månad": years + months, "2 veckor": 14 * days, "10 sekunder": 10, "2 v": 14 * days, "1 till 2 år": 2 * years},
	} {
		for text, want := range rows {
			got := r.Read(text, language)
			if got.Seconds != want || got.Session || got.UntilCleared || got.Guessed || got.Raw != text {
				t.Errorf("%s %q: got %+v, want %d s (%.2f days)", language, text, got, want, float64(want)/day)
			}
		}
	}
}

// The language is only a hint: nearly all texts mean the same without it.
func TestSession(t *testing.T) {
	r := reader(t)
	for _, text := range []string{
		"session", "Session", "Session cookie", "Browser session", "End of session", "Until the browser is closed", "When you close your browser", "Tab closed", "0", "-1", "0 seconds", "Seesion",
		"Sitzung", "Sitzungsende", "Ende der Sitzung", "bis zum Schließen des Browsers", "Bei Beendigung der Browsersitzung",
		"Сесия", "до затваряне на браузъра", "Relace", "do zavření prohlížeče", "Når browseren lukkes", "Συνεδρία", "Μέχρι το κλείσιμο του προγράμματος περιήγησης",
		"Sesión", "al cerrar el navegador", "Seanss", "kuni brauseri sulgemiseni", "Istunto", "Istunnon ajan", "jusqu'à la fermeture du navigateur", "Seisiún", "Sesija",
		"do zatvaranja preglednika", "Munkamenet", "a böngésző bezárásáig", "Sessione", "alla chiusura del browser", "Seansas", "iki naršyklės uždarymo", "Sesijas laikā",
		"Sessjoni", "Sessie", "tot het sluiten van de browser", "zolang uw browser open is", "Sesja", "do zamknięcia przeglądarki", "Sessão", "até fechar o navegador", "Sesiune", "până la închiderea browserului",
		"Relácia", "do zatvorenia prehliadača", "Seja", "do zaprtja brskalnika", "Tills webbläsaren stängs",
	} {
		if got := r.Read(text, ""); !got.Session || got.Seconds != 0 || got.UntilCleared {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

func TestUntilCleared(t *testing.T) {
	r := reader(t)
	for _, text := range []string{
		"persistent", "Persistent", "permanent", "Unlimited", "never expires", "does not expire", "until deleted", "Until you delete it", "No expiry date", "no expiration",
		"dauerhaft", "unbegrenzt", "Läuft nicht ab", "kein Ablauf", "bis zur Löschung", "постоянна", "trvalé", "vedvarende", "μόνιμο", "Persistente", "permanente", "hasta que se borren",
		"püsiv", "pysyvä", "illimitée", "sans limite", "buan", "trajno", "állandó", "tartós", "illimitato", "fino alla cancellazione", "nuolatinis", "pastāvīgs", "permanenti", "onbeperkt",
		"tot verwijdering", "bezterminowo", "do usunięcia", "nunca", "nelimitat", "trvalý", "trajni", "beständig", "tills vidare", "999999999 years",
	} {
		if got := r.Read(text, ""); !got.UntilCleared || got.Seconds != 0 || got.Session {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

func TestBoth(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]Lifetime{
		"Session (1 day)":                     {Seconds: days, Session: true},
		"Session - 2 years":                   {Seconds: 2 * years, Session: true},
		"Sitzung oder 30 Tage":                {Seconds: 30 * days, Session: true},
		"Persistent (1 year)":                 {Seconds: years},
		"Persistent: 13 months":               {Seconds: 13 * months},
		"permanent session":                   {Session: true},
		"30 minutes after the end of session": {Seconds: 1800, Session: true},
		"never longer than 2 years":           {Seconds: 2 * years},
	} {
		want.Raw = text
		if got := r.Read(text, ""); got != want {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

func TestLoneNumbers(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]int64{
		"1": days, "30": 30 * days, "365": 365 * days, "366": 366 * days, "730": 730 * days, "3650": 3650 * days, "7300": 7300 * days, "29200": 29200 * days, " 365 ": 365 * days,
		"1800": 1800, "3600": hours, "86400": days, "2592000": 30 * days, "31536000": years, "63072000": 2 * years, "315360000": 10 * years, "34560000": 400 * days,
		"86400000": days, "3600000": hours, "31536000000": years, "2592000000": 30 * days, "31 536 000": years,
	} {
		if got := r.Read(text, ""); got.Seconds != want || !got.Guessed {
			t.Errorf("%q: got %+v, want %d", text, got, want)
		}
	}
	for _, text := range []string{"1.5", "12345678901234", "99999999999999999999999999"} {
		if got := r.Read(text, ""); got.Known() || got.Guessed {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

func TestISO8601(t *testing.T) {
	r := reader(t)
	for text, want := range map[string]int64{
		"P1Y": years, "P13M": 13 * months, "PT30M": 1800, "P1Y6M": years + 6*months, "P30D": 30 * days, "P2W": 14 * days, "pt1h": hours,
		"Max-Age=63072000": 2 * years, "max-age: 3600": hours,
	} {
		if got := r.Read(text, ""); got.Seconds != want || got.Guessed {
			t.Errorf("%q: got %+v, want %d", text, got, want)
		}
	}
}

// What says nothing, or something that only looks like a lifetime.
func TestUnknown(t *testing.T) {
	r := reader(t)
	for _, text := range []string{
		"", " ", "-", "–", "n/a", "unknown", "unbekannt", "varies", "see above", "Jahr", "year", "1 Jan 2038", "01.01.2038", "2038-01-19T03:14:07Z", "31/12/2037",
		"1st party", "PHPSESSID", "version 2", "6m", "13 j", "fin du mois", "a hónap végén", "días o meses", "Duración en días", "P", "PT", "1 2 3", "١ سنة", "１ year",
		"Max-Age=0", "0 days", "0 Tage", "🍪", "\x00", "\xff\xfe", "%s", "{n}", "1 mouse",
	} {
		if got := r.Read(text, ""); got.Known() {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

func TestReadIsBounded(t *testing.T) {
	r := reader(t)
	for _, text := range []string{
		strings.Repeat("a ", 1<<20), strings.Repeat("half ", 1000), strings.Repeat("9", 5000) + " years", strings.Repeat("1 year and ", 5000),
		strings.Repeat("en to hat ", 1000), strings.Repeat("until ", 1000), strings.Repeat("-", 5000), strings.Repeat("(", 5000),
	} {
		if got := r.Read(text, ""); got.Seconds < 0 || got.Seconds > longest {
			t.Errorf("%.20q: got %+v", text, got.Seconds)
		}
	}
}

// A word that means several units by itself must be one of the few known ones.
func TestAmbiguousUnits(t *testing.T) {
	r := reader(t)
	allowed := map[string]bool{"m": true, "j": true, "v": true}
	for _, words := range []map[string]*word{r.words, r.prefixes} {
		for text, w := range words {
			if len(w.units) > 1 && !allowed[text] {
				t.Errorf("%q is several units: %v", text, w.units)
			}
			if len(w.units) > 0 && (w.session || w.clear) {
				t.Errorf("%q is a unit and more", text)
			}
		}
	}
}

func TestLexiconIsStrict(t *testing.T) {
	r := &Reader{words: map[string]*word{}, prefixes: map[string]*word{}, phrases: map[string][]phrase{}}
	var f file
	f.Units.Day = []string{"two words"}
	if err := r.add(f); err == nil || !strings.Contains(err.Error(), "two words") {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"1 year and 1 month", "Max. 2 Jahren", "5 months 27 dias", "1–13 Monate", "P1Y", "0", "31 536 000 s", "half a year", "un an et demi", "Session (1 day)", "1.000,5 Tage", "1 y 2 años"} {
		f.Add(text, "de")
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, text, language string) {
		got := r.Read(text, language)
		if got.Raw != text || got.Seconds < 0 || got.Seconds > longest {
			t.Errorf("%q: got %+v", text, got)
		}
		if got != r.Read(text, language) {
			t.Errorf("%q: another answer the second time", text)
		}
		if got.UntilCleared && got.Seconds > 0 || got.Guessed && !got.Known() {
			t.Errorf("%q: contradicts itself: %+v", text, got)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	for b.Loop() {
		r.Read("1 Jahr und 1 Monat", "de")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		reader(b)
	}
}
