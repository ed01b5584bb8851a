package main

import (
	"context"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"cookiescan/scanner/ledger"
	"cookiescan/scanner/steps"
	"cookiescan/scanner/walk"
)

// stepsOptions are what the visitor does before the crawl, such as to log in.
type stepsOptions struct {
	file string

	script *steps.Script // after check; nil: none
	hide   []string      // values that pictures must not show
	mask   *steps.Mask   // nil: nothing is masked
}

func (o *stepsOptions) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.file, "steps", "", "do the steps in this `FILE` in each pass, such as to log in, and crawl on as that visitor: YAML, or JSON of the recorder in Chrome DevTools")
}

// stepsHelp belongs into the long help text.
const stepsHelp = `Steps (--steps FILE) are done in each pass after its first page, in a fresh tab:

  steps:
    - open: https://www.example.com/login
    - fill: {selector: "#user", env: SHOP_USER}      # or value:, select too
    - fill: {selector: "#pass", env: SHOP_PASS}
    - check: {role: checkbox, name: "Stay signed in"}
    - press: {role: button, name: "Log in"}
    - wait: {text: "Welcome"}                        # or url:, selector:
    - expect: {selector: ".account"}                 # shows as long as the session lasts

Values from the environment are masked in all that is written. They are typed into pages
of the sites that the file opens and of those in its list hosts:, nowhere else. If what is
expected no longer shows, the steps are done once more. Links that log out are not followed.`

// read reads the file and the values that it takes from the environment.
func (o *stepsOptions) read(list []target, getenv func(string) string, say func(string, ...any)) error {
	if o.file == "" {
		return nil
	}
	if len(list) > 1 {
		return usage("scan the sites one by one", "--steps: the steps are for one site, not for %d", len(list))
	}
	f, err := os.Open(o.file)
	if err != nil {
		return usage("", "--steps: reading %s: %s", o.file, reason(err))
	}
	defer f.Close() //nolint:errcheck // only read
	src, err := io.ReadAll(io.LimitReader(f, steps.MaxFile+1))
	if err != nil {
		return usage("", "--steps: reading %s: %s", o.file, reason(err))
	}
	script, err := steps.Read(o.file, src)
	if err == nil {
		err = script.Fetch(getenv)
	}
	if err != nil {
		return usage("cookiescan scan --help shows an example", "--steps: %w", err)
	}
	o.script = script
	o.protect(list, say)
	return nil
}

// protect makes the mask, and says what it does not cover.
func (o *stepsOptions) protect(list []target, say func(string, ...any)) {
	var addresses []string
	for _, t := range list {
		addresses = append(append(addresses, t.site), t.starts...)
	}
	for _, st := range o.script.Steps {
		if st.Kind == steps.Open {
			addresses = append(addresses, st.URL)
		}
	}
	o.mask = steps.NewMask(o.script.Secrets(), addresses)
	for _, v := range o.script.Secrets() {
		if utf8.RuneCountInString(v) >= steps.ShortestMasked { // a shorter one would blacken whole pictures
			o.hide = append(o.hide, v)
		}
	}
	if names := o.script.Unmasked(addresses); len(names) > 0 {
		say("warning: %s: the value of %s is shorter than %d characters or a part of an address, and is not masked", o.file, strings.Join(names, ", "), steps.ShortestMasked)
	}
	if o.script.Probe() == nil {
		say("warning: %s expects nothing, so a session that is lost may not be noticed", o.file)
	}
	if len(o.script.Passed) > 0 {
		say("%s: passed over, since they change nothing that a site stores: %s", o.file, strings.Join(o.script.Passed, ", "))
	}
}

// digest is for the settings, empty without steps.
func (o *stepsOptions) digest() string {
	if o.script == nil {
		return ""
	}
	return o.script.Digest()
}

// masked lets nothing that the walk hands out hold a value.
func (o *stepsOptions) masked(w walk.Options) walk.Options {
	m := o.mask
	if m == nil {
		return w
	}
	if keep := w.Keep; keep != nil {
		w.Keep = func(s walk.State) error { return keep(steps.Copy(m, s)) }
	}
	if record := w.Record; record != nil {
		w.Record = func(event string, data any) error { return record(event, steps.Copy(m, data)) }
	}
	if headers := w.Headers; headers != nil {
		w.Headers = func(phase string, r ledger.Response) error {
			r.URL = m.Text(r.URL)
			return headers(phase, r)
		}
	}
	if progress := w.Progress; progress != nil {
		w.Progress = func(p walk.Progress) { progress(steps.Copy(m, p)) }
	}
	if open := w.Open; open != nil {
		w.Open = func(ctx context.Context, phase string) (walk.Profile, error) {
			p, err := open(ctx, phase)
			return p, o.error(err)
		}
	}
	return w
}

// error is an error without values.
func (o *stepsOptions) error(err error) error {
	if err == nil || o.mask == nil || o.mask.Text(err.Error()) == err.Error() {
		return err
	}
	return &maskedError{o.mask.Text(err.Error()), err}
}

// maskedError says what another one does, without values.
type maskedError struct {
	text string
	err  error
}

func (e *maskedError) Error() string { return e.text }
func (e *maskedError) Unwrap() error { return e.err }
