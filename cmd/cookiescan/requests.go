package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"cookiescan/scanner"
	"cookiescan/scanner/evidence"
)

// requestsIn reads what a scan asked for out of its folder.
func requestsIn(dir string) func(*scanner.Scan) ([]scanner.Request, error) {
	return func(*scanner.Scan) ([]scanner.Request, error) {
		events, err := os.Open(filepath.Join(dir, evidence.EventsFile))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, usage("give the folder that scan -o DIR wrote", "there is no log of the scan in %s: %w", dir, fs.ErrNotExist)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the log in %s: %s", dir, reason(err))
		}
		defer events.Close() //nolint:errcheck // it was only read
		var headers io.Reader
		if f, err := os.Open(filepath.Join(dir, filepath.FromSlash(evidence.SetCookieFile))); err == nil {
			defer f.Close() //nolint:errcheck // it was only read
			headers = f
		}
		return evidence.Requests(events, headers)
	}
}

// scanFolders knows where stored scans come from.
type scanFolders map[*scanner.Scan]string

// add notes that a document is one of so many of a file, of a folder, or of the
// folders in it. Those of a file with several have no folder.
func (f scanFolders) add(doc *scanner.Scan, name string, several int) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
	case !info.IsDir() && several == 1:
		f[doc] = filepath.Dir(name)
	case info.IsDir() && isFile(filepath.Join(name, "scan.json")):
		f[doc] = name
	case info.IsDir():
		f[doc] = folderOfSite(name, doc.Target.Site)
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (f scanFolders) requests(doc *scanner.Scan) ([]scanner.Request, error) {
	dir, known := f[doc]
	if !known {
		return nil, usage("give the folder that scan -o DIR wrote", "the log of the scan of %s is not known: %w", doc.Target.Site, fs.ErrNotExist)
	}
	return requestsIn(dir)(doc)
}
