package chrome_test

import (
	"testing"
	"testing/fstest"

	"cookiescan/scanner"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost/sitehosttest"
)

// TestManyFiles: of more files than are listed the page says how many are left.
func TestManyFiles(t *testing.T) {
	s := sitehosttest.ServeFS(t, fstest.MapFS{
		"site.yaml": {Data: []byte(`routes:
  - host: files.test
    path: /
    type: text/html
    body: |
      <!doctype html><title>Files</title><link rel="icon" href="data:,">
      <iframe id=held></iframe>
      <script>
        const held = document.getElementById('held').contentDocument;
        held.open();
        const fill = async () => {
          const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('many', {create: true});
          const made = [];
          for (let i = 0; i < 1007; i++) made.push(folder.getFileHandle('f' + i, {create: true}));
          await Promise.all(made);
        };
        fill().finally(() => held.close());
      </script>
`)},
	})
	b := startBrowser(t, engines[0], s, nil)
	tab := openTab(t, openProfile(t, b, s), "https://files.test/")
	if err := tab.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen, listed := tab.Close(t.Context()), 0
	for _, o := range seen.Observations {
		if p, ok := o.(ledger.StoragePresent); ok && p.Kind == scanner.FileSystem {
			listed += len(p.Items)
		}
	}
	if listed != 1000 || seen.Unlisted != 7 {
		t.Errorf("%d files listed, %d left; want 1000 and 7", listed, seen.Unlisted)
	}
}
