// Package platforms finds the packages of npm that tests run against.
package platforms

import (
	"os"
	"path/filepath"
	"testing"
)

// File is where a file or folder below node_modules is, such as
// "axe-core/axe.min.js". COOKIESCAN_PLATFORMS names the folder that holds
// node_modules and demands it, as make test does; without it the test is skipped
// unless the packages are in this folder.
func File(t testing.TB, name string) string {
	t.Helper()
	root := os.Getenv("COOKIESCAN_PLATFORMS")
	demanded := root != ""
	if !demanded {
		root = filepath.Join(module(t), "testdata", "platforms")
	}
	path, err := filepath.Abs(filepath.Join(root, "node_modules", filepath.FromSlash(name)))
	if err == nil {
		_, err = os.Stat(path)
	}
	switch {
	case err != nil && demanded:
		t.Fatalf("npm's %s is not installed in COOKIESCAN_PLATFORMS: %v", name, err)
	case err != nil:
		t.Skipf("npm's %s is not installed: run npm ci in testdata/platforms", name)
	}
	return path
}

// module is the folder of go.mod: tests run in those of their packages.
func module(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the folder of the test")
		}
	}
	t.Fatal(err)
	return ""
}
