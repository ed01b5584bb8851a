// Package tcf decodes the TC string, by which a consent platform of the
// Transparency and Consent Framework tells vendors what a visitor chose (IAB
// Tech Lab, Consent string and vendor list formats v2). It judges nothing and
// knows no vendor list.
package tcf

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cookiescan/scanner/consent/bits"
)

// MaxString is the longest string that is read, in octets. With every vendor
// that the format can number there are 33 KB; real ones have 2 KB at most.
const MaxString = 64 << 10

// String is a TC string decoded. Vendors are counted, not listed.
type String struct {
	Created, LastUpdated time.Time
	CMP                  int
	Language             string // of the dialog, two upper-case letters
	VendorList           int    // version of the Global Vendor List
	Policy               int    // version of the framework's policies
	ServiceSpecific      bool
	SpecialFeatures      []int  // opted in to, from 1
	Purposes             []int  // consented, from 1
	LegitimateInterest   []int  // purposes, from 1
	PurposeOneTreatment  bool   // purpose 1 was not asked for at all
	Publisher            string // country whose law applies to the publisher, two upper-case letters
	Vendors              int    // with consent
	VendorsInterest      int    // by legitimate interest
	Restrictions         int    // of the publisher: a purpose and what is restricted, whatever vendors it is for
	Disclosed            *int   // vendors in the segment Disclosed Vendors; nil: there is no such segment
}

// version is the encoding's own; version 1 ended in 2020.
const version = 2

// segmentDisclosed is the type of the segment Disclosed Vendors.
const segmentDisclosed = 1

// Decode reads a TC string. Its errors are sentences about the string.
func Decode(s string) (String, error) {
	var t String
	if len(s) > MaxString {
		return t, fmt.Errorf("it is longer than %d characters", MaxString)
	}
	core, rest, more := strings.Cut(s, ".")
	if err := t.core(core); err != nil {
		return String{}, err
	}
	for more {
		var segment string
		segment, rest, more = strings.Cut(rest, ".")
		r := bits.New(segment)
		if r.Int(3) == segmentDisclosed {
			n := vendors(r)
			t.Disclosed = &n
		}
		if r.Err() != nil {
			return String{}, fmt.Errorf("in a segment after the first, %w", r.Err())
		}
	}
	return t, nil
}

func (t *String) core(segment string) error {
	r := bits.New(segment)
	if v := r.Int(6); v != version && r.Err() == nil {
		return fmt.Errorf("it has version %d, not 2", v)
	}
	t.Created, t.LastUpdated = decisecond(r), decisecond(r)
	t.CMP = int(r.Int(12))
	r.Skip(12 + 6) // version of the platform, screen
	t.Language = r.Letters(2)
	t.VendorList = int(r.Int(12))
	t.Policy = int(r.Int(6))
	t.ServiceSpecific = r.Bool()
	r.Skip(1) // texts other than the standard's
	t.SpecialFeatures = r.Set(12)
	t.Purposes = r.Set(24)
	t.LegitimateInterest = r.Set(24)
	t.PurposeOneTreatment = r.Bool()
	t.Publisher = r.Letters(2)
	t.Vendors = vendors(r)
	t.VendorsInterest = vendors(r)
	t.Restrictions = int(r.Int(12))
	for range t.Restrictions {
		r.Skip(6 + 2) // purpose, kind
		ranges(r)
	}
	return r.Err()
}

// decisecond is a moment in tenths of a second since 1970.
func decisecond(r *bits.Reader) time.Time { return time.UnixMilli(100 * r.Int(36)).UTC() }

// vendors counts a set of vendors, which has one of two encodings.
func vendors(r *bits.Reader) int {
	last := int(r.Int(16))
	if r.Bool() {
		return ranges(r)
	}
	return len(r.Set(last))
}

// errRange: what follows could mean anything.
var errRange = errors.New("a range of vendors ends before it begins")

// ranges counts the vendors of single ids and ranges.
func ranges(r *bits.Reader) int {
	n := 0
	for range r.Int(12) {
		isRange := r.Bool()
		first := int(r.Int(16))
		last := first
		if isRange {
			last = int(r.Int(16))
		}
		if last < first {
			r.Fail(errRange)
		}
		if r.Err() != nil {
			return 0
		}
		n += last - first + 1
	}
	return n
}
