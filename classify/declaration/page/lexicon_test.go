package page

import (
	"testing"

	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
)

// TestWordsOfOurPolicies reads the titles and categories that our own policies
// have, in every language in which they are written.
func TestWordsOfOurPolicies(t *testing.T) {
	r := newReader(t)
	for _, tag := range words.Languages() {
		l, err := words.Language(tag)
		if err != nil {
			t.Fatal(err)
		}
		if r.words.statements[tag] == nil {
			t.Errorf("%s: there are no words of policy pages", tag)
		}
		for key, want := range map[string]role{
			"name": nameRole, "provider": providerRole, "setBy": providerRole, "domain": domainRole, "purpose": purposeRole,
			"lifetime": expiryRole, "category": categoryRole, "kind": typeRole,
		} {
			if got, exact := r.titleOf(l.Title(key), tag); got != want || !exact {
				t.Errorf("%s: the title %q is %q (exact: %v), want %q", tag, l.Title(key), got, exact, want)
			}
		}
		for _, category := range []string{"necessary", "preferences", "statistics", "marketing", "unclassified"} {
			name, _ := l.Category(category)
			if got := r.categoryOf(name, tag); got != category && !(got == functional && category == "preferences") {
				t.Errorf("%s: the category %q is %q, want %q", tag, name, got, category)
			}
		}
		for _, kind := range []string{"cookie", "localStorage", "sessionStorage", "indexedDB", "pixel"} {
			if got := r.kindOf(l.Kind(kind), tag); got != kind {
				t.Errorf("%s: the kind %q is %q, want %q", tag, l.Kind(kind), got, kind)
			}
		}
	}
}

// TestGroupsOfConsentTools reads the names that consent tools and guides have
// for categories, in every language in which they have them.
func TestGroupsOfConsentTools(t *testing.T) {
	r := newReader(t)
	for _, id := range []string{"cookiescan", "cookiebot", "onetrust", "icc-uk", "essential-functional-analytical-tracking"} {
		tax, err := taxonomy.Lookup(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range words.Languages() {
			l, err := words.Language(tag)
			if err != nil {
				t.Fatal(err)
			}
			for _, category := range []string{"necessary", "preferences", "statistics", "marketing"} {
				name, _ := tax.Of(category, "").Words(l)
				got := r.categoryOf(name, tag)
				if got == functional {
					got = "preferences" // beside necessary
				}
				if got != category {
					t.Errorf("%s in %s: %q is %q, want %q", id, tag, name, got, category)
				}
			}
		}
	}
}

func TestNoCategory(t *testing.T) {
	r := newReader(t)
	for _, text := range []string{
		"Google Analytics", "Non-essential cookies", "Nicht notwendige Cookies", "Marketing and statistics", "Cookies", "How to contact us", "Third-party cookies", "",
	} {
		if got := r.categoryOf(text, "en"); got != "" {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
}

func TestTitles(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]role{
		"Cookie-Name": nameRole, "Name of the cookie": nameRole, "Cookie": itemRole, "Provider / Domain": providerRole, "Cookie-Laufzeit": expiryRole,
		"Dauer der Speicherung": expiryRole, "Maximum Storage Duration": expiryRole, "Set by": providerRole, "Purpose of the cookie": purposeRole,
		"Durée de conservation (max.)": expiryRole, "Type of cookie": typeRole, "Shipping": noRole, "": noRole,
		"This is a whole sentence about the name of something else": noRole,
	} {
		if got, _ := r.titleOf(text, ""); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestTechniqueIsNoCategory takes the word for technology in Swedish and Finnish
// for what it is: technically necessary begins alike.
func TestTechniqueIsNoCategory(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Kakor och liknande tekniker": "", "Evästeet ja vastaavat tekniikat": "", "Tekninen": "necessary", "Tekniset evästeet": "necessary",
	} {
		if got := r.categoryOf(text, ""); got != want {
			t.Errorf("%s is %q, not %q", text, got, want)
		}
	}
}

// TestCategoryInItsLanguage reads words that mean a category in another language
// than that of the page, and categories that are named in another one.
func TestCategoryInItsLanguage(t *testing.T) {
	r := newReader(t)
	for _, test := range []struct{ language, text, want string }{
		{"fr", "Droit de réclamation", ""},
		{"fr", "Réclamations", ""},
		{"fr", "Siège social", ""},
		{"es", "Razón social", ""},
		{"es", "Requisitos", ""},
		{"cs", "Jak nastavit cookies", ""},
		{"de", "Social Media", "marketing"},
		{"fr", "Cookies de tracking", "marketing"},
		{"de", "Nødvendige cookies", "necessary"},
		{"en", "Statistikcookies", "statistics"},
		{"", "Reklamcookies", "marketing"},
		{"nl", "Ensure security, prevent and detect fraud, and fix errors", ""},
		{"nl", "Deliver and present advertising and content", ""},
		{"de", "Understand audiences through statistics or combinations of data from different sources", ""},
	} {
		if got := r.categoryOf(test.text, test.language); got != test.want {
			t.Errorf("%s: %q is %q, want %q", test.language, test.text, got, test.want)
		}
	}
}

// TestHeadingsOfTheFramework has a table in Dutch among the purposes of the
// Transparency and Consent Framework in English: they are no categories, and
// functional is what is necessary.
func TestHeadingsOfTheFramework(t *testing.T) {
	d, err := newReader(t).Read("policy.html", []byte(`<html><h1>Cookies</h1><h2>Functionele cookies</h2>
<h3>Store and/or access information on a device</h3><h3>Ensure security, prevent and detect fraud, and fix errors</h3><p>We use and share the data of your device.</p>
<table><tr><th>Naam</th><th>Doel</th><th>Bewaartermijn</th></tr><tr><td>wf_basket</td><td>Winkelmand</td><td>1 dag</td></tr></table></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Entries) != 1 || d.Entries[0].Category != "necessary" {
		t.Errorf("got %+v", d.Entries)
	}
}

// TestTableInItsLanguage has tables in two languages on a page: j is a day in one
// and a year in the other.
func TestTableInItsLanguage(t *testing.T) {
	d, err := newReader(t).Read("policy.html", []byte(`<html lang="de"><h1>Cookies</h1>
<table><tr><th>Name</th><th>Zweck</th><th>Laufzeit</th></tr><tr><td>wf_korb</td><td>Warenkorb</td><td>1 j</td></tr></table>
<table><tr><th>Nom</th><th>Finalité</th><th>Durée de conservation</th></tr><tr><td>wf_panier</td><td>Panier</td><td>1 j</td></tr></table></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Entries) != 2 || got(d.Entries[0].Lifetime) != "31536000" || got(d.Entries[1].Lifetime) != "86400" {
		t.Errorf("got %+v", d.Entries)
	}
}
