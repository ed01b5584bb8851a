package consent

import "testing"

// TestGenuine has banners that speak of other things too: they are found all
// the same.
func TestGenuine(t *testing.T) {
	for _, test := range []struct{ text, yes, other string }{
		{"We and our partners use cookies on our websites and apps to keep your basket, to offer a chat, to show videos and maps and to measure advertising.", "Accept all", "Manage options"},
		{"Welcome! To bring you the best offers and a discount now and then, we use cookies for marketing and statistics on this site.", "OK, fine", "Settings"},
		{"We value your privacy. We and our 812 partners store and access information on a device and process personal data for ads, content and audience research. You may also change your order of preference.", "Agree", "More options"},
		{"This site uses cookies to remember your order and to analyse traffic. Our newsletter is not affected.", "Got it", "No thanks"},
		{"Damit unser Shop funktioniert, verwenden wir Cookies. Sie helfen uns auch, Ihnen passende Angebote und Videos zu zeigen und Werbung zu messen.", "Alles klar", "Einstellungen"},
		{"Wir brauchen Ihre Einwilligung. Wir und unsere Partner setzen Cookies ein, auch für Karten, Videos und den Chat auf dieser Website.", "Zustimmen", "Nur notwendige"},
		{"Lesen Sie mit Werbung und Cookies, oder schließen Sie ein Abo ab. Wir und unsere Partner verarbeiten Daten zur Personalisierung.", "Akzeptieren und weiter", "Jetzt abonnieren"},
		{"Abonnez-vous pour lire sans publicité ou acceptez les cookies qui financent ce site et ses partenaires.", "Accepter et continuer", "S'abonner"},
		{"Nous utilisons des cookies pour lire des vidéos, retenir votre panier et mesurer l'audience de notre site.", "OK pour moi", "Continuer sans accepter"},
		{"Usamos cookies propias y de terceros para analizar la navegación, recordar su carrito y mostrar publicidad de ofertas en este sitio.", "Aceptar", "Configurar"},
		{"Questo sito usa cookie per ricordare il carrello, per le notifiche e per la pubblicità dei partner.", "Accetto", "Rifiuto"},
		{"Om onze website te laten werken en je aanbiedingen te tonen gebruiken we cookies, samen met partners.", "Akkoord", "Weigeren"},
		{"For å gi deg et bedre tilbud bruker vi informasjonskapsler til statistikk og markedsføring på nettstedet.", "Godta", "Avvis"},
		{"För att ge dig bättre erbjudanden använder vi cookies för analys och marknadsföring på vår webbplats.", "Godkänn alla", "Neka"},
		{"Aby wyświetlać oferty i pamiętać Twój koszyk, używamy plików cookie do analiz i reklam na tej stronie.", "Zgadzam się", "Ustawienia"},
		{"Abychom vám ukázali lepší nabídky, používáme cookies pro analýzu návštěvnosti a marketing na našem webu.", "Rozumím", "Odmítnout"},
		{"Majoritatea site-urilor folosesc cookie-uri. Și noi le folosim pentru analiză, publicitate și partenerii noștri.", "Accept", "Refuz"},
		{"Teavitus küpsiste kohta: kasutame küpsiseid veebilehe analüüsiks ja reklaamiks.", "Nõustun", "Keeldun"},
		{"Ми використовуємо файли cookie, щоб пропозиції на сайті були цікавими, для аналітики та реклами.", "Прийняти", "Відхилити"},
	} {
		s := snapshotOf(t, `<div id="b" style="position:fixed"><p>`+test.text+`</p><button>`+test.yes+`</button><button>`+test.other+`</button></div>`)
		if list := s.candidates(); len(list) != 1 || list[0].controls[0].Role != RoleAccept || list[0].controls[0].Text != test.yes {
			t.Errorf("not found: %s: %+v", test.text, s.controls(0))
		}
	}
}
