package gpp

import "errors"

// USP is the US Privacy string, which GPP replaced in 2024 (IAB Tech Lab, U.S.
// Privacy String 1.0): a version and three letters, Y, N, or - for what does
// not apply.
type USP struct {
	Notice   *bool // the visitor was told of the right to opt out
	OptedOut *bool // of the sale of personal information
	LSPA     *bool // the transaction is under the Limited Service Provider Agreement
}

var errUSP = errors.New("it is not 1 and three of Y, N and -")

// DecodeUSP reads a US Privacy string such as 1YNN.
func DecodeUSP(s string) (USP, error) {
	if len(s) != 4 || s[0] != '1' {
		return USP{}, errUSP
	}
	var values [3]*bool
	for i := range values {
		switch s[i+1] {
		case 'Y', 'y':
			values[i] = new(true)
		case 'N', 'n':
			values[i] = new(false)
		case '-':
		default:
			return USP{}, errUSP
		}
	}
	return USP{Notice: values[0], OptedOut: values[1], LSPA: values[2]}, nil
}
