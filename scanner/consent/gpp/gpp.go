// Package gpp decodes the string of the Global Privacy Platform, which bundles
// the choices that hold in different places (IAB Tech Lab, GPP String 1.0 and
// the technical specifications of its sections): which sections there are, and
// the opt-outs of those for the United States. It judges nothing.
package gpp

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cookiescan/scanner/consent/bits"
)

const (
	// MaxString is the longest string that is read, in octets.
	MaxString = 128 << 10
	// maxSections is more than ever were defined.
	maxSections = 100
)

// Section is one section of a string.
type Section struct {
	ID   int
	Name string // such as usnat; empty: not known here
	Text string // as it stands in the string

	// The fields of sections of the United States; nil: the section has no
	// such field, or says that it does not apply.
	Sale, Sharing, Targeted *bool // opted out of sale, sharing, targeted advertising
	GPC                     *bool // the sub-section for Global Privacy Control
}

// Decode reads a GPP string. Sections that are not known here are named by
// their id only. Its errors are sentences about the string.
func Decode(s string) ([]Section, error) {
	if len(s) > MaxString {
		return nil, fmt.Errorf("it is longer than %d characters", MaxString)
	}
	head, rest, more := strings.Cut(s, "~")
	ids, err := sectionIDs(head)
	if err != nil {
		return nil, fmt.Errorf("in the header, %w", err)
	}
	var list []Section
	for _, id := range ids {
		if !more {
			return nil, fmt.Errorf("the header names %d sections, and %d are there", len(ids), len(list))
		}
		section := Section{ID: id, Name: nameOf(id)}
		section.Text, rest, more = strings.Cut(rest, "~")
		if err := section.decode(); err != nil {
			return nil, fmt.Errorf("in section %d, %w", id, err)
		}
		list = append(list, section)
	}
	if more {
		return nil, fmt.Errorf("there are more sections than the %d that the header names", len(ids))
	}
	return list, nil
}

// sectionIDs reads the header: a range of ids, each coded as the difference to
// the one before.
func sectionIDs(head string) ([]int, error) {
	r := bits.New(head)
	if t := r.Int(6); t != header {
		r.Fail(fmt.Errorf("it has type %d, not 3", t))
	}
	if v := r.Int(6); v != 1 {
		r.Fail(fmt.Errorf("it has version %d, not 1", v))
	}
	var ids []int
	last := 0
	for range r.Int(12) {
		isRange := r.Bool()
		first := last + r.Fibonacci()
		last = first
		if isRange {
			last += r.Fibonacci()
		}
		if last-first >= maxSections || len(ids)+last-first >= maxSections {
			r.Fail(errSections)
		}
		if r.Err() != nil {
			return nil, r.Err()
		}
		for id := first; id <= last; id++ {
			ids = append(ids, id)
		}
	}
	return ids, r.Err()
}

var errSections = fmt.Errorf("it names more than %d sections", maxSections)

// decode reads the section's own fields, as far as they are known here.
func (s *Section) decode() error {
	if s.ID == uspV1 {
		usp, err := DecodeUSP(s.Text)
		s.Sale = usp.OptedOut
		return err
	}
	l, ok := layouts[s.ID]
	if !ok {
		return nil
	}
	core, rest, more := strings.Cut(s.Text, ".")
	if v := bits.New(core); v.Int(6) == 0 && v.Err() == nil {
		return errors.New("it has version 0")
	}
	for _, f := range []struct {
		at    int
		field **bool
	}{{l.sale, &s.Sale}, {l.sharing, &s.Sharing}, {l.targeted, &s.Targeted}} {
		if f.at == 0 {
			continue
		}
		r := bits.New(core)
		r.Skip(f.at)
		v := r.Int(2)
		if r.Err() != nil {
			return r.Err()
		}
		if v == 1 || v == 2 {
			out := v == 1
			*f.field = &out
		}
	}
	for more {
		var segment string
		segment, rest, more = strings.Cut(rest, ".")
		if err := s.sub(segment); err != nil {
			return err
		}
	}
	return nil
}

// segmentGPC is the type of the sub-section for Global Privacy Control.
const segmentGPC = 1

func (s *Section) sub(segment string) error {
	r := bits.New(segment)
	if r.Int(2) == segmentGPC {
		on := r.Bool()
		s.GPC = &on
	}
	return r.Err()
}

// OptedOut names what the visitor opted out of in any section: sale, sharing,
// targeted-advertising, in this order.
func OptedOut(list []Section) []string {
	var out []string
	for _, o := range []struct {
		name string
		of   func(Section) *bool
	}{
		{"sale", func(s Section) *bool { return s.Sale }},
		{"sharing", func(s Section) *bool { return s.Sharing }},
		{"targeted-advertising", func(s Section) *bool { return s.Targeted }},
	} {
		if slices.ContainsFunc(list, func(s Section) bool { v := o.of(s); return v != nil && *v }) {
			out = append(out, o.name)
		}
	}
	return out
}
