package ledger

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cookiescan/scanner"
)

// world is a jar that knows the truth, and what a browser would report of it.
type world struct {
	r        *rand.Rand
	now      float64
	jar      map[string]string
	ever     map[string]bool // names that were stored at some time
	seen     []Observation   // of the batch
	log      []Observation
	keepsLog bool
	lag      float64 // seconds by which reports are later than the log
	values   int
}

// write is one random attempt, by header or script.
func (w *world) write() {
	w.now += 0.2 + w.r.Float64()
	name := string(rune('a' + w.r.IntN(4)))
	w.values++
	value := fmt.Sprint("v", w.values)
	if w.r.IntN(4) == 0 && w.jar[name] != "" {
		value = w.jar[name]
	}
	switch w.r.IntN(7) {
	case 0: // blocked, and the browser says so
		w.seen = append(w.seen, header(w.now, name+"="+value, "SameSiteLax"))
	case 1: // refused without a word
		w.values++
		w.seen = append(w.seen, header(w.now, fmt.Sprintf("%s=v%d", name, w.values)))
	case 2:
		w.seen = append(w.seen, script(w.now, name+"=; Max-Age=0"))
		if old, ok := w.jar[name]; ok {
			w.logs(LogDeleted, name+"="+old, "expired_overwrite")
		}
		delete(w.jar, name)
	case 3: // nobody reports it
		if w.keepsLog || w.r.IntN(2) == 0 {
			w.stores(name, value)
		}
	case 4:
		w.seen = append(w.seen, header(w.now, name+"="+value))
		w.stores(name, value)
	case 5:
		w.seen = append(w.seen, script(w.now, name+"="+value))
		w.stores(name, value)
	case 6: // evicted
		if old, ok := w.jar[name]; ok {
			w.logs(LogDeleted, name+"="+old, "evicted")
			delete(w.jar, name)
		}
	}
	if w.r.IntN(3) == 0 {
		w.now += 0.1
		for n, v := range w.jar {
			w.seen = append(w.seen, sentAt(w.now, n+"="+v))
		}
	}
}

// stores also tells the ways in which a value that nobody reports can be known:
// it is in the log, or it is sent at once.
func (w *world) stores(name, value string) {
	if old, ok := w.jar[name]; ok {
		w.logs(LogDeleted, name+"="+old, "overwrite")
	}
	w.jar[name], w.ever[name] = value, true
	w.logs(LogStored, name+"="+value, "")
	if !w.keepsLog {
		w.now += 0.05
		w.seen = append(w.seen, sentAt(w.now, name+"="+value))
	}
}

// logs adds an entry with the true time; the reports are late.
func (w *world) logs(what LogEvent, pair, cause string) {
	if w.keepsLog {
		w.log = append(w.log, logged(w.now-w.lag, what, pair, cause))
	}
}

func (w *world) snapshot(last bool) Jar {
	w.now++
	j := jarAt(w.now)
	j.Final = last
	for n, v := range w.jar {
		j.Cookies = append(j.Cookies, held(n+"="+v, 0))
	}
	return j
}

// run plays a pass and returns its batches, in which the order of arrival is
// left to chance.
func (w *world) run() [][]Observation {
	var out [][]Observation
	for range 1 + w.r.IntN(4) {
		w.lag = 8 * w.r.Float64() * float64(w.r.IntN(2))
		w.now += w.lag
		for range w.r.IntN(12) {
			w.write()
		}
		if w.r.IntN(4) > 0 {
			w.seen = append(w.seen, w.snapshot(false))
		}
		out, w.seen = append(out, w.seen), nil
	}
	last := []Observation{w.snapshot(true)}
	if w.keepsLog {
		last = append(append(last, w.log...), logRead(w.now+1))
	}
	return append(out, last)
}

func TestAgainstAModelJar(t *testing.T) {
	for seed := range uint64(1000) {
		w := &world{r: rand.New(rand.NewPCG(seed, 1)), jar: map[string]string{}, ever: map[string]bool{}, keepsLog: seed%2 == 0}
		batches := w.run()
		first := play(batches)
		compare(t, seed, w, first)
		for _, b := range batches[:len(batches)-1] {
			w.r.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
		}
		a, _ := json.Marshal(first)
		b, _ := json.Marshal(play(batches))
		if string(a) != string(b) {
			t.Fatalf("seed %d: another order of arrival gives\n%s\ninstead of\n%s", seed, b, a)
		}
		if t.Failed() {
			return
		}
	}
}

func play(batches [][]Observation) []scanner.Cookie {
	l := newLedger()
	l.Begin("none", nil)
	for _, b := range batches {
		l.Add(append([]Observation(nil), b...))
	}
	l.End()
	return l.Cookies()
}

func compare(t *testing.T, seed uint64, w *world, got []scanner.Cookie) {
	t.Helper()
	stored := map[string]bool{}
	for i := range got {
		c := &got[i]
		if c.Stored {
			stored[c.Name] = true
		}
		if c.Stored != w.ever[c.Name] {
			t.Errorf("seed %d: %s stored is %v: %s", seed, c.Name, c.Stored, story(c))
		}
		value, there := w.jar[c.Name]
		if there != (len(c.Present) == 1) || there && c.Value != value {
			t.Errorf("seed %d: %s is %q (%v) in the jar: %s", seed, c.Name, value, there, story(c))
		}
		valid(t, c)
	}
	for name := range w.ever {
		if !stored[name] {
			t.Errorf("seed %d: %s is lost", seed, name)
		}
	}
}

// valid checks what every cookie of a document must fulfil.
func valid(t *testing.T, c *scanner.Cookie) {
	t.Helper()
	if len(c.Writes) == 0 || len(c.Writes) > maxWrites || len(c.Phases) == 0 {
		t.Errorf("%q has %d writes, phases %q", c.Name, len(c.Writes), c.Phases)
	}
	if len(c.Present) > 0 && !c.Stored {
		t.Errorf("%q is present and never stored: %s", c.Name, story(c))
	}
	if strings.ToValidUTF8(c.Name, "?") != c.Name {
		t.Errorf("name %q", c.Name)
	}
	for _, w := range c.Writes {
		if w.Count < 1 || w.Pass == "" || w.State == "" {
			t.Errorf("%q: write %+v", c.Name, w)
		}
		if (w.Attribution == scanner.NoOne) != (w.Via == scanner.ViaUnknown) {
			t.Errorf("%q: %s is attributed %s", c.Name, w.Via, w.Attribution)
		}
		if w.Action == scanner.Refused && w.Lifetime.StoredSeconds != nil {
			t.Errorf("%q: refused and yet stored for %d s", c.Name, *w.Lifetime.StoredSeconds)
		}
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("a=1; Max-Age=60", "a=2; Partitioned; Secure", `"cookies"`, "a", "2")
	f.Add("n\xff\xc3=\xe9; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "=; path=/\x00", `"*", "`, "\xff", "")
	f.Add("__Host-a=1; Domain=.test", "a;b=c;Domain=shop.test", "", "__Host-a", "1")
	f.Fuzz(func(t *testing.T, raw, assigned, clears, name, value string) {
		j := held("x=1", 5)
		j.Key.Name, j.Value = strings.ToValidUTF8(name, ""), value
		answer := header(1, raw)
		answer.PartitionKey = &scanner.PartitionKey{TopLevelSite: "https://shop.test"}
		q := Request{At: sec(4), URL: "https://t.test/" + value, Body: []byte(raw + assigned + value), Kind: BeaconRequest}
		l := newLedger()
		l.Begin("none", []JarCookie{held("u="+value, 0)})
		l.Add([]Observation{answer, script(2, assigned), Response{At: sec(3), Setter: Setter{URL: "https://www.shop.test/"}, ClearSiteData: clears}, q})
		l.Add([]Observation{jarAt(5, j), final(6, j), logged(1, LogStored, name+"="+value, ""), logged(2, LogDeleted, raw, "evicted"), logRead(9)})
		l.End()
		for _, c := range l.Cookies() {
			valid(t, &c)
			if strings.HasPrefix(c.Name, "__Host-") && !c.HostOnly && c.Stored {
				t.Errorf("%q is stored with a domain", c.Name)
			}
		}
	})
}

func FuzzNeedles(f *testing.F) {
	f.Add("4f1a0e9c-77d2-4b0e", "?id=", "&x")
	f.Add("a b/c(d)12345678", "", "")
	f.Fuzz(func(t *testing.T, value, before, after string) {
		n := newNeedles()
		n.add(value, key("a"))
		n.add(value, key("a"))
		found := 0
		n.find(before+value+after, func(x needle) {
			if x.key != key("a") {
				t.Errorf("found %+v", x)
			}
			if x.form == "plain" && x.text == value {
				found++
			}
		})
		if want := strings.Count(before+value+after, value) > 0 && telling(value); want != (found > 0) {
			t.Errorf("%q found %d times", value, found)
		}
		if !telling(value) && len(n.index) != 0 {
			t.Errorf("%q is looked for", value)
		}
	})
}

func FuzzStorageKey(f *testing.F) {
	f.Add("https://a.test/^0https://b.test^31")
	f.Fuzz(func(t *testing.T, text string) {
		origin, _ := parseStorageKey(text)
		if strings.Contains(origin, "^") || !strings.HasPrefix(text, origin) {
			t.Errorf("origin %q of %q", origin, text)
		}
	})
}

func FuzzClears(f *testing.F) {
	f.Add(`"cookies", "storage"`)
	f.Add("\"*\"\n\"cache\"")
	f.Fuzz(func(t *testing.T, header string) {
		list := Response{ClearSiteData: header}.Clears()
		for _, c := range list {
			if !strings.Contains(header, `"`+c+`"`) {
				t.Errorf("%q clears %q", header, c)
			}
		}
		if !slices.IsSorted(list) || len(list) > len(clearTypes) {
			t.Errorf("%q clears %q", header, list)
		}
	})
}
