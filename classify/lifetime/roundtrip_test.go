package lifetime

import (
	"fmt"
	"strings"
	"testing"

	"cookiescan/classify/words"
)

// What the program itself writes in a language is read as what it was.
func TestReadsItsOwnWords(t *testing.T) {
	r := reader(t)
	seconds := map[string]int64{"second": 1, "minute": 60, "hour": hours, "day": days, "week": 7 * days, "month": months, "year": years}
	for _, tag := range words.Languages() {
		l, err := words.Language(tag)
		if err != nil {
			t.Fatal(err)
		}
		for unit, length := range seconds {
			for _, n := range []int64{1, 2, 3, 5, 7, 11, 13, 20, 21, 22, 101, 400} {
				text := l.Lifetime(fmt.Sprintf("%d %ss", n, unit))
				for _, hint := range []string{tag, ""} {
					if got := r.Read(text, hint); got.Seconds != n*length || got.Session || got.UntilCleared {
						t.Errorf("%s %q: got %+v, want %d", tag, text, got, n*length)
					}
				}
			}
		}
		for _, n := range []int64{9000, 25*days + 7*hours, 200} {
			if got := r.Read(l.Duration(n), tag); got.Seconds != n {
				t.Errorf("%s %q: got %+v, want %d", tag, l.Duration(n), got, n)
			}
		}
		for text, want := range map[string]Lifetime{
			l.Lifetime("session"): {Session: true}, l.Lifetime("until-cleared"): {UntilCleared: true}, l.Lifetime(""): {},
		} {
			want.Raw = text
			for _, written := range []string{text, strings.ToUpper(text)} {
				got := r.Read(written, tag)
				if got.Raw = text; got != want {
					t.Errorf("%s %q: got %+v", tag, written, got)
				}
			}
		}
	}
}
