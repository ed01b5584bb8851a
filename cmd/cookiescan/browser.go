package main

import (
	"context"

	"github.com/spf13/pflag"

	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
)

// browserOptions say which browser is driven.
type browserOptions struct {
	path, url  string
	engine     *choice
	noRecorder bool
}

func (o *browserOptions) addFlags(f *pflag.FlagSet) {
	o.addPath(f)
	o.engine = newChoice("", string(process.Shell), string(process.Full))
	f.Var(o.engine, "engine", "kind of browser, `WHICH` is shell (the small headless shell) or full (default: shell if there is one)")
	f.BoolVar(&o.noRecorder, "no-recorder", false, "do without the browser's network log; cookies of WebSocket\nhandshakes and service workers may be missed")
}

// addPath is for commands that need a browser for one thing only, of whichever
// engine.
func (o *browserOptions) addPath(f *pflag.FlagSet) {
	f.StringVar(&o.path, "browser", "", "the Chromium or Chrome to use, a `PATH` or the name of a program (default: looked for in the usual places)")
	f.StringVar(&o.url, "browser-url", "", "use the Chromium that runs already on this machine, a `URL` such as http://127.0.0.1:9222, and leave it as it was; doctor --switches says how to start it")
}

// find finds the browser, or asks the one that runs already.
func (o *browserOptions) find(ctx context.Context, getenv func(string) string) (process.Binary, error) {
	engine := process.Engine("")
	if o.engine != nil {
		engine = process.Engine(o.engine.value)
	}
	if o.url == "" {
		return process.Find(ctx, process.FindOptions{Path: o.path, Engine: engine, Getenv: getenv})
	}
	if o.path != "" {
		return process.Binary{}, usage("leave out one of them", "--browser and --browser-url exclude each other")
	}
	return process.Running(ctx, o.url, engine)
}

// printer prints with a browser.
func printer(ctx context.Context, bin process.Binary) func([]byte) ([]byte, error) {
	return func(page []byte) ([]byte, error) { return chrome.Print(ctx, bin, page) }
}

// start starts it; keys are the SPKI hashes of keys to trust, comma-separated.
func (o *browserOptions) start(ctx context.Context, bin process.Binary, id chrome.Identity, keys string) (*chrome.Browser, error) {
	return chrome.Start(ctx, o.chrome(bin, id, keys))
}

func (o *browserOptions) chrome(bin process.Binary, id chrome.Identity, keys string) chrome.Options {
	options := chrome.Options{Binary: bin, Identity: id, NoRecorder: o.noRecorder}
	if keys != "" {
		options.Flags = []string{"--ignore-certificate-errors-spki-list=" + keys}
	}
	return options
}
