package formats

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// shown is a literal in one line, each kind in a way of its own.
func shown(l literal) string {
	switch l.kind {
	case stringLiteral:
		return fmt.Sprintf("%q", l.text)
	case regexpLiteral:
		return "/" + l.text + "/"
	case listLiteral:
		var all []string
		for _, item := range l.items {
			all = append(all, shown(item))
		}
		return "[" + strings.Join(all, " ") + "]"
	case objectLiteral:
		var all []string
		for _, f := range l.fields {
			all = append(all, f.key+":"+shown(f.value))
		}
		return "{" + strings.Join(all, " ") + "}"
	case unknownLiteral:
		return "code(" + l.text + ")"
	case nullLiteral:
		return "null"
	default:
		return l.text
	}
}

func TestLiterals(t *testing.T) {
	for src, want := range map[string]string{
		`x = {a: 1, 'b': "two", "c-d": 'th"ree', 4: -5, $e_é: true, f: null, g: undefined, h: !1}`: `{a:1 b:"two" c-d:"th\"ree" 4:-5 $e_é:true f:null g:null h:false}`,
		`x = {a: [1, 2,], b: [,], /* c: 3, */ // d: 4
			e: {},};`: `{a:[1 2] b:[] e:{}}`,
		"x = {a: `b\nc`, d: `e${f}g`, h: `\\${i}`}":                                                             `{a:"b\nc" d:code(` + "`e${f}g`" + `) h:"${i}"}`,
		`x = {a: 'b' + "c", d: 'e' + f, g: 1 + 2}`:                                                              `{a:"bc" d:code('e' + f) g:code(1 + 2)}`,
		`x = {a: /b\/[/"]c/gi, d: e / f / g, h: new RegExp("^i\\.j$", 'i')}`:                                    `{a:/b\/[/"]c/ d:code(e / f / g) h:/^i\.j$/}`,
		`x = {a: function (b) { return {c: 1, d: 2}; }, e: (f, g) => { h; }, i: j => j + 1, k: async () => {}}`: `{a:code(function (b) { return {c: 1, d: 2}; }) e:code((f, g) => { h; }) i:code(j => j + 1) k:code(async () => {})}`,
		`x = {a(b) { return 1 }, get c() { return 2 }, async d() {}, e, ...f, ['g']: 1}`:                        `{a:code(a(b) { return 1 }) get:code(get c() { return 2 }) async:code(async d() {}) e:code(e) ...:code(...f) g:1}`,
		`x = {a: "\x41\u0042\u{43}\ud83c\udf6a\ud83c\
\n\'\q"}`: `{a:"ABC🍪�\n'q"}`,
		`x = {a: b ? {c: 1} : 2, d: (3), e: f(4, 5)[6].g, h: <const>"i", j: "k" as const}`: `{a:code(b ? {c: 1} : 2) d:code((3)) e:code(f(4, 5)[6].g) h:code(<const>"i") j:"k"}`,
		`{"json": [{"a": null, "b": 1.5e3}, "c\/d"], "__proto__": {}}`:                     `{json:[{a:null b:1.5e3} "c/d"] __proto__:{}}`,
		`x = {a: 1, a: 2}`:                  `{a:1 a:2}`,
		`export default {a: 1} satisfies B`: `{a:1}`,
		`f({a: 1})`:                         `{a:1}`,
	} {
		s, err := newScript(src)
		if err != nil {
			t.Fatal(err)
		}
		found, _, err := s.find(func(literal) bool { return true })
		if err != nil || len(found) != 1 {
			t.Errorf("%s: %d objects, error %v", src, len(found), err)
			continue
		}
		if got := shown(found[0]); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", src, got, want)
		}
	}
}

// Blocks of code are no objects, and what is in them is found.
func TestObjectsWithinCode(t *testing.T) {
	s, err := newScript(`
		if (a) { b: { c: 1 } }
		function d() { return e / f; } // {"no": 1}
		window.g = window.g || {};
		label: { h.services.i = {cookies: ["j"]}; h.services['k'] = {cookies: []} }
		"{not: 1}"; /{not: 2}/.test(x);
		setTimeout(function () { run({cookies: ["l"], m: {cookies: []}}); }, 10);`)
	if err != nil {
		t.Fatal(err)
	}
	found, names, err := s.find(func(l literal) bool { return l.has("cookies") })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, l := range found {
		got = append(got, fmt.Sprintf("%s=%s line %d", names[i], shown(l), l.line))
	}
	want := `h.services.i={cookies:["j"]} line 5; h.services['k']={cookies:[]} line 5; ={cookies:["l"] m:{cookies:[]}} line 7`
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
}

// Scripts that are made to be slow or deep end in an error or in nothing, soon.
func TestHostileScripts(t *testing.T) {
	for name, src := range map[string]string{
		"deep lists":   "x = {services: " + strings.Repeat("[", 200_000),
		"deep objects": strings.Repeat("{a:", 60_000),
		"deep closed":  strings.Repeat("{a:", 20_000) + "1" + strings.Repeat("}", 20_000),
		"deep calls":   "x = {services: " + strings.Repeat("(", 200_000),
		"quotes":       strings.Repeat("\"\n", 200_000),
		"regexps":      strings.Repeat("=/a[", 100_000),
		"templates":    strings.Repeat("`${", 100_000),
		"comment":      "/*" + strings.Repeat("{", 200_000),
		"no values":    "x = {" + strings.Repeat("services:,", 60_000) + "}",
		"plus":         "x = {services: ''" + strings.Repeat("+''", 60_000) + "}",
	} {
		began := time.Now()
		for _, f := range []Format{klaro, vanilla, tarteaucitron} {
			_, _ = f.Read(name, []byte(src)) // it ends, with an error or not
		}
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
	}
	if _, err := klaro.Read("x", make([]byte, largestScript+1)); err == nil || !strings.Contains(err.Error(), "10 MB") {
		t.Errorf("a script that is too large: %v", err)
	}
}

func FuzzScript(f *testing.F) {
	for _, seed := range []string{
		`x = {a: [1, 'b', /c/, ` + "`d`" + `], e: function () { return 1 }, ...f, g() {}}`,
		`{"a": {"b": null}}`, `a.b['c'] = [["d", "\u0041"]]`, `x = {a: new RegExp("b"), c: !0, d: -1}`, "/* {a: 1} */ x={b:2}//", "`${`${a}`}`", `"\u{`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		s, err := newScript(src)
		if err != nil {
			t.Skip()
		}
		at := int32(0)
		for _, token := range s.tokens {
			if token.start < at || token.end < token.start || int(token.end) > len(src) {
				t.Fatalf("a token of %q goes from %d to %d behind %d", src, token.start, token.end, at)
			}
			at = token.end
		}
		found, _, err := s.find(func(literal) bool { return true })
		if err != nil {
			return
		}
		for _, l := range found {
			_ = shown(l)
		}
		s.assignedTo(func(string) bool { return true })
	})
}

// A string that is written is read as it was, and ends no script element.
func FuzzQuote(f *testing.F) {
	for _, seed := range []string{"", "a\"b'c`d\\e", "</script>", "\u2028\n\x00", "🍪\ufffd", "${x}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		quoted := quote(text)
		if strings.ContainsAny(quoted, "<>\n\u2028") {
			t.Errorf("%q is written as %s", text, quoted)
		}
		if got := unescape(quoted); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	})
}
