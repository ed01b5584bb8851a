package chrome

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"

	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/jarfile"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/walk"
)

// ProfileOptions is what one pass needs.
type ProfileOptions struct {
	Egress       egress.Options
	ExtraHeaders map[string]string // to every host: Sec-GPC
	Scripts      []string          // run before the code of pages and workers: navigator.globalPrivacyControl
	Secrets      Secrets           // to the target's own origins only
	Insecure     bool              // certificate errors are ignored
	Geolocation  *Geolocation      // what pages are told, without being asked for leave; nil: they are refused
	Hide         []string          // texts that are black in pictures, as password fields always are
	LinkNames    bool              // links are read with their names
}

// Profile is a browser context with an empty jar and its own way out.
type Profile struct {
	browser *Browser
	id      cdp.BrowserContextID
	options ProfileOptions
	sources Sources
	exit    *egress.Exit
	began   time.Time

	mu         sync.Mutex
	tabs       map[target.ID]*Tab
	background *record
	answers    *answersSeen
	user       []ledger.JarCookie
	unread     []string // scripts of service workers, without the recorder
	pixels     sync.Map // address of an image to whether it shows nothing
	spares     spares

	certificates certificates
}

// Open makes an empty profile. It ends with Close.
func (b *Browser) Open(ctx context.Context, o ProfileOptions) (walk.Profile, error) {
	exit, err := egress.Listen(ctx, o.Egress)
	if err != nil {
		return nil, fmt.Errorf("opening the way out: %w", err)
	}
	p := &Profile{
		browser: b, options: o, sources: b.options.Sources, exit: exit, began: time.Now(),
		tabs: map[target.ID]*Tab{}, background: newRecord(""), answers: newAnswersSeen(),
	}
	if p.id, err = b.createContext(ctx, exit); err != nil {
		_ = exit.Close()
		return nil, fmt.Errorf("creating a browser profile: %w", err)
	}
	b.addProfile(p)
	if err := p.prepare(ctx); err != nil {
		_ = p.Close(ctx)
		return nil, err
	}
	return p, nil
}

// createContext makes a browser context with an empty jar and this way out. It
// ends with the connection, however that ends.
func (b *Browser) createContext(ctx context.Context, exit *egress.Exit) (cdp.BrowserContextID, error) {
	dispose := true
	res, err := call(ctx, b.root, target.CreateBrowserContext, target.CreateBrowserContextParams{
		DisposeOnDetach: &dispose, ProxyServer: exit.ProxyServer(), ProxyBypassList: egress.ProxyBypassList,
	})
	return res.BrowserContextID, err
}

func (p *Profile) prepare(ctx context.Context) error {
	deny := browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny, BrowserContextID: p.id}
	if _, err := call(ctx, p.browser.root, browser.SetDownloadBehavior, deny); err != nil {
		return fmt.Errorf("denying downloads: %w", err)
	}
	if err := p.setUserCookies(ctx); err != nil {
		return err
	}
	if p.options.Geolocation != nil {
		if err := p.grant(ctx, "geolocation"); err != nil {
			return fmt.Errorf("letting pages know where the visitor is: %w", err)
		}
	}
	// The shell keeps third-party cookies and refuses frames that ask for theirs,
	// which no browser that keeps them does: pages take it for one that blocks.
	if p.browser.options.Binary.Engine == process.Shell {
		_ = p.grant(ctx, "storage-access") // which an old one does not know
	}
	return p.browser.startInjecting(ctx, p)
}

// grant answers a question to the visitor before it is asked.
func (p *Profile) grant(ctx context.Context, permission string) error {
	_, err := call(ctx, p.browser.root, browser.SetPermission, browser.SetPermissionParams{
		Permission: &browser.PermissionDescriptor{Name: permission}, Setting: browser.PermissionSettingGranted, BrowserContextID: p.id,
	})
	return err
}

// setUserCookies puts the user's cookies into the jar, host-only for the hosts
// of the start addresses; those of a file come first, as they were.
func (p *Profile) setUserCookies(ctx context.Context) error {
	if err := p.setJar(ctx); err != nil {
		return err
	}
	if len(p.options.Secrets.Cookies) == 0 {
		return p.readUser(ctx)
	}
	params := storage.SetCookiesParams{BrowserContextID: p.id}
	for _, origin := range p.options.Secrets.Origins {
		for _, c := range p.options.Secrets.Cookies {
			params.Cookies = append(params.Cookies, &network.CookieParam{Name: c.Name, Value: c.Value, URL: origin + "/"})
		}
	}
	if _, err := call(ctx, p.browser.root, storage.SetCookies, params); err != nil {
		return fmt.Errorf("setting the cookies given by the user: %w", err)
	}
	return p.readUser(ctx)
}

// setJar sets the cookies of a file one by one: the browser refuses all of a
// list if it refuses one.
func (p *Profile) setJar(ctx context.Context) error {
	for _, c := range p.options.Secrets.Jar {
		set := &network.CookieParam{
			Name: c.Name, Value: c.Value, Path: c.Path, Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: network.CookieSameSite(c.SameSite),
			URL: p.options.Secrets.schemeOf(c) + "://" + c.Domain + "/",
		}
		if !c.HostOnly {
			set.Domain = c.Domain
		}
		if c.Expires > 0 {
			set.Expires = cdp.TimeSinceEpoch(c.Expires)
		}
		params := storage.SetCookiesParams{BrowserContextID: p.id, Cookies: []*network.CookieParam{set}}
		if _, err := call(ctx, p.browser.root, storage.SetCookies, params); err != nil {
			return fmt.Errorf("setting the cookie %.60q of the user's file: %w", c.Name, err)
		}
	}
	return nil
}

// schemeOf is that of an origin which a cookie is for.
func (s Secrets) schemeOf(c jarfile.Cookie) string {
	for _, o := range s.Origins {
		if u, err := url.Parse(o); err == nil && !c.Secure && u.Hostname() == c.Domain {
			return u.Scheme
		}
	}
	return "https"
}

// readUser remembers what the user gave, as the jar holds it.
func (p *Profile) readUser(ctx context.Context) (err error) {
	if len(p.options.Secrets.Cookies) > 0 || len(p.options.Secrets.Jar) > 0 {
		p.user, err = readJar(ctx, p.browser.root, p.id)
	}
	return err
}

// NewTab opens a fresh tab, or takes one that is kept ready. One tab serves one
// page: after virtual time it cannot be navigated again.
func (p *Profile) NewTab(ctx context.Context, page string) (walk.Tab, error) {
	t, err := p.spares.take(ctx)
	if t == nil && err == nil {
		t, err = p.openTab(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("opening a tab: %w", err)
	}
	t.record.mu.Lock()
	t.record.page = page
	t.record.mu.Unlock()
	t.patience = patienceFor(budgetOf(ctx))
	t.view.sess.page = t.patience.call
	return t, t.focus(ctx, true)
}

// openTab opens an empty tab. In the full engine it has a window of its own: tabs
// behind another get about one frame a second between them, which scrolling and
// input wait for. A browser that somebody uses is not strewn with windows.
func (p *Profile) openTab(ctx context.Context) (*Tab, error) {
	params := target.CreateTargetParams{URL: "about:blank", BrowserContextID: p.id}
	if bin := p.browser.options.Binary; bin.Engine == process.Full && bin.Running == "" {
		window := true
		params.NewWindow = &window
	}
	res, err := call(ctx, p.browser.root, target.CreateTarget, params)
	if err != nil {
		return nil, err
	}
	t := p.tab(res.TargetID)
	select {
	case <-t.attached:
		return t, t.ready(ctx)
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-p.browser.router.done:
		return nil, errLost
	}
}

// ready waits until the empty first document is there: a navigation that comes
// earlier loses events, sometimes the load event itself.
func (t *Tab) ready(ctx context.Context) error {
	_, err := call(ctx, t.view.sess, runtime.Evaluate, runtime.EvaluateParams{Expression: "0"})
	return err
}

// focus makes the page believe that it is in front, or ends that. In the full
// engine a tab that is not in front gets no animation frames unless it believes
// to be; in the shell the same command crashes renderers and is not needed.
func (t *Tab) focus(ctx context.Context, on bool) error {
	if t.profile.browser.options.Binary.Engine != process.Full {
		return nil
	}
	if _, err := call(ctx, t.view.sess, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: on}); err != nil {
		return fmt.Errorf("focusing a tab: %w", err)
	}
	return nil
}

// tab finds or makes the tab of a target: the attachment is reported before or
// after the answer that names the target.
func (p *Profile) tab(id target.ID) *Tab {
	p.mu.Lock()
	defer p.mu.Unlock()
	t := p.tabs[id]
	if t == nil {
		t = newTab(p, id)
		p.tabs[id] = t
	}
	return t
}

func (p *Profile) forget(t *Tab) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.tabs, t.id)
}

// owner is the tab that a shared or service worker belongs to: the one that
// asked for its script, or the only one open. With several candidates nobody
// is named.
func (p *Profile) owner(script string) *Tab {
	p.mu.Lock()
	defer p.mu.Unlock()
	var asked []*Tab
	var open []*Tab
	for _, t := range p.tabs {
		if !t.record.hasPage() {
			continue
		}
		open = append(open, t)
		if t.record.asked(script) {
			asked = append(asked, t)
		}
	}
	if len(open) == 1 {
		asked = open
	}
	if len(asked) == 1 {
		return asked[0]
	}
	return nil
}

// Jar reads the cookie jar of the profile.
func (p *Profile) Jar(ctx context.Context) ([]ledger.JarCookie, error) {
	jar, err := readJar(ctx, p.browser.root, p.id)
	if err != nil {
		return nil, fmt.Errorf("reading the cookie jar: %w", err)
	}
	if p.sources.NoJar {
		return nil, nil
	}
	return jar, nil
}

// UserCookies are the cookies that the user gave, as the jar holds them.
func (p *Profile) UserCookies() []ledger.JarCookie { return p.user }

// Seq is the place in the event stream that has been read so far.
func (p *Profile) Seq() int64 { return p.browser.router.at() }

// Background returns what workers without a page did since the last call.
func (p *Profile) Background() []ledger.Observation {
	p.background.mu.Lock()
	defer p.background.mu.Unlock()
	return p.background.take(p.answers)
}

// maxUnread bounds the service workers that are named: one makes the scan
// incomplete already.
const maxUnread = 100

// noteUnread notes a service worker whose own headers only the recorder shows.
// The page that it belongs to may not be known yet.
func (p *Profile) noteUnread(script string) {
	script, _, _ = strings.Cut(script, "?") // what follows may be a value
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.unread) < maxUnread && !slices.Contains(p.unread, script) {
		p.unread = append(p.unread, script)
	}
}

// UnreadWorkers lists the service workers of whose headers nothing was seen.
func (p *Profile) UnreadWorkers() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(slices.Values(p.unread))
}

// Hosts lists the hosts that the pass made the browser contact.
func (p *Profile) Hosts() []egress.HostRecord {
	return p.exit.Hosts()
}

// Close disposes of the profile with all its tabs, hung and crashed ones too,
// and ends its way out.
func (p *Profile) Close(ctx context.Context) error {
	p.spares.close()
	p.browser.stopInjecting(p)
	_, err := call(ctx, p.browser.root, target.DisposeBrowserContext, target.DisposeBrowserContextParams{BrowserContextID: p.id})
	p.browser.dropProfile(p)
	if cerr := p.exit.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("closing a browser profile: %w", err)
	}
	return nil
}
