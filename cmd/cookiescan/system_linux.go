package main

import (
	"golang.org/x/sys/unix"

	"cookiescan/scanner/evidence"
)

// kernel is the release of the running kernel, empty if it does not tell.
func kernel() string {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return ""
	}
	return unix.ByteSliceToString(u.Sysname[:]) + " " + unix.ByteSliceToString(u.Release[:])
}

// systemClock asks the kernel how well it keeps time (adjtimex(2)).
func systemClock() evidence.Clock {
	c := evidence.Clock{Source: "the clock of the operating system"}
	var t unix.Timex
	if _, err := unix.Adjtimex(&t); err != nil {
		return c
	}
	synchronised := t.Status&unix.STA_UNSYNC == 0
	c.Synchronised = &synchronised
	if synchronised {
		c.MaxErrorMs = int64(t.Maxerror) / 1000
	}
	return c
}
