package page

import (
	"slices"
	"testing"

	"cookiescan/classify/declaration"
)

// said are the kinds of the statements of a page, other than categories.
func said(d *declaration.Declaration) []string {
	var kinds []string
	for _, s := range d.Statements {
		if s.Kind != Category && !slices.Contains(kinds, s.Kind) {
			kinds = append(kinds, s.Kind)
		}
	}
	return kinds
}

// TestSentences reads sentences as policies have them, in the language that the
// page says, and asks for a kind of statement.
func TestSentences(t *testing.T) {
	r := newReader(t)
	for language, sentences := range map[string]map[string]string{
		"en": {
			"By continuing to browse the site you agree to our use of cookies.":                         ConsentByUse,
			"We only use first-party cookies.":                                                          ClaimFirstParty,
			"The data are collected anonymously.":                                                       ClaimAnonymous,
			"We use only session cookies.":                                                              ClaimSessionOnly,
			"No tracking cookies are set before you give your consent.":                                 ClaimConsentFirst,
			"Analytics cookies are only set after you have given your consent.":                         ClaimConsentFirst,
			"You can withdraw your consent at any time.":                                                Withdrawal,
			"The legal basis is Article 6(1)(a) GDPR.":                                                  LegalBasis,
			"You can change the settings of your browser to refuse them.":                               BrowserSettings,
			"The cookies we use are listed in the table below.":                                         TablePromised,
			"We also store items in local storage.":                                                     OtherStorage,
			"Web beacons tell us which e-mails were opened.":                                            Pixels,
			"Some data are processed outside the European Economic Area.":                               Transfer,
			"Click on the Help button of your browser (e.g. Internet Explorer or Firefox).":             Retired,
			"You may opt out through the Network Advertising Initiative’s Opt-Out Tool.":                Retired,
			"This site is operated by thornbury Fisheries Ltd, 3 Quay Street.":                          Controller,
			"Write to privacy@thornbury.example with any question.":                                     Contact,
			"We may change this page without prior notice, so please check this page from time to time": Changes,
		},
		"de": {
			"Durch die weitere Nutzung der Website erklären Sie sich mit Cookies einverstanden.": ConsentByUse,
			"Wir verwenden ausschließlich eigene Cookies.":                                       ClaimFirstParty,
			"Die Daten werden anonymisiert erhoben.":                                             ClaimAnonymous,
			"Wir verwenden nur Session-Cookies.":                                                 ClaimSessionOnly,
			"Analyse-Cookies werden erst nach Ihrer Einwilligung gesetzt.":                       ClaimConsentFirst,
			"Sie können Ihre Einwilligung jederzeit widerrufen.":                                 Withdrawal,
			"Rechtsgrundlage ist Art. 6 Abs. 1 lit. f DSGVO.":                                    LegalBasis,
			"Sie können Ihren Browser so einstellen, dass er Cookies ablehnt.":                   BrowserSettings,
			"Verantwortlich für diese Website ist die Auental Mühlen GmbH, Am Wehr 2.":           Controller,
		},
		"fr": {
			"En poursuivant votre navigation, vous acceptez l’utilisation de cookies.": ConsentByUse,
			"Ces statistiques sont anonymes.":                                          ClaimAnonymous,
			"Aucun cookie n’est déposé avant votre consentement.":                      ClaimConsentFirst,
			"Vous pouvez retirer à tout moment votre consentement.":                    Withdrawal,
			"La base légale est l’intérêt légitime.":                                   LegalBasis,
			"Vous pouvez paramétrer votre navigateur pour les refuser.":                BrowserSettings,
			"Nous utilisons uniquement des cookies de session.":                        ClaimSessionOnly,
		},
		"es": {
			"Si continúa navegando, consideramos que acepta su uso.": ConsentByUse, "Solo utilizamos cookies propias.": ClaimFirstParty, "Los datos son anónimos.": ClaimAnonymous,
			"Puede retirar su consentimiento en cualquier momento.": Withdrawal, "Puede configurar su navegador para bloquear las cookies.": BrowserSettings,
		},
		"it": {
			"Proseguendo la navigazione acconsenti all’uso dei cookie.": ConsentByUse, "Utilizziamo esclusivamente cookie di sessione.": ClaimSessionOnly, "I dati sono raccolti in forma anonima.": ClaimAnonymous,
			"È possibile revocare il consenso in ogni momento.": Withdrawal, "La base giuridica è il consenso.": LegalBasis,
		},
		"nl": {
			"Door verder gebruik te maken van deze website gaat u akkoord met cookies.": ConsentByUse, "De gegevens worden anoniem verwerkt.": ClaimAnonymous,
			"U kunt uw toestemming altijd intrekken.": Withdrawal, "Trackingcookies plaatsen wij pas na uw toestemming.": ClaimConsentFirst, "U kunt uw browser zo instellen dat deze cookies blokkeert.": BrowserSettings,
		},
		"pl": {
			"Korzystając z serwisu wyrażasz zgodę na pliki cookie.": ConsentByUse, "Dane są anonimowe.": ClaimAnonymous, "Możesz w każdej chwili wycofać zgodę.": Withdrawal, "Podstawą prawną jest zgoda.": LegalBasis,
		},
		"pt": {
			"Ao continuar a navegar, aceita a utilização de cookies.": ConsentByUse, "Os dados são anónimos.": ClaimAnonymous, "Pode retirar o seu consentimento.": Withdrawal, "Pode configurar o seu navegador.": BrowserSettings,
		},
		"sv": {
			"Genom att fortsätta använda webbplatsen godkänner du kakor.": ConsentByUse, "Uppgifterna är anonyma.": ClaimAnonymous, "Du kan när som helst återkalla ditt samtycke.": Withdrawal, "Rättslig grund är samtycke.": LegalBasis,
		},
		"da": {
			"Ved at fortsætte med at bruge siden accepterer du cookies.": ConsentByUse, "Data er anonyme.": ClaimAnonymous, "Du kan altid trække dit samtykke tilbage.": Withdrawal,
		},
		"fi": {
			"Jatkamalla sivuston käyttöä hyväksyt evästeet.": ConsentByUse, "Tiedot ovat anonyymejä.": ClaimAnonymous, "Voit peruuttaa suostumuksesi milloin tahansa.": Withdrawal,
		},
		"cs": {
			"Používáním webu souhlasíte s cookies.": ConsentByUse, "Údaje jsou anonymní.": ClaimAnonymous, "Souhlas můžete kdykoli odvolat.": Withdrawal, "Právním základem je souhlas.": LegalBasis,
		},
		"el": {
			"Συνεχίζοντας την περιήγηση αποδέχεστε τα cookies.": ConsentByUse, "Τα δεδομένα είναι ανώνυμα.": ClaimAnonymous, "Μπορείτε να ανακαλέσετε τη συγκατάθεσή σας.": Withdrawal,
		},
		"hu": {
			"Az oldal használatával Ön elfogadja a sütiket.": ConsentByUse, "Az adatok névtelenek.": ClaimAnonymous, "Hozzájárulását bármikor visszavonhatja.": Withdrawal, "A jogalap az Ön hozzájárulása.": LegalBasis,
		},
		"ro": {
			"Continuând navigarea, sunteți de acord cu utilizarea cookie-urilor.": ConsentByUse, "Datele sunt anonime.": ClaimAnonymous, "Vă puteți retrage consimțământul.": Withdrawal,
		},
		"bg": {"Използвайки сайта, вие се съгласявате с бисквитките.": ConsentByUse, "Данните са анонимни.": ClaimAnonymous},
		"sk": {"Používaním stránky súhlasíte s cookies.": ConsentByUse, "Údaje sú anonymné.": ClaimAnonymous},
		"hr": {"Nastavkom pregledavanja prihvaćate kolačiće.": ConsentByUse, "Podaci su anonimni.": ClaimAnonymous},
		"sl": {"Z uporabo spletne strani soglašate s piškotki.": ConsentByUse},
		"lt": {"Naudodamiesi svetaine sutinkate su slapukais.": ConsentByUse},
		"lv": {"Turpinot lietot vietni, jūs piekrītat sīkdatnēm.": ConsentByUse},
		"et": {"Jätkates saidi kasutamist nõustute küpsistega.": ConsentByUse},
	} {
		for text, want := range sentences {
			d, err := r.Read("policy.html", []byte(`<html lang="`+language+`"><p>`+text+`</p></html>`))
			if err != nil {
				t.Fatal(err)
			}
			if got := said(d); !slices.Contains(got, want) {
				t.Errorf("%s: %q says %q, want %s", language, text, got, want)
			}
		}
	}
}

// TestNothingSaid reads sentences that say none of what they may be taken for.
func TestNothingSaid(t *testing.T) {
	r := newReader(t)
	for text, not := range map[string]string{
		"If you agree, we use cookies to count visits.":                            ConsentByUse,
		"Cookies are only set if you click Accept.":                                ConsentByUse,
		"We use first-party and third-party cookies.":                              ClaimFirstParty,
		"Session cookies are deleted when you close the browser.":                  ClaimFirstParty,
		"We use session cookies and persistent cookies.":                           ClaimSessionOnly,
		"Your browser must support cookies for the basket to work.":                Withdrawal,
		"Cookies are small text files that a website places on your device.":       ClaimAnonymous,
		"We ask for your consent.":                                                 ClaimConsentFirst,
		"A cookie may hold the number of your table in our restaurant.":            TablePromised,
		"The Explorer of the internet archive is a program of somebody else.":      Retired,
		"The store at the corner is local, and its storage is closed on Mondays.":  OtherStorage,
		"All rights are reserved, and nothing may be copied.":                      Rights,
		"You have the right to withdraw your consent.":                             Rights,
		"For complaints about a delivery write to our shop.":                       Complaint,
		"Outside, on the terrace, we serve coffee in the open air all year round.": Transfer,
	} {
		d, err := r.Read("policy.html", []byte(`<html lang="en"><p>`+text+`</p></html>`))
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(said(d), not) {
			t.Errorf("%q is taken for %s", text, not)
		}
	}
}

// TestWhatSessionCookiesAre tells a sentence that explains session cookies from
// one that says of all cookies that they end with the session.
func TestWhatSessionCookiesAre(t *testing.T) {
	r := newReader(t)
	for language, x := range map[string]struct{ explains, claims string }{
		"en": {"Session cookies are deleted when you close your browser.", "Our cookies are deleted when you close your browser."},
		"de": {"Session-Cookies werden beim Schließen des Browsers gelöscht.", "Alle Cookies werden beim Schließen des Browsers gelöscht."},
		"es": {"Las cookies de sesión se eliminan al cerrar el navegador.", "Las cookies se eliminan al cerrar el navegador."},
		"fr": {"Les cookies de session sont supprimés à la fermeture du navigateur.", "Nos cookies sont supprimés à la fermeture du navigateur."},
		"it": {"I cookie di sessione vengono cancellati alla chiusura del browser.", "I cookie vengono cancellati alla chiusura del browser."},
		"nl": {"Sessie-cookies worden verwijderd zodra u de browser sluit.", "Alle cookies worden verwijderd zodra u de browser sluit."},
	} {
		for text, want := range map[string]bool{x.explains: false, x.claims: true} {
			d, err := r.Read("policy.html", []byte(`<html lang="`+language+`"><p>`+text+`</p></html>`))
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Contains(said(d), ClaimSessionOnly); got != want {
				t.Errorf("%s: %q says that there are only session cookies: %v, want %v", language, text, got, want)
			}
		}
	}
}

// TestRightsAndComplaints reads, in every language, what a policy says of the
// rights of those whose data are processed and of the authority.
func TestRightsAndComplaints(t *testing.T) {
	r := newReader(t)
	for language, sentences := range map[string][2]string{
		"bg": {"Вие имате право на изтриване на Вашите лични данни.", "Имате право да подадете жалба до Комисията за защита на личните данни."},
		"cs": {"Máte právo požadovat opravu nebo výmaz údajů.", "Máte právo podat stížnost u Úřadu pro ochranu osobních údajů."},
		"da": {"Du har ret til indsigt i de oplysninger, vi behandler om dig.", "Du kan klage til Datatilsynet."},
		"de": {"Ihnen stehen die Rechte auf Auskunft, Berichtigung und Löschung zu.", "Es besteht ein Beschwerderecht bei der zuständigen Aufsichtsbehörde."},
		"el": {"Έχετε δικαίωμα διαγραφής των δεδομένων σας.", "Έχετε δικαίωμα να υποβάλετε καταγγελία στην Αρχή Προστασίας Δεδομένων."},
		"en": {"You have a right of access to your data.", "You may complain to the Information Commissioner."},
		"es": {"Puede ejercer los derechos de acceso, rectificación y supresión.", "Puede reclamar ante la Agencia Española de Protección de Datos."},
		"et": {"Teil on õigus nõuda oma andmete kustutamist.", "Kaebuse saab esitada Andmekaitse Inspektsioonile."},
		"fi": {"Sinulla on oikeus tarkastaa ja oikaista tietosi.", "Voit valittaa tietosuojavaltuutetulle."},
		"fr": {"Vous disposez d’un droit d’accès, de rectification et d’opposition.", "Vous pouvez adresser une plainte à la CNIL."},
		"ga": {"Tá sé de cheart agat do shonraí a cheartú.", "Is féidir gearán a dhéanamh leis an gCoimisiún nó le húdarás maoirseachta."},
		"hr": {"Imate pravo na brisanje svojih podataka.", "Pritužbu možete podnijeti Agenciji za zaštitu osobnih podataka."},
		"hu": {"Ön jogosult adatai törlését kérni.", "Panasszal fordulhat a hatósághoz (NAIH)."},
		"it": {"Lei ha diritto di chiedere la cancellazione dei dati.", "È possibile proporre reclamo al Garante."},
		"lt": {"Turite teisę prašyti ištrinti savo duomenis.", "Skundą galite pateikti Valstybinei duomenų apsaugos inspekcijai."},
		"lv": {"Jums ir tiesības dzēst savus datus.", "Sūdzību var iesniegt Datu valsts inspekcijai."},
		"mt": {"Għandek id-dritt ta’ aċċess għad-data tiegħek.", "Tista’ tressaq ilment quddiem il-Kummissarju."},
		"nl": {"U hebt recht op inzage in uw gegevens.", "U kunt een klacht indienen bij de Autoriteit Persoonsgegevens."},
		"pl": {"Przysługuje Pani/Panu prawo do usunięcia danych.", "Ma Pani/Pan prawo wnieść skargę do Prezesa UODO."},
		"pt": {"Tem o direito de acesso aos seus dados.", "Pode apresentar queixa à autoridade de controlo."},
		"ro": {"Aveți dreptul la ștergerea datelor.", "Puteți depune o plângere la ANSPDCP, autoritatea de supraveghere."},
		"sk": {"Máte právo na vymazanie údajov.", "Môžete podať sťažnosť Úradu na ochranu osobných údajov."},
		"sl": {"Imate pravico do izbrisa podatkov.", "Pritožbo lahko vložite pri Informacijskem pooblaščencu."},
		"sv": {"Du har rätt till tillgång till dina uppgifter.", "Du kan lämna klagomål till Integritetsskyddsmyndigheten."},
	} {
		for i, want := range []string{Rights, Complaint} {
			d, err := r.Read("policy.html", []byte(`<html lang="`+language+`"><p>`+sentences[i]+`</p></html>`))
			if err != nil {
				t.Fatal(err)
			}
			if got := said(d); !slices.Contains(got, want) {
				t.Errorf("%s: %q says %q, want %s", language, sentences[i], got, want)
			}
		}
	}
	if n := len(r.words.statements); n != 24 {
		t.Errorf("there are words of %d languages", n)
	}
}

func TestUpdated(t *testing.T) {
	r := newReader(t)
	for _, test := range []struct{ language, text, want string }{
		{"en", "Last updated: 22 October 2021", "2021-10-22"},
		{"en", "This statement was last updated in May 2018.", "2018-05-31"},
		{"en", "Last updated October 1st, 2026", "2026-10-01"},
		{"en", "Effective date: 2026-02-28", "2026-02-28"},
		{"en", "Cookie declaration last updated on 3/14/2026", "2026-03-14"},
		{"en-GB", "Last updated on 03/04/2026", "2026-04-03"},
		{"en", "Cookie declaration last updated on 11/3/26 by Cookiebot:", "2026-11-03"},
		{"de", "Die Cookie-Erklärung wurde das letzte Mal am 03.11.26 von Cookiebot aktualisiert:", "2026-11-03"},
		{"nl", "Cookieverklaring laatst bijgewerkt op 3-11-26 door Cookiebot:", "2026-11-03"},
		{"fr", "Votre déclaration de cookies a été mise à jour le 03/11/26 par Cookiebot :", "2026-11-03"},
		{"es", "La declaración de cookies fue actualizada por última vez el 3/11/26 por Cookiebot:", "2026-11-03"},
		{"it", "Dichiarazione dei cookie aggiornata l'ultima volta il 03/11/26 da Cookiebot:", "2026-11-03"},
		{"en", "Version 2.1.14 of the application", ""},
		{"en", "11/3/26", ""},
		{"en", "22 October 2021 | Version: 1.1", "2021-10-22"},
		{"en", "We were founded in May 2018 by two sisters who loved the sea and its weather.", ""},
		{"en", "Last updated: 31 February 2021", "2021-02-28"},
		{"de", "Stand: 12. März 2026", "2026-03-12"},
		{"de", "Zuletzt geändert am 01.02.2025", "2025-02-01"},
		{"fr", "Dernière mise à jour : 1er août 2025", "2025-08-01"},
		{"es", "Última actualización: 5 de enero de 2026", "2026-01-05"},
		{"it", "Ultimo aggiornamento: 8 luglio 2024", "2024-07-08"},
		{"nl", "Dit cookiebeleid is voor het laatst bijgewerkt op 4 februari 2026.", "2026-02-04"},
		{"pl", "Ostatnia aktualizacja: 3 czerwca 2025 r.", "2025-06-03"},
		{"pt", "Última atualização: 9 de setembro de 2025", "2025-09-09"},
		{"sv", "Senast uppdaterad 17 maj 2025", "2025-05-17"},
		{"da", "Sidst opdateret den 2. december 2025", "2025-12-02"},
		{"fi", "Päivitetty viimeksi 6. kesäkuuta 2025", "2025-06-06"},
		{"cs", "Poslední aktualizace: 14. července 2025", "2025-07-14"},
		{"el", "Τελευταία ενημέρωση: 20 Μαΐου 2025", "2025-05-20"},
		{"hu", "Utolsó módosítás: 2025. október 22.", "2025-10-22"},
		{"ro", "Ultima actualizare: 11 noiembrie 2025", "2025-11-11"},
		{"lv", "Pēdējo reizi atjaunināts 2026. gada 3. martā", "2026-03-03"},
		{"lv", "2026. gada 22. oktobris", "2026-10-22"},
		{"lv", "Pēdējās izmaiņas: 3. marts, 2026. gads", "2026-03-03"},
		{"lt", "Paskutinį kartą atnaujinta 2026 m. kovo 3 d.", "2026-03-03"},
		{"lt", "Atnaujinta: 2025 m. gruodžio 31 d.", "2025-12-31"},
		{"lt", "Atnaujinta 2026 kovo 3", "2026-03-03"},
		{"lt", "Atnaujinta 2026 m. kovo mėn.", "2026-03-31"},
		{"lv", "Atjaunināts 2026. gada martā", "2026-03-31"},
	} {
		d, err := r.Read("policy.html", []byte(`<html lang="`+test.language+`"><p>`+test.text+`</p></html>`))
		if err != nil {
			t.Fatal(err)
		}
		if d.Updated != test.want {
			t.Errorf("%q: got %q, want %q", test.text, d.Updated, test.want)
		}
	}
}

func TestLinks(t *testing.T) {
	r := newReader(t)
	for address, want := range map[string]string{
		"https://tools.google.com/dlpage/gaoptout?hl=de":                     LinkOptOut,
		"https://www.youronlinechoices.com/":                                 LinkOptOut,
		"https://support.mozilla.org/en-US/kb/cookies":                       LinkBrowserHelp,
		"https://policies.google.com/privacy":                                LinkPolicy,
		"https://www.hotjar.com/legal/policies/privacy/":                     LinkPolicy,
		"https://optout.networkadvertising.org/?c=1":                         Retired,
		"https://support.microsoft.com/help/17442/internet-explorer-cookies": Retired,
		"mailto:privacy@heronbank.example?subject=x":                         Contact,
	} {
		d, err := r.Read("policy.html", []byte(`<html lang="en"><p>See <a href="`+address+`">here</a>.</p></html>`))
		if err != nil {
			t.Fatal(err)
		}
		if got := said(d); !slices.Contains(got, want) {
			t.Errorf("%s is %q, want %s", address, got, want)
		}
	}
	for _, address := range []string{"/cookies", "https://www.heronbank.example/privacy", "https://example.com", "javascript:void(0)"} {
		d, err := r.Read("policy.html", []byte(`<html lang="en"><p>See <a href="`+address+`">here</a>.</p></html>`))
		if err != nil {
			t.Fatal(err)
		}
		if got := said(d); len(got) > 0 {
			t.Errorf("%s is %q, want nothing", address, got)
		}
	}
}

func TestRetired(t *testing.T) {
	r := newReader(t)
	got := r.Retired("https://optout.networkadvertising.org/")
	if len(got) != 1 || got[0].Since != "2025-09-15" || got[0].Verified == "" || got[0].Source == "" {
		t.Errorf("got %+v", got)
	}
	if got := r.Retired("https://tools.google.com/dlpage/gaoptout"); len(got) > 0 {
		t.Errorf("got %+v", got)
	}
}

// TestPromise reads a page that announces what it does not have.
func TestPromise(t *testing.T) {
	r := newReader(t)
	d, err := r.Read("policy.txt", []byte("Cookies\n\nIn the table below you see our cookies.\n\nFor questions contact us via\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.NotUnderstood) != 2 || len(d.Entries) != 0 {
		t.Errorf("got %+v", d)
	}
}

// TestRowsAreNoSentences: what the row of a table says of its cookie, a page does
// not claim of all.
func TestRowsAreNoSentences(t *testing.T) {
	d, err := newReader(t).Read("policy.md", []byte("## Které cookies používáme, za jakým účelem a jak dlouho\n\n### Statistické\n\nCookies a podobné technologie v kategorii Statistické\n\n| Název | Poskytovatel | Účel | Doba uložení | Druh | Podmínky |\n| --- | --- | --- | --- | --- | --- |\n| `zz_visitor` | [Zebrastat Ltd](<https://zebrastat.test/privacy>) | Zebrastat Ltd rozlišuje jednotlivé návštěvníky, aby je bylo možné spočítat. | 1 rok | Cookie<br>první strana | Pouze s vaším souhlasem<br>Právní základ: váš souhlas<br>Doména: shop.test<br>Příjemci: Zebrastat Ltd |\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Entries) != 1 || slices.Contains(said(d), ClaimConsentFirst) {
		t.Errorf("%d entries, says %q", len(d.Entries), said(d))
	}
}

// Who is responsible often stands in the lines below the sentence that says so.
func TestControllerBelow(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]bool{
		"<p>Responsible for this website is:</p><p>Auental Mills Ltd</p><p>3 Quay Street</p>":                        true,
		"<p>The controller is:</p><ul><li>Ana Kovac</li><li>3 Quay Street</li><li>ana@mills.example</li></ul>":       true,
		"<p>The controller is: Auental Mills Ltd, 3 Quay Street.</p>":                                                true,
		"<p>The controller is responsible.</p><p>Auental Mills Ltd</p>":                                              false,
		"<p>The controller is:</p><p>a</p><p>b</p><p>c</p><p>d</p><p>e</p><p>We use tools of Auental Mills Ltd.</p>": false,
		"<p>Our partners are:</p><p>Auental Mills Ltd</p>":                                                           false,
	} {
		d, err := r.Read("policy.html", []byte(`<html lang="en">`+text+`</html>`))
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(d.Statements, func(s declaration.Statement) bool { return s.Kind == Controller })
		if got != want {
			t.Errorf("%s: %t, want %t", text, got, want)
		}
	}
}
