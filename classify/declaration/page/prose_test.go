package page

import (
	"strings"
	"testing"
)

// ofSentence is what is read of a sentence on a page about cookies: names, with
// category and lifetime where there are some.
func ofSentence(t *testing.T, language, sentence string) string {
	t.Helper()
	d, err := newReader(t).Read("policy.html", []byte(`<html lang="`+language+`"><h1>Cookies</h1><p>`+sentence+`</p></html>`))
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, e := range d.Entries {
		row := []string{e.Name}
		for _, s := range []string{e.Category, got(e.Lifetime)} {
			if s != "" {
				row = append(row, s)
			}
		}
		if e.Kind != "cookie" {
			row = append(row, e.Kind)
		}
		rows = append(rows, strings.Join(row, " "))
	}
	return strings.Join(rows, ", ")
}

// TestNamesInSentences reads sentences that name cookies.
func TestNamesInSentences(t *testing.T) {
	for _, test := range []struct{ language, sentence, want string }{
		{"en", "We use a cookie called _ga, which expires after 2 years.", "_ga 63072000"},
		{"en", "Analytics cookies such as _ga and _gid help us to count visits.", "_ga statistics, _gid statistics"},
		{"en", "The <code>PHPSESSID</code> cookie is deleted when you close your browser.", "PHPSESSID session"},
		{"en", "Our shop sets the cookie “cart_items” for 7 days.", "cart_items 604800"},
		{"en", "Google sets the cookies _ga (2 years) and _gid (24 hours).", "_ga 63072000, _gid 86400"},
		{"en", "A local storage key named 'theme' keeps your choice of colours.", "theme localStorage"},
		{"en", "We set a technically necessary cookie named session_token.", "session_token necessary"},
		{"en", "Facebook recognises browsers by a cookie known as _fbp.", "_fbp"},
		{"de", "Dazu wird ein Cookie namens _ga gesetzt, das nach 2 Jahren abläuft.", "_ga 63072000"},
		{"de", "Matomo setzt die Cookies „_pk_id“ und „_pk_ses“.", "_pk_id, _pk_ses"},
		{"de", "Das PHPSESSID-Cookie wird beim Schließen des Browsers gelöscht.", "PHPSESSID session"},
		{"de", "Marketing-Cookies wie _fbp bleiben 3 Monate.", "_fbp marketing 7889400"},
		{"fr", "Nous déposons un cookie nommé « _ga » pour une durée de 13 mois.", "_ga 34187400"},
		{"fr", "Le cookie _fbp est conservé 3 mois.", "_fbp 7889400"},
		{"es", "Utilizamos una cookie llamada _gid que caduca a las 24 horas.", "_gid 86400"},
		{"it", "Il sito usa un cookie denominato _pk_id.", "_pk_id"},
		{"nl", "Wij plaatsen een cookie met de naam _ga die 2 jaar bewaard wordt.", "_ga 63072000"},
		{"pl", "Używamy pliku cookie o nazwie _ga.", "_ga"},
		{"fi", "Käytämme evästettä nimeltä _ga.", "_ga"},
		{"hu", "A _ga nevű sütit használjuk.", "_ga"},
		{"sv", "Vi använder en kaka med namnet _ga.", "_ga"},
	} {
		if got := ofSentence(t, test.language, test.sentence); got != test.want {
			t.Errorf("%s: %q is %q, want %q", test.language, test.sentence, got, test.want)
		}
	}
}

// TestNoNamesInSentences reads sentences with what is no name of a cookie, or
// of one that is not used.
func TestNoNamesInSentences(t *testing.T) {
	for _, test := range []struct{ language, sentence string }{
		{"en", "We set a cookie with the session ID: it is kept for 1 day."},
		{"en", "The server stores a cookie with the session ID."},
		{"en", "The cookie ID is a random number."},
		{"en", "A cookie with a UID – a unique number – is kept for 2 years."},
		{"en", "ID: a number that your browser keeps for us."},
		{"en", "CONSENT: we only set cookies if you agree."},
		{"en", "<b>Session ID</b><br>A number that is kept in a cookie."},
		{"en", "We no longer use cookies such as _ga."},
		{"en", "We don't set the _fbp cookie."},
		{"en", "Cookies such as those of YouTube and LinkedIn are set by others."},
		{"en", "Cookies are sent in the header Set-Cookie, with SameSite=Lax or Max-Age."},
		{"en", "A cookie contains a user_id and the name of our host."},
		{"en", "Links may carry a parameter such as utm_source, which is no cookie."},
		{"en", "A script reads document.cookie to see whether cookies work."},
		{"en", "We use cookies named by the framework, called Ruby on Rails."},
		{"en", "The server sends Set-Cookie: session_id=abc; Path=/ with a page."},
		{"en", "We set a cookie that is called a “session cookie”, called “session cookie”."},
		{"en", "Other sites may set a cookie called _ga; we do not use the cookie _ga."},
		{"de", "Ein Cookie mit der Session-ID: es wird nach einem Tag gelöscht."},
		{"de", "Die Cookie-ID ist eine zufällige Zahl."},
		{"de", "Wir verwenden keine Cookies wie _ga, _gid oder _fbp."},
		{"de", "Cookies namens Sitzungscookies werden gelöscht."},
		{"fr", "Le cookie ID est un numéro unique."},
		{"fr", "Nous n’utilisons pas le cookie _ga."},
		{"es", "Una cookie con el ID de sesión: dura 1 día."},
		{"it", "Un cookie con l’ID di sessione – dura 1 giorno."},
		{"nl", "Een cookie met het ID van de sessie: 1 dag."},
		{"nl", "Wij gebruiken geen cookies zoals _ga."},
		{"pl", "Plik cookie z ID sesji: 1 dzień."},
		{"pl", "Nie używamy plików cookie takich jak _ga."},
	} {
		if got := ofSentence(t, test.language, test.sentence); got != "" {
			t.Errorf("%s: %q is %q, want nothing", test.language, test.sentence, got)
		}
	}
}

// TestTableBeforeSentence reads a name in a table and in a sentence: the table
// says more.
func TestTableBeforeSentence(t *testing.T) {
	d, err := newReader(t).Read("policy.html", []byte(`<html lang="en"><h1>Cookies</h1><p>The _ga_ABC123 cookie is set for 1 year, and so is the _gid cookie.</p>
<h2>Statistics</h2><table><tr><th>Name</th><th>Expiry</th></tr><tr><td>_ga_*</td><td>2 years</td></tr></table></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Entries) != 2 || d.Entries[0].Name != "_ga_*" || got(d.Entries[0].Lifetime) != "63072000" || d.Entries[1].Name != "_gid" {
		t.Errorf("got %+v", d.Entries)
	}
}
