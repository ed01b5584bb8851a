package consent

import "testing"

func TestRecipients(t *testing.T) {
	for text, want := range map[string]int{
		"We and our 842 partners store data":                   842,
		"We and our 1,532 trusted partners use cookies":        1532,
		"Wir und unsere 142 Partner verarbeiten Daten":         142,
		"Nous et nos 1 020 partenaires stockons":               1020,
		"Wir geben Daten an 12 Drittanbieter":                  12,
		"Wraz z naszymi 1 002 partnerami przetwarzamy":         1002,
		"Since 2024 532 partners":                              532,
		"We keep it for 30 days and share it with partners":    0,
		"We use cookies for 13 months. Our partners do so too": 0,
		"One of our partners":                                  0,
		"123456789 partners":                                   0,
		"12 345 678 partners":                                  0,
		"We use cookies":                                       0,
		"5":                                                    0,
	} {
		b := Banner{Text: text}
		if _, got := b.Recipients(); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
	b := Banner{Controls: []Control{
		{Role: RoleAccept, Text: "Accept all partners"},
		{Role: RoleToggle, Text: "Partners"},
		{Role: RoleMore, Text: "Cookie policy"},
		{Text: "List of partners (vendors)"},
		{Role: RoleMore, Text: "Vendors"},
	}}
	if link, _ := b.Recipients(); link != "List of partners (vendors)" {
		t.Errorf("the list is behind %q", link)
	}
}
