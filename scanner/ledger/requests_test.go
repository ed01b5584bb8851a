package ledger

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner"
)

func TestRequests(t *testing.T) {
	l := New(Options{Site: "x.test", Digest: func(v string) string { return strings.Repeat("#", len(v)) }})
	l.Begin("accept", []JarCookie{{Key: Key{Name: "given", Domain: "x.test", Path: "/"}, Value: "user-secret"}})
	l.Choosing()
	at := time.Date(2026, 11, 1, 2, 3, 4, 5e6, time.FixedZone("", 3600))
	l.Chosen(at.Add(time.Second), "accept")
	page := At{Page: "accept/1", Trigger: scanner.OnLoad, Time: at}
	late := page
	late.Time = at.Add(2 * time.Second)
	seen := []Observation{
		Response{At: page, Setter: Setter{URL: "https://x.test/"}, SetCookie: []SetCookieLine{{Raw: "id=a1b2c3d4e5f6g7"}}},
		Request{
			At: page, URL: "https://user:password@y.test:8443/a%20b/a1b2c3d4e5f6g7/user-secret?cid=a1b2c3d4e5f6g7&empty=&flag&a=1#fragment", Method: "POST", Body: []byte("body"),
			Initiators: []string{"https://x.test/s.js?v=2", "https://x.test/"}, Request: "7.1", Type: "Image",
			Answer: Answer{Status: 200, Protocol: "h2", MediaType: "image/gif", Octets: 43, Began: at.Add(15 * time.Millisecond), Ended: at.Add(20 * time.Millisecond)},
		},
		Request{At: late, URL: "https://y.test/", Method: "GET", Answer: Answer{Failed: "ERR_ABORTED", Ended: at.Add(time.Minute)}},
		Request{At: page, URL: "data:image/gif;base64,a1b2c3d4e5f6g7"},
		Request{At: page, URL: "blob:https://x.test/1"},
		Request{At: page, URL: ":"},
	}
	l.Add(seen)
	got := l.Requests(seen)
	if len(got) != 2 {
		t.Fatalf("%d requests, want 2: %+v", len(got), got)
	}
	want := scanner.Request{
		ID: "7.1", Page: "accept/1", State: "none", Trigger: scanner.OnLoad, Method: "POST", Type: "Image", Initiator: "https://x.test/s.js?v=digest:#",
		URL:     "https://y.test:8443/a%20b/digest:##############/digest:###########?cid=digest:##############&empty=&digest:####&a=digest:#",
		Started: at.UTC(), BodyOctets: 4, Status: 200, Protocol: "h2", MediaType: "image/gif", Octets: 43, WaitMs: 15, ReceiveMs: 5,
	}
	if q := got[0]; q.URL != want.URL || q.Initiator != want.Initiator || q.State != want.State || q.WaitMs != 15 || q.ReceiveMs != 5 || q.Started != want.Started ||
		q.ID != want.ID || q.Page != want.Page || q.Type != want.Type || q.BodyOctets != 4 || q.Octets != 43 || q.MediaType != want.MediaType || q.Protocol != "h2" || q.Trigger != want.Trigger {
		t.Errorf("got  %+v\nwant %+v", q, want)
	}
	if q := got[1]; q.State != "accept" || q.Error != "ERR_ABORTED" || q.Status != 0 || q.WaitMs != 0 || q.ReceiveMs != 0 {
		t.Errorf("a request that failed: %+v", q)
	}
}

// FuzzWithoutValues: what an address says behind its question mark is not in
// what is kept, and that can be read as an address again.
func FuzzWithoutValues(f *testing.F) {
	f.Add("p", "name", "&b;c=d#e")
	f.Add("%zz", "", "=&&")
	f.Add(strings.Repeat("a", 2045)+"%20%20", "n", "")
	f.Add(strings.Repeat("/x", 3000), "n", strings.Repeat("&a=1", 200))
	f.Fuzz(func(t *testing.T, path, name, rest string) {
		const secret = "s3cr3tV4lue"
		u, err := url.Parse("https://user:s3cr3tUser@x.test/" + path + "?" + name + "=" + secret + rest)
		if err != nil || strings.Contains(path+name+rest, "s3cr3t") || strings.ContainsAny(path, "?#") || strings.ContainsAny(name, "&#") {
			return
		}
		l := New(Options{Digest: func(string) string { return "0011" }})
		got := l.Address(u.String())
		if strings.Contains(got, "s3cr3t") || strings.Contains(got, "#") {
			t.Errorf("%q keeps a value", got)
		}
		if _, err := url.Parse(got); err != nil {
			t.Errorf("%q: %v", got, err)
		}
	})
}
