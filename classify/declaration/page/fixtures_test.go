package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"cookiescan/classify/declaration"
)

// row is what a person reads in a row of a fixture. The lifetime is a number
// with its unit (s, min, h, d, w, mo, y), session, or empty if the row says
// none, or one without end. Provider (or "none") and party are compared where a
// fixture gives them.
type row struct {
	Name     string `json:"name"`
	Category string `json:"category"`
	Lifetime string `json:"lifetime"`
	Kind     string `json:"kind"` // cookie if empty
	Provider string `json:"provider"`
	Party    string `json:"party"`
}

// seconds of the units, as the rules have them: a month is a twelfth of 365.25
// days.
var units = []struct {
	unit    string
	seconds int64
}{{"min", 60}, {"mo", 2_629_800}, {"h", 3600}, {"d", 86400}, {"w", 7 * 86400}, {"y", 365 * 86400}, {"s", 1}}

func (r row) want(t *testing.T) string {
	t.Helper()
	if r.Lifetime == "" || r.Lifetime == "session" {
		return r.Lifetime
	}
	for _, u := range units {
		if number, ok := strings.CutSuffix(r.Lifetime, u.unit); ok {
			n, err := strconv.ParseInt(number, 10, 64)
			if err != nil {
				t.Fatalf("the lifetime %q of %s: %v", r.Lifetime, r.Name, err)
			}
			return fmt.Sprint(n * u.seconds)
		}
	}
	t.Fatalf("the lifetime %q of %s has no unit", r.Lifetime, r.Name)
	return ""
}

func got(l declaration.Lifetime) string {
	switch {
	case l.Seconds != nil:
		return fmt.Sprint(*l.Seconds)
	case l.Session:
		return "session"
	}
	return ""
}

var shared = sync.OnceValues(New)

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestFixtures reads policies of many shapes and languages and counts the rows
// whose name, category, lifetime and kind are right.
func TestFixtures(t *testing.T) {
	r := newReader(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	total, right, none, languages := 0, 0, 0, map[string]bool{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, policy := archive.Files[0].Name, archive.Files[0].Data
		var rows []row
		if err := json.Unmarshal(archive.Files[1].Data, &rows); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		d, err := r.Read(name, policy)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if !Recognise(name, policy) {
			t.Errorf("%s: not recognised", file)
		}
		base := filepath.Base(file)
		if len(rows) == 0 {
			none++
		} else {
			languages[base[:2]] = true
		}
		total += len(rows)
		right += compare(t, strings.TrimSuffix(base, ".txtar"), rows, d.Entries)
	}
	share := 100 * float64(right) / float64(total)
	t.Logf("%d of %d rows right (%.1f %%) in %d fixtures, %d of them without rows, in %d languages", right, total, share, len(files), none, len(languages))
	if len(files) < 60 || none < 8 || len(languages) < 12 {
		t.Errorf("there are %d fixtures in %d languages, %d of them without rows; at least 60 in 12 and 8 are asked for", len(files), len(languages), none)
	}
	if share < 98 {
		t.Errorf("%.1f %% of the rows are right, at least 98 are asked for", share)
	}
}

// compare counts the rows that are right. A row that was invented is an error.
func compare(t *testing.T, fixture string, rows []row, entries []declaration.Entry) int {
	t.Helper()
	right := 0
	left := append([]declaration.Entry(nil), entries...)
	for _, want := range rows {
		found := -1
		for i, e := range left {
			if e.Name == want.Name {
				found = i
				break
			}
		}
		if found < 0 {
			t.Logf("%s: %s is missing", fixture, want.Name)
			continue
		}
		e := left[found]
		left = append(left[:found], left[found+1:]...)
		kind := want.Kind
		if kind == "" {
			kind = "cookie"
		}
		if e.Category == want.Category && got(e.Lifetime) == want.want(t) && e.Kind == kind {
			right++
		} else {
			t.Logf("%s: %s is %s, %q (%q), %s at %s; want %s, %q, %s", fixture, e.Name, e.Category, got(e.Lifetime), e.Lifetime.Raw, e.Kind, e.Place, want.Category, want.want(t), kind)
		}
		if want.Provider != "" && cmp.Or(e.Provider, "none") != want.Provider || want.Party != "" && e.Party != want.Party {
			t.Errorf("%s: %s is of %q, party %q; want %q, %q", fixture, e.Name, e.Provider, e.Party, want.Provider, want.Party)
		}
		if e.Place == "" || e.Confidence == "" {
			t.Errorf("%s: %s has no place or no confidence", fixture, e.Name)
		}
	}
	for _, e := range left {
		t.Errorf("%s: %s at %s was invented", fixture, e.Name, e.Place)
	}
	return right
}
