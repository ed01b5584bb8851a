package main

import (
	"time"

	"github.com/spf13/pflag"

	"cookiescan/scanner/walk"
)

// paceOptions say how fast and how long.
type paceOptions struct {
	workers              int
	timeout, pageTimeout time.Duration
	settle, wait         time.Duration
}

func (o *paceOptions) addFlags(f *pflag.FlagSet) {
	f.IntVar(&o.workers, "workers", walk.UsualWorkers(), "visit `N` pages at the same time")
	f.DurationVar(&o.timeout, "timeout", 30*time.Minute, "end the scan of a site after this `TIME`, such as 10m; 0 is no limit")
	f.DurationVar(&o.pageTimeout, "page-timeout", time.Minute, "give up on a page after this `TIME`")
	f.DurationVar(&o.settle, "settle", 45*time.Second, "let timers of a page run for this `TIME`; its clock is turned forward, so that costs far less than it says")
	f.DurationVar(&o.wait, "wait", 0, "wait up to this `TIME` for a host that is just starting")
}

func (o *paceOptions) check() error {
	if o.workers < 1 || o.workers > 32 {
		return usage("", "--workers: %d is not between 1 and 32", o.workers)
	}
	if o.pageTimeout <= 0 {
		return usage("", "--page-timeout: a page needs some time")
	}
	for flag, d := range map[string]time.Duration{"--timeout": o.timeout, "--settle": o.settle, "--wait": o.wait} {
		if d < 0 {
			return usage("", "%s: %s is less than nothing", flag, d)
		}
	}
	return nil
}
