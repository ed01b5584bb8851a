// Package sitehosttest starts a site host for one test. It is apart from
// package sitehost so that package testing is not linked into the program.
package sitehosttest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"cookiescan/scanner/sitehost"
)

// Serve serves the site folder dir until the test ends. A relative dir is
// looked for in the working directory first, that is beside the test, then in
// the module's testdata folder: Serve(t, "sites/shop"). A folder that cannot
// be served fails the test.
func Serve(t testing.TB, dir string, opts ...sitehost.Option) *sitehost.Server {
	t.Helper()
	return ServeFS(t, os.DirFS(locate(t, dir)), opts...)
}

// ServeFS serves the sites of a file system until the test ends.
func ServeFS(t testing.TB, site fs.FS, opts ...sitehost.Option) *sitehost.Server {
	t.Helper()
	s, err := sitehost.Start(t.Context(), site, opts...)
	if err != nil {
		t.Fatalf("serving a site: %v", err)
	}
	t.Cleanup(s.Close)
	return s
}

func locate(t testing.TB, dir string) string {
	t.Helper()
	if isFolder(dir) || filepath.IsAbs(dir) {
		return dir
	}
	at, err := os.Getwd()
	if err != nil {
		t.Fatalf("finding the working directory: %v", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, "testdata", filepath.FromSlash(dir))
		}
		up := filepath.Dir(at)
		if up == at {
			t.Fatalf("site folder %s: neither here nor in a module's testdata", dir)
		}
		at = up
	}
}

func isFolder(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
