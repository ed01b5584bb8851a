package sitehosttest

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestServe(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "site/a.test"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for _, dir := range []string{"site", filepath.Join(root, "site")} {
		if got := Serve(t, dir).Hosts(); !reflect.DeepEqual(got, []string{"a.test"}) {
			t.Errorf("%s: hosts %v", dir, got)
		}
	}
}

func TestServeFindsTheModulesTestdata(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"testdata/sites/shop/shop.test", "deep/pkg"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(root, "deep/pkg"))
	if got := Serve(t, "sites/shop").Hosts(); !reflect.DeepEqual(got, []string{"shop.test"}) {
		t.Errorf("hosts %v", got)
	}
}
