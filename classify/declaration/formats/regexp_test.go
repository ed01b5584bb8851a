package formats

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestGlobsOf(t *testing.T) {
	for source, want := range map[string]string{
		`^_ga$`: "_ga", `^_ga`: "_ga*", `_ga$`: "*_ga", `_ga`: "*_ga*", `^_ga_.*$`: "_ga_*", `^_ga_.+`: "_ga_*", `^_pk_`: "_pk_*",
		`^(_ga|_gid)$`: "_ga _gid", `^_ga$|^_gid$`: "_ga _gid", `^_ga|_gid`: "_ga* *_gid*", `^_(ga|g(i|a)d)x?$`: "_gax _ga _gidx _gid _gadx _gad",
		`^_ga(_[A-Z0-9]+)?$`: "_ga_* _ga", `^id-\d{8}$`: "id-*", `^a\.b\/c$`: "a.b/c", `^a.c$`: "a?c", `^a[0-9]$`: "a?", `^a[.]b$`: "a.b",
		`^\u005fga\x24$`: "_ga$", `^wp-settings-.*?$`: "wp-settings-*", `^(?:a|b)_`: "a_* b_*", `^a*b$`: "*b",
		`.*`: "", `^`: "", `^.$`: "", ``: "", `^(?!x)y`: "", `^(a)\1$`: "", `^a\b`: "", `^a(b`: "", `^a)b`: "", `a**`: "", `^a^b$`: "", `[`: "", `\`: "", `(`: "",
		`^\*$`: "", `a{`: "", `(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)`: "",
	} {
		if got := strings.Join(globsOf(source), " "); got != want {
			t.Errorf("/%s/: got %q, want %q", source, got, want)
		}
	}
}

// asRegexp is a regular expression for what a glob fits.
func asRegexp(glob string) *regexp.Regexp {
	return regexp.MustCompile("(?s)^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(glob)) + "$")
}

// The globs of a regular expression fit at least the names that it fits.
func FuzzGlobsOf(f *testing.F) {
	f.Add(`^_ga(_[A-Z0-9]+)?$`, "_ga_A1")
	f.Add(`^(_ga|_gid)`, "_gidx")
	f.Add(`a.c|^d\d{2,3}x?$`, "d12")
	f.Add(`^(?:a|b)*c`, "ababc")
	f.Fuzz(func(t *testing.T, source, name string) {
		globs := globsOf(source)
		// What JavaScript reads otherwise than Go is left out.
		if globs == nil || strings.ContainsAny(source, "\\[{\n") || strings.ContainsAny(name, "\n*?") {
			return
		}
		expression, err := regexp.Compile(source)
		if err != nil || !expression.MatchString(name) {
			return
		}
		if !slices.ContainsFunc(globs, func(g string) bool { return asRegexp(g).MatchString(name) }) {
			t.Errorf("/%s/ fits %q, %q do not", source, name, globs)
		}
	})
}

// A glob is the same glob again after it was a regular expression.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{"_ga_*", "a?b", "^a.b$/c|(d)-\\e", "é🍪\u2028</script>", "a[b]{2}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		g := stars.ReplaceAllString(plain(name), "*")
		source := pattern(g)
		if strings.Trim(g, "*?") == "" || len(source) > longestRegex {
			return
		}
		if strings.ContainsAny(source, "<>&\n\u2028") {
			t.Errorf("%q is written as /%s/", g, source)
		}
		if got := globsOf(source); len(got) != 1 || got[0] != g {
			t.Errorf("%q is written as /%s/ and comes back as %q", g, source, got)
		}
		if got := globsOf(tokenAsRegexp(t, "/"+source+"/")); len(got) != 1 || got[0] != g {
			t.Errorf("%q is written as /%s/, which is no literal", g, source)
		}
	})
}

func tokenAsRegexp(t *testing.T, src string) string {
	t.Helper()
	s, err := newScript("x = [" + src + "]")
	if err != nil {
		t.Fatal(err)
	}
	values, _ := s.assignedTo(func(string) bool { return true })
	if len(values) != 1 || len(values[0].items) != 1 || values[0].items[0].kind != regexpLiteral {
		return ""
	}
	return values[0].items[0].text
}
