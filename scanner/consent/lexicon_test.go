package consent

import (
	"fmt"
	"strings"
	"testing"
)

// TestInterest: every language has words for a legitimate interest.
func TestInterest(t *testing.T) {
	have := map[string]bool{}
	for _, p := range lexicon().phrases["interest"] {
		have[p.language] = true
	}
	for language := range lexicon().stop {
		if !have[language] {
			t.Errorf("%s has none", language)
		}
	}
	for text, want := range map[string]bool{
		"Legitimate interest": true, "Berechtigtes Interesse": true, "Intérêt légitime": true, "Oprávněný zájem": true, "Έννομο συμφέρον": true,
		"Uzasadniony interes": true, "Consent or legitimate interest": false, "Interest-based ads": false, "Marketing": false,
	} {
		if ofInterest(text) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
}

func TestLexiconFiles(t *testing.T) {
	w, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	if len(w.stop) != 33 {
		t.Errorf("%d languages, want 24 official ones of the EU and 9 more", len(w.stop))
	}
	for key, list := range w.phrases {
		said := map[string]bool{}
		for _, p := range list {
			k := fmt.Sprint(p)
			if said[k] {
				t.Errorf("%s: %q is there twice, with marks and without or in two forms of a letter", p.language, key+": "+strings.Join(p.tokens, " "))
			}
			said[k] = true
		}
	}
	for language := range w.stop {
		for _, key := range []string{"accept", "reject", "settings", "save", "close", "more", "reopen", "subscribe", "necessary", "or", "policy", "recipients", "topic", "about", "not"} {
			n := 0
			for _, p := range w.phrases[key] {
				if p.language == language {
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: no phrase for %s", language, key)
			}
		}
	}
}

// TestPolicyLinks: the words of a link stand in the case that its sentence asks for.
func TestPolicyLinks(t *testing.T) {
	for text, want := range map[string]bool{
		"Zásadách ochrany osobních údajů": true, "Politique en matière de cookies": true, "Polityce cookies": true, "Πολιτικής Cookies": true,
		"Pravilima o kolačićima": true, "tietosuojaselosteesta": true, "evästeselosteesta": true, "Slapukų politikoje": true,
		"Powered by GDPR Cookie Compliance": false, "WordPress Cookie Plugin von Real Cookie Banner": false, "Cookies": false, "Our policy": false,
	} {
		if lexicon().reads(text) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
}

// TestRoles has the texts of buttons by language.
func TestRoles(t *testing.T) {
	for _, language := range []struct {
		name  string
		texts map[Role][]string
	}{
		{"en", map[Role][]string{
			RoleAccept:    {"Accept all cookies", "I agree", "OK", "Got it!", "Allow all", "Accept & continue", "Accept and close", "Yes, I accept", "Consent"},
			RoleReject:    {"Reject all", "Decline", "Only necessary cookies", "Accept only necessary", "Continue without accepting", "No, thanks", "Use essential cookies only", "I do not agree", "Do not consent", "Strictly necessary only", "Refuse non-essential cookies"},
			RoleSettings:  {"Manage preferences", "Cookie settings", "Customise", "More options", "Let me choose", "Show details"},
			RoleSave:      {"Save preferences", "Confirm my choices", "Allow selection", "Accept selected", "Save and close"},
			RoleClose:     {"Close", "×", "X", "Dismiss", "Close GDPR Cookie Settings"},
			RoleMore:      {"Learn more", "Privacy policy", "Cookie policy", "Read more"},
			RoleReopen:    {"Withdraw consent", "Revoke my consent"},
			RoleSubscribe: {"Subscribe", "Subscribe to reject", "Pay and reject"},
			"":            {"Add to basket", "Next", "Home", "Necessary cookies", "Search"},
		}},
		{"de", map[Role][]string{
			RoleAccept:    {"Alle akzeptieren", "Zustimmen", "Einverstanden", "Ich stimme zu", "Alle Cookies zulassen", "Akzeptieren und weiter", "Alles klar"},
			RoleReject:    {"Ablehnen", "Alle ablehnen", "Nur notwendige Cookies", "Nur technisch notwendige akzeptieren", "Weiter ohne Zustimmung", "Ohne zu akzeptieren fortfahren", "Nicht akzeptieren", "Nur essenzielle Cookies akzeptieren"},
			RoleSettings:  {"Einstellungen", "Cookie-Einstellungen", "Datenschutzeinstellungen", "Individuelle Datenschutz-Präferenzen", "Datenschutz-Einstellungen", "Anpassen", "Mehr Optionen", "Einstellungen verwalten"},
			RoleSave:      {"Auswahl speichern", "Speichern", "Auswahl bestätigen", "Auswahl akzeptieren"},
			RoleMore:      {"Mehr erfahren", "Datenschutzerklärung", "Impressum"},
			RoleSubscribe: {"Jetzt abonnieren", "Mit PUR-Abo", "Werbefrei lesen"},
			RoleClose:     {"Schließen"},
		}},
		{"fr", map[Role][]string{
			RoleAccept:    {"Tout accepter", "J'accepte", "D'accord", "Accepter & Fermer", "OK, j'ai compris"},
			RoleReject:    {"Tout refuser", "Continuer sans accepter →", "Je refuse", "Uniquement les cookies nécessaires", "Non merci", "Interdire tous les cookies"},
			RoleSettings:  {"Personnaliser", "Paramétrer les cookies", "Gérer mes préférences", "Je choisis / Configurer", "Voir les finalités"},
			RoleSave:      {"Enregistrer", "Valider mes choix", "Confirmer la sélection"},
			RoleMore:      {"En savoir plus", "Politique de confidentialité", "Voir nos partenaires"},
			RoleSubscribe: {"S'abonner", "Je m'abonne pour 2 €"},
			RoleClose:     {"Fermer"},
		}},
		{"es", map[Role][]string{
			RoleAccept: {"Aceptar todas", "Aceptar", "Entendido", "Permitir todas las cookies"}, RoleReject: {"Rechazar todo", "No aceptar", "Solo las necesarias", "Continuar sin aceptar"},
			RoleSettings: {"Configurar", "Configuración de cookies", "Más opciones"}, RoleSave: {"Guardar preferencias", "Confirmar mis preferencias"}, RoleMore: {"Más información", "Política de cookies"},
		}},
		{"it", map[Role][]string{
			RoleAccept: {"Accetta tutti", "Accetto", "Acconsento", "Ho capito"}, RoleReject: {"Rifiuta tutti", "Continua senza accettare", "Solo necessari", "Accetta solo i cookie necessari", "Non accetto"},
			RoleSettings: {"Personalizza", "Gestisci preferenze", "Impostazioni cookie"}, RoleSave: {"Salva preferenze", "Conferma selezione"}, RoleMore: {"Maggiori informazioni", "Informativa sulla privacy"}, RoleClose: {"Chiudi"},
		}},
		{"nl", map[Role][]string{
			RoleAccept: {"Alles accepteren", "Akkoord", "Alle cookies toestaan", "Ja, ik accepteer"}, RoleReject: {"Weigeren", "Alles weigeren", "Alleen noodzakelijke cookies", "Doorgaan zonder te accepteren", "Niet akkoord", "Liever niet"},
			RoleSettings: {"Instellingen", "Cookie-instellingen", "Voorkeuren aanpassen", "Zelf instellen"}, RoleSave: {"Opslaan", "Selectie toestaan", "Keuze opslaan"}, RoleMore: {"Meer informatie", "Privacybeleid"},
		}},
		{"pt", map[Role][]string{
			RoleAccept: {"Aceitar todos", "Concordo", "Permitir todos"}, RoleReject: {"Rejeitar todos", "Recusar", "Apenas os necessários", "Continuar sem aceitar"},
			RoleSettings: {"Definições", "Personalizar", "Gerir cookies"}, RoleSave: {"Guardar preferências", "Confirmar escolhas"}, RoleReopen: {"Retirar consentimento"},
			RoleMore: {"Saber mais", "Política de privacidade"},
		}},
		{"pl", map[Role][]string{
			RoleAccept: {"Akceptuję wszystkie", "Zgadzam się", "Przejdź do serwisu", "Zaakceptuj wszystko", "Zezwól na wszystkie"}, RoleReject: {"Odrzuć wszystkie", "Nie zgadzam się", "Tylko niezbędne", "Odmowa", "Zaakceptuj tylko niezbędne"},
			RoleSettings: {"Ustawienia", "Dostosuj", "Zarządzaj plikami cookie", "Ustawienia zaawansowane"}, RoleSave: {"Zapisz ustawienia", "Potwierdź wybór"}, RoleMore: {"Dowiedz się więcej", "Polityka prywatności"},
		}},
		{"cs", map[Role][]string{
			RoleAccept: {"Přijmout vše", "Souhlasím", "Povolit všechny", "Rozumím"}, RoleReject: {"Odmítnout vše", "Pouze nezbytné", "Nesouhlasím", "Jen nezbytné cookies"},
			RoleSettings: {"Nastavení", "Přizpůsobit", "Podrobné nastavení"}, RoleSave: {"Uložit nastavení", "Potvrdit výběr"}, RoleMore: {"Více informací"},
		}},
		{"sk", map[Role][]string{
			RoleAccept: {"Prijať všetko", "Súhlasím", "Povoliť všetky"}, RoleReject: {"Odmietnuť všetko", "Iba nevyhnutné", "Nesúhlasím"},
			RoleSettings: {"Nastavenia", "Prispôsobiť"}, RoleSave: {"Uložiť nastavenia"}, RoleMore: {"Viac informácií"},
		}},
		{"sl", map[Role][]string{
			RoleAccept: {"Sprejmi vse", "Strinjam se", "Dovoli vse"}, RoleReject: {"Zavrni vse", "Samo nujni", "Ne strinjam se"},
			RoleSettings: {"Nastavitve", "Prilagodi"}, RoleSave: {"Shrani nastavitve"}, RoleMore: {"Več informacij"},
		}},
		{"hr", map[Role][]string{
			RoleAccept: {"Prihvati sve", "Slažem se", "Prihvaćam"}, RoleReject: {"Odbij sve", "Samo nužni", "Ne prihvaćam"},
			RoleSettings: {"Postavke", "Prilagodi"}, RoleSave: {"Spremi postavke"}, RoleMore: {"Saznaj više"},
		}},
		{"bg", map[Role][]string{
			RoleAccept: {"Приемам всички", "Съгласен съм", "Приемане на всички"}, RoleReject: {"Отхвърляне на всички", "Само необходимите", "Отказвам", "Не приемам"},
			RoleSettings: {"Настройки", "Персонализиране"}, RoleSave: {"Запази настройките"}, RoleMore: {"Научете повече"},
		}},
		{"el", map[Role][]string{
			RoleAccept: {"Αποδοχή όλων", "Συμφωνώ", "Αποδέχομαι"}, RoleReject: {"Απόρριψη όλων", "Μόνο απαραίτητα", "Δεν αποδέχομαι", "Συνέχεια χωρίς αποδοχή"},
			RoleSettings: {"Ρυθμίσεις", "Προσαρμογή", "Διαχείριση επιλογών"}, RoleSave: {"Αποθήκευση επιλογών"}, RoleMore: {"Μάθετε περισσότερα"},
		}},
		{"da", map[Role][]string{
			RoleAccept: {"Accepter alle", "Tillad alle", "OK", "Godkend alle"}, RoleReject: {"Afvis alle", "Kun nødvendige", "Nej tak", "Fortsæt uden at acceptere"},
			RoleSettings: {"Indstillinger", "Tilpas", "Vis detaljer"}, RoleSave: {"Gem indstillinger", "Tillad valgte"}, RoleMore: {"Læs mere"},
		}},
		{"sv", map[Role][]string{
			RoleAccept: {"Acceptera alla", "Godkänn alla cookies", "Jag förstår"}, RoleReject: {"Neka alla", "Endast nödvändiga", "Avvisa", "Fortsätt utan att acceptera"},
			RoleSettings: {"Inställningar", "Anpassa", "Hantera cookies"}, RoleSave: {"Spara inställningar", "Tillåt urval"}, RoleMore: {"Läs mer"},
		}},
		{"fi", map[Role][]string{
			RoleAccept: {"Hyväksy kaikki", "Hyväksyn", "Salli kaikki evästeet"}, RoleReject: {"Hylkää kaikki", "Vain välttämättömät", "Hyväksy vain välttämättömät", "En hyväksy", "Kiellä kaikki"},
			RoleSettings: {"Asetukset", "Evästeasetukset", "Muokkaa valintoja"}, RoleSave: {"Tallenna valinnat", "Salli valitut"}, RoleMore: {"Lue lisää"},
		}},
		{"et", map[Role][]string{
			RoleAccept: {"Nõustu kõigiga", "Luban kõik", "Nõustun"}, RoleReject: {"Keeldu", "Ainult vajalikud", "Ei nõustu", "Lükka kõik tagasi"},
			RoleSettings: {"Seaded", "Kohanda"}, RoleSave: {"Salvesta valikud", "Luba valik"}, RoleMore: {"Loe lähemalt"},
		}},
		{"lv", map[Role][]string{
			RoleAccept: {"Piekrītu visām", "Pieņemt visas", "Apstiprināt visas"}, RoleReject: {"Noraidīt visas", "Tikai nepieciešamās", "Nepiekrītu"},
			RoleSettings: {"Iestatījumi", "Pielāgot"}, RoleSave: {"Saglabāt izvēli"}, RoleMore: {"Uzzināt vairāk"},
		}},
		{"lt", map[Role][]string{
			RoleAccept: {"Sutinku su visais", "Priimti visus", "Leisti visus"}, RoleReject: {"Atmesti visus", "Tik būtini", "Nesutinku"},
			RoleSettings: {"Nustatymai", "Tinkinti"}, RoleSave: {"Išsaugoti pasirinkimą"}, RoleMore: {"Sužinoti daugiau"},
		}},
		{"hu", map[Role][]string{
			RoleAccept: {"Összes elfogadása", "Elfogadom", "Rendben", "Az összes engedélyezése"}, RoleReject: {"Összes elutasítása", "Csak a szükségesek", "Elutasítom", "Nem fogadom el", "Folytatás elfogadás nélkül"},
			RoleSettings: {"Beállítások", "Testreszabás", "Részletek megjelenítése"}, RoleSave: {"Beállítások mentése", "Kiválasztottak engedélyezése"}, RoleMore: {"További információ"},
		}},
		{"ro", map[Role][]string{
			RoleAccept: {"Acceptă toate", "Sunt de acord", "Permite toate"}, RoleReject: {"Respinge toate", "Doar cele necesare", "Refuz", "Continuă fără a accepta"},
			RoleSettings: {"Setări", "Personalizează", "Modifică setările"}, RoleSave: {"Salvează preferințele", "Permite selecția"}, RoleMore: {"Află mai multe"},
		}},
		{"ga", map[Role][]string{
			RoleAccept: {"Glac le gach fianán", "Aontaím"}, RoleReject: {"Diúltaigh do gach fianán", "Fianáin riachtanacha amháin"},
			RoleSettings: {"Socruithe", "Bainistigh roghanna"}, RoleSave: {"Sábháil roghanna"}, RoleMore: {"Tuilleadh eolais"},
		}},
		{"mt", map[Role][]string{
			RoleAccept: {"Aċċetta kollox", "Naqbel"}, RoleReject: {"Irrifjuta kollox", "Dawk meħtieġa biss"},
			RoleSettings: {"Preferenzi", "Immaniġġja l-għażliet"}, RoleSave: {"Issejvja l-preferenzi"}, RoleMore: {"Aktar informazzjoni"},
		}},
		{"nb", map[Role][]string{
			RoleAccept: {"Godta alle", "Jeg godtar", "Tillat alle", "Aksepter alle"}, RoleReject: {"Avvis alle", "Kun nødvendige", "Bare nødvendige", "Nei takk"},
			RoleSettings: {"Innstillinger", "Tilpass", "Endre valg"}, RoleSave: {"Lagre valg", "Tillat valgte"}, RoleMore: {"Les mer"},
		}},
		{"is", map[Role][]string{
			RoleAccept: {"Samþykkja allar", "Leyfa allar", "Ég samþykki"}, RoleReject: {"Hafna öllum", "Aðeins nauðsynlegar", "Leyfa aðeins nauðsynlegar"},
			RoleSettings: {"Stillingar", "Sérsníða"}, RoleSave: {"Vista stillingar"}, RoleMore: {"Lesa meira"},
		}},
		{"tr", map[Role][]string{
			RoleAccept: {"Tümünü kabul et", "Kabul ediyorum", "Tümüne izin ver", "Anladım"}, RoleReject: {"Tümünü reddet", "Yalnızca gerekli çerezler", "Kabul etmiyorum", "Reddet"},
			RoleSettings: {"Ayarlar", "Çerez ayarları", "Özelleştir"}, RoleSave: {"Tercihleri kaydet", "Seçime izin ver"}, RoleMore: {"Daha fazla bilgi"},
		}},
		{"uk", map[Role][]string{
			RoleAccept: {"Прийняти всі", "Погоджуюсь", "Дозволити всі"}, RoleReject: {"Відхилити всі", "Лише необхідні", "Не погоджуюсь", "Відмовитися"},
			RoleSettings: {"Налаштування", "Налаштувати"}, RoleSave: {"Зберегти налаштування", "Підтвердити вибір"}, RoleMore: {"Дізнатися більше"},
		}},
		{"ca", map[Role][]string{
			RoleAccept: {"Accepta-ho tot", "D'acord", "Acceptar totes"}, RoleReject: {"Rebutja-ho tot", "Només les necessàries", "Continua sense acceptar"},
			RoleSettings: {"Configuració", "Personalitza"}, RoleSave: {"Desa les preferències"}, RoleMore: {"Més informació"},
		}},
		{"eu", map[Role][]string{
			RoleAccept: {"Onartu guztiak", "Ados nago", "Onartu"}, RoleReject: {"Baztertu guztiak", "Beharrezkoak bakarrik", "Ez onartu"},
			RoleSettings: {"Ezarpenak", "Pertsonalizatu"}, RoleSave: {"Gorde aukerak"}, RoleMore: {"Informazio gehiago"},
		}},
		{"gl", map[Role][]string{
			RoleAccept: {"Aceptar todas", "De acordo"}, RoleReject: {"Rexeitar todas", "Só as necesarias", "Continuar sen aceptar"},
			RoleSettings: {"Axustes", "Configuración"}, RoleSave: {"Gardar preferencias"}, RoleMore: {"Máis información"},
		}},
		{"ar", map[Role][]string{
			RoleAccept:   {"قبول الكل", "قبول جميع ملفات تعريف الارتباط", "أوافق", "موافق", "السماح للكل", "حسنًا"},
			RoleReject:   {"رفض الكل", "الضرورية فقط", "قبول الضرورية فقط", "لا أوافق", "المتابعة دون قبول"},
			RoleSettings: {"الإعدادات", "إعدادات ملفات تعريف الارتباط", "تخصيص", "إدارة التفضيلات"}, RoleSave: {"حفظ الإعدادات", "تأكيد اختياراتي", "حفظ وإغلاق"},
			RoleMore: {"اعرف المزيد", "سياسة الخصوصية"}, RoleClose: {"إغلاق"}, RoleReopen: {"سحب الموافقة"}, RoleSubscribe: {"اشترك الآن"}, "": {"الرئيسية", "أضف إلى السلة", "بحث"},
		}},
		{"he", map[Role][]string{
			RoleAccept:   {"אישור הכל", "אני מאשר/ת", "קבל הכל", "אפשר הכל", "הבנתי"},
			RoleReject:   {"דחה הכל", "דחיית הכל", "רק עוגיות הכרחיות", "הכרחיות בלבד", "לא מסכים", "המשך ללא הסכמה"},
			RoleSettings: {"הגדרות", "הגדרות עוגיות", "התאמה אישית", "ניהול העדפות"}, RoleSave: {"שמירת הגדרות", "אישור הבחירה"},
			RoleMore: {"מידע נוסף", "מדיניות פרטיות"}, RoleClose: {"סגור"}, RoleReopen: {"ביטול הסכמה"}, RoleSubscribe: {"הרשמה למנוי"}, "": {"דף הבית", "הוספה לסל", "חיפוש"},
		}},
	} {
		for want, texts := range language.texts {
			for _, text := range texts {
				if got, _ := lexicon().role(text); got != want {
					t.Errorf("%s: %q is %q, want %q", language.name, text, got, want)
				}
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	for want, text := range map[string]string{
		"ar": "نستخدم ملفات تعريف الارتباط لتحليل الزيارات وعرض الإعلانات على هذا الموقع.",
		"he": "אנו משתמשים בעוגיות כדי לשפר את חוויית הגלישה שלך באתר.",
		"en": "We use cookies to improve your experience on our website. You can accept all or manage your settings.",
		"de": "Wir verwenden Cookies, um Ihnen die beste Erfahrung auf unserer Website zu bieten. Sie können alle akzeptieren.",
		"fr": "Nous utilisons des cookies pour améliorer votre expérience sur notre site et mesurer l'audience.",
		"es": "Utilizamos cookies propias y de terceros para analizar la navegación de los usuarios en nuestra web.",
		"it": "Utilizziamo i cookie per migliorare la tua esperienza di navigazione sul nostro sito.",
		"nl": "Wij gebruiken cookies om de website te verbeteren en voor advertenties van onze partners.",
		"pl": "Używamy plików cookie, aby poprawić działanie naszej strony i wyświetlać reklamy.",
		"el": "Χρησιμοποιούμε cookies για να βελτιώσουμε την εμπειρία σας στον ιστότοπό μας.",
		"fi": "Käytämme evästeitä parantaaksemme sivuston käyttökokemusta ja mainonnan kohdentamiseen.",
		"hu": "Weboldalunk sütiket használ a felhasználói élmény javítása érdekében. Az oldal használatával Ön is.",
		"da": "Vi bruger cookies for at give dig en bedre oplevelse på vores hjemmeside og til statistik.",
		"nb": "Vi bruker informasjonskapsler for å gi deg en bedre opplevelse på nettstedet vårt.",
		"sv": "Vi använder cookies för att ge dig en bättre upplevelse på vår webbplats.",
		"cs": "Používáme soubory cookie, abychom zlepšili váš zážitek na našich stránkách a pro analýzu návštěvnosti.",
	} {
		if got := lexicon().language(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestMoreTexts has texts of real banners that the lists by language lack.
func TestMoreTexts(t *testing.T) {
	for role, texts := range map[Role][]string{
		RoleAccept:   {"I'm happy with all cookies", "Ja, prima", "Det er OK"},
		RoleReject:   {"Odbaci sve", "Odbaci", "Reject or opt out", "Ablehnen oder schließen"},
		RoleSettings: {"Einstellungen oder ablehnen", "Ablehnen oder Einstellungen", "Manage or reject", "Paramétrer ou refuser", "Impostazioni o rifiuta", "Asetukset tai kieltäydy", "Instellen of weigeren", "Je choisis", "Scopri di più e personalizza", "Zaawansowane"},
		RoleMore:     {"Scopri di più", "Learn more about our privacy settings"},
		RoleClose:    {"Dialoogvenster sluiten", "Fermer la boîte de dialogue", "Cerrar el diálogo", "Zavřít dialogové okno", "Stäng dialogrutan", "Luk dialog", "Κλείσιμο διαλόγου", "Chiudi questa informativa"},
	} {
		for _, text := range texts {
			if got, _ := lexicon().role(text); got != role {
				t.Errorf("%q is %q, want %q", text, got, role)
			}
		}
	}
}

// TestPlatformTexts has texts that platforms bring along: Klaro's, then
// tarteaucitron's.
func TestPlatformTexts(t *testing.T) {
	for role, texts := range map[Role][]string{
		RoleAccept:   {"Das ist ok", "C'est bon.", "Va bene così", "Dat is oké"},
		RoleReject:   {"Απόρριπτω", "Descartar todas", "Renunță", "Verbiete alle Cookies", "Забрани всички", "Proíbe todos cookies", "Tüm çerezleri yasaklayın"},
		RoleSettings: {"Lassen Sie mich wählen", "Lasciatemi scegliere", "Laat me kiezen", "Pozwól mi wybrać", "Ще избирам", "Εξατομίκευση", "Isikupärasta", "Personoi", "Suasmeninkite", "Personaliseer", "Personifiera", "kişiselleştirmek"},
		RoleSave:     {"Accepta les escollides", "Accepter sélectionné", "Kiválasztottat elfogad", "Accettare selezionato", "Geselecteerde", "Godtar valgt", "Acceptera markerat"},
		RoleMore:     {"Περισσότερα", "Lær mer", "Fortrolighedspolitik", "Datenschutzbestimmungen", "Tietosuoja", "Politica sulla riservatezza"},
	} {
		for _, text := range texts {
			if got, _ := lexicon().role(text); got != role {
				t.Errorf("%q is %q, want %q", text, got, role)
			}
		}
	}
}
