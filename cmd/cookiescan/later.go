package main

import "github.com/spf13/pflag"

// laterError says that something is known but not there yet.
type laterError struct{ what string }

func (e *laterError) Error() string { return e.what }

// laterValue is a flag of a later version: it is refused, never ignored, since
// a scan that silently leaves something out looks like one that found nothing.
type laterValue struct{}

func (laterValue) String() string { return "" }
func (laterValue) Type() string   { return "later" }
func (laterValue) Set(string) error {
	return &laterError{"this flag is not there yet, it comes with a later version"}
}

// laterFlags are refused by scan.
var laterFlags = [...]string{
	"browser-url",
}

// addLaterFlags adds them hidden, each with or without a value.
func addLaterFlags(f *pflag.FlagSet) {
	for _, name := range laterFlags {
		f.Var(laterValue{}, name, "not there yet")
		flag := f.Lookup(name)
		flag.Hidden, flag.NoOptDefVal = true, "true"
	}
}
