//go:build !linux

package main

import "cookiescan/scanner/evidence"

func kernel() string { return "" }

func systemClock() evidence.Clock {
	return evidence.Clock{Source: "the clock of the operating system"}
}
