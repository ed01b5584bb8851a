package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/crawl"
	"cookiescan/scanner/egress"
	"cookiescan/scanner/setcookie"
	"cookiescan/scanner/walk"
	"net/url"
	"strings"
)

type scanOptions struct {
	resolve []string
	spki    string
	engine  string
	max     int
	workers int
}

func (p *program) newScan() *cobra.Command {
	var o scanOptions
	c := &cobra.Command{Use: "scan URL...", Args: cobra.MinimumNArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return p.runScan(c.Context(), o, args)
	}}
	c.Flags().StringArrayVar(&o.resolve, "resolve", nil, "")
	c.Flags().StringVar(&o.spki, "trust-spki", "", "")
	c.Flags().StringVar(&o.engine, "engine", "", "")
	c.Flags().IntVar(&o.max, "max-pages", 50, "")
	c.Flags().IntVar(&o.workers, "workers", 2, "")
	return c
}

func (p *program) runScan(ctx context.Context, o scanOptions, args []string) error {
	bin, err := process.Find(ctx, process.FindOptions{Engine: process.Engine(o.engine)})
	if err != nil {
		return err
	}
	opts := chrome.Options{Binary: bin}
	if o.spki != "" {
		opts.Flags = append(opts.Flags, "--ignore-certificate-errors-spki-list="+o.spki)
	}
	b, err := chrome.Start(ctx, opts)
	if err != nil {
		return err
	}
	defer b.Close()
	var eo egress.Options
	for _, r := range o.resolve {
		ov, err := egress.ParseOverride(r)
		if err != nil {
			return err
		}
		eo.Resolve = append(eo.Resolve, ov)
	}
	id := chrome.OrdinaryChrome(b.Version, []string{"en-US", "en"})
	key := make([]byte, 32)
	rand.Read(key)
	u, _ := url.Parse(args[0])
	wo := walk.Options{Start: args, Site: setcookie.Site(u.Hostname()), Phases: []string{"none"}, MaxPages: o.max, Depth: -1,
		InScope: func(s string) bool { return crawl.ScopeDomain.In(args, s) }, Workers: o.workers, PageTimeout: time.Minute, Settle: 45 * time.Second,
		Open: func(ctx context.Context, phase string) (walk.Profile, error) {
			return b.Open(ctx, chrome.ProfileOptions{Identity: id, Egress: eo})
		},
		Digest: func(v string) string {
			m := hmac.New(sha256.New, key)
			m.Write([]byte(v))
			return hex.EncodeToString(m.Sum(nil)[:8])
		},
		Now: time.Now,
		Progress: func(x walk.Progress) {
			fmt.Fprintln(p.stderr, x.Phase, x.Done, x.Found, x.Page, x.Cookies)
		},
	}
	doc, err := walk.Run(ctx, wo)
	if err != nil {
		return err
	}
	var sb strings.Builder
	enc := json.NewEncoder(&sb)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	enc.Encode(doc)
	fmt.Fprint(p.stdout, sb.String())
	_ = scanner.SchemaV1
	return nil
}
