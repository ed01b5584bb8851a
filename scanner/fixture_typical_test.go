package scanner

import "strconv"

// typicalScan is a shop with a tag manager, analytics, advertising, a video
// and a payment frame, walked without a choice and with GPC. Together with
// smallScan it has every value of every enumeration of the schema.
func typicalScan() *Scan {
	s := emptyScan()
	s.Settings.Phases = []string{"none", "gpc"}
	s.Settings.Region, s.Settings.Insecure = "DE", true
	s.Settings.Headers, s.Settings.Cookies = []string{"X-Staging"}, []string{"preview"}
	s.Settings.Resolve = []string{"*.shop.test=192.0.2.10:8443"}
	s.Target.As = "https://www.shop.example/"
	s.Complete = false
	s.Coverage = Coverage{
		PagesVisited: 14, PagesFound: 36,
		LeftOut:    []Left{{"max-pages", 20}, {"scope", 7}, {"scheme", 2}},
		NotVisited: []string{"https://www.shop.test/blog/2", "https://www.shop.test/blog/3"},
		Forbidden:  []string{"https://www.shop.test/admin/"},
		Templates: []Template{
			{Template: "www.shop.test/product/{n}", Found: 22, Visited: 2, Structures: 1, Sample: []string{"https://www.shop.test/product/10482"}},
		},
		Sitemaps: []Sitemap{{URL: "https://www.shop.test/sitemap.xml", Found: 36}, {URL: "https://www.shop.test/old.xml", Problem: "the server answered with status 404"}},
		Controls: &Controls{Pressed: 5, Left: []Left{{"danger", 9}, {"form", 2}}},
	}
	s.Passes = typicalPasses()
	s.Incomplete = typicalIncomplete()
	s.Notes = []Note{
		{Code: "dialog", Pass: "none", Page: "https://www.shop.test/sale", Detail: "an alert was answered", Count: 1},
		{Code: "download", Detail: "a download was refused", Count: 2},
	}
	s.Hosts = typicalHosts()
	s.Cookies = append(firstPartyCookies(), thirdPartyCookies()...)
	s.Cookies = append(s.Cookies, oddCookies()...)
	s.Storage = typicalStorage()
	s.Trackers = typicalTrackers()
	return s
}

func typicalPasses() []Pass {
	paths := []string{
		"/", "/pricing", "/sale", "/cart", "/checkout", "/account/login", "/help", "/help/returns", "/blog/1",
		"/category/garden-furniture/chairs", "/product/10482", "/product/10483", "/stores", "/contact",
	}
	none, gpc := Pass{Phase: "none", Cookies: 24}, Pass{Phase: "gpc", Cookies: 19}
	for i, path := range paths {
		none.Pages = append(none.Pages, page("none/"+strconv.Itoa(i+1), path, "Shop: "+path))
		gpc.Pages = append(gpc.Pages, page("gpc/"+strconv.Itoa(i+1), path, "Shop: "+path))
	}
	for i, source := range []string{"route", "control", "next", "canonical", "alternate", "sitemap"} {
		none.Pages[i+1].Source, gpc.Pages[i+1].Source = source, source
	}
	none.Pages[8].Error, none.Pages[8].Status = "net::ERR_CONNECTION_RESET", 0
	return []Pass{none, gpc}
}

func typicalIncomplete() []Incomplete {
	shop := "https://www.shop.test"
	return []Incomplete{
		{Code: StartFailed, Pass: "gpc", Page: "https://old.shop.test/", Detail: "the name does not resolve"},
		{Code: PageFailed, Pass: "none", Page: shop + "/blog/1", Detail: "the connection was reset"},
		{Code: PageTimeout, Pass: "none", Page: shop + "/sale", Detail: "not settled within 1m0s"},
		{Code: PageTimeout, Pass: "none", Page: shop + "/stores", Detail: "not settled within 1m0s"},
		{Code: PageTimeout, Pass: "gpc", Page: shop + "/sale", Detail: "not settled within 1m0s"},
		{Code: PageTimeout, Pass: "gpc", Page: shop + "/stores", Detail: "not settled within 1m0s"},
		{Code: PageCrashed, Pass: "gpc", Page: shop + "/product/10483", Detail: "the renderer ran out of memory"},
		{Code: PassNotDone, Pass: "gpc", Detail: "1 of 14 was not visited within 5m0s"},
		{Code: Interrupted, Detail: "the user ended the scan"},
		{Code: BrowserLost, Pass: "gpc", Detail: "the browser ended with signal 9"},
		{Code: ThirdPartyBlocked, Detail: "the self-check's third-party cookie was not stored"},
		{Code: EventsDropped, Pass: "none", Page: shop + "/sale", Detail: "20000 events are kept, 312 were not"},
		{Code: HookSilenced, Pass: "none", Page: shop + "/cart", Detail: "a frame was not instrumented before it ran"},
		{Code: RecorderFailed, Pass: "gpc", Detail: "the log ended early"},
		{Code: SnapshotFailed, Pass: "none", Page: shop + "/help", Detail: "the IndexedDB names of https://video.test could not be read"},
		{Code: RequestsGuarded, Pass: "none", Page: shop + "/contact", Detail: "192.168.0.1:80 was refused, use --allow-private"},
		{Code: ServiceWorkerUnread, Pass: "none", Page: shop + "/", Detail: "https://www.shop.test/sw.js"},
		{Code: RobotsUnread, Pass: "none", Page: "https://static.shop.test/robots.txt", Detail: "the server answered with status 503"},
		{Code: SitemapUnread, Pass: "none", Page: shop + "/old.xml", Detail: "the server answered with status 404"},
	}
}

func typicalHosts() []Host {
	both := []string{"none", "gpc"}
	return []Host{
		{Name: "www.shop.test", Party: First, Addresses: []string{"192.0.2.10"}, Requests: 311, Outcome: "ok", Phases: both},
		{Name: "static.shop.test", Party: First, Addresses: []string{"192.0.2.11"}, Requests: 212, Outcome: "ok", Phases: both},
		{Name: "tags.manager.test", Party: Third, Addresses: []string{"198.51.100.4"}, Requests: 28, Outcome: "ok", Phases: both},
		{Name: "stats.measure.test", Party: Third, Addresses: []string{"198.51.100.7", "2001:db8::7"}, Requests: 61, Outcome: "ok", Phases: both},
		{Name: "px.adnet.test", Party: Third, Addresses: []string{"203.0.113.9"}, Requests: 44, Outcome: "ok", Phases: []string{"none"}},
		{Name: "video.test", Party: Third, Addresses: []string{"203.0.113.80"}, Requests: 12, Outcome: "ok", Phases: both},
		{Name: "dead.partner.test", Party: Third, Requests: 2, Outcome: "failed", Reason: "the name does not resolve", Phases: both},
		{Name: "192.168.0.1", Party: Third, Requests: 1, Outcome: "refused", Reason: "private address", Phases: []string{"none"}},
	}
}

func firstPartyCookies() []Cookie {
	const (
		site  = "https://www.shop.test/"
		app   = "https://static.shop.test/assets/js/app.4f2a91c0.js"
		tags  = "https://tags.manager.test/gtm.js?id=GTM-K4X"
		stats = "https://stats.measure.test/analytics.js"
	)
	gpc := func(w *Write) { w.Pass, w.State, w.Page = "gpc", "gpc", "gpc/1" }
	httpOnly := func(w *Write) { w.HTTPOnly = true }
	return []Cookie{
		cookie("sid", "www.shop.test", Lifetime{}, header(site).with(httpOnly), header(site).with(httpOnly).with(gpc)),
		cookie("csrf_token", "www.shop.test", maxAge(2*hour, "Max-Age=7200"), header(site), header(site).with(gpc)).with(func(c *Cookie) {
			c.SameSite, c.Secure = "Strict", true
		}),
		cookie("cart", "www.shop.test", maxAge(30*day, "Max-Age=2592000"), script(app, 210).on("none/4", OnLoad)).with(func(c *Cookie) { c.Path = "/cart" }),
		cookie("cart", "www.shop.test", maxAge(30*day, "Max-Age=2592000"), script(app, 214).on("none/5", OnLoad)).with(func(c *Cookie) { c.Path = "/checkout" }),
		cookie("language", "shop.test", maxAge(year, "Max-Age=31536000"), header(site)).with(func(c *Cookie) { c.Priority = "High" }),
		cookie("currency", "shop.test", maxAge(year, "Expires=Mon, 22 Nov 2027 09:14:03 GMT"), header(site)),
		cookie("cmp_choice", "shop.test", maxAge(180*day, "Max-Age=15552000"), script("https://cmp.shop.test/stub.js", 1).with(func(w *Write) { w.Straddles = true })),
		cookie("_ms", "shop.test", maxAge(2*year, "Max-Age=63072000"),
			script(stats, 3).with(func(w *Write) {
				w.Initiators = []string{tags, "https://www.shop.test/"}
			}),
			script(stats, 3).with(func(w *Write) { w.Action = Refresh; w.Count = 13 }),
			script(stats, 3).with(gpc)).with(func(c *Cookie) {
			c.SentTo = []SentTo{
				{Host: "www.shop.test", How: "cookie", Pass: "none", State: "none"},
				{Host: "stats.measure.test", How: "url", Form: "plain", Pass: "none", State: "none"},
				{Host: "stats.measure.test", How: "url", Form: "urlencoded", Pass: "gpc", State: "gpc"},
				{Host: "px.adnet.test", How: "url", Form: "sha256", Pass: "none", State: "none"},
				{Host: "px.adnet.test", How: "url", Form: "base64", Pass: "none", State: "none"},
				{Host: "px.adnet.test", How: "url", Form: "hex", Pass: "none", State: "none"},
				{Host: "px.adnet.test", How: "body", Form: "md5", Pass: "none", State: "none"},
				{Host: "px.adnet.test", How: "body", Form: "sha1", Pass: "none", State: "none"},
			}
		}),
		cookie("_ms_K4X9QT2LBD", "shop.test", maxAge(2*year, "Max-Age=63072000"), script(stats, 3)),
		cookie("_ms_day", "shop.test", maxAge(day, "Max-Age=86400"), script(stats, 8), script(stats, 8).with(gpc)),
		cookie("_ms_throttle", "shop.test", maxAge(minute, "Max-Age=60"), script(stats, 11).on("none/1", OnTimer)),
		cookie("_ad_click", "shop.test", maxAge(90*day, "Max-Age=7776000"), script(tags, 418)),
		cookie("_ad_browser", "shop.test", maxAge(90*day, "Max-Age=7776000"),
			script("https://px.adnet.test/sdk/v9/loader/bundle.es2020.min.js", 1).with(func(w *Write) { w.Attribution = Inferred })),
		cookie("seen_sale", "www.shop.test", maxAge(30*minute, "Max-Age=1800"), write(ViaCookieStore, app, 377).on("none/3", OnScroll)).with(func(c *Cookie) { c.Priority = "Low" }),
		cookie("last_exit", "www.shop.test", maxAge(13*30*day+5*day, "Max-Age=34128000"), script(app, 402).on("none/10", OnPageHide)),
		cookie("ab_group", "www.shop.test", Lifetime{DeclaredSeconds: seconds(7 * day), StoredSeconds: seconds(7 * day), Raw: "Max-Age=604800", Varies: true},
			header("https://www.shop.test/api/experiments"),
			header("https://www.shop.test/api/experiments").with(func(w *Write) { w.Action = Change; w.Count = 4 }),
			write(ViaClearSiteData, "https://www.shop.test/account/login", 0).on("none/6", OnLoad).with(func(w *Write) { w.Action = Delete }),
		),
		cookie("socket", "www.shop.test", Lifetime{}, header("wss://www.shop.test/live").with(func(w *Write) {
			w.Context, w.Proof = InWebSocket, ProofNetLog
		})),
		cookie("push_state", "www.shop.test", maxAge(14*day, "Max-Age=1209600"), write(ViaCookieStore, "https://www.shop.test/sw.js", 40).with(func(w *Write) {
			w.Context = InServiceWorker
		})),
		cookie("worker_job", "www.shop.test", maxAge(5*minute, "Max-Age=300"),
			header("https://www.shop.test/api/job").with(func(w *Write) { w.Context = InWorker }),
			header("https://www.shop.test/api/job").with(func(w *Write) { w.Context, w.Action, w.Lifetime = InSharedWorker, Expire, Lifetime{Raw: "Max-Age=300"} })),
	}
}

func thirdPartyCookies() []Cookie {
	frame := func(origin string) func(*Write) {
		return func(w *Write) { w.Frame = append(w.Frame, origin); w.Page = "none/11" }
	}
	return []Cookie{
		cookie("uid", "adnet.test", maxAge(2*year, "Max-Age=63072000"), header("https://px.adnet.test/match?gdpr=0").with(func(w *Write) { w.Proof = ProofSent })).with(func(c *Cookie) {
			c.SentTo = []SentTo{{Host: "px.adnet.test", How: "cookie", Pass: "none", State: "none"}}
		}),
		cookie("uid_sync", "adnet.test", maxAge(90*day, "Max-Age=7776000"), header("https://px.adnet.test/sync").on("none/1", OnTimer)),
		cookie("visitor", "measure.test", maxAge(395*day, "Max-Age=34128000"), header("https://stats.measure.test/collect")),
		cookie("tm_debug", "manager.test", Lifetime{}, header("https://tags.manager.test/gtm.js?id=GTM-K4X")),
		cookie("player", "video.test", maxAge(180*day, "Max-Age=15552000"), script("https://video.test/embed/player.js", 2).with(frame("https://video.test"))),
		cookie("consent", "video.test", maxAge(10*year, "Expires=Sun, 19 Nov 2036 09:14:03 GMT"), header("https://video.test/embed/aX1").with(frame("https://video.test"))),
		cookie("__Host-pay", "www.pay.test", Lifetime{}, header("https://www.pay.test/frame").with(frame("https://www.pay.test")).with(func(w *Write) { w.Page = "none/5" })).with(func(c *Cookie) {
			c.PartitionKey = &PartitionKey{TopLevelSite: "https://shop.test", HasCrossSiteAncestor: true}
		}),
		cookie("chat", "chat.test", maxAge(year, "Max-Age=31536000"), script("https://chat.test/widget.js", 77).on("none/14", OnInteraction)).with(func(c *Cookie) {
			c.PartitionKey = &PartitionKey{TopLevelSite: "https://shop.test"}
		}),
	}
}

// oddCookies are those that are not simply stored by a known setter.
func oddCookies() []Cookie {
	refused := func(reasons ...string) func(*Write) {
		return func(w *Write) { w.Action, w.Proof, w.Blocked = Refused, ProofNone, reasons }
	}
	declared := func(n int64) Lifetime { return Lifetime{DeclaredSeconds: seconds(n)} }
	none := func(c *Cookie) { c.Priority = ""; c.Session = false }
	return []Cookie{
		cookie("fresh", "adnet.test", declared(year), header("https://px.adnet.test/fresh").with(refused("SameSiteNoneInsecure"))).with(none).with(func(c *Cookie) { c.Secure = false }),
		cookie("legacy_id", "tracker.test", declared(2*year), header("http://cdn.tracker.test/t.gif").with(refused("SameSiteUnspecifiedTreatedAsLax"))).with(none).with(func(c *Cookie) { c.SameSite = "" }),
		cookie("__Secure-s", "www.shop.test", Lifetime{}, header("https://www.shop.test/").with(refused("InvalidPrefix"))).with(none),
		cookie("lb", "stats.measure.test", maxAge(hour, ""), write(ViaUnknown, "", 0).with(func(w *Write) {
			w.Page, w.Trigger, w.Context, w.Attribution, w.Initiators, w.Frame = "", "", "", NoOne, nil, nil
		})),
		cookie("flood", "www.shop.test", maxAge(hour, "Max-Age=3600"), script("https://www.shop.test/sale", 58).on("none/3", OnLoad),
			write(ViaUnknown, "", 0).on("none/3", OnLoad).with(func(w *Write) { w.Action, w.Attribution = Evict, NoOne })),
		cookie("preview", "www.shop.test", Lifetime{}, write(ViaUser, "", 0).with(func(w *Write) {
			w.Page, w.Trigger, w.Context, w.Initiators, w.Frame = "", "", "", nil, nil
		})),
	}
}

func typicalStorage() []StorageItem {
	item := func(kind StorageKind, origin, key, via, url string, line int) StorageItem {
		i := StorageItem{
			Kind: kind, Origin: origin, StorageKey: origin + "/", TopSite: "https://shop.test", Key: key, Size: len(key) + 40, Party: Third,
			Phases: []string{"none"}, Present: []string{"none"}, Pages: []string{"none/1"},
		}
		if origin == "https://www.shop.test" {
			i.Party = First
		}
		w := StorageWrite{
			Pass: "none", State: "none", Trigger: OnLoad, Page: "none/1", Frame: []string{origin}, Via: via, URL: url, Line: line,
			Initiators: []string{"https://www.shop.test/"}, Action: Set, Size: i.Size, Attribution: Exact, Count: 1,
		}
		if via == "snapshot" {
			w.Attribution = NoOne
		} else {
			w.Column, w.ValueDigest = 9, digest(key)
		}
		i.Writes = []StorageWrite{w}
		return i
	}
	file := item(FileSystem, "https://www.shop.test", "catalogue/index.sqlite3", "createSyncAccessHandle", "https://static.shop.test/assets/js/offline.js", 31)
	file.Bucket, file.Size, file.Writes[0].Size, file.Writes[0].ValueDigest = "catalogue", 40960, 0, ""
	return []StorageItem{
		item(LocalStorage, "https://www.shop.test", "recently_viewed", "setItem", "https://static.shop.test/assets/js/app.4f2a91c0.js", 512),
		item(LocalStorage, "https://www.shop.test", "_ms_queue", "property", "https://stats.measure.test/analytics.js", 14),
		item(SessionStorage, "https://www.shop.test", "tab_id", "setItem", "https://static.shop.test/assets/js/app.4f2a91c0.js", 520),
		item(IndexedDB, "https://www.shop.test", "offline-catalogue", "open", "https://static.shop.test/assets/js/offline.js", 8),
		item(CacheStorage, "https://www.shop.test", "shell-v12", "snapshot", "", 0),
		item(ServiceWorker, "https://www.shop.test", "https://www.shop.test/", "register", "https://static.shop.test/assets/js/app.4f2a91c0.js", 3),
		file,
		item(LocalStorage, "https://video.test", "yt-player::volume", "setItem", "https://video.test/embed/player.js", 91),
	}
}

func typicalTrackers() []Tracker {
	row := func(kind TrackerKind, url, host string, count int) Tracker {
		return Tracker{
			Kind: kind, URL: url, Host: host, Party: Third, Phases: []string{"none"}, Pages: []string{"none/1", "none/10", "none/2"},
			Initiators: []string{"https://tags.manager.test/gtm.js?id=GTM-K4X", "https://www.shop.test/"}, Count: count,
		}
	}
	canvas := row(Fingerprint, "https://px.adnet.test/sdk/v9/fp.js", "px.adnet.test", 3)
	canvas.API, canvas.Line, canvas.Column = "canvas", 1, 20411
	return []Tracker{
		row(Pixel, "https://px.adnet.test/p.gif", "px.adnet.test", 14),
		row(Pixel, "https://px.adnet.test/match", "px.adnet.test", 3),
		row(Beacon, "https://stats.measure.test/collect", "stats.measure.test", 41),
		canvas,
		row(RequestTo, "https://tags.manager.test/", "tags.manager.test", 28),
		row(RequestTo, "https://video.test/", "video.test", 12),
	}
}
