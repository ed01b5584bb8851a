package walk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
)

const (
	gpcPath    = "/.well-known/gpc.json"
	gpcTime    = 10 * time.Second
	maxGPCFile = 64 << 10 // octets; the file has two members
)

// readGPC is what a page makes of Global Privacy Control, and what its site
// publishes about it.
func (v *visit) readGPC(ctx context.Context, page consent.Page) (*scanner.GPC, error) {
	shown, err := consent.ReadOptOut(ctx, page)
	if err != nil {
		return nil, fmt.Errorf("reading what the page makes of Global Privacy Control: %w", err)
	}
	g := &scanner.GPC{Sent: true, Display: shown.Display, OptOut: shown.Control}
	if fetch := v.pass.scan.o.Fetch; fetch != nil {
		f := fetchGPC(ctx, fetch, originOf(v.page.URL))
		g.File = &f
	}
	return g, nil
}

// fetchGPC asks a site for the file of Global Privacy Control (W3C, section
// "GPC support resource"). Redirects are followed.
func fetchGPC(ctx context.Context, fetch Fetch, origin string) scanner.GPCFile {
	ctx, cancel := context.WithTimeout(ctx, gpcTime)
	defer cancel()
	resp, err := fetch(ctx, origin+gpcPath)
	if err != nil {
		return scanner.GPCFile{Problem: "the server did not answer"}
	}
	defer resp.Body.Close() //nolint:errcheck // it was read as far as it counts
	f := scanner.GPCFile{Status: resp.StatusCode}
	f.MediaType, _, _ = mime.ParseMediaType(resp.Header.Get("Content-Type"))
	f.MediaType = clipText(f.MediaType)
	if f.Status != http.StatusOK {
		return f
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxGPCFile+1))
	switch {
	case err != nil:
		f.Problem = "the answer broke off"
	case len(body) > maxGPCFile:
		f.Problem = fmt.Sprintf("it is longer than %d octets", maxGPCFile)
	default:
		if err := parseGPC(body, &f); err != nil {
			f.Problem = err.Error()
		}
	}
	return f
}

// parseGPC reads the members that the specification names; lastUpdate is a
// full-date or a date-time of RFC 3339. Others are ignored.
// The error is a sentence about the file.
func parseGPC(body []byte, f *scanner.GPCFile) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil || members == nil {
		var value any
		if json.Unmarshal(body, &value) == nil {
			return errors.New("it is no JSON object")
		}
		return errors.New("it is no JSON")
	}
	if raw, ok := members["gpc"]; ok {
		if string(raw) != "true" && string(raw) != "false" {
			return errors.New("gpc is neither true nor false")
		}
		f.GPC = new(string(raw) == "true")
	}
	raw, ok := members["lastUpdate"]
	if !ok {
		return nil
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return errors.New("lastUpdate is no text")
	}
	f.LastUpdate = clipText(text)
	_, notDay := time.Parse(time.DateOnly, text)
	_, notTime := time.Parse(time.RFC3339, text)
	if notDay != nil && notTime != nil {
		return errors.New("lastUpdate is no date as in RFC 3339")
	}
	return nil
}
