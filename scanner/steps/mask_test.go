package steps

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestMask(t *testing.T) {
	m := NewMask([]string{"ana@example.org", "pässwort 4711", "pin", "shop", "ana@example.org.invalid"}, []string{"https://www.shop.test/"})
	for text, want := range map[string]string{
		"hello ana@example.org!":                                     "hello MASKED!",
		"https://x.test/?u=ana%40example.org&p=p%C3%A4sswort+4711":   "https://x.test/?u=MASKED&p=MASKED",
		"https://x.test/?p=p%c3%a4sswort%204711&u=ANA%40EXAMPLE.ORG": "https://x.test/?p=MASKED&u=MASKED",
		"https://x.test/?next=%2Fa%3Fu%3Dana%2540example.org":        "https://x.test/?next=%2Fa%3Fu%3DMASKED",
		"b64 YW5hQGV4YW1wbGUub3Jn":                                   "b64 MASKED",
		"ana@example.org.invalid":                                    "MASKED",
		"https://www.shop.test/pin":                                  "https://www.shop.test/pin", // too short, or of the address
		"PÄSSWORT 4711":                                              "MASKED",
		"somebody else":                                              "somebody else",
		strings.Repeat("ana@example.org ", 3):                        "MASKED MASKED MASKED ",
	} {
		if have := m.Text(text); have != want {
			t.Errorf("%s: %s, want %s", text, have, want)
		}
	}
	if NewMask([]string{"abc", ""}, nil) != nil || (*Mask)(nil).Text("abc") != "abc" {
		t.Error("no mask leaves texts as they are")
	}
}

func TestUnmasked(t *testing.T) {
	s := &Script{Steps: []Step{{Env: "PIN", Value: "123"}, {Env: "USER", Value: "Shop"}, {Env: "PASS", Value: "pässw"}, {Env: "PIN", Value: "123"}, {Value: "DE"}}}
	if have := strings.Join(s.Unmasked([]string{"https://www.shop.test/"}), " "); have != "PIN USER" {
		t.Errorf("unmasked: %s", have)
	}
	if have := strings.Join(s.Secrets(), " "); have != "123 Shop pässw" {
		t.Errorf("secrets: %s", have)
	}
}

type node struct {
	Text   string
	Kind   kindOfNode
	Next   *node
	List   []string
	None   []string
	Fixed  [2]string
	Map    map[string]any
	At     time.Time
	Number int
}

type kindOfNode string

// TestCopy: nothing of the original changes, and a list that is empty stays so.
func TestCopy(t *testing.T) {
	at := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	make := func(s string) node {
		return node{
			Text: "is " + s, Kind: kindOfNode(s), Next: &node{Text: s, At: at}, List: []string{s, ""}, Fixed: [2]string{s}, At: at, Number: 3,
			Map: map[string]any{s: []string{s}, "x": map[string]string{"a": s}, "n": nil, "time": at},
		}
	}
	m := NewMask([]string{"secret"}, nil)
	before := make("secret")
	after := Copy(m, &before)
	if want := make(Masked); !reflect.DeepEqual(*after, want) {
		t.Errorf("have %+v\nwant %+v", *after, want)
	}
	if !reflect.DeepEqual(before, make("secret")) {
		t.Errorf("the original is %+v", before)
	}
	if Copy[*node](m, nil) != nil || Copy[any](m, nil) != nil || Copy(nil, &before) != &before {
		t.Error("nothing to copy")
	}
}
