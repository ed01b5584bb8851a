package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/words"
)

// declaredOptions say what the site declares, and what of it is accepted.
type declaredOptions struct {
	files     []string
	published []string
	previous  string
	waivers   string
	offline   bool
}

// The files that are taken if they are there and nothing else is named.
const (
	declarationName = "cookies.yaml"
	waiversName     = "cookies.waivers.yaml"
)

// publishedAuto are the addresses that cookies.yaml names itself.
const publishedAuto = "auto"

func (o *declaredOptions) addFlags(f *pflag.FlagSet) {
	f.StringArrayVarP(&o.files, "declaration", "d", nil, "what the site declares, a `FILE` or the address of a cookie policy, which is read in the browser (default "+declarationName+", if it is there); repeatable")
	f.StringArrayVar(&o.published, "published", nil, "compare with the policy as it is published at this `URL` too; auto takes the addresses that cookies.yaml names, one for each language; repeatable")
	f.StringVar(&o.previous, "previous", "", "cookies.yaml as it was before a change, a `FILE` such as git show main:cookies.yaml writes: who changes a reviewed entry reviews it anew")
	f.StringVar(&o.waivers, "waivers", "", "what is accepted, and until when, a `FILE` (default "+waiversName+" beside cookies.yaml, if it is there)")
	f.BoolVar(&o.offline, "offline", false, "contact nobody but the site that is scanned: no policy is fetched, no link of one is tried")
}

// declared is what a site declares.
type declared struct {
	file      string // the name of its cookies.yaml, as it was given; empty: there is none
	text      []byte // what is in it
	register  *register.File
	previous  *register.File
	published []*declaration.Declaration
	waivers   *register.Waivers
	links     map[string]checks.LinkState // nil: nobody tried them
	addresses map[string]string           // of pages to read, with their language if it is known
	pages     []policyPage                // what was read there
}

// none tells whether nothing is declared at all.
func (d *declared) none() bool { return d.register == nil && len(d.published)+len(d.addresses) == 0 }

// readDeclaration reads the files. Pages are noted, to be fetched later.
func (p *program) readDeclaration(o *declaredOptions, l *words.Lang, now time.Time) (*declared, error) {
	d := &declared{addresses: map[string]string{}}
	files := o.files
	if len(files) == 0 {
		if _, err := os.Stat(declarationName); err == nil {
			files = []string{declarationName}
		}
	}
	for _, name := range files {
		if isAddress(name) {
			d.addresses[name] = ""
			continue
		}
		if err := p.readOneDeclaration(d, name, l); err != nil {
			return nil, err
		}
	}
	if err := d.publishedAt(o.published); err != nil {
		return nil, err
	}
	if o.offline && len(d.addresses) > 0 {
		return nil, usage("save the page and give the file", "--offline: the policy at %.100s cannot be fetched", slices.Sorted(maps.Keys(d.addresses))[0])
	}
	if d.none() {
		return nil, usage("cookiescan init writes one, and any published cookie policy is one: -d https://www.example.com/cookies", "check needs what the site declares: -d cookies.yaml")
	}
	if o.previous != "" {
		if d.register == nil {
			return nil, usage("give it with -d", "--previous: there is no cookies.yaml to compare it with")
		}
		data, err := os.ReadFile(o.previous)
		if err != nil {
			return nil, usage("", "--previous: reading %s: %s", o.previous, reason(err))
		}
		if d.previous, err = p.readRegister(o.previous, data); err != nil {
			return nil, err
		}
	}
	return d, p.readWaivers(d, o.waivers, now)
}

// isAddress tells an address from the name of a file.
func isAddress(text string) bool { return schemeForm.MatchString(text) }

// isWebAddress tells what can be fetched.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

func (p *program) readOneDeclaration(d *declared, name string, l *words.Lang) error {
	shown, data, err := p.readDeclared(name)
	if err != nil {
		return err
	}
	reader, known := recogniseDeclaration(shown, data)
	ext := strings.ToLower(filepath.Ext(shown))
	if register.Recognise(shown, data) || !known && (ext == ".yaml" || ext == ".yml") {
		if d.register != nil {
			return usage("extends: [OTHER.yaml] makes one of two", "-d: %s and %s are both a cookies.yaml", d.file, shown)
		}
		d.file, d.text = shown, data
		d.register, err = p.readRegister(shown, data)
		return err
	}
	if !known {
		return usage("cookiescan declaration --help says what it reads", "%s is no declaration that is known", shown)
	}
	read, err := reader.read(shown, data, l)
	if err != nil {
		return usage("", "%w", err)
	}
	d.published = append(d.published, read)
	return nil
}

// readRegister says every fault of a broken file, with its line.
func (p *program) readRegister(name string, data []byte) (*register.File, error) {
	f, err := register.Read(name, data, openDeclared)
	return f, p.faults(err)
}

// ruleset is the one that cookies.yaml keeps to.
func (d *declared) ruleset() (checks.Ruleset, error) {
	if d.register == nil {
		return 0, nil
	}
	r, err := checks.ParseRuleset(d.register.Ruleset)
	if err != nil {
		at := d.register.Place("ruleset")
		err = usage("--ruleset takes another for once", "%s:%d:%d: %w", printable(at.File), at.Line, at.Column, err)
	}
	return r, err
}

func (p *program) faults(err error) error {
	var broken *register.Error
	switch {
	case errors.As(err, &broken):
		for _, fault := range broken.Faults {
			p.say("%s", fault)
		}
		return silent(exitUsage)
	case err != nil:
		return usage("", "%w", err)
	}
	return nil
}

// publishedAt notes the addresses of published pages.
func (d *declared) publishedAt(list []string) error {
	for _, address := range list {
		if address != publishedAuto {
			if !isWebAddress(address) {
				return usage("such as https://www.example.com/cookies, or auto", "--published: %.100q is not an address", address)
			}
			d.addresses[address] = ""
			continue
		}
		switch {
		case d.register == nil:
			return usage("give the address in place of auto", "--published auto: there is no cookies.yaml that names the addresses")
		case len(d.register.Policy.Published) == 0:
			return usage("for example policy: {published: {en: https://www.example.com/cookies}}", "--published auto: %s names no address of a policy", d.file)
		}
		for tag, address := range d.register.Policy.Published {
			d.addresses[address] = tag
		}
	}
	return nil
}

// readWaivers reads the file that is named, or the one beside cookies.yaml.
func (p *program) readWaivers(d *declared, name string, now time.Time) error {
	optional := name == ""
	if optional {
		name = filepath.Join(filepath.Dir(d.file), waiversName)
	}
	data, err := os.ReadFile(name)
	switch {
	case optional && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return usage("", "reading %s: %s", name, reason(err))
	case len(data) > register.MaxSize:
		return usage("", "%s is longer than %d MB", name, register.MaxSize>>20)
	}
	d.waivers, err = register.ReadWaivers(name, data, now)
	return p.faults(err)
}

// readPolicies reads the pages that are named by address.
func (p *program) readPolicies(ctx context.Context, o *scanOptions, d *declared, list []target, l *words.Lang) error {
	if len(d.addresses) == 0 {
		return nil
	}
	addresses := slices.Sorted(maps.Keys(d.addresses))
	pages, err := p.readPages(ctx, o, addresses, list)
	if err != nil {
		return err
	}
	d.pages = pages
	for _, page := range pages {
		read, err := readKnown(page.address, page.data, l)
		if err != nil {
			return err
		}
		if tag := d.addresses[page.address]; tag != "" {
			read.Language = tag
		}
		d.published = append(d.published, read)
	}
	return nil
}

// readKnown reads a declaration of any form.
func readKnown(name string, data []byte, l *words.Lang) (*declaration.Declaration, error) {
	r, known := recogniseDeclaration(name, data)
	if !known {
		return nil, usage("cookiescan declaration --help says what it reads", "%s is no declaration that is known", name)
	}
	d, err := r.read(name, data, l)
	if err != nil {
		return nil, usage("", "%w", err)
	}
	return d, nil
}

// recogniseDeclaration finds the reader of a declaration by its beginning.
func recogniseDeclaration(name string, data []byte) (declarationReader, bool) {
	for _, r := range declarationReaders() {
		if r.recognise(name, data[:min(len(data), 1<<16)]) {
			return r, true
		}
	}
	return declarationReader{}, false
}

// notFetched is a page that could not be read.
func notFetched(address string, err error) error {
	return impossible("open it in a browser; --published and -d take other addresses", "fetching the policy at %s: %w", address, fmt.Errorf("%s", reason(err)))
}
