package consent

import "testing"

// TestLetters has texts of buttons in capitals, which lose marks in Greek, in
// Turkish have two letters I and in German none for ß, and texts without the
// marks that many sites leave out.
func TestLetters(t *testing.T) {
	for role, texts := range map[Role][]string{
		RoleAccept:   {"ΣΥΜΦΩΝΩ", "ΑΠΟΔΟΧΗ ΟΛΩΝ", "ΤΑ ΑΠΟΔΕΧΟΜΑΙ ΟΛΑ", "KABUL EDİYORUM", "TÜMÜNE İZİN VER", "Accepta toate", "PRIJAT VSETKO", "Osszes elfogadasa"},
		RoleReject:   {"ΔΙΑΦΩΝΩ", "Διαφωνώ", "ΑΠΟΡΡΙΨΗ ΟΛΩΝ", "ΔΕΝ ΣΥΜΦΩΝΩ", "ΜΟΝΟ ΑΠΑΡΑΙΤΗΤΑ", "YALNIZCA GEREKLİ ÇEREZLER", "Odmitnout vse", "UNIQUEMENT LES COOKIES NECESSAIRES"},
		RoleSettings: {"ΠΕΡΙΣΣΟΤΕΡΕΣ ΕΠΙΛΟΓΕΣ", "ΡΥΘΜΙΣΕΙΣ", "ÇEREZ AYARLARI", "CONFIGURACION", "PARAMETRER", "Setari"},
		RoleClose:    {"SCHLIESSEN", "ΚΛΕΙΣΙΜΟ"},
	} {
		for _, text := range texts {
			if got, _ := lexicon().role(text); got != role {
				t.Errorf("%q is %q, want %q", text, got, role)
			}
		}
	}
	for text, want := range map[string]string{
		"Ένα ΣΥΜΦΩΝΩ": "ενα συμφωνω", "ΡΥΘΜΙΣΕΙΣ ρυθμίσεις": "ρυθμισεισ ρυθμισεισ", "İZİN Iğdır": "izin igdir", "Straße STRASSE": "strasse strasse",
		"Décision a\u0301": "decision a", "Настройки": "настройки", "nødvendige": "nødvendige", "לאשר": "לאשר", "เยี่ยม": "เยี่ยม",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
