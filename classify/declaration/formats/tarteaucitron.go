package formats

import (
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"cookiescan/classify/declaration"
)

// tarteaucitronTypes are its types of services by our categories. "api" with
// needConsent is preferences, without it necessary.
var tarteaucitronTypes = map[string]string{
	"ads": "marketing", "google": "marketing", "social": "marketing", "analytic": "statistics",
	"video": "preferences", "comment": "preferences", "support": "preferences", "api": "preferences", "other": "unclassified",
}

// tarteaucitron is a file of services of tarteaucitron.js (github.com/
// AmauriC/tarteaucitron.js): assignments to tarteaucitron.services, each with a
// type, a name (the provider), whether it needs consent, and names of cookies.
// Names are exact there: a glob is kept, but clears nothing.
//
// Not kept: domain, purpose, lifetime, party, language and date. What has no
// provider comes back with the key of its service, what has no category as
// unclassified. Entries come back by service.
var tarteaucitron = Format{
	Name:        "tarteaucitron",
	Description: "services of tarteaucitron.js, JavaScript",
	Extensions:  []string{".js"},
	Keeps:       []string{"name", "kind", "provider", "category"},
	Kinds:       []string{"cookie"},
	recognise: func(_, head string) bool {
		return isScript(head) && (strings.Contains(head, "tarteaucitron.services") || hasKey(head, "needConsent"))
	},
	read:  readTarteaucitron,
	write: writeTarteaucitron,
}

func readTarteaucitron(r *reading, data []byte) error {
	s, err := newScript(decode(data))
	if err != nil {
		return err
	}
	services, names, err := s.find(func(l literal) bool {
		return l.has("cookies") && (l.has("needConsent") || l.has("type"))
	})
	if err != nil {
		return err
	}
	if len(services) == 0 {
		return errors.New("no service is written down: tarteaucitron.services.x = {cookies: [...], needConsent: true}")
	}
	for i, service := range services {
		e := declaration.Entry{Kind: "cookie", Category: tarteaucitronTypes[service.get("type").string()]}
		e.Provider = unmark(firstOf(service.get("name").string(), service.get("key").string(), strings.TrimPrefix(names[i], "tarteaucitron.services.")))
		if consent := service.get("needConsent"); service.get("type").string() == "api" && consent.kind == boolLiteral && !consent.isTrue() {
			e.Category = "necessary"
		}
		cookies := service.get("cookies")
		if cookies.kind == unknownLiteral {
			r.note(firstOf(cookies.text, e.Provider), cookies.place(), "the cookies are code, not a list that is written down")
		}
		for _, c := range cookies.items {
			e.Place = c.place()
			r.named(e, c)
		}
	}
	return nil
}

func writeTarteaucitron(w io.Writer, d *declaration.Declaration) error {
	var b strings.Builder
	b.WriteString("// Services for tarteaucitron.js. What each loads once it is allowed is still to be\n// written into its js.\n")
	types := map[string]string{"necessary": "api", "preferences": "api", "statistics": "analytic", "marketing": "ads"}
	names := map[string]bool{}
	for _, group := range grouped(d.Entries, func(e declaration.Entry) string { return e.Provider + "\n" + e.Category }) {
		e := group[0]
		// Services that tarteaucitron has itself are not replaced.
		key := unique(names, "declared_"+slug(firstOf(e.Provider, e.Category)))
		var cookies []string
		for _, e := range group {
			cookies = append(cookies, quote(e.Name))
		}
		fmt.Fprintf(&b, "tarteaucitron.services.%s = {\n\tkey: %s,\n\ttype: %s,\n\tname: %s,\n\turi: \"\",\n\tneedConsent: %t,\n\tcookies: [%s],\n\tjs: function () {},\n};\n",
			key, quote(key), quote(firstOf(types[e.Category], "other")), quote(html.EscapeString(firstOf(e.Provider, key))), e.Category != "necessary", strings.Join(cookies, ", "))
		fmt.Fprintf(&b, "(tarteaucitron.job = tarteaucitron.job || []).push(%s);\n", quote(key))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
