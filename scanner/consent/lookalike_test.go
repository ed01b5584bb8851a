package consent

import "testing"

// TestLookAlikes has boxes over the page that mention cookies and ask something
// else.
func TestLookAlikes(t *testing.T) {
	for _, test := range []struct{ name, markup string }{
		{"webinar", `<h2>Free webinar on Thursday</h2><p>Learn how to run ads. We use cookies on this website to count sign-ups.</p><button>Accept invitation</button><button>No thanks</button>`},
		{"donation", `<p>Can you help? Every donation keeps this website free of advertising. We only use a cookie to hide this message.</p><button>Yes</button><button>Maybe later</button><button>×</button>`},
		{"spielstand", `<p>Dein Spielstand wird in einem Cookie auf dieser Website gespeichert.</p><button>OK</button><button>Abbrechen</button>`},
		{"sitzung", `<h2>Ihre Sitzung läuft ab</h2><p>Aus Gründen des Datenschutzes melden wir Sie in 2 Minuten ab. Ihre Daten auf dieser Website bleiben in einem Cookie gespeichert.</p><button>Ja</button><button>Nein</button>`},
		{"adblock", `<p>You are using an ad blocker. Our website is paid for by advertising and partners; we use cookies for it. Please switch it off.</p><button>OK, I understand</button><button>×</button>`},
		{"fichier", `<p>Votre fichier a été envoyé. Un cookie garde son nom sur notre site pour une heure.</p><button>OK</button>`},
		{"cgu", `<h2>Nouvelles conditions générales</h2><p>Nous avons mis à jour nos conditions et notre politique de confidentialité. Elles expliquent comment nous utilisons vos données et les cookies.</p><button>J'accepte</button><button>Plus tard</button>`},
		{"ubicación", `<p>¿Permitir que este sitio web use su ubicación? Guardamos la respuesta en una cookie para mejorar su experiencia.</p><button>Permitir</button><button>No permitir</button>`},
		{"lingua", `<p>Vuoi vedere questo sito in italiano? Ricordiamo la lingua con un cookie tecnico.</p><button>Sì</button><button>No</button>`},
		{"quiz", `<h2>Welke koek ben jij?</h2><p>Doe de test. Wij gebruiken cookies om je score op deze website te onthouden.</p><button>Ja</button><button>Nee</button>`},
		{"konkurs", `<p>Weź udział w konkursie! Do wygrania rower. Używamy plików cookie, aby każdy na tej stronie zagrał raz.</p><button>Tak</button><button>Nie</button>`},
		{"callback", `<p>Máme vám zavolat? Používáme cookies, aby se toto okno na našem webu neukázalo znovu.</p><button>Ano</button><button>Ne</button>`},
		{"no script", `<p>Please enable cookies and scripts in your browser: without them this website does not work.</p><button>OK</button>`},
		{"cookies off", `<p>Cookies sind in Ihrem Browser deaktiviert. Bitte erlauben Sie Cookies, damit diese Website funktioniert.</p><button>Verstanden</button><button>×</button>`},
		{"choice kept", `<p>Your cookie choice has been saved. You can change it on this website at any time.</p><button>OK</button>`},
	} {
		s := snapshotOf(t, `<html><body><main>text</main><div style="position:fixed">`+test.markup+`</div></body></html>`)
		for _, c := range s.candidates() {
			t.Errorf("%s: taken for a banner with %.1f points: %+v", test.name, c.score, c.controls)
		}
	}
}
