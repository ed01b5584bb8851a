package chrome_test

import (
	"context"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cookiescan/scanner"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/ledger"
	"cookiescan/scanner/sitehost/sitehosttest"
	"cookiescan/scanner/walk"
	"cookiescan/testdata/platforms"
)

// platformTruth is a site with a real consent platform of npm, and what each
// answer to its banner comes to.
type platformTruth struct {
	CMP      string   `json:"cmp"`
	Language string   `json:"language"`
	Package  string   `json:"package"` // folder in node_modules whose Files the site has in /lib/
	Files    []string `json:"files"`
	Bundle   string   `json:"bundle"` // file of the site that is bundled with what it imports
	Memory   string   `json:"memory"` // cookie in which the platform keeps the choice
	Passes   map[string]struct {
		Text    string   `json:"text"`
		Layer   int      `json:"layer"`
		Clicks  int      `json:"clicks"`
		Cookies []string `json:"cookies"` // in the jar in the end, sorted
		Kept    []string `json:"kept"`    // what the memory says of the choice
	} `json:"passes"`
}

// platformSites reads the sites, each to be served as its name under .test with
// the files of its platform.
func platformSites(t *testing.T) (fstest.MapFS, map[string]platformTruth) {
	t.Helper()
	packages := platforms.File(t, "")
	dirs, err := filepath.Glob("../../testdata/platforms/sites/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no sites", err)
	}
	files, truths := fstest.MapFS{}, map[string]platformTruth{}
	for _, dir := range dirs {
		name := filepath.Base(dir)
		read := func(as string, path ...string) []byte {
			data, err := os.ReadFile(filepath.Join(path...))
			if err != nil {
				t.Fatal(err)
			}
			files[name+".test/"+as] = &fstest.MapFile{Data: data}
			return data
		}
		read("index.html", dir, "index.html")
		tr := readTruthOf[platformTruth](t, dir)
		truths[name] = tr
		for _, f := range tr.Files {
			read("lib/"+f, packages, tr.Package, f)
		}
		if tr.Bundle != "" {
			out := bundle(t, packages, filepath.Join(dir, tr.Bundle))
			for _, f := range []string{"app.js", "app.css"} {
				read(f, out, f)
			}
		}
	}
	return files, truths
}

// bundle makes a script and what it imports into one script and one stylesheet,
// app.js and app.css in the folder that it returns.
func bundle(t *testing.T, packages, script string) string {
	t.Helper()
	out := t.TempDir()
	cmd := exec.CommandContext(t.Context(), filepath.Join(packages, ".bin/esbuild"), script,
		"--bundle", "--minify", "--log-level=warning", `--define:process.env.NODE_ENV="production"`, "--outfile="+filepath.Join(out, "app.js"))
	cmd.Env = append(os.Environ(), "NODE_PATH="+packages)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("bundling %s: %v: %s", script, err, said)
	}
	return out
}

// TestPlatforms answers the banners of real consent platforms, as the rules for
// them say. The engines differ in how a page is drawn, so the slower one takes
// one platform.
func TestPlatforms(t *testing.T) {
	files, truths := platformSites(t)
	s := sitehosttest.ServeFS(t, files)
	for _, engine := range engines {
		t.Run(string(engine), func(t *testing.T) {
			b := startBrowser(t, engine, s, nil)
			for _, name := range slices.Sorted(maps.Keys(truths)) {
				if engine == process.Full && name != "klaro" {
					continue
				}
				t.Run(name, func(t *testing.T) {
					o := walkOptions(t, b, s, []string{"https://" + name + ".test/"})
					o.Phases = slices.DeleteFunc([]string{"none", "accept", "reject"}, func(p string) bool { _, ok := truths[name].Passes[p]; return !ok })
					kept := map[string]string{}
					open := o.Open
					o.Open = func(ctx context.Context, phase string) (walk.Profile, error) {
						p, err := open(ctx, phase)
						return memoryReader{p, truths[name].Memory, func(value string) { kept[phase] = value }}, err
					}
					doc, err := walk.Run(t.Context(), o)
					if err != nil {
						t.Fatal(err)
					}
					if !doc.Complete || len(doc.Passes) != len(o.Phases) {
						t.Fatalf("incomplete %v, passes %+v", doc.Incomplete, doc.Passes)
					}
					for _, p := range doc.Passes {
						truths[name].check(t, p)
						truths[name].checkJar(t, p.Phase, doc.Cookies, kept[p.Phase])
					}
				})
			}
		})
	}
}

// check looks at what a pass found of the banner and did with it.
func (tr platformTruth) check(t *testing.T, p scanner.Pass) {
	t.Helper()
	want, c := tr.Passes[p.Phase], p.Consent
	switch {
	case c == nil || !c.Banner:
		t.Errorf("%s: no banner: %+v", p.Phase, c)
	case c.CMP != tr.CMP || c.Method != scanner.ByRule || c.Language != tr.Language:
		t.Errorf("%s: platform %q by %s, in %q", p.Phase, c.CMP, c.Method, c.Language)
	case c.Failure != "" || c.Returned || c.Text != want.Text || c.Layer != want.Layer || c.Clicks != want.Clicks:
		t.Errorf("%s: pressed %q on layer %d with %d clicks, want %+v; %+v", p.Phase, c.Text, c.Layer, c.Clicks, want, c)
	case p.Phase == "none":
	case c.Reopen == nil || !*c.Reopen:
		t.Errorf("%s: no way to reopen the choice was found", p.Phase)
	case !slices.Contains(c.Memory, tr.Memory):
		t.Errorf("%s: memory %q, want %s in it", p.Phase, c.Memory, tr.Memory)
	}
}

// checkJar looks at what is in the jar after a pass, and at what the platform
// itself keeps as the choice.
func (tr platformTruth) checkJar(t *testing.T, phase string, all []scanner.Cookie, kept string) {
	t.Helper()
	want, have := tr.Passes[phase], []string{}
	for _, c := range all {
		if slices.Contains(c.Present, phase) {
			have = append(have, c.Name)
		}
	}
	slices.Sort(have)
	if !slices.Equal(have, want.Cookies) {
		t.Errorf("%s: cookies %q, want %q", phase, have, want.Cookies)
	}
	if plain, err := url.PathUnescape(kept); err == nil {
		kept = plain
	}
	for _, text := range want.Kept {
		if !strings.Contains(kept, text) {
			t.Errorf("%s: the platform keeps %s, want %s in it", phase, kept, text)
		}
	}
}

// memoryReader is a profile that tells the value of a cookie whenever its jar is
// read: a document has no values.
type memoryReader struct {
	walk.Profile
	memory string
	tell   func(value string)
}

// Jar implements walk.Profile.
func (r memoryReader) Jar(ctx context.Context) ([]ledger.JarCookie, error) {
	jar, err := r.Profile.Jar(ctx)
	for _, c := range jar {
		if c.Key.Name == r.memory {
			r.tell(c.Value)
		}
	}
	return jar, err
}
