package control

import "testing"

func TestLogsOut(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"Log out", "LOGOUT", "Sign out", "Abmelden", "Jetzt ausloggen", "Se déconnecter", "Cerrar sesión", "Terminar sessão", "Esci", "Uitloggen",
		"Logga ut", "Log ud", "Kirjaudu ulos", "Wyloguj się", "Odhlásit se", "Odhlásiť sa", "Odjava", "Kijelentkezés", "Deconectare", "Изход", "Αποσύνδεση",
		"Logi välja", "Iziet", "Atsijungti", "Logáil amach", "Oħroġ",
		"تسجيل الخروج", "התנתק", "Çıkış yap", "Logg ut", "Вийти",
	} {
		if !l.LogsOut(name, "https://x.test/a?b=1") {
			t.Errorf("%q does not log out", name)
		}
	}
	for _, address := range []string{
		"https://x.test/logout", "https://x.test/user/logOut.php", "https://x.test/?action=logout", "https://x.test/sign_out", "https://x.test/de/abmelden/",
		"https://x.test/index.php?title=Special:UserLogout", "https://x.test/account/log-off",
	} {
		if !l.LogsOut("", address) {
			t.Errorf("%s does not log out", address)
		}
	}
	for _, c := range [][2]string{
		{"Log in", "https://x.test/login"},
		{"My account", "https://x.test/account"},
		{"", "https://logout.test/about"},
		{"How to log out of your phone safely", "https://x.test/blog/how-to-log-out-of-your-phone"},
		{"", "::"},
	} {
		if l.LogsOut(c[0], c[1]) {
			t.Errorf("%q logs out", c)
		}
	}
}
