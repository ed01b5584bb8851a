package evidence

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/journal"
	"cookiescan/scanner/walk"
)

// ManifestV1 names the version of the manifest.
const ManifestV1 = "cookiescan/evidence/v1"

// Manifest says how a scan was made. Times are UTC by the clock of the machine,
// unless a field says page time.
type Manifest struct {
	Schema     string           `json:"schema"`
	Operator   string           `json:"operator,omitempty"`
	Case       string           `json:"case,omitempty"`
	Target     scanner.Target   `json:"target"`
	Started    time.Time        `json:"started"`
	Finished   time.Time        `json:"finished"`
	Complete   bool             `json:"complete"`
	Incomplete int              `json:"incomplete"` // things that were planned and not seen; scan.json names them
	Runs       []RunAt          `json:"runs"`       // of the program: several if the scan was gone on with
	Tool       Program          `json:"tool"`
	Rules      string           `json:"rules"` // version of the rule database: hashes of its content and of the user's files
	SuffixList SuffixList       `json:"suffixList"`
	Browser    Binary           `json:"browser"`
	System     System           `json:"system"`
	Clock      Clock            `json:"clock"`
	PageTime   string           `json:"pageTime"`
	Visitor    Visitor          `json:"visitor"`
	Settings   scanner.Settings `json:"settings"`
	Passes     []Pass           `json:"passes"`
	SecondLook *SecondLook      `json:"secondLook,omitempty"` // absent: findings were not looked for again
	Hosts      []Host           `json:"hosts"`
	Digests    Digests          `json:"digests"`
	Signature  *Signature       `json:"signature,omitempty"`
	Files      []File           `json:"files"`
	Questions  []Answer         `json:"questions"`
	Handling   string           `json:"handling"`
}

// RunAt is one run and when it began.
type RunAt struct {
	Time        time.Time `json:"time"`
	Event       string    `json:"event"` // scan or resume
	Command     []string  `json:"command"`
	Environment []string  `json:"environment,omitempty"`
	ElapsedMs   int64     `json:"elapsedMs,omitempty"` // by the monotonic clock; absent if the run was killed
}

// Visitor is whom the site could believe to see, and from where.
type Visitor struct {
	Region         string `json:"region,omitempty"` // the operator's claim; nothing checks it
	UserAgent      string `json:"userAgent"`
	Locale         string `json:"locale"`
	AcceptLanguage string `json:"acceptLanguage"`
	Timezone       string `json:"timezone"`
	Proxy          string `json:"proxy"`         // without credentials; "none"
	IPv4           int    `json:"ipv4Addresses"` // of hosts that were dialled
	IPv6           int    `json:"ipv6Addresses"`
}

// Pass is how one pass began and what was done in it.
type Pass struct {
	Phase    string                `json:"phase"`
	Profiles []Profile             `json:"profiles"` // several if the pass was walked again
	Pages    int                   `json:"pages"`
	Action   scanner.ConsentAction `json:"action,omitempty"` // to the consent banner
	Inputs   Inputs                `json:"inputs"`
}

// Profile is the look into the jar of a fresh profile, before the first page.
type Profile struct {
	Seq   int64     `json:"seq"` // of the event in the log
	Time  time.Time `json:"time"`
	Empty bool      `json:"empty"` // nothing was in the jar but what the user gave
	Given int       `json:"given"` // cookies of the user
	Error string    `json:"error,omitempty"`
}

// Inputs counts what was done to pages; the log has each, with its time.
type Inputs struct {
	Scrolled int `json:"scrolled"` // pages, from top to bottom
	Pressed  int `json:"pressed"`  // controls
	Answered int `json:"answered"` // presses in the consent banner
	Typed    int `json:"typed"`    // always 0: this version types nothing
}

// Host is a host that was contacted, over all passes.
type Host struct {
	Name        string            `json:"name"`
	FirstSeen   time.Time         `json:"firstSeen"`
	Phases      []string          `json:"phases"`
	Ports       []uint16          `json:"ports"`
	Addresses   []string          `json:"addresses"`
	Outcome     string            `json:"outcome"` // of the last pass
	Certificate *walk.Certificate `json:"certificate,omitempty"`
}

// SecondLook is how findings were looked for again, and by which browser.
type SecondLook struct {
	Time    time.Time `json:"time"` // at its end
	Program Binary    `json:"program"`
	scanner.SecondLook
}

// Digests says how values were replaced.
type Digests struct {
	Algorithm  string `json:"algorithm"`
	Key        string `json:"key"`
	ValuesKept bool   `json:"valuesKept"` // the values themselves are in the folder as well
}

// Signature says who signed SHA256SUMS.
type Signature struct {
	Algorithm string `json:"algorithm"`
	File      string `json:"file"`
	PublicKey string `json:"publicKeySHA256"` // of its 32 octets
}

// File is a file of the folder.
type File struct {
	Path string `json:"path"`
	What string `json:"what"`
}

// Sources are what a manifest is made from.
type Sources struct {
	Scan   *scanner.Scan
	Events io.Reader         // the log
	Files  []string          // of the folder, without the manifest and the sums
	Signer ed25519.PublicKey // nil: not signed
}

const (
	pageTime = "Times of pages (firstMs and others that count milliseconds of a page) are page time: the browser's virtual clock runs ahead of the real one while a page waits for its own timers. They give the order of events within a page and the delay that its code asked for, and not the time by a clock."
	handling = "The folder may hold personal data: names of cookies, addresses of pages, texts, and screenshots if there are any. Keep it no longer than the case needs."
)

// Build makes the manifest.
func Build(src Sources) (*Manifest, error) {
	d := src.Scan
	m := &Manifest{
		Schema: ManifestV1, Target: d.Target, Started: d.Started, Finished: d.Finished, Complete: d.Complete, Incomplete: len(d.Incomplete),
		Runs: []RunAt{}, Rules: d.Tool.Rules, PageTime: pageTime, Settings: d.Settings, Passes: []Pass{}, Hosts: []Host{}, Handling: handling,
		Digests: Digests{Algorithm: "HMAC-SHA-256, its first 8 octets in hexadecimal, under a key of this scan", Key: keyForgotten, ValuesKept: d.Settings.KeepValues},
	}
	for _, p := range d.Passes {
		pass := Pass{Phase: p.Phase, Profiles: []Profile{}, Pages: len(p.Pages)}
		if p.Consent != nil {
			pass.Action = p.Consent.Action
		}
		m.Passes = append(m.Passes, pass)
	}
	if err := m.fromLog(src.Events); err != nil {
		return nil, fmt.Errorf("making the manifest: %w", err)
	}
	if !d.Complete && m.Digests.Key == keyForgotten {
		m.Digests.Key = keyUnfinished
	}
	m.visitor(d)
	m.Files = describe(src.Files)
	if src.Signer != nil {
		m.Signature = &Signature{Algorithm: "ed25519", File: SignatureFile, PublicKey: keyName(src.Signer)}
	}
	m.Questions = answers(m)
	return m, nil
}

const (
	keyForgotten  = "not in this folder: it was made for this scan and is forgotten with it; values can be compared within the scan, and with nothing else"
	keyUnfinished = "in " + ResumeFile + " until the scan is complete; take that file out before the folder is handed over"
	keyIncluded   = "in " + KeyFile + ": whoever has it can try values, so it must not go with the folder where that matters"
)

func (m *Manifest) visitor(d *scanner.Scan) {
	s := d.Settings
	m.Visitor = Visitor{
		Region: s.Region, UserAgent: s.UserAgent, Locale: s.Locale, AcceptLanguage: s.AcceptLanguage,
		Timezone: orElse(s.Timezone, "that of the machine"), Proxy: orElse(s.Proxy, "none"),
	}
	for _, h := range m.Hosts {
		for _, a := range h.Addresses {
			switch addr, err := netip.ParseAddr(a); {
			case err != nil:
			case addr.Unmap().Is4():
				m.Visitor.IPv4++
			default:
				m.Visitor.IPv6++
			}
		}
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// fromLog takes what the log tells.
func (m *Manifest) fromLog(r io.Reader) error {
	return journal.Read(r, func(l journal.Line) error {
		if err := m.take(l); err != nil {
			return fmt.Errorf("event %d (%.40s) of the log: %w", l.Seq, l.Event, err)
		}
		return nil
	})
}

// The events that the program itself writes.
const (
	EventScan   = "scan"   // RunEvent
	EventResume = "resume" // RunEvent
	EventAgain  = "again"  // AgainEvent: a page was looked at again, to confirm findings
	EventLook   = "look"   // LookEvent: all second looks are over
	EventEnd    = "end"    // EndEvent
)

// AgainEvent is a second look at a page: what was visited and who was contacted.
type AgainEvent struct {
	Visit  scanner.SecondVisit `json:"visit"`
	Passes []scanner.Pass      `json:"passes"`
	Hosts  []scanner.Host      `json:"hosts"`
}

// LookEvent says how all second looks were made and what they said.
type LookEvent struct {
	Program  Binary             `json:"program"` // of the browser
	Look     scanner.SecondLook `json:"look"`
	Findings []Confirmed        `json:"findings"`
}

// Confirmed is what a second look said of a finding.
type Confirmed struct {
	ID          string               `json:"id"`
	Subject     string               `json:"subject"`
	Fingerprint string               `json:"fingerprint"`
	Confirmed   scanner.Confirmation `json:"confirmed"`
}

// RunEvent is a run as the log has it; there may be more in it.
type RunEvent struct {
	Run Run `json:"run"`
}

// EndEvent ends a run in order.
type EndEvent struct {
	Complete   bool  `json:"complete"`
	Incomplete int   `json:"incomplete"`
	ElapsedMs  int64 `json:"elapsedMs"` // by the monotonic clock
}

func (m *Manifest) take(l journal.Line) error {
	switch l.Event {
	case EventScan, EventResume:
		return with(l, func(e RunEvent) { m.run(l, e.Run) })
	case EventEnd:
		return with(l, func(e EndEvent) {
			if n := len(m.Runs); n > 0 {
				m.Runs[n-1].ElapsedMs = e.ElapsedMs
			}
		})
	case EventLook:
		return with(l, func(e LookEvent) { m.SecondLook = &SecondLook{l.Time, e.Program, e.Look} })
	case walk.EventProfile:
		return with(l, func(e walk.ProfileEvent) {
			if p := m.pass(e.Phase); p != nil {
				p.Profiles = append(p.Profiles, Profile{
					Seq: l.Seq, Time: l.Time, Empty: e.Error == "" && e.Cookies == e.Given, Given: e.Given, Error: e.Error,
				})
			}
		})
	case walk.EventInput:
		return with(l, m.inputs)
	case walk.EventHosts:
		return with(l, m.hosts)
	}
	return nil
}

func with[E any](l journal.Line, f func(E)) error {
	var e E
	if err := json.Unmarshal(l.Data, &e); err != nil {
		return errors.New("its data is not of this event")
	}
	f(e)
	return nil
}

// run takes a run. What a later one says is added to what earlier ones said.
func (m *Manifest) run(l journal.Line, r Run) {
	m.Runs = append(m.Runs, RunAt{Time: l.Time, Event: l.Event, Command: append([]string{}, r.Command...), Environment: r.Environment})
	m.Operator, m.Case = orElse(r.Operator, m.Operator), orElse(r.Case, m.Case)
	m.Tool, m.Browser, m.SuffixList, m.System, m.Clock = r.Tool, r.Browser, r.SuffixList, r.System, r.Clock
	if r.KeyIncluded {
		m.Digests.Key = keyIncluded
	}
}

func (m *Manifest) pass(phase string) *Pass {
	i := slices.IndexFunc(m.Passes, func(p Pass) bool { return p.Phase == phase })
	if i < 0 {
		return nil
	}
	return &m.Passes[i]
}

func (m *Manifest) inputs(e walk.InputEvent) {
	phase, _, _ := strings.Cut(e.Page, "/")
	p := m.pass(phase)
	if p == nil {
		return
	}
	for _, in := range e.Inputs {
		switch {
		case in.Kind == walk.InputScroll:
			p.Inputs.Scrolled++
		case in.Kind == walk.InputPress && in.Done:
			p.Inputs.Pressed++
		case in.Kind == walk.InputAnswer && in.Done:
			p.Inputs.Answered++
		}
	}
}

func (m *Manifest) hosts(e walk.HostsEvent) {
	for _, h := range e.Hosts {
		i, known := slices.BinarySearchFunc(m.Hosts, h.Name, func(a Host, name string) int { return strings.Compare(a.Name, name) })
		if !known {
			m.Hosts = slices.Insert(m.Hosts, i, Host{Name: h.Name, FirstSeen: h.FirstSeen, Ports: []uint16{}, Addresses: []string{}})
		}
		k := &m.Hosts[i]
		k.Outcome = h.Outcome
		k.Phases = union(k.Phases, []string{e.Phase})
		k.Ports = union(k.Ports, h.Ports)
		k.Addresses = union(k.Addresses, h.Addresses)
		if k.Certificate == nil || k.Certificate.SHA256 == "" && h.Certificate != nil {
			k.Certificate = h.Certificate
		}
	}
}

// union appends what is not there yet.
func union[T comparable](list, more []T) []T {
	for _, v := range more {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// describe says what the files of the folder are.
func describe(files []string) []File {
	out := []File{}
	for _, name := range slices.Sorted(slices.Values(files)) {
		what := "a rendering of scan.json"
		switch {
		case name == "scan.json":
			what = "everything that was seen: the document that all else is made from"
		case strings.HasSuffix(name, ".har"):
			what = "the requests in the log as HTTP Archive"
		case name == EventsFile:
			what = "what happened, as it happened; each line has the hash of the one before"
		case name == SetCookieFile:
			what = "the Set-Cookie headers as the browser received them, with their requests"
		case name == BannersFile:
			what = "what the consent banner of each pass said, and its controls"
		case name == KeyFile:
			what = "the key of the digests"
		case strings.HasPrefix(name, Screenshots+"/"):
			what = "a screenshot"
		case strings.HasPrefix(name, Policies+"/"):
			what = "a policy page with all of its parts unfolded, as the browser rendered it; without scripts and styles, and without values in addresses"
		}
		out = append(out, File{name, what})
	}
	return out
}
