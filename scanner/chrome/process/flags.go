package process

// Flag is one command-line switch that every browser is started with.
type Flag struct {
	// Name is without the two dashes.
	Name string
	// Value is empty for a switch without one. A list is separated by commas.
	Value string
	// Engine restricts the switch to one engine; empty is both.
	Engine Engine
	// Why is the reason, one sentence.
	Why string
	// Needed marks what the record depends on and no command of DevTools does:
	// a browser that runs already must have been started with it.
	Needed bool
}

// BaseFlags are the switches of every start, in the order in which they are
// given. Switches that belong to one scan (proxy, trusted keys, NetLog) are the
// caller's, in Options.Flags.
//
// Left out on purpose: --no-pings (an <a ping> sets cookies), --disable-gpu and
// --hide-scrollbars (a page can see them), --enable-automation
// (navigator.webdriver), --single-process (virtual time belongs to a renderer
// process), --disable-crashpad-for-testing (Chromium 156 then answers every navigation of the full browser with ERR_ABORTED; its
// two crash handlers, which leave the process group, are the watcher's).
func BaseFlags() []Flag {
	return []Flag{
		{Name: "remote-debugging-pipe", Why: "commands on file descriptor 3, replies on 4: no port that others could use, and the browser ends when the pipe does"},
		{Name: "headless", Engine: Shell, Why: "harmless to the shell, and right if the binary turns out to be a full browser"},
		{Name: "headless", Value: "new", Engine: Full, Why: "versions before 132 took the old mode without a value"},

		{Name: "no-first-run", Why: "no welcome page"},
		{Name: "no-default-browser-check", Why: "no question, no desktop settings read"},
		{Name: "no-service-autorun", Why: "nothing in the background after the end"},
		{Name: "noerrdialogs", Why: "no dialog that waits for a person"},
		{Name: "disable-search-engine-choice-screen", Why: "no dialog that waits for a person (European Economic Area)"},
		{Name: "disable-prompt-on-repost", Why: "reloading a form's answer asks nothing"},
		{Name: "disable-popup-blocking", Needed: true, Why: "pop-ups store cookies too; without a gesture they would be blocked unseen"},
		{Name: "password-store", Value: "basic", Why: "no key ring of the desktop, no question for its password"},
		{Name: "use-mock-keychain", Why: "the same on macOS"},
		{Name: "window-size", Value: "1920,1080", Needed: true, Why: "the commonest desktop window; headless engines open one of 800 x 600, for which many sites have another layout"},
		{Name: "mute-audio", Why: "no sound from pages that play by themselves"},

		{Name: "disable-background-networking", Why: "fewer requests of the browser's own; the full browser still asks accounts.google.com, clients2.google.com, update.googleapis.com and its start page, so give it a refusing --proxy-server"},
		{Name: "disable-component-update", Needed: true, Why: "lists that change how sites are treated stay as built in"},
		{Name: "disable-sync", Why: "no account, no requests"},
		{Name: "disable-default-apps", Why: "no installation on first start"},
		{Name: "disable-extensions", Needed: true, Why: "an extension of the machine could block what is to be seen"},
		{Name: "disable-component-extensions-with-background-pages", Why: "no targets that are not the site's"},
		{Name: "disable-domain-reliability", Needed: true, Why: "no reports to Google about its own hosts"},
		{Name: "disable-client-side-phishing-detection", Why: "no model download, no classification of pages"},
		{Name: "metrics-recording-only", Why: "metrics are not sent"},
		{Name: "disable-field-trial-config", Needed: true, Why: "the defaults of the version instead of experiments, the same on each run"},
		{Name: "disable-quic", Why: "all traffic takes the proxy, which speaks TCP"},
		{Name: "force-webrtc-ip-handling-policy", Value: "disable_non_proxied_udp", Needed: true, Why: "WebRTC does not leave past the proxy"},

		{Name: "disable-site-isolation-trials", Needed: true, Why: "no out-of-process frames: one session a page, virtual time reaches every frame"},
		{Name: "disable-features", Value: "IsolateOrigins,site-per-process,SitePerProcess", Needed: true, Why: "the same, for the features of that name"},
		{Name: "renderer-process-limit", Value: "1000", Needed: true, Why: "a process for every tab, as virtual time belongs to a process: older versions let tabs of a site share one where there is little memory"},
		{Name: "disable-features", Value: "HttpsUpgrades,HttpsFirstBalancedModeAutoEnable", Needed: true, Why: "http addresses are loaded as written"},
		{Name: "disable-features", Value: "OptimizationHints,OptimizationGuideModelDownloading,OptimizationHintsFetching", Needed: true, Why: "no hints fetched for each page"},
		{Name: "disable-features", Value: "AutofillServerCommunication", Needed: true, Why: "form fields are not sent to Google"},
		{Name: "disable-features", Value: "MediaRouter,DialMediaRouteProvider,GlobalMediaControls", Needed: true, Why: "no search for televisions in the local network"},
		{Name: "disable-features", Value: "Translate", Needed: true, Why: "no language detection, no bubble"},
		{Name: "disable-features", Value: "CertificateTransparencyComponentUpdater,InterestFeedContentSuggestions,SafeBrowsingOnUIThread", Why: "no background downloads"},
		{Name: "disable-blink-features", Value: "AutomationControlled", Needed: true, Why: "navigator.webdriver is false, as for a visitor"},

		{Name: "disable-backgrounding-occluded-windows", Needed: true, Why: "several tabs at once: none is ever in front"},
		{Name: "disable-renderer-backgrounding", Needed: true, Why: "the same, for the priority of their processes"},
		{Name: "disable-background-timer-throttling", Needed: true, Why: "the same, for their timers"},
		{Name: "js-flags", Value: "--max-old-space-size=2048", Why: "a page that takes all memory ends at 2 GB of objects, the bound of an ordinary machine, instead of 4"},
		{Name: "disable-hang-monitor", Why: "a hung page is ended by our deadline, not by a dialog"},
	}
}

// lists are the switches whose values add up; of any other the last one counts.
func isList(name string) bool {
	switch name {
	case "disable-features", "enable-features", "disable-blink-features", "enable-blink-features":
		return true
	}
	return false
}

// refused are the switches that a caller may not give, with the reason.
func refused(name string) string {
	switch name {
	case "user-data-dir":
		return "the profile folder is made and removed by cookiescan"
	case "remote-debugging-pipe", "remote-debugging-port", "remote-debugging-address", "remote-debugging-io-pipes":
		return "cookiescan drives the browser over its own pipe"
	case "renderer-process-limit", "single-process", "process-per-site":
		return "pages that share a renderer process share its virtual clock"
	}
	return ""
}
