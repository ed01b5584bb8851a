// Package bits reads the bit fields that consent strings are made of: base64
// for addresses, the most significant bit first. It knows no format.
package bits

import (
	"errors"
	"strings"
)

// Why a field could not be read. Padding is no part of the alphabet: the
// formats leave it out.
var (
	errShort    = errors.New("it is cut short")
	errAlphabet = errors.New("it is not base64 for addresses")
	errLarge    = errors.New("a number is too large")
)

// Reader takes one field after the other. After the first that is not there
// all are 0 and Err says why.
type Reader struct {
	text string // six bits each
	at   int
	err  error
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// New reads a segment.
func New(segment string) *Reader {
	r := &Reader{text: segment}
	if strings.Trim(segment, alphabet) != "" {
		r.err = errAlphabet
	}
	return r
}

// Err is why a field could not be read, or nil.
func (r *Reader) Err() error { return r.err }

// Fail ends the reading for a reason that its user sees.
func (r *Reader) Fail(why error) {
	if r.err == nil {
		r.err = why
	}
}

// Int is the next field of n bits, at most 36.
func (r *Reader) Int(n int) int64 {
	var v int64
	for range n {
		v = v<<1 | r.bit()
	}
	if r.err != nil {
		return 0
	}
	return v
}

// Bool is the next bit.
func (r *Reader) Bool() bool { return r.bit() == 1 }

// Skip passes over n bits.
func (r *Reader) Skip(n int) {
	if r.at += n; r.at > 6*len(r.text) {
		r.Fail(errShort)
	}
}

// Set lists which of the next n bits are on, from 1.
func (r *Reader) Set(n int) []int {
	var list []int
	for i := 1; i <= n && r.err == nil; i++ {
		if r.Bool() {
			list = append(list, i)
		}
	}
	return list
}

// Letters are n letters of six bits each, A being 0; empty if they are none.
func (r *Reader) Letters(n int) string {
	var s strings.Builder
	letters := true
	for range n {
		v := r.Int(6)
		letters = letters && v < 26
		s.WriteByte('A' + byte(v%26))
	}
	if r.err != nil || !letters {
		return ""
	}
	return s.String()
}

// Fibonacci is the next number in Fibonacci coding: the sum of the Fibonacci
// numbers 1, 2, 3, 5, ... whose bits are on, ended by a second 1 in a row.
func (r *Reader) Fibonacci() int {
	sum, before := 0, false
	for a, b := 1, 2; r.err == nil; a, b = b, a+b {
		bit := r.Bool()
		if bit && before {
			return sum
		}
		if bit {
			sum += a
		}
		if before = bit; a > maxFibonacci {
			r.Fail(errLarge)
		}
	}
	return 0
}

// maxFibonacci bounds numbers: ids have 16 bits at most.
const maxFibonacci = 1 << 16

func (r *Reader) bit() int64 {
	if r.at >= 6*len(r.text) {
		r.Fail(errShort)
	}
	if r.err != nil {
		return 0
	}
	v := strings.IndexByte(alphabet, r.text[r.at/6])
	b := v >> (5 - r.at%6) & 1
	r.at++
	return int64(b)
}
