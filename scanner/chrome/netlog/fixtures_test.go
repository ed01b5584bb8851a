package netlog

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRecordedLogs holds against both engines and HTTP versions what one visit
// of the same pages must show.
func TestRecordedLogs(t *testing.T) {
	for _, name := range []string{"shell-h1.json", "full-h2.json"} {
		t.Run(name, func(t *testing.T) {
			events, stats := readLog(t, fixture(t, name))
			if stats.Lost() != 0 || !stats.Complete {
				t.Errorf("stats %+v: lines lost, or the end not seen", stats)
			}
			checkJoined(t, events)
			checkHeaders(t, events)
			checkRefused(t, events)
			checkDeletions(t, events)
			checkScriptWrites(t, events)
			checkPartition(t, events)
		})
	}
}

// checkJoined: every verdict about a line has its request, line and, if the
// cookie was stored, the write.
func checkJoined(t *testing.T, events []Event) {
	t.Helper()
	stored := map[int64]*CookieStored{}
	for _, e := range of[*CookieStored](events) {
		stored[e.Seq] = e
	}
	n := 0
	for _, e := range of[*CookieInclusion](events) {
		if e.Request == nil {
			t.Errorf("verdict %d (%s %s) has no request", e.Seq, e.Operation, e.Name)
		}
		if e.Operation == OpSend {
			continue
		}
		n++
		if e.LineIndex < 0 {
			t.Errorf("verdict %d about %q has no line", e.Seq, e.Name)
		}
		if e.Operation != OpStore || !e.Included {
			continue
		}
		s := stored[e.ChangeSeq]
		if s == nil || s.Cookie != e.Cookie || s.Source != e.StoreSource {
			t.Errorf("verdict %d about %q in store %d: its write is %+v", e.Seq, e.Name, e.StoreSource, s)
		}
	}
	if n < 40 {
		t.Errorf("%d verdicts about lines, want at least 40", n)
	}
}

func checkHeaders(t *testing.T, events []Event) {
	t.Helper()
	var got []string
	for _, e := range of[*SetCookieHeader](events) {
		q := e.Request
		got = append(got, fmt.Sprint(e.Status, " ", q.Kind, " ", q.Dest, " ", q.Method, " ", q.URL, " by ", q.Initiator, " in ", q.TopLevelSite, " of ", q.FrameSite))
	}
	for _, want := range []string{
		"200 mainFrame document GET https://shop.test/?ctx=0 by  in https://shop.test of https://shop.test",
		"101 websocket  GET wss://shop.test/ws by https://shop.test in https://shop.test of https://shop.test",
		"200 other sharedworker GET https://shop.test/shared.js by https://shop.test in https://shop.test of https://shop.test",
		"200 other empty GET https://shop.test/sub?shared by https://shop.test in https://shop.test of https://shop.test",
		"200 serviceWorkerScript serviceworker GET https://shop.test/sw.js by https://shop.test in https://shop.test of https://shop.test",
		"200 other empty POST https://shop.test/sub?post by https://shop.test in https://shop.test of https://shop.test",
		"200 subframe iframe GET https://third.test/frame by https://shop.test in https://shop.test of https://third.test",
		"302 other  GET http://shop.test/r by http://shop.test in http://shop.test of http://shop.test",
		"200 other  GET http://shop.test/r2 by http://shop.test in http://shop.test of http://shop.test",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("no response %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	shared := find(t, events, func(e *SetCookieHeader) bool { return strings.HasSuffix(e.Request.URL, "?shared") })
	if shared.Request.Referrer != "https://shop.test/shared.js" {
		t.Errorf("a shared worker's fetch has referrer %q", shared.Request.Referrer)
	}
	ws := find(t, events, func(e *SetCookieHeader) bool { return e.Request.Kind == KindWebSocket })
	if diff := cmp.Diff([]string{"wsok=1; Max-Age=500", "wsnone=1; SameSite=None"}, ws.Lines); diff != "" {
		t.Errorf("WebSocket lines (-want +got):\n%s", diff)
	}
	if e := find(t, events, func(e *SetCookieHeader) bool { return e.ClearSiteData != nil }); e.ClearSiteData[0] != `"cookies"` {
		t.Errorf("Clear-Site-Data %q", e.ClearSiteData)
	}
}

func checkRefused(t *testing.T, events []Event) {
	t.Helper()
	var got []string
	for _, e := range of[*CookieInclusion](events) {
		if e.Operation != OpSend && !e.Included && len(got) < 6 {
			got = append(got, fmt.Sprintf("%s %.12q %v", e.Request.Kind, e.Line, e.Blocked))
		}
	}
	want := []string{
		`mainFrame "__Host-bad=1" [InvalidPrefix]`,
		`mainFrame "none=1; Same" [SameSiteNoneInsecure]`,
		`mainFrame "third=1; dom" [InvalidDomain]`,
		`mainFrame "big=xxxxxxxx" [NameValuePairExceedsMaxSize]`,
		`websocket "wsnone=1; Sa" [SameSiteNoneInsecure]`,
		`subframe "tlax=1" [SameSiteUnspecifiedTreatedAsLax]`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refused lines (-want +got):\n%s", diff)
	}
}

func checkDeletions(t *testing.T, events []Event) {
	t.Helper()
	for _, want := range []struct{ name, cause string }{
		{"doc", CauseOverwrite}, {"cs1", CauseExpiredOverwrite}, {"todel", CauseExpiredOverwrite}, {"ev0", CauseEvicted}, {"wsok", CauseExplicit},
	} {
		find(t, events, func(e *CookieDeleted) bool { return e.Name == want.name && e.Cause == want.cause })
	}
}

func checkScriptWrites(t *testing.T, events []Event) {
	t.Helper()
	claimed := map[int64]bool{}
	for _, e := range of[*CookieInclusion](events) {
		claimed[e.ChangeSeq] = true
	}
	var got []string
	for _, e := range of[*CookieStored](events) {
		if !claimed[e.Seq] {
			got = append(got, e.Name)
		}
	}
	want := []string{"jsc", "jsc", "jsess", "shortlived", "cs1", "cs2", "httponly1", "tjs"}
	if diff := cmp.Diff(want, got[:min(len(got), len(want))]); diff != "" {
		t.Errorf("writes without a response (-want +got):\n%s", diff)
	}
}

func checkPartition(t *testing.T, events []Event) {
	t.Helper()
	e := find(t, events, func(e *CookieInclusion) bool { return e.Name == "tpart" })
	if diff := cmp.Diff(&PartitionKey{TopLevelSite: "https://shop.test", HasCrossSiteAncestor: true}, e.PartitionKey); diff != "" {
		t.Errorf("partition key (-want +got):\n%s", diff)
	}
	if e := find(t, events, func(e *CookieInclusion) bool { return e.Name == "tnone" }); e.PartitionKey != nil {
		t.Errorf("an unpartitioned cookie has the key %+v", e.PartitionKey)
	}
}

func TestStoredCookieFields(t *testing.T) {
	events, _ := readLog(t, fixture(t, "shell-h1.json"))
	got := find(t, events, func(e *CookieStored) bool { return e.Value == "secretdoc2" })
	want := &CookieStored{
		Stamp:  Stamp{Seq: got.Seq, Time: time.UnixMilli(1795315099966 + 790636).UTC(), Tick: 790636 * time.Millisecond, Source: 10},
		Cookie: Cookie{Name: "doc", Domain: "shop.test", HostOnly: true, Path: "/"},
		Value:  "secretdoc2", Secure: true, SameSite: "Lax", Priority: "High", Persistent: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored cookie (-want +got):\n%s", diff)
	}
	domain := find(t, events, func(e *CookieStored) bool { return e.Name == "httponly1" })
	if domain.HostOnly || domain.Domain != "shop.test" || !domain.HTTPOnly || domain.SameSite != "" || domain.Persistent {
		t.Errorf("domain cookie read as %+v", domain)
	}
}

// TestEveryLineOfAResponse has a response with 24 lines of every odd sort: each
// verdict must be about the line of its turn.
func TestEveryLineOfAResponse(t *testing.T) {
	events, stats := readLog(t, fixture(t, "shell-lines.json"))
	if stats.Lost() != 0 || stats.Complete {
		t.Errorf("stats %+v of a log without an end", stats)
	}
	header := find(t, events, func(e *SetCookieHeader) bool { return strings.HasSuffix(e.Request.URL, "/weird") })
	var got []string
	next := 0
	for _, e := range of[*CookieInclusion](events) {
		if e.Source != header.Source || e.Operation == OpSend {
			continue
		}
		if e.LineIndex != next || e.Line != header.Lines[next] {
			t.Errorf("verdict %d is about line %d %q", next, e.LineIndex, e.Line)
		}
		next++
		if !e.Included {
			got = append(got, fmt.Sprintf("%q %s", e.Line, e.Blocked[0]))
		}
	}
	if next != len(header.Lines) || next != 23 {
		t.Errorf("%d verdicts about %d lines, want 23", next, len(header.Lines))
	}
	want := []string{
		`"" NoCookieContent`, `";" NoCookieContent`, `"=" NoCookieContent`,
		`"tab=a\tb" DisallowedCharacter`, `"ctl=a\x01b" DisallowedCharacter`, `"__Host-x=1; Secure" InvalidPrefix`,
		`"dom=1; Domain=test" InvalidDomain`, `"part2=1; Partitioned" InvalidPartitioned`, `"sub=1; Domain=a.shop.test" InvalidDomain`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
	if header.Lines[0] != "utf=ä€%41" || header.Lines[1] != "bad=\xff\xfe" || header.Lines[2] != "än=1; Path=/ä" {
		t.Errorf("octets of the first lines: %q", header.Lines[:3])
	}
}

func TestRejectedAndExpired(t *testing.T) {
	events, _ := readLog(t, fixture(t, "shell-lines.json"))
	ho := find(t, events, func(e *CookieRejected) bool { return e.Reason == "OverwriteHttpOnly" })
	if ho.Name != "ho" || ho.Value != "js" || ho.Domain != "shop.test" || !ho.HostOnly || ho.Path != "/" {
		t.Errorf("rejected %+v", ho)
	}
	byHeader := find(t, events, func(e *CookieRejected) bool { return e.Reason == "OverwriteSecure" && e.Value == "2" })
	verdict := find(t, events, func(e *CookieInclusion) bool { return slices.Contains(e.Blocked, "OverwriteSecure") })
	if verdict.ChangeSeq != byHeader.Seq || verdict.Line != "sec=2" || verdict.StoreSource != byHeader.Source {
		t.Errorf("verdict %+v does not name the rejection %+v", verdict, byHeader)
	}
	find(t, events, func(e *CookieRejected) bool { return e.Reason == "OverwriteSecure" && e.Value == "3" })
	find(t, events, func(e *CookieDeleted) bool { return e.Name == "shortlived" && e.Cause == CauseExpired })
}

// TestNotSaved: a preflight and a fetch without credentials carry lines that
// nobody judges.
func TestNotSaved(t *testing.T) {
	events, _ := readLog(t, fixture(t, "shell-lines.json"))
	got := map[string]bool{}
	for _, e := range of[*SetCookieHeader](events) {
		if strings.HasSuffix(e.Request.URL, "/cors") {
			got[e.Request.Method] = e.Request.SavesCookies
		}
	}
	if diff := cmp.Diff(map[string]bool{"OPTIONS": false, "PUT": true, "GET": false}, got); diff != "" {
		t.Errorf("SavesCookies by method (-want +got):\n%s", diff)
	}
}
